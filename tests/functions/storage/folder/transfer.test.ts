import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { sha256 } from "../../../../functions/platform/ids.ts";
import { type FolderFiles, openFolderFiles } from "../../../../functions/storage/folder/files.ts";
import {
  createFolderTransfer,
  type FolderTransfer,
} from "../../../../functions/storage/folder/transfer.ts";
import type { UploadTicket } from "../../../../functions/storage/ports.ts";

let root: string;
let files: FolderFiles;
let transfer: FolderTransfer;
let now: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "juesuan-transfer-"));
  files = await openFolderFiles(join(root, "vault"));
  now = "2023-03-01T01:00:00.000Z";
  const settings = { files, baseUrl: "http://127.0.0.1:8080/files", now: () => now };
  transfer = createFolderTransfer({ ...settings, secret: "a secret of this host" });
});
afterEach(() => rm(root, { recursive: true }));

const key = "incoming/360200/1";
const issue = (content = "1234567890") =>
  transfer.tickets.issue({
    key,
    contentType: "application/pdf",
    sizeBytes: Buffer.byteLength(content),
    sha256: sha256(content),
    expiresInSeconds: 600,
  });

async function* chunks(...texts: readonly string[]) {
  for (const text of texts) yield await Promise.resolve(Buffer.from(text));
}

/** Nothing under the key and nothing half-written beside it. */
const expectNothingStored = async () => {
  expect(await files.list("")).toEqual([]);
  expect(await readdir(join(root, ".vault.staging"))).toEqual([]);
};

describe("an upload within its ticket", () => {
  it("is stored under the ticket's key", async () => {
    const { fields, expiresAt, method } = await issue();
    expect({ expiresAt, method }).toEqual({
      expiresAt: "2023-03-01T01:10:00.000Z",
      method: "POST",
    });
    const accepted = await transfer.acceptUpload(fields, chunks("12345", "67890"));
    expect(accepted).toEqual({ ok: true, value: { key, sizeBytes: 10 } });
    expect(Buffer.from((await files.get(key)) ?? []).toString()).toBe("1234567890");
  });

  it("is taken once: the ticket cannot replace what it stored", async () => {
    const { fields } = await issue("first");
    await transfer.acceptUpload(fields, chunks("first"));
    const again = await transfer.acceptUpload(fields, chunks("first"));
    expect(again).toEqual({ ok: false, error: { code: "exists" } });
    const other = await transfer.acceptUpload(fields, chunks("other"));
    expect(other).toEqual({ ok: false, error: { code: "wrong_checksum" } });
    expect(Buffer.from((await files.get(key)) ?? []).toString()).toBe("first");
  });
});

