import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../../functions/api/app.ts";
import { HeavyWorkStopped } from "../../../functions/use-cases/heavy-work.ts";
import type { FindingsView } from "../../../shared/contract/responses.ts";
import { canonicalTable } from "../../../shared/forms/canonical-table.ts";
import { jiangxi2022 } from "../../examples/editions.ts";
import { exampleAsPrinted } from "../../examples/as-printed.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { startService, type Answer, type Service } from "./service.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const path = (rest: string) => `/api/reports/${id}${rest}`;
const error = (answer: Answer) =>
  (answer.body as { error: { code: string; message: string; details?: Details } }).error;
interface Details {
  readonly faults?: readonly { readonly where: string; readonly message: string }[];
  readonly issues?: readonly unknown[];
  readonly count?: number;
}
const bytesOf = (answer: Answer) => JSON.stringify(answer.body).length;
const base = async (section: string) =>
  (await service.head(id))?.sections[section as "narrative"]?.sha256 ?? null;
const save = async (section: string, value: unknown) =>
  service.call("limin", "PUT", path(`/sections/${section}`), { base: await base(section), value });

const many = <T>(count: number, one: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => one(index));
const columns = (count: number) => Object.fromEntries(many(count, (index) => [`c${index}`, 1]));
const paragraph = (unit: string) => `文${unit.repeat(4_990 / unit.length)}。`;
const additions = (chapters: readonly string[], each: number, unit = "文") => ({
  reasons: {},
  purposes: {},
  additions: Object.fromEntries(
    chapters.map((chapter) => [chapter, many(each, () => paragraph(unit))]),
  ),
});
const facts = loadExampleUnit("137001").sections.facts;
const nested = (depth: number, open: string, close: string) =>
  `{"base":null,"value":${open.repeat(depth)}1${close.repeat(depth)}}`;

/** What no form has, in sections that a schema alone would take for hours. */
const hostileSections: readonly { name: string; section: string; value: unknown }[] = [
  ...[200, 20_000, 40_000].map((count) => ({
    name: `a row of ${String(count)} columns`,
    section: "t05",
    value: { rows: [{ key: "total", cells: columns(count) }] },
  })),
  {
    name: "thousands of rows the form lacks",
    section: "t01",
    value: { rows: many(5_000, (index) => ({ key: `r${index}`, cells: { final: 1 } })) },
  },
  {
    name: "thousands of rows of one key",
    section: "t01",
    value: { rows: many(5_000, () => ({ key: "general", cells: { final: 1 } })) },
  },
  {
    name: "thousands of codes that are none",
    section: "t05",
    value: { rows: many(5_000, (index) => ({ key: `x${index}`, cells: { total: 1 } })) },
  },
  {
    name: "more rows than any form",
    section: "t05",
    value: { rows: many(6_000, () => ({ key: "total", cells: {} })) },
  },
  {
    name: "keys of cells that are none",
    section: "t05",
    value: {
      rows: [
        { key: "total", cells: Object.fromEntries(many(9_000, (index) => [`第${index}`, 1])) },
      ],
    },
  },
  {
    name: "figures that are none",
    section: "t05",
    value: { rows: many(5_000, () => ({ key: "total", cells: { total: "1" } })) },
  },
  {
    name: "unknown members by the thousand",
    section: "facts",
    value: { ...facts, ...columns(20_000) },
  },
  {
    name: "more text than a narrative holds",
    section: "narrative",
    value: additions(["income", "expense"], 30),
  },
  {
    name: "chapters that are none, by the thousand",
    section: "narrative",
    value: {
      ...additions([], 0),
      additions: Object.fromEntries(many(9_000, (i) => [`c${i}`, ["文"]])),
    },
  },
  {
    name: "reasons of more text than a narrative holds",
    section: "narrative",
    value: {
      ...additions([], 0),
      reasons: Object.fromEntries(many(60, (i) => [`a.${i}`, "文".repeat(4_000)])),
    },
  },
  {
    name: "duties of more text than facts hold",
    section: "facts",
    value: { ...facts, duties: many(60, () => "文".repeat(4_000)) },
  },
  {
    name: "figures of last year in cells by the ten thousand",
    section: "facts",
    value: {
      ...facts,
      prior: Object.fromEntries(many(30_000, (index) => [`t01/r${index}/final`, 1])),
    },
  },
  {
    name: "a summary of more text than evaluations hold",
    section: "performance",
    value: {
      projects: [],
      selfEvaluations: [],
      summary: many(20, () => ({ heading: "文", paragraphs: many(20, () => "文".repeat(4_000)) })),
    },
  },
  {
    name: "adjustments of cells by the hundred thousand",
    section: "adjustments",
    value: {
      entries: many(400, (index) => ({
        id: `a${index}`,
        reason: "更正",
        cells: many(200, () => ({ cell: "t01/general/final", fen: 1 })),
      })),
    },
  },
  {
    name: "attachments by the thousand",
    section: "attachments",
    value: { files: many(3_000, () => ({ sha256: "a".repeat(64), name: "a" })) },
  },
];

