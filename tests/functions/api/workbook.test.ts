import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { Buffer } from "node:buffer";
import { readXlsx, writeXlsx } from "hucre";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createApiHandler } from "../../../functions/api/handler.ts";
import { workbookOf } from "../../../functions/use-cases/workbook/export-workbook.ts";
import { accountsPlanResponse } from "../../../shared/contract/responses.ts";
import type { Report } from "../../../shared/report/report.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { startService, type Answer, type Service } from "./service.ts";

const type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const unit = loadExampleUnit("137001");

let service: Service;
let id: string;
beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "draft");
});
afterAll(() => service.close());

const workbook = async (query = "", who = "limin"): Promise<Answer> =>
  service.call(who, "GET", `/api/reports/${id}/workbook${query}`);
const take = async (bytes: Uint8Array, format = "xlsx"): Promise<Answer> =>
  service.call("limin", "POST", `/api/reports/${id}/imports`, {
    format,
    content: Buffer.from(bytes).toString("base64"),
  });
const sections = async () => (await service.head(id))?.sections;
const named = (report: Report): Report => ({
  ...report,
  identity: { ...report.identity, orgName: "景德镇市人民政府行政服务中心管理委员会（本级）" },
});
/** The exported workbook with a value changed on one sheet, as people hand it back. */
async function changed(sheetName: string, row: number, column: number, value: string | number) {
  const { sheets } = await readXlsx((await workbook()).body as Uint8Array);
  for (const sheet of sheets) {
    const cells = sheet.rows[row];
    if (sheet.name === sheetName && cells !== undefined) cells[column] = value;
  }
  return writeXlsx({ sheets: sheets.map(({ name, rows }) => ({ name, rows })) });
}

describe("the workbook of a report", () => {
  it("is sent as a file under its name, to whoever may read the report", async () => {
    const { status, headers, body } = await workbook("", "wangqiang");
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe(type);
    expect(decodeURIComponent(headers.get("content-disposition") ?? "")).toContain(
      "（本级）2022年度决算表.xlsx",
    );
    const { sheets } = await readXlsx(body as Uint8Array);
    expect(sheets.map(({ name }) => name)).toEqual(
      Array.from({ length: 10 }, (_, index) => `公开${String(index + 1).padStart(2, "0")}表`),
    );
  });

  it("is one table where one is asked for, and no other section", async () => {
    const { sheets } = await readXlsx((await workbook("?section=t03")).body as Uint8Array);
    expect(sheets.map(({ name }) => name)).toEqual(["公开03表"]);
    expect((await workbook("?section=facts")).status).toBe(400);
  });

  it("passes API Gateway byte for byte", async () => {
    const handler = createApiHandler(service.deps);
    const path = `/api/reports/${id}/workbook`;
    const event = {
      version: "2.0",
      rawPath: path,
      rawQueryString: "",
      headers: { authorization: `Bearer ${await service.token("limin")}`, host: "api.test" },
      requestContext: { http: { method: "GET", path }, domainName: "api.test" },
      isBase64Encoded: false,
    } as unknown as APIGatewayProxyEventV2;
    const answer = (await handler(event, {} as never)) as APIGatewayProxyStructuredResultV2;
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    const bytes = Buffer.from(answer.body ?? "", "base64");
    expect((await readXlsx(bytes)).sheets).toHaveLength(10);
  });
});

