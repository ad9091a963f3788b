import { describe, expect, it } from "vitest";
import { contradictions, originText, unplaced } from "../../../shared/accounts/accounts-words.ts";
import { proposalOf } from "../../../shared/accounts/proposal.ts";
import { readAccounts } from "../../../shared/accounts/read-accounts.ts";
import { accountsOf as mappingOf } from "../../../shared/editions/accounts-of.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import type { GridValue, SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import type { Report } from "../../../shared/report/report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { accountsOf } from "../../examples/accounts/made-accounts.ts";
import type { AccountsOptions } from "../../examples/accounts/made-sheet.ts";
import { shippedEdition } from "../../examples/editions.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";

const unit = loadExampleUnit("137001");
const nothing: TableData = { rows: [] };

const read = (
  grids: readonly SheetGrid[],
  { edition }: Pick<Report, "edition"> = unit,
  draft: Readonly<Partial<Record<TableId, TableData>>> = {},
) =>
  readAccounts({ edition, accounts: mappingOf(edition) }, grids, ({ id }) => draft[id] ?? nothing);
const made = (options: AccountsOptions = {}, report = unit) => accountsOf(report, options);
const tableOf = (reading: ReturnType<typeof read>, id: TableId) =>
  reading.tables.find(({ form }) => form.id === id);
const messages = (lines: readonly { readonly where: string; readonly message: string }[]) =>
  lines.map(({ where, message }) => `${where}：${message}`);

/** The sheet 财决NN with its cells changed: the value of a place, or a row put in or taken out. */
function withSheet(
  grids: readonly SheetGrid[],
  number: string,
  change: (rows: GridValue[][], sheet: SheetGrid) => GridValue[][],
): SheetGrid[] {
  const isIt = (grid: SheetGrid) => grid.rows[1]?.includes(`${number}表`) === true;
  if (!grids.some(isIt)) throw new Error(`No sheet ${number}.`);
  return grids.map((grid) =>
    isIt(grid)
      ? {
          ...grid,
          rows: change(
            grid.rows.map((row) => [...row]),
            grid,
          ),
        }
      : grid,
  );
}
const withValue = (
  grids: readonly SheetGrid[],
  number: string,
  named: string,
  columnIndex: number,
  value: GridValue,
) =>
  withSheet(grids, number, (rows) => {
    const row = rows.find((cells) => cells.includes(named));
    if (row === undefined) throw new Error(`No row ${named}.`);
    row[columnIndex] = value;
    return rows;
  });

/** Where the sample's tables contradict each other the sheet can only agree with one of them. */
const comparable = (id: TableId, table: TableData): TableData =>
  id === "t18"
    ? {
        rows: table.rows.map(({ cells, ...row }) => ({
          ...row,
          cells: Object.fromEntries(
            Object.entries(cells).filter(([key]) => key !== "basic" && key !== "project"),
          ),
        })),
      }
    : table;

