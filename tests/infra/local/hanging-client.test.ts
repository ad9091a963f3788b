import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { createCallerAddress } from "../../../infra/local/caller-address.ts";
import { createGateway } from "../../../infra/local/gateway/gateway.ts";
import { awsLimits } from "../../../infra/local/gateway/limits.ts";
import { listen, serve, usualPatience, type Listening } from "../../../infra/local/listen.ts";

/** Short enough for a test; the order of the limits is that of a real host. */
const patience = {
  ...usualPatience,
  headersMs: 300,
  requestMs: 1_500,
  idleMs: 700,
  keepAliveMs: 200,
  checkMs: 50,
  connections: 4,
};
const open: Listening[] = [];
const sockets: Socket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const { server } of open.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** A host whose every answer is as large as one may be. */
async function host(body = "ok"): Promise<Listening> {
  const listening = await listen("127.0.0.1", 0, "test", patience);
  if (!listening.ok) throw new Error(listening.error.message);
  open.push(listening.value);
  const gateway = createGateway({
    handler: () => Promise.resolve({ statusCode: 200, body }),
    limits: { ...awsLimits, bodyMs: 400 },
    callerAddress: createCallerAddress([]),
    now: () => "2023-09-15T08:00:00.000Z",
    newId: () => "r1",
    onError: () => undefined,
  });
  serve(listening.value, gateway, () => undefined);
  return listening.value;
}

/** Sends what it is given and reads only where it should; resolves with what came when it was cut off. */
function client(port: number, text: string, { reads = true } = {}) {
  let answer = "";
  const socket = connect({ port, host: "127.0.0.1", allowHalfOpen: true }, () =>
    socket.write(text),
  );
  sockets.push(socket);
  socket.on("error", () => undefined);
  if (reads) socket.on("data", (part) => (answer += part.toString("utf8")));
  const closed = new Promise<string>((resolve) => {
    socket.on("close", () => {
      resolve(answer);
    });
    socket.on("end", () => {
      resolve(answer);
    });
  });
  return { socket, closed };
}

const post = "POST /api/x HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n";
const answers = async ({ port }: Listening) =>
  (await fetch(`http://127.0.0.1:${String(port)}/api/x`)).status;
const connectionsOf = ({ server }: Listening) =>
  new Promise<number>((resolve) => {
    server.getConnections((_, count) => {
      resolve(count);
    });
  });

describe("a client that hangs", () => {
  it("before its headers end is answered 408 and cut off", async () => {
    const at = await host();
    const { closed } = client(at.port, "GET /api/x HTTP/1.1\r\nhost: a\r\nx-slow: ");
    expect(await closed).toContain("408");
    expect(await answers(at)).toBe(200);
  });

  it("one byte of headers at a time has no longer", async () => {
    const at = await host();
    const { socket, closed } = client(at.port, "GET /api/x HTTP/1.1\r\nhost: a\r\nx: ");
    const drip = setInterval(() => socket.write("a"), 40);
    expect(await closed).toContain("408");
    clearInterval(drip);
  });

  it("within its body is answered with a refusal, and cut off", async () => {
    const at = await host();
    const { closed } = client(at.port, `${post}content-length: 1000\r\n\r\n{"a":`);
    const answer = await closed;
    expect(answer).toContain("408");
    expect(answer).toContain("没有发送完");
    expect(await answers(at)).toBe(200);
  });

  it("one byte of a body at a time has no longer", async () => {
    const at = await host();
    const { socket, closed } = client(at.port, `${post}content-length: 1000\r\n\r\n`);
    const drip = setInterval(() => socket.write(" "), 40);
    expect(await closed).toContain("408");
    clearInterval(drip);
  });

  it("with its own side closed leaves nothing open", async () => {
    const at = await host();
    const { socket, closed } = client(at.port, "GET /api/x HTTP/1.1\r\nhost: a\r\n\r\n");
    socket.end();
    await closed;
    await expect.poll(() => connectionsOf(at), { timeout: 5_000 }).toBe(0);
  });

  it("without reading its answer is cut off, and the answer let go", async () => {
    const at = await host("文".repeat(1_500_000));
    client(at.port, "GET /api/x HTTP/1.1\r\nhost: a\r\n\r\n", { reads: false });
    await expect.poll(() => connectionsOf(at), { timeout: 5_000 }).toBe(1);
    await expect.poll(() => connectionsOf(at), { timeout: 10_000 }).toBe(0);
  });

  it("with headers larger than any browser's is refused", async () => {
    const at = await host();
    const { closed } = client(
      at.port,
      `GET /api/x HTTP/1.1\r\nhost: a\r\nx: ${"a".repeat(20_000)}\r\n\r\n`,
    );
    expect(await closed).toContain("431");
  });

  it("in numbers takes no more connections than there are, and those come back", async () => {
    const at = await host();
    const hanging = Array.from({ length: 20 }, () => client(at.port, "GET /api/x HTTP/1.1\r\n"));
    await expect.poll(() => connectionsOf(at), { timeout: 5_000 }).toBeLessThanOrEqual(4);
    await Promise.all(hanging.map(({ closed }) => closed));
    expect(await answers(at)).toBe(200);
  });
});
