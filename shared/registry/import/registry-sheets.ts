import { a1 } from "../../forms/a1.ts";
import { textAt, type SheetGrid } from "../../forms/workbook-grid.ts";
import type { SheetCell, WorkbookSheet } from "../../forms/workbook-sheet.ts";
import { roleIds, roleName } from "../../workflow/roles.ts";

/** 机构和人员名册: the workbook that the tree and its people are imported from, as it is given out and read back. */

/** A fault of the file at its cell, or of the whole. */
export interface SheetFault {
  /** 机构!B7 */
  readonly where: string;
  /** What is wrong, why, and how to mend it. */
  readonly message: string;
}

export const orgSheet = "机构";
export const peopleSheet = "人员";

const orgHeads = ["机构代码", "机构名称", "类别", "上级代码", "撤销"] as const;
const peopleHeads = ["姓名", "账号", "手机", "邮箱", "机构代码", "岗位", "结束"] as const;
type OrgHead = (typeof orgHeads)[number];
type PeopleHead = (typeof peopleHeads)[number];

/** Rows of a file that are taken in at once: a city of a thousand offices. */
export const maxRows = { org: 1_000, people: 5_000 } as const;

/** A row by its headings, with the address of each cell. */
export interface SheetRow<Head extends string> {
  readonly text: Readonly<Record<Head, string>>;
  readonly at: (head: Head) => string;
}

export interface RegistrySheets {
  readonly orgs: readonly SheetRow<OrgHead>[];
  readonly people: readonly SheetRow<PeopleHead>[];
  readonly faults: readonly SheetFault[];
}

/** The rows of a filled-in workbook; sheets and columns are found by their names, in any order. */
export function readRegistrySheets(grids: readonly SheetGrid[]): RegistrySheets {
  const find = (name: string) => grids.find((grid) => grid.name.trim() === name);
  const [orgGrid, peopleGrid] = [find(orgSheet), find(peopleSheet)];
  if (orgGrid === undefined && peopleGrid === undefined) {
    const names = grids.map(({ name }) => `“${name}”`).join("、");
    return {
      orgs: [],
      people: [],
      faults: [
        {
          where: "导入文件",
          message: `没有“${orgSheet}”或“${peopleSheet}”工作表（有${names}）。系统按工作表的名称读取。请用下载的模板填写。`,
        },
      ],
    };
  }
  const orgs = rowsOf(orgGrid, { heads: orgHeads, needed: ["机构代码"], most: maxRows.org });
  const people = rowsOf(peopleGrid, {
    heads: peopleHeads,
    needed: ["姓名", "机构代码", "岗位"],
    most: maxRows.people,
  });
  return {
    orgs: orgs.rows,
    people: people.rows,
    faults: [...orgs.faults, ...people.faults],
  };
}

/** Heads are in one of the first rows, above which a title and notes may be. */
const headRows = 10;

function rowsOf<Head extends string>(
  grid: SheetGrid | undefined,
  wanted: {
    readonly heads: readonly Head[];
    readonly needed: readonly Head[];
    readonly most: number;
  },
): { readonly rows: readonly SheetRow<Head>[]; readonly faults: readonly SheetFault[] } {
  if (grid === undefined) return { rows: [], faults: [] };
  const { heads, needed, most } = wanted;
  const headRow = Array.from({ length: headRows }, (_, row) => row).find((row) =>
    needed.every((head) => columnOf(grid, row, head) >= 0),
  );
  if (headRow === undefined) {
    return {
      rows: [],
      faults: [
        {
          where: `${grid.name}!A1`,
          message: `前 ${String(headRows)} 行没有表头“${needed.join("”“")}”。系统按表头读取各列。请用下载的模板填写，不要改动表头。`,
        },
      ],
    };
  }
  const columns = new Map(heads.map((head) => [head, columnOf(grid, headRow, head)]));
  const rows: SheetRow<Head>[] = [];
  for (let row = headRow + 1; row < grid.rows.length; row += 1) {
    const text = Object.fromEntries(
      heads.map((head) => [head, cellText(grid, row, columns.get(head) ?? -1)]),
    ) as Record<Head, string>;
    if (Object.values(text).every((value) => value === "")) continue;
    const at = (head: Head) =>
      `${grid.name}!${a1({ row, column: Math.max(0, columns.get(head) ?? 0) })}`;
    rows.push({ text, at });
  }
  if (rows.length <= most) return { rows, faults: [] };
  return {
    rows: [],
    faults: [
      {
        where: grid.name,
        message: `共 ${String(rows.length)} 行，一次最多导入 ${String(most)} 行。请分成几个文件导入。`,
      },
    ],
  };
}