describe("the accounts of a made report", () => {
  const layouts: readonly (readonly [string, AccountsOptions])[] = [
    ["as the software exports them", {}],
    ["in 万元", { unit: "wan" }],
    ["with columns moved", { reversed: true }],
    ["with heads that are not merged", { unmerged: true }],
    ["with sheets named by nothing", { sheetName: (number) => `Sheet${number.length}${number}x` }],
  ];
  const cases = shippedEditions.all.flatMap(({ id }, at) =>
    layouts.flatMap(([layout, options], index) =>
      // Every layout for the first edition of the list, and each edition in one of them besides the usual.
      at === 0 || index === 0 || index === 1 + (at % 4)
        ? [{ id, layout, options, seed: index + 1 }]
        : [],
    ),
  );

  it.each(cases)("give its tables in $id, $layout", ({ id, options, seed }) => {
    const report = sampleReport(shippedEdition(id), { seed });
    const reading = read(made(options, report), report);
    expect(reading.tables.length).toBeGreaterThan(8);
    for (const { form, table } of reading.tables) {
      const expected = comparable(form.id, tableIn(report.sections, form.id));
      expect(comparable(form.id, table), form.title).toEqual(expected);
    }
    expect(messages(contradictions(report.edition, reading))).toEqual([]);
    expect(unplaced(reading).filter(({ kind }) => kind === "check")).toEqual([]);
    expect(reading.otherYears).toEqual([]);
  });

  it("give the seed report's, each figure with the place it was read from", () => {
    const reading = read(made());
    for (const { form, table } of reading.tables) {
      expect(table, form.title).toEqual(tableIn(unit.sections, form.id));
    }
    const cell = tableOf(reading, "t03")?.cells.get("t03/2010302/project");
    expect(cell?.origins.map(originText)).toEqual([
      expect.stringMatching(/^财决04!G\d+ 项目支出\/2010302$/u),
    ]);
  });

  it("are found by title, whatever number a year gives the sheet", () => {
    const renumbered = withSheet(made(), "财决11", (rows) => {
      const [title = [], , ...rest] = rows;
      return [title, [null, null, null, null, "财决13表"], ...rest];
    }).map((grid) => ({ ...grid, name: grid.name.replace("11", "13").slice(0, 4) }));
    expect(tableOf(read(renumbered), "t08")?.table).toEqual(tableIn(unit.sections, "t08"));
  });
});

describe("a sheet that is not there", () => {
  it("is made up for as far as another has the same figures, and the rest of the table stays", () => {
    const grids = made().filter(({ name }) => !name.startsWith("Z04"));
    const before = { rows: [{ key: "total", cells: { total: 1, to_superior: 77 } }] };
    const proposed = tableOf(read(grids, unit, { t03: before }), "t03");
    expect(proposed?.missing).toEqual(["财决04", "财决05-2"]);
    expect(proposed?.lacking).toEqual(["财决04"]);
    const total = proposed?.table.rows.find(({ key }) => key === "total");
    const expected = tableIn(unit.sections, "t03").rows.find(({ key }) => key === "total")?.cells;
    expect(total?.cells).toEqual({
      ...{ total: expected?.["total"], basic: expected?.["basic"], project: expected?.["project"] },
      to_superior: 77,
    });
  });

  it("leaves the tables that follow from nothing else as they are, and names the sheet", () => {
    const { tables, untouched } = read(made({ only: ["财决03"] }));
    expect(tables.map(({ form }) => form.id)).toEqual(["t01", "t02"]);
    expect(untouched.find(({ table }) => table === "t07")?.missing).toEqual(["财决09", "财决10"]);
  });

  it("is added up from its parts where only their sum is wanted", () => {
    const grids = withSheet(made(), "财决04", (rows) =>
      rows.filter(([code]) => typeof code !== "string" || !/^\d{3}(?:\d{2})?$|^合计$/u.test(code)),
    );
    const proposed = tableOf(read(grids), "t03");
    expect(proposed?.table).toEqual(tableIn(unit.sections, "t03"));
    expect(proposed?.cells.get("t03/total/total")?.isSum).toBe(true);
  });
});

