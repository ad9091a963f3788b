import type { IncomingMessage } from "node:http";

const loopback = /^(?:127(?:\.\d{1,3}){3}|::1|::ffff:127(?:\.\d{1,3}){3})$/u;
/** Another site's name may resolve to this machine (DNS rebinding); the browser then sends that name as Host. */
const thisMachine = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/iu;
const forwarding = [
  "forwarded",
  "via",
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-real-ip",
];

/** Whether a request comes from this machine itself, and was not passed on by a proxy on it. */
export const isOperator = ({
  socket,
  headers,
}: {
  readonly socket: Pick<IncomingMessage["socket"], "remoteAddress">;
  readonly headers: IncomingMessage["headers"];
}): boolean =>
  loopback.test(socket.remoteAddress ?? "") &&
  thisMachine.test(headers.host ?? "") &&
  forwarding.every((name) => headers[name] === undefined);
