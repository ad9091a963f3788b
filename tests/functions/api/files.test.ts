import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { previewKey } from "../../../functions/use-cases/rendered.ts";
import { uploadKey } from "../../../functions/use-cases/upload-key.ts";
import { renderMessageSchema } from "../../../shared/contract/messages.ts";
import { start, startService, type Service } from "./service.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const at = (path: string) => `/api/reports/${id}${path}`;
const pdf = new TextEncoder().encode("%PDF-1.4 自评表");
const file = {
  sha256: sha256(pdf),
  name: "自评表.pdf",
  contentType: "application/pdf",
  sizeBytes: pdf.length,
} as const;

interface Ticket {
  readonly needed: boolean;
  readonly ticket?: { readonly url: string; readonly fields: Record<string, string> };
}

async function send({ ticket }: Ticket, bytes: Uint8Array): Promise<number> {
  if (ticket === undefined) throw new Error("There is no ticket.");
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) form.set(name, value);
  form.set("file", new Blob([new Uint8Array(bytes)], { type: file.contentType }), file.name);
  const request = new Request(ticket.url, { method: "POST", body: form });
  return (await service.uploadUrl(request)).status;
}

const attach = (sizeBytes: number = file.sizeBytes) =>
  service.head(id).then((head) =>
    service.call("limin", "PUT", at("/sections/attachments"), {
      base: head?.sections.attachments?.sha256 ?? null,
      value: { files: [{ ...file, sizeBytes, disclosed: true }] },
    }),
  );

describe("an attachment", () => {
  it("is not attached before its bytes are there", async () => {
    const answer = await attach();
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: { code: "upload_missing", details: { names: ["自评表.pdf"] } },
    });
  });

  it("is refused when other bytes came than were announced, and can be sent again", async () => {
    const ticket = (await service.call("limin", "POST", at("/uploads"), file)).body as Ticket;
    const other = new TextEncoder().encode("x".repeat(pdf.length));
    expect(await send(ticket, other)).toBe(204);
    expect((await attach()).status).toBe(422);
    await service.deps.vault.delete(uploadKey(id, file.sha256));
  });

  it("goes straight to the file store, is attached, downloaded, and not sent twice", async () => {
    const ticket = (await service.call("limin", "POST", at("/uploads"), file)).body as Ticket;
    expect(ticket.needed).toBe(true);
    expect(await send(ticket, pdf)).toBe(204);
    expect((await attach(file.sizeBytes + 1)).status).toBe(422);
    expect((await attach()).status).toBe(200);
    expect((await service.call("limin", "POST", at("/uploads"), file)).body).toEqual({
      needed: false,
    });
    const { url } = (await service.call("shenbo", "GET", at(`/attachments/${file.sha256}`)))
      .body as { url: string };
    const downloaded = await service.uploadUrl(new Request(url));
    expect(new Uint8Array(await downloaded.arrayBuffer())).toEqual(pdf);
    expect(downloaded.headers.get("content-disposition")).toContain("attachment");
  });

  it("larger than its ticket is not taken", async () => {
    const big = { ...file, sha256: sha256("big"), sizeBytes: 4 };
    const ticket = (await service.call("limin", "POST", at("/uploads"), big)).body as Ticket;
    expect(await send(ticket, pdf)).toBe(413);
    expect(await service.deps.vault.stat(uploadKey(id, big.sha256))).toBeUndefined();
  });
});

describe("a preview", () => {
  it("is printed on demand, from the manifest as it stands, and ready once the PDF is there", async () => {
    const asked = await service.call("limin", "POST", at("/previews"), {});
    const { hash } = asked.body as { hash: string };
    expect(asked.body).toEqual({ hash, status: "rendering" });
    expect(renderMessageSchema.parse(JSON.parse(service.queued.at(-1)?.body ?? ""))).toEqual({
      type: "preview",
      reportId: id,
      editionHash: hash,
    });
    expect((await service.call("limin", "GET", at(`/previews/${hash}`))).body).toEqual({
      hash,
      status: "rendering",
    });
    service.at("2023-08-01T02:04:00.000Z");
    expect((await service.call("limin", "GET", at(`/previews/${hash}`))).body).toMatchObject({
      status: "failed",
    });
    service.at(start);
    await service.deps.vault.put(previewKey(hash), pdf, "application/pdf");
    const ready = (await service.call("limin", "GET", at(`/previews/${hash}`))).body as {
      status: string;
      url: string;
    };
    expect(ready.status).toBe("ready");
    expect((await service.uploadUrl(new Request(ready.url))).status).toBe(200);
    const before = service.queued.length;
    expect((await service.call("limin", "POST", at("/previews"), {})).body).toMatchObject({
      status: "ready",
    });
    expect(service.queued).toHaveLength(before);
  });
});