describe("a contradiction", () => {
  const wordsOf = (grids: readonly SheetGrid[]) => {
    const reading = read(grids);
    return { reading, words: messages(contradictions(unit.edition, reading)) };
  };

  it("between two sheets names both places and takes the sheet that the table follows from", () => {
    const { reading, words } = wordsOf(withValue(made(), "财决02", "2010302", 8, 12.34));
    const taken = tableOf(reading, "t03")?.table;
    expect(taken).toEqual(tableIn(unit.sections, "t03"));
    expect(words).toContainEqual(
      expect.stringMatching(
        /^公开03表 2010302 一般行政管理事务 .+：财决04!\w+（.+）是 [\d,.]+ 元，财决02!I\d+（.+）是 12\.34 元。/u,
      ),
    );
  });

  it("of a total and its parts is named at the total, to the 分", () => {
    const { words } = wordsOf(withValue(made(), "财决03", "合计", 9, 0.01));
    expect(words).toContainEqual(
      expect.stringMatching(
        /^财决03!E7（本年收入合计，合计）：这里是 .+ 元，各栏相加是 .+ 元，相差 0\.01 元。/u,
      ),
    );
  });

  it("of a code and its name is named, and the figures go by the code", () => {
    const { reading, words } = wordsOf(withValue(made(), "财决04", "2010302", 3, "水资源管理"));
    expect(words).toContainEqual(
      expect.stringMatching(/^财决04!A\d+：编码 2010302 的名称写的是“水资源管理”，当年科目表是/u),
    );
    expect(tableOf(reading, "t03")?.table).toEqual(tableIn(unit.sections, "t03"));
  });

  it("in 万元 begins where rounding ends", () => {
    const wan = made({ unit: "wan" });
    const near = withValue(wan, "财决02", "2010302", 6, figureIn(wan, 6) + 0.01);
    expect(wordsOf(near).words).toEqual([]);
    const far = withValue(wan, "财决02", "2010302", 6, figureIn(wan, 6) + 0.03);
    expect(wordsOf(far).words).not.toEqual([]);
  });
  const figureIn = (grids: readonly SheetGrid[], column: number): number => {
    const sheet = grids.find(({ name }) => name.startsWith("Z02"));
    return Number(sheet?.rows.find((row) => row.includes("2010302"))?.[column]);
  };
});

