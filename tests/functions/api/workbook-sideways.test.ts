import { Buffer } from "node:buffer";
import { readXlsx, writeXlsx } from "hucre";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { startService, type Service } from "./service.ts";
import { enterMember, enterOrg, enterYear } from "../enter.ts";

const region = "310107";
const id = `${region}-2024-105`;
const at = (path: string) => `/api/reports/${id}${path}`;
const sheetName = "财政拨款三公经费支出决算表";

let service: Service;
beforeAll(async () => {
  service = await startService();
  const { registry } = service.deps;
  const org = {
    region,
    code: "105",
    name: "某区财政局",
    kind: "department",
    parent: "000",
  } as const;
  await enterOrg(registry, { ...org, version: 0 });
  const [member] = await registry.membersBySubject("panyun");
  if (member === undefined) throw new Error("Nobody of the second city is there.");
  const memberships = [...member.memberships, { role: "preparer", orgCode: "105" } as const];
  await enterMember(registry, { ...member, memberships });
  await enterYear(registry, {
    ...{ region, year: 2024, edition: "shanghai-2024", status: "open", version: 0 },
    ...{ unitDue: "2025-07-31", departmentDue: "2025-08-15", bureauDue: "2025-08-31" },
  });
  await ok("POST", "/api/reports", { region, year: 2024, orgCode: "105" });
  await ok("PUT", at("/sections/t09"), { base: null, value: held });
});
afterAll(() => service.close());

async function ok<Body>(method: string, path: string, body?: unknown): Promise<Body> {
  const answer = await service.call("panyun", method, path, body);
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  return answer.body as Body;
}

const held: TableData = {
  rows: [
    { key: "total", cells: { initial: 2_000_000, final: 1_000_000 } },
    { key: "reception", cells: { initial: 2_000_000, final: 1_000_000 } },
    { key: "reception_domestic", cells: { final: 1_000_000 } },
    { key: "domestic_persons", cells: { final: 14 } },
  ],
};
const exported = async () => {
  const bytes = await ok<Uint8Array>("GET", at("/workbook?section=t09"));
  const [sheet] = (await readXlsx(bytes)).sheets;
  if (sheet === undefined) throw new Error("The workbook is empty.");
  return sheet.rows.map((row) => [...row]);
};
const take = async (rows: Awaited<ReturnType<typeof exported>>) =>
  ok("POST", at("/imports"), {
    format: "xlsx",
    content: Buffer.from(await writeXlsx({ sheets: [{ name: sheetName, rows }] })).toString(
      "base64",
    ),
  });
const stored = async () => {
  const { value } = await ok<{ value: TableData }>("GET", at("/sections/t09"));
  return new Map(value.rows.map(({ key, cells }) => [key, cells]));
};

describe("the “三公” table that is printed sideways", () => {
  it("comes back with every row, printed or not", async () => {
    const rows = await exported();
    expect(rows[6]?.slice(0, 4)).toEqual(["预算数", "决算数", "预算数", "决算数"]);
    await take(rows);
    expect(await stored()).toEqual(new Map(held.rows.map(({ key, cells }) => [key, cells])));
  });

  it("handed in as it is printed keeps what it does not print", async () => {
    const printed = (await exported()).slice(0, 8);
    const line = printed[7];
    if (line === undefined) throw new Error("No line of figures.");
    [line[0], line[10]] = [3, 3];
    await take(printed);
    const rows = await stored();
    expect(rows.get("total")).toEqual({ initial: 3_000_000, final: 1_000_000 });
    expect(rows.get("reception")).toEqual({ initial: 3_000_000, final: 1_000_000 });
    expect(rows.get("reception_domestic")).toEqual({ final: 1_000_000 });
    expect(rows.get("domestic_persons")).toEqual({ final: 14 });
  });

  it("with the rows below left empty clears them", async () => {
    const rows = await exported();
    const line = rows.find(([name]) => name === "6.国内公务接待人次（人）");
    if (line === undefined) throw new Error("No 国内公务接待人次.");
    line[5] = null;
    await take(rows);
    expect((await stored()).has("domestic_persons")).toBe(false);
  });
});
