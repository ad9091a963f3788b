import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { previewKey } from "../../../functions/use-cases/rendered.ts";
import { uploadKey } from "../../../functions/use-cases/upload-key.ts";
import { renderMessageSchema } from "../../../shared/contract/messages.ts";
import { programOf } from "../../../functions/use-cases/give-up.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { madePdf, plainObjects } from "../use-cases/content/made-pdf.ts";
import { start, startService, type PersonId, type Service } from "./service.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const at = (path: string) => `/api/reports/${id}${path}`;
const pdf = madePdf();
/** The same size and type, another width of the page. */
const otherPdf = madePdf(plainObjects().map((object) => object.replace("595", "596")));
const fileOf = (bytes: Uint8Array, name = "自评表.pdf", contentType = "application/pdf") => ({
  ...{ sha256: sha256(bytes), name, contentType, sizeBytes: bytes.length },
});
const file = fileOf(pdf);
type Announced = ReturnType<typeof fileOf>;

interface Ticket {
  readonly needed: boolean;
  readonly uploadId?: string;
  readonly ticket?: { readonly url: string; readonly fields: Record<string, string> };
}

const announce = async (announced: Announced = file, who: PersonId = "limin") =>
  service.call(who, "POST", at("/uploads"), announced);
const ticketOf = async (announced: Announced = file) => {
  const answer = await announce(announced);
  expect(answer.status).toBe(200);
  return answer.body as Ticket;
};
async function send({ ticket }: Ticket, bytes: Uint8Array): Promise<number> {
  if (ticket === undefined) throw new Error("There is no ticket.");
  const form = new FormData();
  for (const [name, value] of Object.entries(ticket.fields)) form.set(name, value);
  form.set("file", new Blob([new Uint8Array(bytes)]), "file");
  const request = new Request(ticket.url, { method: "POST", body: form });
  return (await service.uploadUrl(request)).status;
}
const complete = ({ uploadId = "" }: Ticket, announced: Announced = file) =>
  service.call("limin", "POST", at(`/uploads/${uploadId}`), announced);
/** All three steps. */
async function upload(bytes: Uint8Array, announced: Announced = fileOf(bytes)) {
  const ticket = await ticketOf(announced);
  expect(await send(ticket, bytes)).toBe(204);
  return complete(ticket, announced);
}
const attach = async (...files: readonly Announced[]) => {
  const head = await service.head(id);
  return service.call("limin", "PUT", at("/sections/attachments"), {
    base: head?.sections.attachments?.sha256 ?? null,
    value: { files: files.map((one) => ({ ...one, disclosed: true })) },
  });
};
const codeOf = ({ body }: { readonly body: unknown }) =>
  (body as { error?: { code: string } }).error?.code;
const messageOf = ({ body }: { readonly body: unknown }) =>
  (body as { error?: { message: string } }).error?.message;
const stored = async (hash: string = file.sha256) => {
  const bytes = await service.deps.vault.get(uploadKey(id, hash));
  return bytes && sha256(bytes);
};

