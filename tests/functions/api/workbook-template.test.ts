import { readXlsx } from "hucre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readWorkbookTables } from "../../../functions/use-cases/workbook/read-tables.ts";
import { jiangxi2022 } from "../../examples/editions.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { region, startService, type Answer, type Service } from "./service.ts";
import { enterYear } from "../enter.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const template = (who: string, orgCode: string, year = 2022): Promise<Answer> =>
  service.call(who, "GET", `/api/regions/${region}/years/${String(year)}/orgs/${orgCode}/workbook`);

describe("the form to fill in, before anybody opened the report", () => {
  it("is offered to the unit's preparer as a workbook of all tables, empty, under its name", async () => {
    const answer = await template("zhouting", "137002");
    expect(answer.status).toBe(200);
    expect(decodeURIComponent(answer.headers.get("content-disposition") ?? "")).toContain(
      "景德镇市公共资源交易中心2022年度决算表（模板）.xlsx",
    );
    const read = await readWorkbookTables(jiangxi2022, answer.body as Uint8Array);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    for (const { id } of jiangxi2022.forms) expect(read.value.tables[id]).toEqual({ rows: [] });
    expect(read.value.orgNames[0]?.text).toBe("景德镇市公共资源交易中心");
    expect(await service.head(`${region}-2022-137002`)).toBeUndefined();
  });

  it("brings last year's codes and figures from the approved report", async () => {
    const id = await service.bring("137001", "bureau");
    const { state } = (await service.head(id)) ?? {};
    if (state?.status !== "in_review") throw new Error("The report is not in review.");
    const { editionHash } = state.submission;
    await service.call("fengyuan", "POST", `/api/reports/${id}/approve`, {
      ...{ editionHash, documentNumber: "景财决〔2023〕1号" },
    });
    await enterYear(service.deps.registry, {
      ...{ region, year: 2023, edition: "jiangxi-2022", status: "open", version: 0 },
      ...{ unitDue: "2024-07-31", departmentDue: "2024-08-15", bureauDue: "2024-08-31" },
    });
    const answer = await template("limin", "137001", 2023);
    const { sheets } = await readXlsx(answer.body as Uint8Array);
    const rows = sheets.find(({ name }) => name === "公开03表")?.rows ?? [];
    const column = rows.find((row) => row.includes("上年项目支出"))?.indexOf("上年项目支出") ?? -1;
    const before = tableIn(loadExampleUnit("137001").sections, "t03").rows;
    const listed = rows.filter(([code]) => /^\d{3,7}$/u.test(String(code)));
    expect(listed.map(([code]) => code)).toEqual(
      before.map(({ key }) => key).filter((key) => key !== "total"),
    );
    for (const row of listed) {
      const project = before.find(({ key }) => key === row[0])?.cells["project"];
      expect(row[column] ?? undefined).toBe(
        project === undefined ? undefined : project / 1_000_000,
      );
      expect(row.slice(2, 8).filter((value) => typeof value === "number")).toEqual([]);
    }
  });

  it("does not exist for strangers, for the bureau's own node, nor for a year nobody opened", async () => {
    for (const [who, orgCode, year] of [
      ["panyun", "137002", 2022],
      ["zhouting", "137001", 2022],
      ["fengyuan", "000", 2022],
      ["zhouting", "137009", 2022],
      ["zhouting", "137002", 2031],
    ] as const) {
      expect((await template(who, orgCode, year)).status, `${who} ${orgCode}`).toBe(404);
    }
  });
});
