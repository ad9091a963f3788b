import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { err, ok, type Result } from "../../shared/result.ts";

export interface Listening {
  readonly server: Server;
  readonly port: number;
}

/** Takes a port (0: any free one), or says in one sentence why it cannot be had. */
export function listen(
  host: string,
  port: number,
  purpose: string,
): Promise<Result<Listening, { readonly message: string }>> {
  return new Promise((resolve) => {
    const server = createServer();
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

/** Starts answering on a port that was taken; a fault of the listener ends in a 500, not in a crash. */
export function serve(
  { server }: Listening,
  answer: (...exchange: Parameters<RequestListener>) => Promise<void>,
  onError: (error: unknown) => void,
): void {
  server.on("request", (request, response) => {
    answer(request, response).catch((error: unknown) => {
      onError(error);
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
}