describe("an attachment", () => {
  it("is not attached before its bytes are there and verified", async () => {
    expect(await attach(file)).toMatchObject({
      status: 422,
      body: { error: { code: "upload_missing", details: { names: ["自评表.pdf"] } } },
    });
    const ticket = await ticketOf();
    expect(await send(ticket, pdf)).toBe(204);
    expect(codeOf(await attach(file))).toBe("upload_missing");
    expect(await stored()).toBeUndefined();
    expect((await complete(ticket)).status).toBe(200);
    expect(await stored()).toBe(file.sha256);
    expect((await complete(ticket)).status).toBe(200);
  });

  it("is attached, downloaded as a file of its type, and not sent twice", async () => {
    expect(codeOf(await attach({ ...file, sizeBytes: file.sizeBytes + 1 }))).toBe("upload_missing");
    expect((await attach(file)).status).toBe(200);
    expect((await announce()).body).toEqual({ needed: false });
    const { url } = (await service.call("shenbo", "GET", at(`/attachments/${file.sha256}`)))
      .body as { url: string };
    const downloaded = await service.uploadUrl(new Request(url));
    expect(Buffer.from(await downloaded.arrayBuffer()).equals(pdf)).toBe(true);
    expect(downloaded.headers.get("content-disposition")).toContain("attachment");
    expect(downloaded.headers.get("content-type")).toBe("application/pdf");
    expect(downloaded.headers.get("x-content-type-options")).toBe("nosniff");
  });

  it("is shown in the page where it is a PDF or a picture, under its own type; anything else is kept", async () => {
    const table = Buffer.from("项目,金额\n人员经费,1\n");
    const csv = fileOf(table, "明细.csv", "text/csv");
    expect((await upload(table, csv)).status).toBe(200);
    expect((await attach(file, csv)).status).toBe(200);
    const shown = async ({ sha256: hash }: Announced) => {
      const path = at(`/attachments/${hash}?view=inline`);
      const { url } = (await service.call("shenbo", "GET", path)).body as { url: string };
      const { headers } = await service.uploadUrl(new Request(url));
      return [headers.get("content-disposition")?.split(";")[0], headers.get("content-type")];
    };
    expect(await shown(file)).toEqual(["inline", "application/pdf"]);
    expect(await shown(csv)).toEqual(["attachment", "text/csv"]);
    const other = await service.call("shenbo", "GET", at(`/attachments/${file.sha256}?view=raw`));
    expect(codeOf(other)).toBe("invalid_request");
    expect((await attach(file)).status).toBe(200);
  });

  it("cannot be named under another type than its content has", async () => {
    const disguised = { ...file, name: "自评表.png", contentType: "image/png" };
    expect(codeOf(await attach(disguised))).toBe("content_refused");
    expect(codeOf(await announce(disguised))).toBe("content_refused");
  });

  it("that was sent wrong, short or too long can be sent again", async () => {
    const other = fileOf(otherPdf, "其他.pdf");
    for (const wrong of [pdf, otherPdf.subarray(1), Buffer.concat([otherPdf, Buffer.from("x")])]) {
      const ticket = await ticketOf(other);
      expect(await send(ticket, wrong)).toBeGreaterThanOrEqual(400);
      expect(codeOf(await complete(ticket, other))).toBe("upload_missing");
    }
    const ticket = await ticketOf(other);
    expect(ticket.needed).toBe(true);
    expect(await send(ticket, otherPdf)).toBe(204);
    expect((await complete(ticket, other)).status).toBe(200);
  });

  it("is announced and completed by those who may edit, and lies in no other report", async () => {
    expect((await announce(file, "shenbo")).status).toBe(403);
    expect((await announce(file, "zhouting")).status).toBe(404);
    const ticket = await ticketOf(fileOf(Buffer.from("a,b\n"), "a.csv", "text/csv"));
    const path = at(`/uploads/${ticket.uploadId ?? ""}`);
    expect((await service.call("shenbo", "POST", path, file)).status).toBe(403);
    expect((await service.call("zhouting", "POST", path, file)).status).toBe(404);
    expect((await service.call("limin", "POST", at("/uploads/..%2F1"), file)).status).toBe(404);
  });

  it("of more than 200 MB in all is not attached", async () => {
    const large = Array.from({ length: 11 }, (_, n) => ({
      ...file,
      sha256: sha256(`large ${String(n)}`),
      sizeBytes: 20 * 1024 * 1024,
    }));
    const answer = await attach(...large);
    expect(answer.status).toBe(413);
    expect(messageOf(answer)).toContain("附件合计超过 200 MB");
  });
});

