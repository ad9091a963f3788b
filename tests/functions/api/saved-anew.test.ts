import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { blobKey } from "../../../functions/storage/blobs.ts";
import { emptySection, type SectionId } from "../../../shared/report/section-ids.ts";
import { region, startService, type Service } from "./service.ts";

/** What a draft has lost is named, shown empty, and saved anew by whoever fills it in. */

let service: Service;
const id = `${region}-2022-137001`;
const at = (path: string) => `/api/reports/${id}${path}`;
const get = (path: string) => service.call("limin", "GET", at(path));
beforeAll(async () => {
  service = await startService();
  await service.bring("137001", "draft");
});
afterAll(() => service.close());

const pointerOf = async (section: SectionId) =>
  (await service.head(id))?.sections[section] ?? expect.unreachable(`No ${section} was saved.`);
const faults = {
  missing: (key: string) => service.deps.vault.delete(key),
  emptied: (key: string) => service.deps.vault.put(key, new Uint8Array(), "application/json"),
  changed: (key: string) =>
    service.deps.vault.put(key, new TextEncoder().encode("other bytes"), "application/json"),
};
type Fault = keyof typeof faults;
const spoil = async (section: SectionId, fault: Fault) =>
  faults[fault](blobKey((await pointerOf(section)).sha256));

interface Stored {
  readonly value: unknown;
  readonly pointer: object;
  readonly damage?: string;
}
const stored = async (section: SectionId): Promise<Stored> => {
  const answer = await get(`/sections/${section}`);
  expect(answer.status).toBe(200);
  return answer.body as Stored;
};
const save = async (section: SectionId, value: unknown) =>
  service.call("limin", "PUT", at(`/sections/${section}`), {
    base: (await pointerOf(section)).sha256,
    value,
  });

const cases = (["t01", "t08", "facts", "narrative", "performance"] as const).flatMap((section) =>
  (Object.keys(faults) as Fault[]).map((fault) => [section, fault] as const),
);

describe("a section of a draft", () => {
  it.each(cases)("%s, %s, is shown empty with its name, and saved anew", async (section, fault) => {
    const whole = await stored(section);
    expect(whole.damage).toBeUndefined();
    await spoil(section, fault);
    const found = await stored(section);
    expect(found).toMatchObject({ value: emptySection(section), pointer: whole.pointer });
    expect(found.damage).toMatch(
      /(已丢失|的内容已被改动或损坏)，无法显示。请重新填写并保存这一部分/u,
    );
    expect(await get("/findings")).toMatchObject({
      status: 422,
      body: { error: { code: "content_damaged", details: { damage: [{ section }] } } },
    });
    expect((await save(section, whole.value)).status).toBe(200);
    expect(await stored(section)).toMatchObject({ value: whole.value });
    expect((await get("/findings")).status).toBe(200);
  });

  it("is saved with other content than before", async () => {
    const { value } = await stored("facts");
    await spoil("facts", "missing");
    const other = { ...(value as object), duties: ["负责政务服务大厅的日常管理。"] };
    expect((await save("facts", other)).status).toBe(200);
    expect(await stored("facts")).toMatchObject({ value: { duties: other.duties } });
    expect((await save("facts", value)).status).toBe(200);
  });

  it("whose explanations are damaged asks for them again, and takes them", async () => {
    const explained = async () => {
      const { body } = await get("/findings");
      const { findings } = body as { findings: { explanation?: object; severity: string }[] };
      return findings.filter(({ explanation }) => explanation !== undefined).length;
    };
    const before = await explained();
    expect(before).toBeGreaterThan(0);
    await spoil("explanations", "missing");
    expect(await explained()).toBe(0);
    await service.explain("limin", id);
    expect(await explained()).toBe(before);
  });
});

it("is refused by its name once it was handed in: nobody can save it there", async () => {
  expect((await service.call("limin", "POST", at("/submit"), {})).status).toBe(200);
  await spoil("t01", "missing");
  expect(await get("/sections/t01")).toMatchObject({
    status: 422,
    body: { error: { code: "content_damaged", details: { damage: [{ section: "t01" }] } } },
  });
});