describe("an upload is refused and leaves nothing behind", () => {
  const refused = async (code: string, fields: UploadTicket["fields"], ...texts: string[]) => {
    expect(await transfer.acceptUpload(fields, chunks(...texts))).toEqual({
      ok: false,
      error: { code },
    });
    await expectNothingStored();
  };

  it("when its ticket has expired, to the second", async () => {
    const { fields } = await issue();
    now = "2023-03-01T01:10:00.000Z";
    await refused("expired_ticket", fields, "12345");
  });

  it("at the first byte too many, without waiting for the rest", async () => {
    const { fields } = await issue();
    let wasReadOn = false;
    async function* endless() {
      yield await Promise.resolve(Buffer.from("12345678901"));
      wasReadOn = true;
      yield Buffer.from("never asked for");
    }
    expect(await transfer.acceptUpload(fields, endless())).toEqual({
      ok: false,
      error: { code: "too_large" },
    });
    expect(wasReadOn).toBe(false);
    await expectNothingStored();
  });

  it("when it is not what its ticket names: fewer bytes, others, or another type", async () => {
    const { fields } = await issue();
    await refused("too_small", fields);
    await refused("too_small", fields, "12345", "6789");
    await refused("wrong_checksum", fields, "12345", "67899");
    await refused("wrong_type", { ...fields, "Content-Type": "text/html" }, "12345");
  });

  it("when it names another key", async () => {
    const { fields } = await issue();
    await refused("invalid_ticket", { ...fields, key: "incoming/360200/2" }, "12345");
    await refused("invalid_ticket", { ...fields, key: "" }, "12345");
  });

  it("when its grant was tampered with, signed by another host, or is missing", async () => {
    const { fields } = await issue();
    const grant = JSON.parse(Buffer.from(fields["grant"] ?? "", "base64url").toString()) as object;
    const larger = Buffer.from(JSON.stringify({ ...grant, sizeBytes: 5 })).toString("base64url");
    const other = createFolderTransfer({ files, secret: "another", baseUrl: "", now: () => now });
    const foreign = await other.tickets.issue({
      key,
      contentType: "application/pdf",
      sizeBytes: 5,
      sha256: sha256("12345"),
      expiresInSeconds: 600,
    });
    await refused("invalid_ticket", { ...fields, grant: larger }, "12345");
    await refused("invalid_ticket", { ...fields, signature: "0".repeat(64) }, "12345");
    await refused("invalid_ticket", { ...fields, signature: "" }, "12345");
    await refused("invalid_ticket", foreign.fields, "12345");
    await refused("invalid_ticket", {}, "12345");
  });

  it("when what is shown is a download link", async () => {
    const link = new URL(
      await transfer.links.issue({
        key,
        fileName: "a.pdf",
        contentType: "application/pdf",
        disposition: "attachment",
        expiresInSeconds: 600,
      }),
    );
    const shown = {
      ...Object.fromEntries(link.searchParams),
      key,
      "Content-Type": "application/pdf",
    };
    await refused("invalid_ticket", shown, "12345");
  });

  it("when the line breaks", async () => {
    const { fields } = await issue();
    async function* broken() {
      yield Buffer.from("123");
      await Promise.reject(new Error("aborted"));
    }
    await expect(transfer.acceptUpload(fields, broken())).rejects.toThrow("aborted");
    await expectNothingStored();
  });
});

