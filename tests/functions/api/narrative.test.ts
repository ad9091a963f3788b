import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { skeletonsOf, tokensOf } from "../../../shared/narrative/rewriting.ts";
import { cell } from "../../../shared/narrative/sources.ts";
import { writeStatutory } from "../../../shared/narrative/write-statutory.ts";
import { sentencesOf } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { startService, type Service } from "./service.ts";

let service: Service;
let id: string;
let report: Report;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
  report = loadExampleUnit("137001");
});
afterAll(() => service.close());

interface View {
  readonly chapters: readonly {
    readonly paragraphs: readonly {
      readonly sentences: readonly {
        readonly id: string;
        readonly text: string;
        readonly wording: string;
        readonly parts: readonly { readonly text: string; readonly source?: unknown }[];
      }[];
    }[];
  }[];
}

const section = (name: string) => `/api/reports/${id}/sections/${name}`;
const save = async (name: string, value: unknown) =>
  service.call("limin", "PUT", section(name), {
    base: (await service.head(id))?.sections[name as "narrative"]?.sha256 ?? null,
    value,
  });
const stored = async <Value>(name: string): Promise<Value> =>
  ((await service.call("limin", "GET", section(name))).body as { value: Value }).value;
const printed = async (sentence: string) => {
  const { body } = await service.call("limin", "GET", `/api/reports/${id}/narrative`);
  return (body as View).chapters
    .flatMap(({ paragraphs }) => paragraphs.flatMap(({ sentences }) => sentences))
    .find((one) => one.id === sentence);
};

const rewording = (sentence: string): NonNullable<Narrative["rewritten"]> => {
  const statutory = sentencesOf({ chapters: writeStatutory(readFigures(report)) }).find(
    (one) => one.sentence.id === sentence,
  );
  const tokens = statutory === undefined ? [] : tokensOf(statutory.sentence);
  const from = skeletonsOf(report).get(sentence) ?? [];
  return { [sentence]: { from, parts: [{ text: "经核对，" }, ...tokens] } };
};

describe("the narrative over the API", () => {
  it("is answered piece by piece, every figure with its source", async () => {
    const sentence = await printed("income.total");
    expect(sentence?.wording).toBe("statutory");
    expect(sentence?.parts.map(({ text }) => text).join("")).toBe(sentence?.text);
    expect(sentence?.parts[1]).toMatchObject({
      text: expect.stringMatching(/万元$/u) as string,
      source: { kind: "cell", cell: "t01/income_sum/final" },
    });
  });

  it("takes a rewording, and its figures follow the table", async () => {
    const narrative = await stored<Narrative>("narrative");
    const saved = await save("narrative", { ...narrative, rewritten: rewording("income.total") });
    expect(saved.status, JSON.stringify(saved.body)).toBe(200);
    const before = await printed("income.total");
    expect(before).toMatchObject({ wording: "reworded" });
    expect(before?.text).toMatch(/^经核对，/u);

    const t01 = await stored<TableData>("t01");
    const rows = t01.rows.map((row) =>
      row.key === "income_sum" ? { ...row, cells: { final: 1_234_567_800 } } : row,
    );
    expect((await save("t01", { rows })).status).toBe(200);
    const after = await printed("income.total");
    expect(after?.text).toContain("1234.57万元");
    expect((await save("t01", t01)).status).toBe(200);
    expect((await printed("income.total"))?.text).toBe(before?.text);
  });

  it.each([
    [
      "a sentence that there is not",
      { rewritten: { "income.nowhere": { from: [], parts: [{ text: "无" }] } } },
      { where: "句子 income.nowhere", message: /没有这一句/u },
    ],
    [
      "a cell that the forms lack",
      {
        rewritten: {
          "income.year": { from: [], parts: [{ figure: cell("t01/nowhere/final") }] },
        },
      },
      { where: /^句子“本年收入合计/u, message: /t01\/nowhere\/final/u },
    ],
    [
      "last year's figure of a cell that the forms lack, deep in a sum",
      {
        additions: {
          income: [
            [{ figure: { kind: "sum", of: [{ kind: "prior", cell: "t03/total/nothing" }] } }],
          ],
        },
      },
      { where: /补充说明第1段$/u, message: /t03\/total\/nothing/u },
    ],
    [
      "a reason of another sentence",
      { rewritten: { "income.year": { from: [], parts: [{ reason: "expense.year" }] } } },
      { where: /^句子“本年收入合计/u, message: /原因 expense\.year 不属于这一句/u },
    ],
    [
      "a chapter that there is not",
      { additions: { nowhere: ["补充。"] } },
      { where: "补充说明 nowhere", message: /没有这一节/u },
    ],
  ])("refuses %s, and says where", async (_, change, fault) => {
    const narrative = await stored<Narrative>("narrative");
    const before = (await service.head(id))?.sections.narrative;
    const refused = await save("narrative", { ...emptySections.narrative, ...change });
    expect(refused.status).toBe(400);
    const { code, details } = (
      refused.body as { error: { code: string; details: { faults: object[] } } }
    ).error;
    expect(code).toBe("invalid_request");
    const like = (text: string | RegExp): unknown =>
      typeof text === "string" ? text : expect.stringMatching(text);
    expect(details.faults).toEqual([{ where: like(fault.where), message: like(fault.message) }]);
    expect((await service.head(id))?.sections.narrative).toEqual(before);
    expect(await stored("narrative")).toEqual(narrative);
  });

  it("refuses digits in the place of a source by the schema", async () => {
    const refused = await save("narrative", {
      ...emptySections.narrative,
      rewritten: { "income.total": { from: [], parts: [{ figure: "4914.2万元" }] } },
    });
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain("改写的语句");
  });

  it("keeps a rewording whose sentence has gone, until somebody takes it out", async () => {
    const narrative = await stored<Narrative>("narrative");
    const facts = await stored<object>("facts");
    const rewritten = rewording("procurement.sme");
    expect(Object.keys(rewritten)).toEqual(["procurement.sme"]);
    expect((await save("narrative", { ...narrative, rewritten })).status).toBe(200);
    expect((await save("facts", { ...facts, procurement: undefined })).status).toBe(200);
    expect(await printed("procurement.sme")).toBeUndefined();
    const again = await save("narrative", {
      ...narrative,
      rewritten,
      reasons: { ...narrative.reasons, "income.year": "新增专项任务" },
    });
    expect(again.status, JSON.stringify(again.body)).toBe(200);
    expect(await stored("narrative")).toMatchObject({ rewritten });
  });
});
