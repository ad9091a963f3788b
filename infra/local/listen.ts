import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { err, ok, type Result } from "../../shared/result.ts";

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** `http://127.0.0.1:8080`; an IPv6 address is put in brackets. */
export const urlOf = (address: string, { port }: Listening): string =>
  `http://${address.includes(":") ? `[${address}]` : address}:${String(port)}`;

/**
 * What a client may leave hanging. Whoever sends nothing, or takes nothing of an answer, costs a socket for so long
 * and nothing else.
 */
export interface Patience {
  /** From the connection to the end of the headers. */
  readonly headersMs: number;
  /** From the connection to the end of the body: 20 MB, the largest file, at 0.6 Mbit/s. */
  readonly requestMs: number;
  /** Without a byte in either direction; the slowest answer takes 29 s. */
  readonly idleMs: number;
  /** Between two requests of one connection. */
  readonly keepAliveMs: number;
  /** How often connections are checked for those that took too long. */
  readonly checkMs: number;
  readonly connections: number;
  readonly headerBytes: number;
}

export const usualPatience: Patience = {
  headersMs: 15_000,
  requestMs: 300_000,
  idleMs: 60_000,
  keepAliveMs: 5_000,
  checkMs: 5_000,
  connections: 2_000,
  headerBytes: 16 * 1024,
};

/**
 * Takes a port (0: any free one), or gives one sentence why it cannot. A request before
 * the server is ready is answered 503 with `Retry-After: 1`.
 */
export function listen(
  host: string,
  port: number,
  purpose: string,
  patience: Patience = usualPatience,
): Promise<Result<Listening, { readonly message: string }>> {
  return new Promise((resolve) => {
    const server = createServer(
      {
        headersTimeout: patience.headersMs,
        requestTimeout: patience.requestMs,
        keepAliveTimeout: patience.keepAliveMs,
        connectionsCheckingInterval: patience.checkMs,
        maxHeaderSize: patience.headerBytes,
      },
      answerStarting,
    );
    server.maxConnections = patience.connections;
    server.timeout = patience.idleMs;
    server.once("error", (error: NodeJS.ErrnoException) => {
      const why: Partial<Record<string, string>> = {
        EADDRINUSE: `port ${String(port)} is already in use: stop the other program or name another port`,
        EACCES: `port ${String(port)} may not be used by this account: name one above 1024`,
        EADDRNOTAVAIL: `this machine has no address ${host}`,
      };
      resolve(
        err({
          message: `The ${purpose} cannot start: ${why[error.code ?? ""] ?? error.message}.`,
        }),
      );
    });
    server.listen(port, host, () => {
      resolve(ok({ server, port: (server.address() as AddressInfo).port }));
    });
  });
}

const answerStarting: RequestListener = (_request, response) => {
  response.writeHead(503, { "retry-after": "1", "content-type": "text/plain; charset=utf-8" });
  response.end("正在启动，请稍候再试。\n");
};

/** Starts answering on a port that was taken; a fault of the listener ends in a 500, not in a crash. */
export function serve(
  { server }: Listening,
  answer: (...exchange: Parameters<RequestListener>) => Promise<void>,
  onError: (error: unknown) => void,
): void {
  server.off("request", answerStarting);
  server.on("request", (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}
