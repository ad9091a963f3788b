import type { FixedRow, TableId } from "../../../shared/forms/form.ts";
import { fixedRows } from "../../../shared/forms/layout.ts";
import type { SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import type { Report } from "../../../shared/report/report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import {
  codesSheet,
  gridOf,
  linesSheet,
  type AccountsOptions,
  type ByCode,
  type Fen,
  type MadeColumn,
  type MadeLine,
  type MadeSheet,
} from "./made-sheet.ts";

/**
 * The accounts that a report would have been drawn up from, as their software exports them: sheets 财决01 to 财决11 and
 * 财决附03 with merged heads, a line of 栏次, codes over three columns and totals whose names span two blocks. Columns
 * that nothing public follows from hold figures as well.
 */

export function accountsOf(report: Report, options: AccountsOptions = {}): SheetGrid[] {
  const figures = figuresOf(report);
  const byCode: WriteCodes = (number, title, codes, columns) =>
    codesSheet({ number, title }, { codes, names: figures.names, columns });
  const sheets = [
    linesSheet01(figures),
    linesSheet011(figures),
    byCode("财决02", "收入支出决算表", figures.codes("t02", "t03"), [
      column("年初结转和结余/合计", figures.total("t01/opening/final")),
      column("本年收入", figures.cell("t02", "total")),
      column("本年支出/合计", figures.cell("t03", "total")),
      column("本年支出/基本支出", figures.cell("t03", "basic")),
      column("本年支出/项目支出", figures.cell("t03", "project")),
      column("收支结余", () => undefined),
      column("年末结转和结余/合计", figures.total("t01/closing/final")),
    ]),
    byCode("财决03", "收入决算表", figures.codes("t02"), [
      column("本年收入合计", figures.cell("t02", "total")),
      column("财政拨款收入", figures.cell("t02", "fiscal")),
      column("上级补助收入", figures.cell("t02", "superior")),
      column("事业收入/小计", figures.cell("t02", "business")),
      column("事业收入/其中：教育收费", (code) => (code === "total" ? 1_00 : undefined)),
      column("经营收入", figures.cell("t02", "operating")),
      column("附属单位上缴收入", figures.cell("t02", "affiliate")),
      column("其他收入", figures.cell("t02", "other")),
    ]),
    byCode("财决04", "支出决算表", figures.codes("t03"), [
      column("本年支出合计", figures.cell("t03", "total")),
      column("基本支出", figures.cell("t03", "basic")),
      column("项目支出", figures.cell("t03", "project")),
      column("上缴上级支出", figures.cell("t03", "to_superior")),
      column("经营支出", figures.cell("t03", "operating")),
      column("对附属单位补助支出", figures.cell("t03", "to_affiliate")),
    ]),
    byCode("财决05-1", "基本支出决算明细表", figures.codes("t03"), [
      column("合计", figures.cell("t03", "basic")),
      column("工资福利支出/小计", () => undefined),
      column("工资福利支出/基本工资", (code) => (code === "total" ? 7_00 : undefined)),
    ]),
    byCode("财决07", "一般公共预算财政拨款收入支出决算表", figures.codes("t05"), [
      column("年初结转和结余/合计", figures.either("t05", "opening", "t04/opening_general/final")),
      column("年初结转和结余/基本支出结转", () => undefined),
      column("年初结转和结余/项目支出结转和结余", () => undefined),
      column("本年收入/合计", figures.either("t05", "income", "t04/general/final")),
      column("本年收入/基本支出", () => undefined),
      column("本年收入/项目支出", () => undefined),
      column("本年支出/合计", figures.cell("t05", "total")),
      column("本年支出/基本支出/小计", figures.cell("t05", "basic")),
      column("本年支出/基本支出/人员经费", figures.total("t06/personnel_total/final")),
      column("本年支出/基本支出/日常公用经费", figures.total("t06/public_total/final")),
      column("本年支出/项目支出", figures.cell("t05", "project")),
      column("年末结转和结余/合计", figures.either("t05", "closing", "t04/closing/general")),
    ]),
    byCode(
      "财决08-1",
      "一般公共预算财政拨款基本支出决算明细表",
      figures.codes("t05"),
      economicColumns(figures, "t06"),
    ),
    byCode(
      "财决09",
      "政府性基金预算财政拨款收入支出决算表",
      figures.codes("t07"),
      flowColumns(figures, "t07", "fund"),
    ),
    byCode(
      "财决11",
      "国有资本经营预算财政拨款收入支出决算表",
      figures.codes("t08"),
      flowColumns(figures, "t08", "capital"),
    ),
    ...detailSheets(byCode, figures),
    linesSheet03(figures),
    linesSheet("财决12", "资产负债简表", [
      { head: "项目", columns: ["期末数"], lines: [{ name: "一、资产合计", values: [88_00] }] },
    ]),
  ];
  return sheets
    .filter(({ number }) => options.only?.includes(number) !== false)
    .map((sheet) => gridOf(sheet, report, options));
}