const columnOf = (grid: SheetGrid, row: number, head: string): number =>
  (grid.rows[row] ?? []).findIndex(
    (_, column) => textAt(grid, { row, column }).replaceAll(/\s|（.*）/gu, "") === head,
  );

const cellText = (grid: SheetGrid, row: number, column: number): string =>
  column < 0 ? "" : textAt(grid, { row, column });

const notes: readonly (readonly [string, string])[] = [
  ["怎样填写", "在“机构”“人员”两张表里填写，只填要增加或变动的行；没有列出的机构和人员不变。"],
  ["机构", "一行一个机构。代码已登记的：名称不同是更名，上级不同是划转；代码没有登记的：增加。"],
  ["类别", "填“主管部门”或“预算单位”；已登记的可以不填。"],
  ["上级代码", "单位填主管部门的代码；主管部门不填。上级可以在同一张表里新增。"],
  ["撤销", "要撤销的机构填“是”，其余不填。"],
  ["人员", "一行一个岗位；一人有几个岗位的，填几行，姓名、账号或手机、邮箱相同。"],
  ["账号", "统一登录中的用户标识；还没有账号的不填，填手机或邮箱，系统发出邀请。"],
  ["岗位", roleIds.map((role) => roleName[role]).join("、")],
  [
    "结束",
    "要结束的岗位填“是”，并填账号；其余不填。没有列出的岗位不变。换人的，原来的人一行填“是”，接手的人另填一行。",
  ],
  ["例：机构", "137100　某市政务服务中心　预算单位　137"],
  ["例：人员", "张三　（无账号）　13800000000　　137100　编制人"],
];

/** The template: what to fill in, and on a sheet of its own how. */
export function registryTemplate(): readonly WorkbookSheet[] {
  return [
    blankSheet(orgSheet, orgHeads, [16, 44, 14, 16, 10], 60),
    blankSheet(peopleSheet, peopleHeads, [14, 24, 18, 30, 16, 18, 10], 200),
    {
      name: "填写说明",
      cells: [
        { row: 0, column: 0, look: { kind: "title" }, content: { text: "机构和人员名册填写说明" } },
        ...notes.flatMap(([name, text], index): SheetCell[] => [
          { row: index + 1, column: 0, look: { kind: "head" }, content: { text: name } },
          { row: index + 1, column: 1, look: { kind: "name" }, content: { text } },
        ]),
      ],
      merges: [{ from: { row: 0, column: 0 }, to: { row: 0, column: 1 } }],
      widths: [14, 96],
      headRows: 1,
      orientation: "landscape",
      printArea: `A1:B${String(notes.length + 1)}`,
      tallRows: new Map(),
      isOnePage: true,
    },
  ];
}

function blankSheet(
  name: string,
  heads: readonly string[],
  widths: readonly number[],
  lines: number,
): WorkbookSheet {
  return {
    name,
    cells: [
      ...heads.map((text, column): SheetCell => ({
        ...{ row: 0, column },
        look: { kind: "head" },
        content: { text },
      })),
      ...Array.from({ length: lines }, (_, row) =>
        heads.map((_head, column): SheetCell => ({
          ...{ row: row + 1, column },
          look: { kind: "code", input: true },
        })),
      ).flat(),
    ],
    merges: [],
    widths,
    headRows: 1,
    orientation: "landscape",
    printArea: `A1:${a1({ row: lines, column: heads.length - 1 })}`,
    tallRows: new Map(),
    isOnePage: false,
  };
}