describe("what has no place", () => {
  const oddOf = (grids: readonly SheetGrid[], draft: Parameters<typeof read>[2] = {}) => {
    const reading = read(grids, unit, draft);
    return { reading, odd: messages(unplaced(reading).filter(({ kind }) => kind === "check")) };
  };

  it("is a code that is there twice: neither is taken, and the draft keeps what it has", () => {
    const doubled = withSheet(made(), "财决04", (rows) =>
      rows.flatMap((row) => (row.includes("2010302") ? [row, row] : [row])),
    );
    const kept = { key: "2010302", name: "一般行政管理事务", cells: { total: 5 } };
    const { reading, odd } = oddOf(doubled, { t03: { rows: [kept] } });
    expect(odd).toContainEqual(
      expect.stringMatching(/^财决04!A\d+：“2010302 一般行政管理事务”出现了 2 次（A\d+、A\d+）/u),
    );
    expect(tableOf(reading, "t03")?.table.rows).toContainEqual(kept);
  });

  it("is nothing of a sheet that is only compared", () => {
    const doubled = withSheet(made(), "财决02", (rows) =>
      rows.flatMap((row) => (row.includes("2010302") ? [row, row] : [row])),
    );
    const { reading, odd } = oddOf(withValue(doubled, "财决02", "2010301", 6, "约三万"));
    expect(odd).toEqual([]);
    expect(contradictions(unit.edition, reading)).toEqual([]);
    expect(tableOf(reading, "t03")?.table).toEqual(tableIn(unit.sections, "t03"));
  });

  it.each([
    ["a code of no class", "20103020", /“20103020 .+”不是当年的支出功能分类科目/u],
    ["a code of a class that is not published", "2090101", /不是当年的支出功能分类科目/u],
  ])("is %s", (_, code, expected) => {
    const { odd } = oddOf(withValue(made(), "财决04", "2010302", 0, code));
    expect(odd).toContainEqual(expect.stringMatching(expected));
  });

  it.each([
    ["words where an amount should be", "约三万", "“约三万”不是金额，没有填入"],
    ["a third decimal", "1.234", "“1.234”的小数位数过多"],
    ["a formula without a result", { formula: "SUM(A1)" }, "公式“=SUM(A1)”没有计算结果"],
  ])("are %s, at the cell", (_, value, expected) => {
    const { odd } = oddOf(withValue(made(), "财决03", "2010302", 5, value));
    expect(odd).toContainEqual(expect.stringMatching(/^财决03!F\d+：/u));
    expect(odd.join()).toContain(expected);
  });

  it("is a row of another name with money in it", () => {
    const { odd } = oddOf(withValue(made(), "财决01", "四、上级补助收入", 0, "四、上级拨来收入"));
    const words = withValue(
      withValue(made(), "财决01", "四、上级补助收入", 4, 9),
      ...(["财决01", "四、上级补助收入", 0, "四、上级拨来收入"] as const),
    );
    expect(odd).toEqual([]);
    expect(oddOf(words).odd).toContainEqual(
      expect.stringMatching(/^财决01!E\d+：“四、上级拨来收入”有金额，公开表中没有同名的行/u),
    );
  });

  it("is a sheet without a unit, with a strange one, without a head, or there twice", () => {
    const unitless = withSheet(made(), "财决03", (rows) =>
      rows.map((row) => row.map((cell) => (cell === "金额单位：元" ? null : cell))),
    );
    expect(oddOf(unitless).odd).toContainEqual(expect.stringContaining("没有写明金额单位"));
    const strange = withSheet(made(), "财决03", (rows) =>
      rows.map((row) => row.map((cell) => (cell === "金额单位：元" ? "金额单位：千元" : cell))),
    );
    expect(oddOf(strange).odd).toContainEqual(expect.stringContaining("计量单位“千元”无法识别"));
    const headless = withSheet(made(), "财决03", (rows) => rows.slice(0, 3));
    expect(oddOf(headless).odd).toContainEqual(expect.stringContaining("找不到表头"));
    const grids = made();
    const twice = [...grids, ...grids.slice(3, 4).map((grid) => ({ ...grid, name: "副本" }))];
    expect(oddOf(twice).odd).toContainEqual(expect.stringContaining("不止一张（另有“副本”）"));
  });

  it("is a sheet that the file hides", () => {
    const proposal = proposalOf(unit.edition, read(made()), () => nothing, ["Z04 (备份)"]);
    expect(messages(proposal.unplaced)).toContainEqual(
      "Z04 (备份)：工作表已隐藏，没有读取。其中有账表的，请取消隐藏后重新导入。",
    );
  });

  it("is what another part of the report is for, with its figure", () => {
    const reading = read(made());
    const elsewhere = messages(unplaced(reading).filter(({ kind }) => kind === "elsewhere"));
    expect(elsewhere).toEqual([
      expect.stringMatching(/^财决01-1!C\d+：“年初预算数”一栏不在公开各表中，请填入/u),
      expect.stringMatching(
        /^财决附03!H\d+：“二、机关运行经费”是 5 元，不在公开各表中，请填入“基本情况与补充数据”。$/u,
      ),
    ]);
  });

  it("is what the published tables do not distinguish, a line a sheet", () => {
    const quiet = messages(unplaced(read(made())).filter(({ kind }) => kind === "aside"));
    expect(quiet).toContainEqual(
      expect.stringMatching(/^财决03：“事业收入\/其中:教育收费”（I\d+），公开表中没有/u),
    );
    expect(quiet).toContainEqual(expect.stringContaining("资产负债简表"));
  });
});

describe("the head of a sheet", () => {
  it("names the year and the office, to be compared with the report", () => {
    const { otherYears, orgNames } = read(made({ year: 2021, orgName: "别的局" }));
    expect(otherYears.map(({ year }) => year)).toContain(2021);
    expect(new Set(orgNames.map(({ text }) => text))).toEqual(new Set(["别的局"]));
  });
});

describe("an edition", () => {
  it("may have a table follow from another sheet than the nation's", () => {
    const edition = {
      ...unit.edition,
      accounts: { tables: { t02: [{ sheet: "财决02", codes: { total: "本年收入" } }] } },
    };
    const proposed = tableOf(read(made(), { edition }), "t02");
    expect(proposed?.sheets).toEqual(["财决02"]);
    expect(Object.keys(proposed?.table.rows[0]?.cells ?? {})).toEqual(["total"]);
  });
});
