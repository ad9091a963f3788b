import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { readSecret } from "../../../functions/platform/secret.ts";

let server: Server | undefined;
afterEach(() => {
  server?.close();
  server?.closeAllConnections();
});

/** The extension that AWS puts beside a function. */
const extension = (secrets: Readonly<Record<string, string>>) =>
  new Promise<string>((listening) => {
    const one = createServer((request, response) => {
      const url = new URL(request.url ?? "/", "http://localhost");
      const secret = secrets[url.searchParams.get("secretId") ?? ""];
      const mayAsk = request.headers["x-aws-parameters-secrets-token"] === "session";
      if (url.pathname !== "/secretsmanager/get" || secret === undefined || !mayAsk) {
        response.writeHead(400).end("not that one: smtps://user:password@host");
        return;
      }
      response.end(JSON.stringify({ SecretString: secret }));
    });
    server = one.listen(0, "localhost", () => {
      listening(String((one.address() as AddressInfo).port));
    });
  });

describe("a secret", () => {
  it("is read by its name, with the function's own session", async () => {
    const port = await extension({ "juesuan/smtp url": "smtps://a:b@mail.example:465" });
    expect(await readSecret("juesuan/smtp url", { port, sessionToken: "session" })).toBe(
      "smtps://a:b@mail.example:465",
    );
  });

  it("that is not given is named in the error, without anything of the answer", async () => {
    const port = await extension({});
    const asked = readSecret("juesuan/smtp", { port, sessionToken: "session" });
    await expect(asked).rejects.toThrow("The secret juesuan/smtp was not given (status 400).");
    await expect(readSecret("juesuan/smtp", { port, sessionToken: "" })).rejects.not.toThrow(
      /password/,
    );
  });
});