describe("a workbook handed in", () => {
  beforeEach(async () => {
    await service.fill("limin", id, named(unit));
  });

  it("as it was sent out changes no section", async () => {
    const before = await sections();
    const { status, body } = await take((await workbook()).body as Uint8Array);
    expect(status).toBe(200);
    expect((body as { saved: unknown[] }).saved).toHaveLength(10);
    const after = await sections();
    for (const form of unit.edition.forms) {
      expect(after?.[form.id]?.sha256).toBe(before?.[form.id]?.sha256);
    }
    expect(after?.facts?.sha256).toBe(before?.facts?.sha256);
  });

  it("is weighed against the draft first, applied in one write and taken back whole", async () => {
    const before = await sections();
    const content = Buffer.from(await changed("公开10表", 6, 2, 3)).toString("base64");
    const body = { format: "xlsx", fileName: "决算表.xlsx", content };
    const path = `/api/reports/${id}/import-plans`;
    const planned = await service.call("limin", "POST", path, body);
    expect(planned.status).toBe(200);
    const plan = accountsPlanResponse.parse(planned.body);
    expect(await sections()).toEqual(before);
    const changing = plan.tables.filter((table) => table.changes.length > 0);
    expect(plan.tables).toHaveLength(10);
    expect(changing).toMatchObject([
      {
        ...{ id: "t10", name: "公开10表 国有资产占用情况表" },
        codes: { added: [], removed: [] },
        changes: [{ after: 3 }],
      },
    ]);

    const act = async (what: "apply" | "undo") =>
      service.call("limin", "POST", `/api/reports/${id}/accounts/${plan.plan}/${what}`, {
        tables: ["t10"],
      });
    expect((await act("apply")).status).toBe(200);
    expect((await sections())?.["t10"]?.sha256).not.toBe(before?.["t10"]?.sha256);
    // Whoever presses twice changes nothing more.
    expect((await act("apply")).status).toBe(200);
    expect((await act("undo")).status).toBe(200);
    expect((await sections())?.["t10"]?.sha256).toBe(before?.["t10"]?.sha256);
  });

  it("names the codes whose rows it adds and takes out", async () => {
    const { sheets } = await readXlsx((await workbook("?section=t03")).body as Uint8Array);
    const [sheet] = sheets;
    if (sheet === undefined) throw new Error("No sheet.");
    const isLast = (row: readonly unknown[]) => row[0] === "2210201";
    const rows = sheet.rows.map((row) =>
      isLast(row) ? ["2210202", "提租补贴", ...row.slice(2)] : [...row],
    );
    const content = Buffer.from(await writeXlsx({ sheets: [{ name: sheet.name, rows }] }));
    const planned = await service.call("limin", "POST", `/api/reports/${id}/import-plans`, {
      ...{ format: "xlsx", fileName: "支出.xlsx", content: content.toString("base64") },
    });
    const { tables } = accountsPlanResponse.parse(planned.body);
    expect(tables.map(({ codes }) => codes)).toEqual([
      { added: ["2210202"], removed: ["2210201"] },
    ]);
  });

  it("with a changed figure saves it, and names sheets that are no tables", async () => {
    const bytes = await changed("公开10表", 6, 2, 3);
    const { sheets } = await readXlsx(bytes);
    const more = [
      ...sheets.map(({ name, rows }) => ({ name, rows })),
      { name: "备查", rows: [["x"]] },
    ];
    const { status, body } = await take(await writeXlsx({ sheets: more }));
    expect(status).toBe(200);
    expect(body).toMatchObject({ ignored: ["备查"] });
    const saved = await service.call("limin", "GET", `/api/reports/${id}/sections/t10`);
    expect(saved.body).toMatchObject({
      value: {
        rows: expect.arrayContaining([{ key: "leader_cars", cells: { final: 3 } }]) as unknown,
      },
    });
  });

  it("with one fault is not taken in at all; the fault is reported at its cell", async () => {
    const before = await sections();
    const { status, body } = await take(await changed("公开03表", 7, 3, "十万"));
    expect(status).toBe(422);
    expect(body).toMatchObject({
      error: {
        code: "import_refused",
        details: {
          faults: [
            {
              where: expect.stringMatching(/^公开03表!D8（201 .*“基本支出”）$/u) as string,
              message: "“十万”不是金额。金额栏只能填数字。请改为数字，没有数据时留空。",
            },
          ],
        },
      },
    });
    expect(await sections()).toEqual(before);
  });

  it("of another unit is refused where the sheet names it", async () => {
    const other = { ...unit, identity: { ...unit.identity, orgName: "某市另一局" } };
    const { status, body } = await take((await workbookOf(other, "t01")) ?? new Uint8Array());
    expect(status).toBe(422);
    expect(JSON.stringify(body)).toContain("公开01表!A2");
    expect(JSON.stringify(body)).toContain("某市另一局");
  });

  it("typed in 元 keeps the report in 万元 while tables typed in 万元 are left", async () => {
    const yuan = named({
      ...unit,
      sections: { ...unit.sections, facts: { ...unit.sections.facts, enteredIn: "yuan" } },
    });
    await take((await workbookOf(yuan, "t03")) ?? new Uint8Array());
    const facts = () => service.call("limin", "GET", `/api/reports/${id}/sections/facts`);
    expect((await facts()).body).toMatchObject({ value: { enteredIn: "wan" } });
    await take((await workbookOf(yuan)) ?? new Uint8Array());
    expect((await facts()).body).toMatchObject({ value: { enteredIn: "yuan" } });
  });

  it.each([
    ["that is no workbook", Buffer.from("表"), 422, "不是 .xlsx 或 .xls 工作簿"],
    ["above 4 MB", Buffer.alloc(4 * 1024 * 1024 + 3), 422, "文件超过 4 MB"],
    ["above the 6 MB of a request", Buffer.alloc(5 * 1024 * 1024), 413, "不超过 6 MB"],
  ])("%s is refused with a sentence", async (_, bytes, status, sentence) => {
    const answer = await take(bytes);
    expect(answer.status).toBe(status);
    expect(JSON.stringify(answer.body)).toContain(sentence);
  });

  it("is for the preparer alone", async () => {
    const answer = await service.call("shenbo", "POST", `/api/reports/${id}/imports`, {
      format: "xlsx",
      content: "UEs=",
    });
    expect(answer.status).toBe(403);
  });
});
