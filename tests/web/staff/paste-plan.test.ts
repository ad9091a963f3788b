import { describe, expect, it } from "vitest";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import { readPastedBlock } from "../../../shared/forms/pasted-block.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { computedTable, lockedCells } from "../../../web/staff/editing/computed-table.ts";
import {
  isDoubtful,
  planByRows,
  planInPlace,
  type PasteDesk,
} from "../../../web/staff/editing/paste-plan.ts";
import { withCodes } from "../../../web/staff/editing/edit-table.ts";
import { layOver } from "../../../web/staff/grid/paste.ts";
import { positionsOf } from "../../../web/staff/grid/positions.ts";
import { jiangxi2022 as edition } from "../../examples/editions.ts";

function deskOf(id: TableId, given: TableData) {
  const form = edition.forms.find((one) => one.id === id);
  if (form === undefined) throw new Error("No such form.");
  const start = computedTable(edition, form, { value: { rows: [] }, others: {} });
  const table = start.follow(given);
  const computed = computedTable(edition, form, { value: table, others: {} });
  const rows = positionsOf(layoutForm(entryForm(form), table, { year: 2022, unit: "某局" }));
  const refs = rows.flatMap((row) => row.map(({ ref }) => ref));
  const locked = lockedCells(computed, refs, new Set<CellAddress>());
  const now = { table, unread: new Map() };
  const desk: PasteDesk = { form, edition, now, unit: "wan", computed, locked, names: new Map() };
  return { desk, rows, form, isCoded: isByCode(form) };
}

const spent = withCodes({ rows: [{ key: "total", cells: {} }] }, ["2010301"]);
const wan = 1_000_000;

function pasted(given: TableData, lines: readonly string[]) {
  const { desk, form } = deskOf("t03", given);
  const block = lines.map((line) => line.split(" | "));
  const named = readPastedBlock(block, { edition, form, table: desk.now.table });
  if (named === undefined) throw new Error("The block names no rows.");
  const plan = planByRows(desk, named);
  const cellsOf = ({ rows }: TableData) =>
    Object.fromEntries(rows.map(({ key, cells }) => [key, cells]));
  return { plan, after: cellsOf(plan.after.table), asPasted: cellsOf(plan.asPasted.table) };
}

describe("a paste that names its rows", () => {
  it("asks nothing where all of it fits, totals that agree included", () => {
    const { plan, after } = pasted(spent, [
      "合计 |  | 3 | 1 | 2 |  |  | ",
      "201 | 一般公共服务支出 | 3 | 1 | 2 |  |  | ",
      "20103 | 政府办公厅（室）及相关机构事务 | 3 | 1 | 2 |  |  | ",
      "2010301 | 行政运行 | 3 | 1 | 2 |  |  | ",
    ]);
    expect(isDoubtful(plan)).toBe(false);
    expect(after["2010301"]).toEqual({ total: 3 * wan, basic: wan, project: 2 * wan });
    expect(after["total"]).toEqual({ total: 3 * wan, basic: wan, project: 2 * wan });
  });

  it("adds the rows of codes with those above them, and their totals are computed too", () => {
    const { plan, after } = pasted(spent, [
      "2080501 | 行政单位离退休 | 5 | 5 |  |  |  | ",
      "2080502 | 事业单位离退休 | 1 | 1 |  |  |  | ",
    ]);
    expect(isDoubtful(plan)).toBe(false);
    expect(plan.newCodes).toEqual(["2080501", "2080502"]);
    expect(after["208"]).toEqual({ total: 6 * wan, basic: 6 * wan });
  });

  it("shows a total that does not follow from the rest, and takes it only when told so", () => {
    const { plan, after, asPasted } = pasted(spent, [
      "合计 |  | 9 | 1 | 2 |  |  | ",
      "2010301 | 行政运行 | 3 | 1 | 2 |  |  | ",
    ]);
    expect(isDoubtful(plan)).toBe(true);
    expect(
      plan.computed.map(({ position, text, result }) => [position.address, text, result]),
    ).toEqual([["t03/total/total", "9", 3 * wan]]);
    expect(after["total"]?.["total"]).toBe(3 * wan);
    expect(asPasted["total"]?.["total"]).toBe(9 * wan);
  });

  it("reads the block in the unit that it states", () => {
    const { plan, after } = pasted(spent, [
      "金额单位：元 |  |  |  | ",
      "科目编码 | 科目名称 | 小计 | 基本支出 | 项目支出",
      "2010301 | 行政运行 | 30000 | 10000 | 20000 |  |  | ",
    ]);
    expect(plan.otherUnit).toBe("yuan");
    expect(isDoubtful(plan)).toBe(true);
    expect(after["2010301"]).toEqual({ total: 3 * wan, basic: wan, project: 2 * wan });
  });

  it("keeps text that is no amount for its cell", () => {
    const { plan } = pasted(spent, ["2010301 | 行政运行 | 3 | 一万 | 2 |  |  | "]);
    expect(plan.unreadable.map(({ text }) => text)).toEqual(["一万"]);
    expect(plan.after.unread.get("t03/2010301/basic")).toBe("一万");
  });
});

describe("a paste into a table that follows from others", () => {
  it("fills what nothing is known of, and is asked about what is known otherwise", () => {
    const { desk, rows } = deskOf("t05", spent);
    const at = rows.flat().find(({ address }) => address === "t05/2010301/total");
    if (at === undefined) throw new Error("No such cell.");
    expect(desk.locked.has(at.address)).toBe(true);
    const plan = planInPlace(desk, layOver(rows, at, [["3", "1", "2"]]));
    expect(isDoubtful(plan)).toBe(false);
    expect(plan.after.table.rows[0]?.cells).toEqual({
      total: 3 * wan,
      basic: wan,
      project: 2 * wan,
    });
  });
});

describe("a paste of figures alone", () => {
  it("asks where it is larger than the table, and nothing where it fits", () => {
    const { desk, rows } = deskOf("t03", spent);
    const at = rows.flat().find(({ address }) => address === "t03/2010301/basic");
    if (at === undefined) throw new Error("No such cell.");
    const fitting = planInPlace(desk, layOver(rows, at, [["1", "2"]]));
    expect(isDoubtful(fitting)).toBe(false);
    expect(fitting.filled).toHaveLength(2);
    const large = planInPlace(desk, layOver(rows, at, [["1", "2", "3", "4", "5", "6"], ["7"]]));
    expect(large.outside).toBe(2);
    expect(isDoubtful(large)).toBe(true);
  });
});
