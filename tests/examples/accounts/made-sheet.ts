import type { GridPlace } from "../../../shared/forms/a1.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { printExact, type AmountUnit } from "../../../shared/money.ts";
import type { Report } from "../../../shared/report/report.ts";

/** How a sheet of the accounts is laid out. */

export interface AccountsOptions {
  readonly unit?: AmountUnit;
  readonly year?: number;
  readonly orgName?: string;
  /** Value columns of sheets by code in another order. */
  readonly reversed?: boolean;
  /** Heads as some programs write them: a group's name in its first cell alone. */
  readonly unmerged?: boolean;
  /** Sheets by number; all when absent. */
  readonly only?: readonly string[];
  /** Names of the sheets in the file; those of the software when absent. */
  readonly sheetName?: (number: string, title: string) => string;
}

/** Integer 分, or a count; nothing for an empty cell. */
export type Fen = number | undefined;
export type ByCode = (code: string) => Fen;
export interface MadeColumn {
  readonly path: readonly string[];
  readonly value: ByCode;
}
export interface MadeLine {
  readonly name: string;
  readonly values: readonly Fen[];
  readonly isCount?: boolean;
  /** Prints — where figures would be. */
  readonly isDash?: boolean;
}
export interface MadeBlock {
  readonly group?: string;
  readonly head: string;
  readonly columns: readonly string[];
  readonly lines: readonly MadeLine[];
  /** Lines below those of all blocks whose names span the block at the left. */
  readonly spanning?: readonly MadeLine[];
}

export interface MadeSheet {
  readonly number: string;
  readonly title: string;
  readonly write: (page: Page) => void;
}

/** The sheet as it grows, from the head down. */
interface Page {
  readonly rows: GridValue[][];
  readonly merges: { from: GridPlace; to: GridPlace }[];
  readonly money: (fen: Fen) => GridValue;
  readonly options: AccountsOptions;
}

export function gridOf(
  { number, title, write }: MadeSheet,
  { identity }: Report,
  options: AccountsOptions,
): SheetGrid {
  const { unit = "yuan", year = identity.year, orgName = identity.orgName } = options;
  const page: Page = {
    rows: [
      [title],
      [null, null, null, null, `${number}表`],
      [
        `编制单位：${orgName}`,
        ...[null, null, `${String(year)}年度`],
        `金额单位：${unit === "yuan" ? "元" : "万元"}`,
      ],
    ],
    merges: [],
    money: (fen) => (fen === undefined ? null : Number(printExact(fen, unit))),
    options,
  };
  write(page);
  const software = `${number.replace("财决", "Z").replace("-", "_")} ${title}(${number}表)`;
  const name = options.sheetName?.(number, title) ?? software.slice(0, 31);
  return { name, rows: page.rows, merges: options.unmerged === true ? [] : page.merges };
}

export const codesSheet = (
  { number, title }: { readonly number: string; readonly title: string },
  {
    codes,
    names,
    columns,
  }: {
    readonly codes: readonly string[];
    readonly names: ReadonlyMap<string, string>;
    readonly columns: readonly MadeColumn[];
  },
): MadeSheet => ({
  number,
  title,
  write: ({ rows, merges, money, options }) => {
    const ordered = options.reversed === true ? columns.toReversed() : columns;
    const lead = [
      ["项目", "支出功能分类科目编码", "类"],
      ["项目", "支出功能分类科目编码", "款"],
      ["项目", "支出功能分类科目编码", "项"],
      ["项目", "科目名称"],
    ];
    const paths = [...lead.map((path) => path.slice(0, 2)), ...ordered.map(({ path }) => path)];
    writeHead({ rows, merges }, paths);
    rows.push(["类", "款", "项", "栏次", ...ordered.map((_, index) => index + 1)]);
    const span = (row: number) => merges.push({ from: { row, column: 0 }, to: { row, column: 2 } });
    for (const code of ["total", ...codes]) {
      const isTotal = code === "total";
      span(rows.length);
      rows.push([
        isTotal ? "合计" : code,
        ...[null, null, isTotal ? null : (names.get(code) ?? "")],
        ...ordered.map(({ value }) => money(value(code))),
      ]);
    }
  },
});

export const linesSheet = (
  number: string,
  title: string,
  blocks: readonly MadeBlock[],
): MadeSheet => ({
  number,
  title,
  write: ({ rows, merges, money }) => {
    const paths = blocks.flatMap(({ group, head, columns }) => {
      const own = [[head], ["行次"], ...columns.map((one) => one.split("/"))];
      return group === undefined ? own : own.map((path) => [group, ...path]);
    });
    writeHead({ rows, merges }, paths);
    rows.push(blocks.flatMap(({ columns }) => ["栏次", null, ...columns.map((_, at) => at + 1)]));
    let number = 0;
    const cells = (
      block: MadeBlock,
      line: MadeLine | undefined,
      name = line?.name,
    ): GridValue[] => {
      number += 1;
      const value = (at: number): GridValue => {
        const fen = line?.values[at];
        if (line?.isDash === true) return "—";
        return line?.isCount === true ? (fen ?? null) : money(fen);
      };
      return [
        name ?? null,
        line === undefined ? null : number,
        ...block.columns.map((_, at) => value(at)),
      ];
    };
    const height = Math.max(...blocks.map(({ lines }) => lines.length));
    for (let at = 0; at < height; at += 1) {
      rows.push(blocks.flatMap((block) => cells(block, block.lines[at])));
    }
    const deep = Math.max(...blocks.map(({ spanning = [] }) => spanning.length));
    for (let at = 0; at < deep; at += 1) {
      const row = rows.length;
      let from = 0;
      const line = blocks.flatMap((block, index) => {
        const start = from;
        from += 2 + block.columns.length;
        const own = block.spanning?.[at];
        const next = blocks[index + 1]?.spanning?.[at];
        if (next !== undefined) {
          merges.push({ from: { row, column: start }, to: { row, column: from } });
          return [next.name, null, ...block.columns.map(() => null)];
        }
        return cells(block, own, own === undefined ? undefined : "");
      });
      rows.push(line.map((cell) => (cell === "" ? null : cell)));
    }
  },
});

/** Names from the top down, those that columns share merged over them, and each down to the last line. */
function writeHead(
  { rows, merges }: Pick<Page, "rows" | "merges">,
  paths: readonly (readonly string[])[],
): void {
  const first = rows.length;
  const depth = Math.max(...paths.map((path) => path.length));
  const isShared = (left: number, right: number, level: number) =>
    (paths[right]?.length ?? 0) > level + 1 &&
    (paths[left]?.length ?? 0) > level + 1 &&
    paths[left]?.slice(0, level + 1).join("/") === paths[right]?.slice(0, level + 1).join("/");
  for (let level = 0; level < depth; level += 1) {
    const line: GridValue[] = [];
    for (let column = 0; column < paths.length; column += 1) {
      const name = paths[column]?.[level];
      const continues = column > 0 && isShared(column - 1, column, level);
      line.push(name === undefined || continues ? null : name);
      if (name === undefined || continues) continue;
      let last = column;
      while (last + 1 < paths.length && isShared(column, last + 1, level)) last += 1;
      const bottom = (paths[column]?.length ?? 0) === level + 1 ? depth - 1 : level;
      if (last > column || bottom > level) {
        merges.push({
          from: { row: first + level, column },
          to: { row: first + bottom, column: last },
        });
      }
    }
    rows.push(line);
  }
}