const column = (path: string, value: ByCode): MadeColumn => ({ path: path.split("/"), value });

type Figures = ReturnType<typeof figuresOf>;
type WriteCodes = (
  number: string,
  title: string,
  codes: readonly string[],
  columns: readonly MadeColumn[],
) => MadeSheet;
function figuresOf({ edition, sections }: Report) {
  const table = (id: TableId) => tableIn(sections, id);
  const at = (address: string): Fen => {
    const [id = "", row, key = ""] = address.split("/");
    return table(id as TableId).rows.find((one) => one.key === row)?.cells[key];
  };
  return {
    at,
    names: edition.functionCodes,
    kind: (code: string): string => edition.economicCodes.get(code) ?? "",
    cell:
      (id: TableId, key: string): ByCode =>
      (code) =>
        at(`${id}/${code}/${key}`),
    /** Of 合计 alone: no statutory table has it by code. */
    total:
      (address: string): ByCode =>
      (code) =>
        code === "total" ? at(address) : undefined,
    /** Of a table that has the column, else of 合计 alone. */
    either:
      (id: TableId, key: string, address: string): ByCode =>
      (code) =>
        at(`${id}/${code}/${key}`) ?? (code === "total" ? at(address) : undefined),
    codes: (...ids: TableId[]) =>
      [...new Set(ids.flatMap((id) => table(id).rows.map(({ key }) => key)))]
        .filter((key) => key !== "total")
        .sort(),
    rows: (id: TableId): FixedRow[] => {
      const form = edition.forms.find((one) => one.id === id);
      return form === undefined ? [] : fixedRows(form);
    },
  };
}

/** Opening balance and income of 国有资本经营预算 are in 公开04表 where 公开08表 has none. */
function flowColumns(figures: Figures, id: "t07" | "t08", budget: string): MadeColumn[] {
  // The table that some regions print with the flows of 国有资本经营预算.
  const flow = id === "t08" && figures.codes("t18").length > 0 ? "t18" : id;
  return [
    column("年初结转和结余/合计", figures.either(flow, "opening", `t04/opening_${budget}/final`)),
    column("年初结转和结余/基本支出结转", () => undefined),
    column("本年收入", figures.either(flow, "income", `t04/${budget}/final`)),
    column("本年支出/合计", figures.cell(id, "total")),
    column("本年支出/基本支出", figures.cell(id, "basic")),
    column("本年支出/项目支出", figures.cell(id, "project")),
    column("年末结转和结余/合计", figures.either(flow, "closing", `t04/closing/${budget}`)),
  ];
}

function economicColumns(figures: Figures, id: "t06" | "t12"): MadeColumn[] {
  const codes = figures.rows(id).flatMap(({ code }) => code ?? []);
  return [
    column("合计", id === "t06" ? figures.cell("t05", "basic") : figures.cell("t07", "basic")),
    ...codes.map((code): MadeColumn => {
      const name = code.length > 3 ? figures.kind(code) : "小计";
      return {
        path: [figures.kind(code.slice(0, 3)), name],
        value: figures.total(`${id}/${code}/final`),
      };
    }),
  ];
}

const kinds = ["301", "302", "303", "307", "309", "310", "311", "312", "313", "399"] as const;

/** Sheets by 支出经济分类 for the editions that print tables after them. */
function detailSheets(byCode: WriteCodes, figures: Figures): MadeSheet[] {
  const kindColumns = (value: (key: string) => ByCode): MadeColumn[] => [
    column("合计", value("total")),
    ...kinds.map((kind) => column(`${figures.kind(kind)}/小计`, value(`e${kind}`))),
  ];
  const sheet = (number: string, title: string, id: TableId) =>
    figures.codes(id).length === 0
      ? []
      : [
          byCode(
            number,
            title,
            figures.codes(id),
            kindColumns((key) => figures.cell(id, key)),
          ),
        ];
  /** What 财政拨款支出 has beyond 一般公共预算. */
  const beyond =
    (key: string) =>
    (code: string): number =>
      (figures.at(`t15/${code}/${key}`) ?? 0) - (figures.at(`t16/${code}/${key}`) ?? 0);
  return [
    ...sheet("财决08", "一般公共预算财政拨款支出决算明细表", "t16"),
    ...sheet("财决08-2", "一般公共预算财政拨款项目支出决算明细表", "t17"),
    ...(figures.codes("t15").length === 0
      ? []
      : [
          byCode("财决10", "政府性基金预算财政拨款支出决算明细表", figures.codes("t15"), [
            column(
              "合计",
              (code) => beyond("total")(code) - (figures.at(`t08/${code}/total`) ?? 0),
            ),
            ...kindColumns(beyond).slice(1),
          ]),
          byCode("财决11-1", "国有资本经营预算财政拨款支出决算明细表", figures.codes("t08"), [
            column("合计", figures.cell("t08", "total")),
          ]),
        ]),
    ...(figures.rows("t12").length === 0
      ? []
      : [
          byCode(
            "财决10-1",
            "政府性基金预算财政拨款基本支出决算明细表",
            figures.codes("t07"),
            economicColumns(figures, "t12"),
          ),
        ]),
  ];
}

