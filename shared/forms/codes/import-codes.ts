import { err, ok, type Result } from "../../result.ts";
import { firstOffence, offenceName } from "../../text/characters.ts";
import { a1, type GridPlace } from "../a1.ts";
import { comparableName } from "../canonical-table.ts";
import { openFormulaAt, textAt, type SheetGrid } from "../workbook-grid.ts";
import { ascending, parentCode } from "./code-table.ts";

/** A bureau's own list of 科目, as the ministry and the provinces hand it round: a spreadsheet of codes and names. */

/** 支出功能分类 has 类, 款 and 项; 支出经济分类 has 类 and 款. */
export type Classification = "functional" | "economic";

/** What the list makes of an edition's code table. */
export interface CodeListChanges {
  /** New codes, and codes with another name: as the changes of an edition state them. */
  readonly codes: Readonly<Record<string, string>>;
  readonly added: readonly string[];
  readonly renamed: readonly {
    readonly code: string;
    readonly before: string;
    readonly after: string;
  }[];
  /** Codes of the table that the list does not have: they stay, as a list may be a part. */
  readonly notListed: readonly string[];
}

export interface CodeListFault {
  /** Sheet and cell: 功能分类!B7. */
  readonly where: string;
  /** What is wrong, why, and how to mend it. */
  readonly message: string;
}

/** More lines are no list of 科目. */
const mostRows = 20_000;
const longestName = 60;

/** The changes, or every fault at its cell: a list with one fault is not taken. */
export function importCodeList(
  current: ReadonlyMap<string, string>,
  classification: Classification,
  grids: readonly SheetGrid[],
): Result<CodeListChanges, readonly CodeListFault[]> {
  const lists = grids.flatMap((grid) => {
    const head = headOf(grid);
    return head === undefined ? [] : [{ grid, head }];
  });
  if (lists.length === 0) return err([noHead(grids)]);
  const read = lists.map(({ grid, head }) => entriesOf(grid, head, classification));
  const entries = read.flatMap((one) => one.entries);
  const faults = [...read.flatMap((one) => one.faults), ...faultsAmong(entries, current)];
  if (faults.length > 0) return err(faults);
  if (entries.length === 0) return err([noHead(grids)]);
  return ok(changesOf(new Map(entries.map(({ code, name }) => [code, name])), current));
}

interface Entry {
  readonly code: string;
  readonly name: string;
  readonly where: string;
}

/** Columns of the code, whole or in 类, 款 and 项, and of the name. */
interface ListHead {
  readonly row: number;
  readonly codes: readonly number[];
  readonly name: number;
}

const placeIn = ({ name }: SheetGrid, place: GridPlace): string => `${name}!${a1(place)}`;

const noHead = (grids: readonly SheetGrid[]): CodeListFault => ({
  where: grids.map(({ name }) => name).join("、"),
  message:
    "没有找到科目表：读不出哪一栏是编码、哪一栏是名称。请在表头写明“科目编码”和“科目名称”，或“类”“款”“项”和“科目名称”。",
});

const headings = {
  code: /^(?:(?:支出)?(?:功能|经济)?分类)?(?:科目)?(?:编码|代码|编号)$/u,
  level: /^(?:类|款|项)(?:级)?(?:编码|代码)?$/u,
  name: /^(?:(?:支出)?(?:功能|经济)?分类)?(?:科目)?名称$|^科目$/u,
};

/** Within the first lines of a sheet; titles may be above. */
function headOf(grid: SheetGrid): ListHead | undefined {
  for (let row = 0; row < Math.min(30, grid.rows.length); row += 1) {
    const width = grid.rows[row]?.length ?? 0;
    const texts = Array.from({ length: width }, (_, column) =>
      textAt(grid, { row, column }).replaceAll(/\s/gu, ""),
    );
    const columnsOf = (heading: RegExp) =>
      texts.flatMap((text, column) => (heading.test(text) ? [column] : []));
    const [name] = columnsOf(headings.name);
    const [code] = columnsOf(headings.code);
    const levels = columnsOf(headings.level);
    if (name === undefined) continue;
    if (code !== undefined) return { row, codes: [code], name };
    if (levels.length >= 2) return { row, codes: levels.slice(0, 3), name };
  }
  return undefined;
}

