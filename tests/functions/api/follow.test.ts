import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { withCellsSet } from "../../shared/forms/computed/with-cells.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { region, startService, type Service } from "./service.ts";

/** A table that is saved by whoever types in it takes along what other tables compute from it. */

const id = `${region}-2022-137001`;
let service: Service;
beforeAll(async () => {
  service = await startService();
  await service.call("limin", "POST", "/api/reports", { region, year: 2022, orgCode: "137001" });
  await service.fill("limin", id, loadExampleUnit("137001"));
});
afterAll(() => service.close());

interface Stored {
  readonly value: TableData;
  readonly pointer: { readonly sha256: string; readonly by: string };
}
const stored = async (table: string): Promise<Stored> => {
  const { status, body } = await service.call(
    "limin",
    "GET",
    `/api/reports/${id}/sections/${table}`,
  );
  expect(status).toBe(200);
  return body as Stored;
};
const figure = async (address: string): Promise<number | undefined> => {
  const [table = "", row, column = ""] = address.split("/");
  return (await stored(table)).value.rows.find(({ key }) => key === row)?.cells[column];
};
async function save(address: string, value: number, follow?: boolean) {
  const [table = ""] = address.split("/");
  const { value: before, pointer } = await stored(table);
  const now = withCellsSet({ [table]: before }, [[address, value]])[table as "t01"];
  return service.call("limin", "PUT", `/api/reports/${id}/sections/${table}`, {
    ...{ base: pointer.sha256, value: now },
    ...(follow !== undefined && { follow }),
  });
}
const version = async () =>
  ((await service.call("limin", "GET", `/api/reports/${id}`)).body as ReportView).version;

describe("a table saved with what follows from it", () => {
  it("changes the totals of the other tables in the same write, and says which", async () => {
    const [was, total, left] = await Promise.all(
      ["t03/2120199/project", "t01/expense_total/final", "t01/closing/final"].map(figure),
    );
    const before = await version();
    const more = 1_000_00;
    const answer = await save("t03/2120199/project", (was ?? 0) + more, true);
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    expect(answer.body).toMatchObject({ followed: ["t01", "t04", "t05"] });
    expect(await version()).toBe(before + 1);
    expect(await figure("t01/212/final")).toBe((await figure("t03/212/total")) ?? 0);
    expect(await figure("t01/expense_total/final")).toBe((total ?? 0) + more);
    expect(await figure("t01/closing/final")).toBe((left ?? 0) - more);
    expect(await figure("t05/2120199/project")).toBe((was ?? 0) + more);
    expect((await stored("t01")).pointer.by).toBe("limin");
  });

  it("leaves the others alone where nobody asked for it", async () => {
    const before = await figure("t01/212/final");
    expect((await save("t03/2120199/project", 5_000_00)).status).toBe(200);
    expect(await figure("t01/212/final")).toBe(before);
    // From now on 公开01表 holds another figure, as printed: it is reported, not overwritten.
    expect((await save("t03/2120199/project", 6_000_00, true)).status).toBe(200);
    expect(await figure("t01/212/final")).toBe(before);
  });

  it("is right when two tables are saved in the same moment", async () => {
    const [received = 0, spent = 0, general = 0, closing = 0, total = 0] = await Promise.all(
      [
        ...["t02/2010302/fiscal", "t03/2010302/project", "t04/general/final"],
        ...["t04/closing/general", "t02/total/fiscal"],
      ].map(figure),
    );
    const answers = await Promise.all([
      save("t02/2010302/fiscal", received + 7_00, true),
      save("t03/2010302/project", spent + 3_00, true),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await figure("t02/total/fiscal")).toBe(total + 7_00);
    expect(await figure("t04/general/final")).toBe(general + 7_00);
    expect(await figure("t04/closing/general")).toBe(closing + 4_00);
  });

  it("refuses what is no flag, and follows nothing for a section without tables", async () => {
    const { value, pointer } = await stored("t09");
    const path = `/api/reports/${id}/sections`;
    const bad = { base: pointer.sha256, value, follow: "yes" };
    expect((await service.call("limin", "PUT", `${path}/t09`, bad)).status).toBe(400);
    const facts = await stored("facts");
    const answer = await service.call("limin", "PUT", `${path}/facts`, {
      ...{ base: facts.pointer.sha256, value: facts.value, follow: true },
    });
    expect([answer.status, (answer.body as { followed?: unknown }).followed]).toEqual([
      200,
      undefined,
    ]);
  });
});