const amounts = ["年初预算数", "全年预算数", "决算数"];
const classRow = /^\d{3}$/u;

/** Its totals of expense have their names in the block by function and their figures in the one beside it. */
function linesSheet01(figures: Figures) {
  const rows = figures.rows("t01");
  const line = ({ key, name }: FixedRow): MadeLine => ({
    ...{ name, values: [undefined, undefined, figures.at(`t01/${key}/final`)] },
  });
  const isExpense = ({ key }: FixedRow) =>
    classRow.test(key) || ["expense_total", "distribution", "closing", "expense_sum"].includes(key);
  return linesSheet("财决01", "收入支出决算总表", [
    {
      ...{ group: "收入", head: "项目", columns: amounts },
      lines: rows.filter((row) => !isExpense(row)).map(line),
    },
    {
      ...{ group: "支出", head: "项目（按功能分类）", columns: amounts },
      lines: rows.filter(({ key }) => classRow.test(key)).map(line),
    },
    {
      ...{ group: "支出", head: "项目（按支出性质和经济分类）", columns: amounts },
      lines: [
        { name: "一、基本支出", values: [undefined, undefined, figures.at("t03/total/basic")] },
        { name: "二、项目支出", values: [undefined, undefined, figures.at("t03/total/project")] },
      ],
      spanning: rows.filter((row) => isExpense(row) && !classRow.test(row.key)).map(line),
    },
  ]);
}

function linesSheet011(figures: Figures) {
  const rows = figures.rows("t04");
  const budgets = ["total", "general", "fund", "capital"];
  const columns = [
    "年初预算数",
    ...["合计", "一般公共预算财政拨款", "政府性基金预算财政拨款", "国有资本经营预算财政拨款"].map(
      (name) => `决算数/${name}`,
    ),
  ];
  const isExpense = ({ key }: FixedRow) =>
    classRow.test(key) || ["expense_total", "closing", "expense_sum"].includes(key);
  const expense = ({ key, name }: FixedRow): MadeLine => ({
    name,
    values: [undefined, ...budgets.map((budget) => figures.at(`t04/${key}/${budget}`))],
  });
  return linesSheet("财决01-1", "财政拨款收入支出决算总表", [
    {
      ...{ group: "收入", head: "项目", columns: ["年初预算数", "决算数"] },
      lines: rows
        .filter((row) => !isExpense(row))
        .map(({ key, name }) => ({ name, values: [3_00, figures.at(`t04/${key}/final`)] })),
    },
    {
      ...{ group: "支出", head: "项目（按功能分类）", columns },
      lines: rows.filter(({ key }) => classRow.test(key)).map(expense),
    },
    {
      ...{ group: "支出", head: "项目（按支出性质和经济分类）", columns, lines: [] },
      spanning: rows.filter((row) => isExpense(row) && !classRow.test(row.key)).map(expense),
    },
  ]);
}

/** 机构运行信息表: “三公” on the left, what an office runs on and has on the right. */
function linesSheet03(figures: Figures) {
  const columns = figures.rows("t09").some(({ key }) => figures.at(`t09/${key}/full`) !== undefined)
    ? ["initial", "full", "final"]
    : ["initial", "final"];
  const heads = { initial: "年初预算数", full: "全年预算数", final: "决算数" } as const;
  const isOffice = ({ key }: FixedRow) => key.startsWith("operating_cost");
  const spend = figures
    .rows("t09")
    .filter((row) => !isOffice(row))
    .map(({ key, name, kind }): MadeLine => ({
      name: key === "total" ? "（一）支出合计" : key === "stats" ? "（二）相关统计数" : name,
      ...(kind === "count" ? { isCount: true } : {}),
      values: columns.map((column) => figures.at(`t09/${key}/${column}`)),
    }));
  const assets = figures.rows("t10").map(({ key, name }): MadeLine => ({
    name: key === "vehicles_total" ? "（一）车辆数合计（辆）" : name,
    ...{ isCount: true, values: [figures.at(`t10/${key}/final`)] },
  }));
  return linesSheet("财决附03", "机构运行信息表", [
    {
      ...{ head: "项目", columns: columns.map((key) => heads[key as keyof typeof heads]) },
      lines: [{ name: "一、“三公”经费支出", values: [], isDash: true }, ...spend],
    },
    {
      ...{ head: "项目", columns: ["统计数"] },
      lines: [
        ...(figures.rows("t09").some(isOffice)
          ? figures.rows("t09").filter(isOffice)
          : [{ key: "operating_cost", name: "二、机关运行经费" }]
        ).map(({ key, name }) => ({ name, values: [figures.at(`t09/${key}/final`) ?? 5_00] })),
        { name: "三、国有资产占用情况", values: [], isDash: true },
        ...assets,
        ...figures.rows("t13").map(({ key, name }): MadeLine => ({
          name,
          values: [figures.at(`t13/${key}/final`)],
        })),
      ],
    },
  ]);
}
