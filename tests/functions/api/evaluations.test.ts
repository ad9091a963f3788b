import { Buffer } from "node:buffer";
import { readXlsx, writeXlsx } from "hucre";
import { afterAll, beforeAll, expect, it } from "vitest";
import {
  evaluationsReadResponse,
  importRefusedDetails,
} from "../../../shared/contract/responses.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import type { SelfEvaluation } from "../../../shared/report/sections.ts";
import { startService, type Service } from "./service.ts";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const path = () => `/api/reports/${id}/evaluations`;
const download = async (who = "limin") =>
  (await service.call(who, "GET", path())).body as Uint8Array;
const read = (bytes: Uint8Array) =>
  service.call("limin", "POST", path(), { content: Buffer.from(bytes).toString("base64") });
const save = async (selfEvaluations: readonly SelfEvaluation[]) => {
  const base = (await service.head(id))?.sections.performance?.sha256 ?? null;
  const value = { ...emptySections.performance, selfEvaluations };
  const url = `/api/reports/${id}/sections/performance`;
  expect((await service.call("limin", "PUT", url, { base, value })).status).toBe(200);
};

const money = { initial: 100_000_000, full: 100_000_000, executed: 63_450_012 };
const table: SelfEvaluation = {
  ...{ project: "窗口延时服务项目", year: 2022, department: "某市某局", unit: "某市某中心" },
  funds: { total: money, fiscal: money, other: { executed: 0 } },
  // Printed with one decimal, and a total that is not the sum: both come back as they were.
  ...{ fundsWeight: 10_00, fundsScore: 6_30, totalScore: 99_00 },
  goals: [
    { expected: "延长服务时间", achieved: "每周延时三天" },
    { expected: "提高办事效率", achieved: "平均办理时间缩短" },
  ],
  indicators: [
    {
      ...{ level1: "产出指标", level2: "数量指标", level3: "延时天数" },
      ...{ target: "≥150天", actual: "144天", weight: 50_00, score: 48_00 },
      deviation: "节假日调休",
    },
    {
      ...{ level1: "产出指标", level2: "质量指标", level3: "差错率" },
      ...{ target: "≤1%", actual: "", weight: 40_00 },
    },
  ],
};
const computed: SelfEvaluation = {
  ...table,
  project: "平台建设项目",
  fundsScore: 6_35,
  indicators: table.indicators.map((one) => ({ ...one, actual: "完成", score: 40_00 })),
  totalScore: 86_35,
};

it("自评表 go out as a workbook and come back the same, by whoever may read and whoever may edit", async () => {
  await save([table, computed]);
  const bytes = await download("wangqiang");
  const { sheets } = await readXlsx(bytes);
  expect(sheets.map(({ name }) => name)).toEqual(["自评表1", "自评表2"]);
  const answer = await read(bytes);
  expect(answer.status).toBe(200);
  expect(evaluationsReadResponse.parse(answer.body)).toEqual({
    tables: [table, computed],
    projects: [],
    ignored: [],
  });
  const head = await service.head(id);
  expect((await read(bytes)).status).toBe(200);
  expect((await service.head(id))?.version).toBe(head?.version);
  const refused = await service.call("wangqiang", "POST", path(), { content: "UEsDBA==" });
  expect(refused.status).toBe(403);
});

it("the form to fill in is nothing yet, and is read back whatever program filled it in", async () => {
  await save([table]);
  const blank = await service.call("limin", "GET", `${path()}?form=blank`);
  const form = blank.body as Uint8Array;
  const refused = await read(form);
  expect(refused.status).toBe(422);
  const { faults } = importRefusedDetails.parse(
    (refused.body as { error: { details: unknown } }).error.details,
  );
  expect(faults.map(({ where }) => where)).toEqual(["导入文件"]);

  // Typed in with any program: its formulas leave no results behind.
  const { sheets } = await readXlsx(form);
  const [sheet] = sheets;
  const rows = (sheet?.rows ?? []).map((row) => [...row]);
  const put = (row: number, column: number, value: string | number) => {
    const cells = rows[row];
    if (cells === undefined) throw new Error(`The form has no row ${String(row)}.`);
    cells[column] = value;
  };
  put(2, 1, "窗口延时服务项目");
  put(5, 3, 100);
  put(5, 4, 63);
  put(5, 5, 10);
  for (const [column, value] of [
    "产出指标",
    "数量指标",
    "天数",
    "150天",
    "150天",
    90,
    90,
  ].entries()) {
    put(12, column, value);
  }
  const typed = await writeXlsx({ sheets: [{ name: "自评表1", rows }] });
  const answer = evaluationsReadResponse.parse((await read(typed)).body);
  expect(answer.tables[0]).toMatchObject({
    ...{ project: "窗口延时服务项目", year: 2022, fundsScore: 6_30, totalScore: 96_30 },
    indicators: [{ level3: "天数", weight: 90_00, score: 90_00 }],
  });

  put(12, 6, "全部完成");
  const wrong = await read(await writeXlsx({ sheets: [{ name: "自评表1", rows }] }));
  const details = importRefusedDetails.parse(
    (wrong.body as { error: { details: unknown } }).error.details,
  );
  expect(details.faults).toEqual([
    {
      where: "自评表1!G13",
      message: "“得分”写的是“全部完成”，应为0至100的分数，最多两位小数。请改正后再导入。",
    },
  ]);
});