describe("a section that nobody can have meant", () => {
  it.each(hostileSections)(
    "with $name is refused in a short answer",
    async ({ section, value }) => {
      const before = await base(section);
      const answer = await save(section, value);
      expect([400, 413]).toContain(answer.status);
      expect(bytesOf(answer)).toBeLessThan(100_000);
      const { details = {} } = error(answer);
      expect(details.faults?.length ?? 0).toBeLessThanOrEqual(50);
      expect(details.issues?.length ?? 0).toBeLessThanOrEqual(50);
      expect(await base(section)).toBe(before);
    },
  );

  it("says how many faults there are beside the 50 listed", async () => {
    const { details } = error(
      await save("t05", { rows: [{ key: "total", cells: columns(20_000) }] }),
    );
    expect(details?.faults).toHaveLength(50);
    expect(details?.count).toBe(20_000);
    expect(details?.faults?.at(-1)?.message).toContain("另有19951处");
  });

  it("says how much a narrative may hold", async () => {
    const answer = await save("narrative", additions(["income", "expense"], 30));
    expect(error(answer)).toMatchObject({
      code: "too_large",
      message: expect.stringContaining("超过200000字的上限") as string,
    });
  });
});

const hostileBodies: readonly { name: string; body: string }[] = [
  ...(["[", '{"a":', '[{"a":', '{"rows":['] as const).map((open) => ({
    name: `a body 200,000 levels deep in ${open}`,
    body: nested(
      200_000 / (open.split(/[[{]/u).length - 1),
      open,
      open === "[" ? "]" : open === '{"a":' ? "}" : open === '[{"a":' ? "}]" : "]}",
    ),
  })),
  { name: "brackets that never close", body: "[".repeat(1_000_000) },
  { name: "a million empty lists", body: `{"base":null,"value":[${"[],".repeat(999_999)}[]]}` },
  { name: "a million zeros", body: `{"base":null,"value":[${"0,".repeat(999_999)}0]}` },
  {
    name: "half a million members of one object",
    body: `{"base":null,"value":{${many(500_000, (index) => `"${index}":0`).join(",")}}}`,
  },
  { name: "one member again and again", body: `{${'"base":null,'.repeat(100_000)}"value":1}` },
  { name: "a string without an end", body: `{"base":"${"a".repeat(1_000_000)}` },
  { name: "a string of escapes", body: `{"base":"${"\\\\".repeat(500_000)}","value":1}` },
  { name: "a number of a million digits", body: `{"base":${"9".repeat(1_000_000)},"value":1}` },
  {
    name: "an amount beyond all amounts",
    body: '{"base":null,"value":{"rows":[{"key":"general","cells":{"final":1e308}}]}}',
  },
  {
    name: "an amount that is infinite",
    body: '{"base":null,"value":{"rows":[{"key":"general","cells":{"final":1e999}}]}}',
  },
  { name: "a prototype", body: '{"base":null,"value":{"__proto__":{"rows":[]}}}' },
  { name: "a constructor", body: '{"base":null,"value":{"constructor":{"prototype":{}}}}' },
  { name: "white space alone", body: " ".repeat(1_000_000) },
  { name: "nothing", body: "" },
  { name: "a text", body: '"a"' },
  { name: "null", body: "null" },
];

describe("a body that is hostile as JSON", () => {
  it.each(hostileBodies)("with $name is refused as invalid", async ({ body }) => {
    const before = await base("t01");
    const answer = await service.call("limin", "PUT", path("/sections/t01"), body);
    expect(answer.status).toBe(400);
    expect(error(answer).code).toBe("invalid_request");
    expect(bytesOf(answer)).toBeLessThan(100_000);
    expect(await base("t01")).toBe(before);
  });
});

describe("an import that is hostile", () => {
  const content = (tables: unknown) =>
    JSON.stringify({ ...(exampleAsPrinted(loadExampleUnit("137001")) as object), tables });
  const t01 = (rows: unknown) => ({
    t01: { columns: { income: ["金额"], expense: ["金额"] }, income: rows, expense: [] },
  });
  it.each([
    ["levels without end", "json", `{"tables":${"[".repeat(300_000)}`],
    ["numbers by the million", "json", `[${"1,".repeat(900_000)}1]`],
    ["rows that are none", "json", content(t01(many(60_000, () => 1)))],
    ["rows nobody knows", "json", content(t01(many(5_000, () => ({ name: "文", values: ["1"] }))))],
    ["tables nobody knows", "json", content(Object.fromEntries(many(9_000, (i) => [`t${i}`, {}])))],
    ["lines without end", "csv", `收入支出决算总表,\n${"\n".repeat(100_000)}`],
    ["columns without end", "csv", `收入支出决算总表${",".repeat(900_000)}`],
    ["rows nobody knows", "csv", `报表,年度\n${"收入支出决算总表,2022\n".repeat(9_000)}`],
  ] as const)("with %s (%s: %#) is refused with at most 50 faults", async (_, format, text) => {
    const answer = await service.call("limin", "POST", path("/imports"), { format, content: text });
    expect(answer.status).toBe(422);
    expect(error(answer).code).toBe("import_refused");
    expect(error(answer).details?.faults?.length).toBeLessThanOrEqual(50);
    expect(bytesOf(answer)).toBeLessThan(100_000);
  });
});

describe("the findings of a report full of faults", () => {
  it("are listed worst first within what an answer holds, and counted to the last", async () => {
    const chapters = ["income", "expense", "basic", "operating_cost"];
    expect((await save("narrative", additions(chapters, 9, "1%"))).status).toBe(200);
    const answer = await service.call("limin", "GET", path("/findings"));
    expect(answer.status).toBe(200);
    expect(bytesOf(answer)).toBeLessThan(2 * 1024 * 1024);
    const { findings, counts, unlisted, blocking } = answer.body as FindingsView;
    expect(findings.length).toBe(500);
    const { error: wrong, warning, hint, unfilled } = counts;
    expect(wrong + warning + unfilled + hint).toBe(findings.length + unlisted);
    expect(unlisted).toBeGreaterThan(100);
    const order = ["error", "warning", "unfilled", "hint"];
    const ranks = findings.map((one) => order.indexOf(one.unfilled ? "unfilled" : one.severity));
    expect(ranks).toEqual(ranks.toSorted((a, b) => a - b));

    const refused = await service.call("limin", "POST", path("/submit"), {});
    expect(error(refused)).toMatchObject({
      code: "blocking_findings",
      message: expect.stringContaining(String(blocking)) as string,
    });
  });
});

describe("heavy work that was ended at its bounds", () => {
  const ended = () =>
    createApp({
      ...service.deps,
      heavyWork: () => Promise.reject(new HeavyWorkStopped("It took too long.")),
    });
  const ask = async (method: string, rest: string, body?: unknown) => {
    const response = await ended().request(path(rest), {
      method,
      headers: {
        authorization: `Bearer ${await service.token("limin")}`,
        "content-type": "application/json",
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const { error: refusal } = (await response.json()) as { error: { code: string } };
    return { status: response.status, code: refusal.code };
  };

  it("is a refused file where a workbook was read", async () => {
    const workbook = { format: "xlsx", content: "UEsDBA==" };
    expect(await ask("POST", "/imports", workbook)).toEqual({
      status: 422,
      code: "import_refused",
    });
  });

  it("is answered as having taken too long where a report was checked", async () => {
    expect(await ask("GET", "/findings")).toEqual({ status: 504, code: "timed_out" });
    expect(await ask("POST", "/submit", {})).toEqual({ status: 504, code: "timed_out" });
  });
});

it("a table as large as its form takes in is no hostile one", async () => {
  const form = jiangxi2022.forms.find(({ id }) => id === "t03");
  if (form === undefined) throw new Error("The edition has no 公开03表.");
  const codes = [...jiangxi2022.functionCodes.keys()];
  const rows = ["total", ...codes].map((key) => ({
    key,
    cells: Object.fromEntries((form.blocks[0]?.columns ?? []).map((column) => [column.key, 1])),
  }));
  expect((await save("t03", canonicalTable(form, { rows }))).status).toBe(200);
});