function entriesOf(grid: SheetGrid, head: ListHead, classification: Classification) {
  const entries: Entry[] = [];
  const faults: CodeListFault[] = [];
  if (grid.rows.length > mostRows) {
    const message = `工作表有${String(grid.rows.length)}行，超过${String(mostRows)}行，不像科目表。请只留下科目。`;
    return { entries, faults: [{ where: grid.name, message }] };
  }
  let above: readonly string[] = [];
  for (let row = head.row + 1; row < grid.rows.length; row += 1) {
    const parts = head.codes.map((column) => textAt(grid, { row, column }).replaceAll(/\s/gu, ""));
    const name = textAt(grid, { row, column: head.name }).replaceAll(/^[\s\u3000]+/gu, "");
    const [first = 0] = head.codes;
    const at = { row, column: first };
    if (parts.every((part) => part === "") && name === "") continue;
    const code = parts.length === 1 ? (parts[0] ?? "") : joined(parts, above);
    if (parts.length > 1) above = levelsOf(code);
    const fault =
      faultOfCode(grid, at, code, classification) ??
      faultOfName(grid, { row, column: head.name }, name);
    if (fault === undefined) entries.push({ code, name, where: placeIn(grid, at) });
    else faults.push(fault);
  }
  return { entries, faults };
}

/** 201, 03, 01 of three columns; what a line leaves out is above it. A column may hold the whole code as well. */
function joined(parts: readonly string[], above: readonly string[]): string {
  const last = parts.findLastIndex((part) => part !== "");
  const whole = parts[last] ?? "";
  if (last <= 0 || whole.length > 3) return whole;
  const filled = parts.slice(0, last + 1).map((part, index) => (part === "" ? above[index] : part));
  return filled.map((part, index) => (index === 0 ? part : part?.padStart(2, "0"))).join("");
}

const levelsOf = (code: string): string[] =>
  [code.slice(0, 3), code.slice(3, 5), code.slice(5, 7)].filter((part) => part !== "");

function faultOfCode(
  grid: SheetGrid,
  place: GridPlace,
  code: string,
  classification: Classification,
): CodeListFault | undefined {
  const where = placeIn(grid, place);
  if (openFormulaAt(grid, place) !== undefined) {
    return { where, message: "编码是没有算出结果的公式。请改成编码本身再导入。" };
  }
  const [pattern, lengths] =
    classification === "functional"
      ? [/^\d{3}(?:\d{2}){0,2}$/u, "3位（类）、5位（款）或7位（项）"]
      : [/^\d{3}(?:\d{2})?$/u, "3位（类）或5位（款）"];
  if (pattern.test(code)) return undefined;
  const what =
    code === "" ? "这一行有名称，没有编码" : `编码“${code.slice(0, 20)}”不是${lengths}数字`;
  return { where, message: `${what}。请填写${lengths}数字。` };
}

function faultOfName(grid: SheetGrid, place: GridPlace, name: string): CodeListFault | undefined {
  const where = placeIn(grid, place);
  if (openFormulaAt(grid, place) !== undefined) {
    return { where, message: "名称是没有算出结果的公式。请改成名称本身再导入。" };
  }
  if (name === "") return { where, message: "有编码，没有科目名称。请填写名称。" };
  if (name.length > longestName) {
    const message = `科目名称有${String(name.length)}个字，超过${String(longestName)}个。请只写名称，说明另放一栏。`;
    return { where, message };
  }
  const offence = firstOffence(name, "one");
  if (offence === undefined) return undefined;
  const message = `科目名称中有不能使用的字符：${offenceName(offence)}。请删去后再导入。`;
  return { where, message };
}

/** Codes that are there twice under different names, and codes without the one they are summed up in. */
function faultsAmong(
  entries: readonly Entry[],
  current: ReadonlyMap<string, string>,
): CodeListFault[] {
  const known = new Map<string, Entry>();
  const twice = entries.flatMap((entry): CodeListFault[] => {
    const other = known.get(entry.code);
    if (other === undefined) {
      known.set(entry.code, entry);
      return [];
    }
    if (comparableName(other.name) === comparableName(entry.name)) return [];
    const message = `编码${entry.code}在${other.where}是“${other.name}”，这里是“${entry.name}”。请只留一个。`;
    return [{ where: entry.where, message }];
  });
  const orphans = entries.flatMap(({ code, name, where }): CodeListFault[] => {
    const parent = parentCode(code);
    if (parent === undefined || known.has(parent) || current.has(parent)) return [];
    const message = `“${code} ${name}”的上级科目${parent}不在表中，也不在本版式的科目里。请补上${parent}。`;
    return [{ where, message }];
  });
  return [...twice, ...orphans];
}

function changesOf(
  listed: ReadonlyMap<string, string>,
  current: ReadonlyMap<string, string>,
): CodeListChanges {
  const all = [...ascending(listed)];
  const isNew = ([code]: readonly [string, string]) => !current.has(code);
  const isRenamed = ([code, name]: readonly [string, string]) => {
    const before = current.get(code);
    return before !== undefined && comparableName(before) !== comparableName(name);
  };
  return {
    codes: Object.fromEntries(all.filter((entry) => isNew(entry) || isRenamed(entry))),
    added: all.filter(isNew).map(([code]) => code),
    renamed: all
      .filter(isRenamed)
      .map(([code, after]) => ({ code, before: current.get(code) ?? "", after })),
    notListed: [...current.keys()].filter((code) => !listed.has(code)),
  };
}