describe("what an attachment may hold", () => {
  it.each([
    ["a web page", "报告.pdf", "application/pdf", "<html><script>alert(1)</script></html>", "网页"],
    ["a program", "setup.png", "image/png", "MZ\u0090\u0000\u0003", "程序"],
    [
      "a PDF with a script",
      "合同.pdf",
      "application/pdf",
      madePdf(plainObjects("/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")),
      "含有脚本",
    ],
    [
      "a PDF that launches a program",
      "合同.pdf",
      "application/pdf",
      madePdf(plainObjects("/OpenAction << /S /Launch /F (cmd.exe) >>")),
      "启动外部程序",
    ],
    ["a PDF that is none", "合同.pdf", "application/pdf", "%PDF-1.7 x", "不是完整的 PDF"],
  ])(
    "is not %s: the refusal says which file, what and how to mend",
    async (...[, name, type, content, what]) => {
      const bytes = Buffer.from(content);
      const announced = fileOf(bytes, name, type);
      const answer = await upload(bytes, announced);
      expect(answer.status).toBe(422);
      expect(codeOf(answer)).toBe("content_refused");
      expect(messageOf(answer)).toContain(`文件“${name}”`);
      expect(messageOf(answer)).toContain(what);
      expect(messageOf(answer)).toMatch(/请.+。$/u);
      expect(await stored(announced.sha256)).toBeUndefined();
      expect(codeOf(await attach(announced))).toBe("upload_missing");
    },
  );
});

describe("a stored file", () => {
  it("stays whatever is announced under its hash, at every level, and its tickets take no other bytes", async () => {
    expect((await attach(file)).status).toBe(200);
    const lie = { ...file, sizeBytes: otherPdf.length + 7 };
    const ticket = await ticketOf(lie);
    expect(await stored()).toBe(file.sha256);
    await service.explain("limin", id);
    const submitted = await service.call("limin", "POST", at("/submit"), {});
    expect(submitted.status).toBe(200);
    const { editionHash } = submitted.body as { editionHash: string };
    const act = (who: PersonId, path: string, body: object) =>
      service.call(who, "POST", at(path), { editionHash, ...body });
    await act("wangqiang", "/approve", {});
    await act("qianli", "/sign-offs", { kind: "secrecy" });
    await act("zhenghua", "/sign-offs", { kind: "principal" });
    expect((await act("suntao", "/approve", {})).status).toBe(200);
    // At the bureau the ticket of the draft is still in its time.
    const swapped = Buffer.concat([otherPdf, Buffer.from("padding")]);
    expect(await send(ticket, swapped)).toBe(400);
    expect(codeOf(await complete(ticket, lie))).toBe("wrong_status");
    expect(codeOf(await announce(lie))).toBe("wrong_status");
    expect(await stored()).toBe(file.sha256);
    const documentNumber = "景财决〔2023〕12号";
    expect((await act("fengyuan", "/approve", { documentNumber })).status).toBe(200);
    expect(await stored()).toBe(file.sha256);
  });

  it("of a published submission stays while its correction is a draft", async () => {
    const inHand = await reportInHand(service.deps, id);
    if (inHand?.head.state.status !== "approved") throw new Error("It is not approved.");
    const { editionHash } = inHand.head.state.submission;
    const publication = { type: "record_publication" as const, editionHash, path: "/2022/137001/" };
    expect((await handleCommand(service.deps, inHand, publication, programOf.publish)).ok).toBe(
      true,
    );
    const reason = { reason: "更正附件" };
    expect((await service.call("limin", "POST", at("/correct"), reason)).status).toBe(200);
    const ticket = await ticketOf({ ...file, sizeBytes: file.sizeBytes + 1 });
    expect(await send(ticket, Buffer.concat([pdf, Buffer.from("x")]))).toBe(400);
    expect(await stored()).toBe(file.sha256);
    const link = await service.call("shenbo", "GET", at(`/attachments/${file.sha256}`));
    expect(link.status).toBe(200);
    const { url } = link.body as { url: string };
    expect((await service.uploadUrl(new Request(url))).status).toBe(200);
  });
});

describe("a preview", () => {
  it("is printed on demand, from the current manifest, and ready once the PDF is there", async () => {
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
