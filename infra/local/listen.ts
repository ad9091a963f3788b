import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { err, ok, type Result } from "../../shared/result.ts";

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** `http://127.0.0.1:8080`; an IPv6 address stands in brackets. */
export const urlOf = (address: string, { port }: Listening): string =>
  `http://${address.includes(":") ? `[${address}]` : address}:${String(port)}`;

/**
 * Takes a port (0: any free one), or says in one sentence why it cannot be had. Whoever calls before
 * it is served is asked to come back in a second.
 */
export function listen(
  host: string,
  port: number,
  purpose: string,
): Promise<Result<Listening, { readonly message: string }>> {
  return new Promise((resolve) => {
    const server = createServer(sayStarting);
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

const sayStarting: RequestListener = (_request, response) => {
  response.writeHead(503, { "retry-after": "1", "content-type": "text/plain; charset=utf-8" });
  response.end("正在启动，请稍候再试。\n");
};

/** Starts answering on a port that was taken; a fault of the listener ends in a 500, not in a crash. */
export function serve(
  { server }: Listening,
  answer: (...exchange: Parameters<RequestListener>) => Promise<void>,
  onError: (error: unknown) => void,
): void {
  server.off("request", sayStarting);
  server.on("request", (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}
