import { Buffer } from "node:buffer";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import {
  accountsPlanResponse,
  importRefusedDetails,
  importResponse,
  type AccountsPlanView,
} from "../../../shared/contract/responses.ts";
import { errorEnvelopeSchema } from "../../../shared/contract/error-envelope.ts";
import type { SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { Facts } from "../../../shared/report/sections.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { hostileWorkbooks } from "../../hostile/workbooks.ts";
import { accountsFile } from "../../examples/accounts/accounts-file.ts";
import { accountsOf } from "../../examples/accounts/made-accounts.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { startService, type Answer, type Service } from "./service.ts";

const unit = loadExampleUnit("137001");
const orgName = "景德镇市人民政府行政服务中心管理委员会（本级）";

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const send = async (bytes: Uint8Array, who = "limin"): Promise<Answer> =>
  service.call(who, "POST", `/api/reports/${id}/accounts`, {
    fileName: "2022年度部门决算.xlsx",
    content: Buffer.from(bytes).toString("base64"),
  });
async function planned(grids: readonly SheetGrid[]): Promise<AccountsPlanView> {
  const answer = await send(await accountsFile(grids));
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  return accountsPlanResponse.parse(answer.body);
}
const act = async (plan: string, what: "apply" | "undo", body: object): Promise<Answer> =>
  service.call("limin", "POST", `/api/reports/${id}/accounts/${plan}/${what}`, body);
const refusalOf = ({ body }: Answer) => errorEnvelopeSchema.parse(body).error;
const faultsOf = (answer: Answer) => importRefusedDetails.parse(refusalOf(answer).details).faults;
const sections = async () => (await service.head(id))?.sections;
async function stored<Value>(section: string): Promise<Value> {
  const { body } = await service.call("limin", "GET", `/api/reports/${id}/sections/${section}`);
  return (body as { value: Value }).value;
}
/** A table of the draft with a figure of its own, by the door of the screen. */
async function put(section: string, value: TableData): Promise<void> {
  const base = (await sections())?.[section as "t01"]?.sha256 ?? null;
  const path = `/api/reports/${id}/sections/${section}`;
  const { status } = await service.call("limin", "PUT", path, { base, value });
  expect(status).toBe(200);
}
const made = (options: Parameters<typeof accountsOf>[1] = {}) => accountsOf(unit, options);
const typed: TableData = {
  rows: [
    { key: "total", cells: { total: 500 } },
    { key: "201", name: "一般公共服务支出", cells: { total: 500 } },
  ],
};

describe("a workbook of the accounts", () => {
  beforeEach(async () => {
    for (const { id: table } of unit.edition.forms) await put(table, { rows: [] });
  });

  it("is weighed without saving anything, fills the tables in one write, and is taken back in one", async () => {
    await put("t03", typed);
    const before = await service.head(id);
    const plan = await planned(made());
    expect((await service.head(id))?.version).toBe(before?.version);
    expect(plan.tables.map(({ name }) => name)).toContain("公开03表 支出决算表");
    const t03 = plan.tables.find((table) => table.id === "t03");
    expect(t03?.changes.find(({ cell }) => cell === "t03/total/total")).toMatchObject({
      ...{ label: "公开03表 合计 本年支出合计", before: 500 },
      from: expect.stringMatching(/^财决04!E\d+ 本年支出合计\/合计$/u) as unknown,
    });
    expect(plan.contradictions).toEqual([]);
    expect(plan.unplaced.filter(({ kind }) => kind === "check")).toEqual([]);

    const tables = plan.tables.map((table) => table.id);
    const applied = await act(plan.plan, "apply", { tables });
    expect(applied.status).toBe(200);
    expect((await service.head(id))?.version).toBe((before?.version ?? 0) + 1);
    for (const table of tables) {
      expect(await stored(table), table).toEqual(tableIn(unit.sections, table));
    }
    expect((await stored<Facts>("facts")).enteredIn).toBe("yuan");
    const { saved } = importResponse.parse(applied.body);
    expect(saved.map(({ section }) => section)).toContain("facts");

    const undone = await act(plan.plan, "undo", { tables });
    expect(undone.status).toBe(200);
    expect(await stored("t03")).toEqual(typed);
    expect(await stored("t02")).toEqual({ rows: [] });
    expect((await sections())?.t03?.sha256).toBe(before?.sections.t03?.sha256);
  });

  it("fills only the tables that are wanted", async () => {
    const plan = await planned(made());
    expect((await act(plan.plan, "apply", { tables: ["t05"] })).status).toBe(200);
    expect(await stored("t05")).toEqual(tableIn(unit.sections, "t05"));
    expect(await stored("t02")).toEqual({ rows: [] });
    await act(plan.plan, "undo", { tables: ["t05"] });
  });

  it("is not applied over what somebody saved since, nor taken back over it", async () => {
    const plan = await planned(made());
    await put("t03", typed);
    const late = await act(plan.plan, "apply", { tables: ["t02", "t03"] });
    expect(refusalOf(late)).toMatchObject({ code: "stale_version" });
    expect(refusalOf(late).message).toContain("核对之后有人保存过");
    expect(await stored("t02")).toEqual({ rows: [] });

    expect((await act(plan.plan, "apply", { tables: ["t02"] })).status).toBe(200);
    await put("t02", { rows: [{ key: "total", cells: { total: 3 } }] });
    const undo = await act(plan.plan, "undo", { tables: ["t02"] });
    expect(undo.status).toBe(409);
    expect(refusalOf(undo).message).toContain("导入之后又改过《收入决算表》");
  });

  it("of another office must be confirmed, of another year is refused", async () => {
    const plan = await planned(made({ orgName: "南岭市民政局" }));
    expect(plan.otherOffice).toBe("南岭市民政局");
    const refused = await act(plan.plan, "apply", { tables: ["t02"] });
    expect(refusalOf(refused)).toMatchObject({ code: "import_refused" });
    expect(refusalOf(refused).message).toBe(
      `账表写的单位是“南岭市民政局”，本报告的单位是“${orgName}”，没有导入。确实是本单位的账表时，请先确认再导入。`,
    );
    const confirmed = await act(plan.plan, "apply", { tables: ["t02"], isOwnOffice: true });
    expect(confirmed.status).toBe(200);

    const old = await send(await accountsFile(made({ year: 2021 })));
    expect(old.status).toBe(422);
    expect(faultsOf(old)[0]).toMatchObject({
      message:
        "账表的年度是 2021，本报告为 2022 年度。别的年度的数不能填入。请选择 2022 年度的账表。",
    });
  });

  it("is recognised at the door of workbooks, and a workbook of ours at this one", async () => {
    const content = Buffer.from(await accountsFile(made())).toString("base64");
    const path = `/api/reports/${id}/imports`;
    const answer = await service.call("limin", "POST", path, { format: "xlsx", content });
    expect(answer.status).toBe(422);
    expect(faultsOf(answer)).toMatchObject([{ where: "导入文件", isAccounts: true }]);

    const { body } = await service.call("limin", "GET", `/api/reports/${id}/workbook`);
    const ours = await send(body as Uint8Array);
    expect(ours.status).toBe(422);
    expect(faultsOf(ours)[0]?.message).toContain("工作簿不是部门决算的账表");
  });

  it("keeps amounts in 万元 while a table is left that was typed in it", async () => {
    await put("t03", typed);
    const plan = await planned(made({ unit: "wan" }));
    await act(plan.plan, "apply", { tables: ["t02"] });
    expect((await stored<Facts>("facts")).enteredIn).toBe("wan");
  });

  it("is none that nobody planned, nor one of another report", async () => {
    const unknown = await act("0".repeat(64), "apply", { tables: ["t02"] });
    expect(unknown.status).toBe(404);
    const hash = (await sections())?.t02?.sha256 ?? "";
    expect((await act(hash, "undo", { tables: ["t02"] })).status).toBe(404);
    const plan = await planned(made());
    expect((await act(plan.plan, "apply", { tables: ["t99"] })).status).toBe(404);
    const other = await service.bring("137002", "draft");
    const path = `/api/reports/${other}/accounts/${plan.plan}/apply`;
    expect((await service.call("zhouting", "POST", path, { tables: ["t02"] })).status).toBe(404);
  });

  it.each(hostileWorkbooks.slice(0, 4))(
    "with $name is refused in a sentence",
    async ({ bytes }) => {
      const before = await service.head(id);
      const answer = await send(bytes());
      expect(answer.status).toBe(422);
      expect(faultsOf(answer)[0]?.message).toMatch(/请.+。$/u);
      expect((await service.head(id))?.version).toBe(before?.version);
    },
  );

  it("that is no workbook is refused in a sentence", async () => {
    const answer = await send(new TextEncoder().encode("财决01"));
    expect(faultsOf(answer)).toEqual([
      {
        where: "导入文件",
        message:
          "文件不是 .xlsx 或 .xls 工作簿。读不出其中的表格。请用表格软件另存为 .xlsx 后再导入。",
      },
    ]);
  });
});
