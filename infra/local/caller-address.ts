import type { IncomingMessage } from "node:http";

/** Whose request it is: what limits count by. */
export type CallerAddress = (
  request: Pick<IncomingMessage, "headers"> & {
    readonly socket: Pick<IncomingMessage["socket"], "remoteAddress">;
  },
) => string;

const mapped = /^::ffff:(?=\d)/iu;

/**
 * The address a connection comes from; where that is a trusted proxy's, the last address of
 * `X-Forwarded-For` that is no trusted proxy's. What precedes it anybody can write.
 */
export function createCallerAddress(trustedProxies: readonly string[]): CallerAddress {
  const trusted = new Set(trustedProxies);
  return ({ headers, socket }) => {
    const peer = (socket.remoteAddress ?? "").replace(mapped, "");
    if (!trusted.has(peer)) return peer;
    const forwarded = [headers["x-forwarded-for"] ?? []]
      .flat()
      .join(",")
      .split(",")
      .map((one) => one.trim().replace(mapped, ""))
      .filter((one) => one !== "");
    return forwarded.findLast((one) => !trusted.has(one)) ?? peer;
  };
}
