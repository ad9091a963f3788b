import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { uploadKey } from "../../../functions/use-cases/upload-key.ts";
import { startService, type PersonId, type Service } from "./service.ts";

let service: Service;
let id: string;
const at = (path: string) => `/api/reports/${id}${path}`;
const bytes = new TextEncoder().encode("项目,金额\n办公费,100\n");
const other = new TextEncoder().encode("项目,金额\n办公费,900\n");
const file = {
  sha256: sha256(bytes),
  name: "明细.csv",
  contentType: "text/csv",
  sizeBytes: bytes.length,
  disclosed: true,
} as const;
const key = () => uploadKey(id, file.sha256);
const put = (content: Uint8Array) => service.deps.vault.put(key(), content, file.contentType);

beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
  await put(bytes);
  const head = await service.head(id);
  const saved = await service.call("limin", "PUT", at("/sections/attachments"), {
    base: head?.sections.attachments?.sha256 ?? null,
    value: { files: [file] },
  });
  expect(saved.status).toBe(200);
});
afterAll(() => service.close());

const act = (who: PersonId, path: string, body: object) =>
  service.call(who, "POST", at(path), body);
const statusOf = async () => (await service.head(id))?.state.status;
const blobOf = async (section: "attachments" | "t03") =>
  blobKey((await service.head(id))?.sections[section]?.sha256 ?? "");

describe("a report is not submitted", () => {
  it("without a file it names, which is asked for by name", async () => {
    await service.deps.vault.delete(key());
    const answer = await act("limin", "/submit", {});
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: { code: "upload_missing", details: { names: ["明细.csv"] } },
    });
    expect(await statusOf()).toBe("draft");
  });

  it("with a file that is not the one attached", async () => {
    await put(other);
    const answer = await act("limin", "/submit", {});
    expect(answer.status).toBe(422);
    expect(answer.body).toMatchObject({
      error: {
        code: "content_damaged",
        message: expect.stringContaining("附件“明细.csv”的内容已被改动或损坏") as string,
        details: { damage: [{ kind: "attachment", fault: "changed", name: "明细.csv" }] },
      },
    });
    expect(await statusOf()).toBe("draft");
    await put(bytes);
  });

  it("with a section that was changed or lost in the store", async () => {
    const blob = await blobOf("t03");
    const whole = await service.deps.vault.get(blob);
    for (const [spoil, fault] of [
      [() => service.deps.vault.put(blob, other, "application/json"), "changed"],
      [() => service.deps.vault.delete(blob), "missing"],
    ] as const) {
      await spoil();
      expect(await act("limin", "/submit", {})).toMatchObject({
        status: 422,
        body: {
          error: { code: "content_damaged", details: { damage: [{ section: "t03", fault }] } },
        },
      });
    }
    await service.deps.vault.put(blob, whole ?? other, "application/json");
    expect(await statusOf()).toBe("draft");
  });
});

describe("the final approval", () => {
  let editionHash: string;
  const approve = () =>
    act("fengyuan", "/approve", { editionHash, documentNumber: "景财决〔2023〕12号" });
  beforeAll(async () => {
    const submitted = await act("limin", "/submit", {});
    expect(submitted.status).toBe(200);
    ({ editionHash } = submitted.body as { editionHash: string });
    await act("wangqiang", "/approve", { editionHash });
    await act("qianli", "/sign-offs", { editionHash, kind: "secrecy" });
    await act("zhenghua", "/sign-offs", { editionHash, kind: "principal" });
    expect((await act("suntao", "/approve", { editionHash })).status).toBe(200);
  });

  it("is not given to a submission whose attachment, section or manifest is damaged", async () => {
    for (const [damaged, named] of [
      [key(), { kind: "attachment", name: "明细.csv" }],
      [await blobOf("t03"), { kind: "section", section: "t03" }],
      [await blobOf("attachments"), { kind: "section", section: "attachments" }],
      [blobKey(editionHash), { kind: "manifest" }],
    ] as const) {
      const whole = (await service.deps.vault.get(damaged)) ?? other;
      await service.deps.vault.put(damaged, other, "application/octet-stream");
      const answer = await approve();
      expect(answer.status).toBe(422);
      expect(answer.body).toMatchObject({
        error: { code: "content_damaged", details: { damage: [{ ...named, fault: "changed" }] } },
      });
      expect(await statusOf()).toBe("in_review");
      await service.deps.vault.put(damaged, whole, "application/octet-stream");
    }
  });

  it("is given once every part is as it was handed in", async () => {
    expect((await approve()).status).toBe(200);
    expect(await statusOf()).toBe("approved");
  });
});