describe("a form posted by a browser", () => {
  function formOf(fields: UploadTicket["fields"], content: string | Uint8Array, name = "file") {
    const form = new FormData();
    for (const [field, value] of Object.entries(fields)) form.append(field, value);
    form.append(name, new Blob([new Uint8Array(Buffer.from(content))]), "决算.pdf");
    return form;
  }
  const post = (body: FormData) =>
    transfer.handle(new Request("http://127.0.0.1:8080/files/upload", { method: "POST", body }));

  it("is taken in, and read back by a link under its own name", async () => {
    const { fields } = await issue("--\r\n\r\n12");
    expect((await post(formOf(fields, "--\r\n\r\n12"))).status).toBe(204);
    const url = await transfer.links.issue({
      key,
      fileName: "决算.pdf",
      contentType: "application/pdf",
      disposition: "attachment",
      expiresInSeconds: 60,
    });
    const answer = await transfer.handle(new Request(url));
    expect(answer.status).toBe(200);
    expect(await answer.text()).toBe("--\r\n\r\n12");
    expect(answer.headers.get("content-type")).toBe("application/pdf");
    expect(answer.headers.get("content-disposition")).toContain("filename*=UTF-8''%E5%86%B3");
    expect(answer.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("may come in pieces of any size", async () => {
    const content = Buffer.from("\r\n--almost the boundary\r\n-".repeat(200));
    const { fields } = await transfer.tickets.issue({
      key,
      contentType: "application/pdf",
      sizeBytes: content.length,
      sha256: sha256(content),
      expiresInSeconds: 600,
    });
    const whole = new Request("http://x/", { method: "POST", body: formOf(fields, content) });
    const contentType = whole.headers.get("content-type") ?? "";
    const bytes = Buffer.from(await whole.arrayBuffer());
    for (const size of [1, 7, 64, 1000]) {
      async function* pieces() {
        for (let at = 0; at < bytes.length; at += size) {
          yield await Promise.resolve(new Uint8Array(bytes.subarray(at, at + size)));
        }
      }
      const request = new Request("http://x/", {
        method: "POST",
        body: ReadableStream.from(pieces()),
        headers: { "content-type": contentType },
        duplex: "half",
      });
      expect((await transfer.handle(request)).status).toBe(204);
      expect(content.equals(Buffer.from((await files.get(key)) ?? []))).toBe(true);
      await files.delete(key);
    }
  });

  it("is refused with the right status when it breaks its ticket", async () => {
    const { fields } = await issue();
    expect((await post(formOf(fields, "12345678901"))).status).toBe(413);
    expect((await post(formOf(fields, ""))).status).toBe(400);
    expect((await post(formOf(fields, "123456789X"))).status).toBe(400);
    expect((await post(formOf({ ...fields, "Content-Type": "text/html" }, "1"))).status).toBe(415);
    expect((await post(formOf({ ...fields, signature: "x" }, "1"))).status).toBe(403);
    expect((await post(formOf(fields, "1", "attachment"))).status).toBe(400);
    now = "2023-03-02T00:00:00.000Z";
    expect((await post(formOf(fields, "1"))).status).toBe(403);
    await expectNothingStored();
  });

  it("is refused when it is no form, or ends too early", async () => {
    const { fields } = await issue("12345");
    const whole = new Request("http://x/", { method: "POST", body: formOf(fields, "12345") });
    const contentType = whole.headers.get("content-type") ?? "";
    const bytes = Buffer.from(await whole.arrayBuffer());
    const send = async (body: Uint8Array, type = contentType) => {
      const headers = { "content-type": type };
      const init = { method: "POST", body: new Uint8Array(body), headers };
      return (await transfer.handle(new Request("http://x/", init))).status;
    };
    expect(await send(bytes, "application/json")).toBe(400);
    expect(await send(bytes, "multipart/form-data")).toBe(400);
    expect(await send(Buffer.from("no form"))).toBe(400);
    expect(await send(Buffer.alloc(0))).toBe(400);
    const endings = [bytes.indexOf("12345") + 3, bytes.indexOf("12345"), 200, 40];
    for (const end of endings) expect(await send(bytes.subarray(0, end))).toBe(400);
    await expectNothingStored();
  });

  it("cannot fill the memory with fields or headers", async () => {
    const flood = (fields: number, size: number) => {
      const form = new FormData();
      for (let n = 0; n < fields; n++) form.append(`field-${n}`, "x".repeat(size));
      return post(form);
    };
    expect((await flood(30, 1)).status).toBe(400);
    expect((await flood(1, 100_000)).status).toBe(400);
  });

  it("is the only thing taken besides a read", async () => {
    const request = new Request("http://x/", { method: "DELETE" });
    expect((await transfer.handle(request)).status).toBe(405);
  });
});

describe("a download link", () => {
  const linkOf = (name: string) =>
    transfer.links.issue({
      key: name,
      fileName: "a.pdf",
      contentType: "application/pdf",
      disposition: "attachment",
      expiresInSeconds: 60,
    });

  it("opens nothing once expired, tampered with, or for a file that is not there", async () => {
    await files.put(key, Buffer.from("secret"), "application/pdf");
    const link = new URL(await linkOf(key));
    const status = async (url: URL | string) => (await transfer.handle(new Request(url))).status;
    expect(await status(await linkOf("incoming/360200/9"))).toBe(404);
    const tampered = new URL(link);
    const grant = Buffer.from(link.searchParams.get("grant") ?? "", "base64url").toString();
    const elsewhere = grant.replace("incoming/360200/1", "incoming/360200/2");
    tampered.searchParams.set("grant", Buffer.from(elsewhere).toString("base64url"));
    expect(await status(tampered)).toBe(403);
    expect(await status("http://127.0.0.1:8080/files/download")).toBe(403);
    now = "2023-03-01T01:01:00.000Z";
    expect(await status(link)).toBe(403);
  });
});
