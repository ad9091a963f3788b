import type { CellRef } from "../cell.ts";

/** A cell of a formula; it is taken away where `minus` is set. */
export interface FormulaTerm extends CellRef {
  readonly minus: boolean;
}

/** In the place of a row: every 类 (three digits), the same on both sides. */
const eachClass = "#";
const isClass = (row: string): boolean => /^\d{3}$/u.test(row);

/**
 * Cells of 公开01表 and 公开04表 that other cells make up, by the relations R036–R037, R110–R120, R140–R177 and R191:
 * what a source gave stands in the tables by code, and what is left at the end of the year follows from the rest.
 */
const derived: readonly { readonly cell: string; readonly from: readonly string[] }[] = [
  ...(["general", "fund", "capital"] as const).flatMap((budget) => [
    { cell: `t01/${budget}/final`, from: [`t04/${budget}/final`] },
    {
      cell: `t04/closing/${budget}`,
      from: [
        ...[`t04/opening_${budget}/final`, `t04/${budget}/final`],
        `-t04/expense_total/${budget}`,
      ],
    },
  ]),
  ...["superior", "business", "operating", "affiliate", "other"].map((source) => ({
    cell: `t01/${source}/final`,
    from: [`t02/total/${source}`],
  })),
  { cell: `t01/${eachClass}/final`, from: [`t03/${eachClass}/total`] },
  {
    cell: "t01/closing/final",
    from: ["t01/income_sum/final", "-t01/expense_total/final", "-t01/distribution/final"],
  },
  {
    cell: "t04/general/final",
    from: ["t02/total/fiscal", "-t04/fund/final", "-t04/capital/final"],
  },
  ...(
    [
      ["general", "t05"],
      ["fund", "t07"],
      ["capital", "t08"],
    ] as const
  ).map(([budget, table]) => ({
    cell: `t04/${eachClass}/${budget}`,
    from: [`${table}/${eachClass}/total`],
  })),
  ...(
    [
      ["fund", "t07"],
      ["capital", "t08"],
    ] as const
  ).flatMap(([budget, table]) => [
    { cell: `t04/${budget}/final`, from: [`${table}/total/income`] },
    { cell: `t04/opening_${budget}/final`, from: [`${table}/total/opening`] },
  ]),
];

/**
 * Cells that most often hold what others do, and need not: the 款 of 公开06表 that pays the 项 of 公开05表 of the same
 * purpose (政府收支分类科目), and 全年预算数 where the budget was not adjusted.
 */
const presets: readonly { readonly cell: string; readonly from: readonly string[] }[] = [
  { cell: "t06/30108/final", from: ["t05/2080505/basic"] },
  { cell: "t06/30109/final", from: ["t05/2080506/basic"] },
  { cell: "t06/30110/final", from: ["t05/2101101/basic", "t05/2101102/basic"] },
  { cell: "t06/30113/final", from: ["t05/2210201/basic"] },
  ...["abroad", "vehicle_purchase", "vehicle_running", "reception"].map((row) => ({
    cell: `t09/${row}/full`,
    from: [`t09/${row}/initial`],
  })),
];

const derivedOfCell = new Map(derived.map(({ cell, from }) => [cell, from]));
const presetOfCell = new Map(presets.map(({ cell, from }) => [cell, from]));

/** What other cells make up this one; undefined of a cell that is made up of none. */
export const derivedTerms = (ref: CellRef): readonly FormulaTerm[] | undefined =>
  termsAt(derivedOfCell, ref);

/** What this cell most often holds; undefined where nothing is likelier than anything else. */
export const presetTerms = (ref: CellRef): readonly FormulaTerm[] | undefined =>
  termsAt(presetOfCell, ref);

function termsAt(
  known: ReadonlyMap<string, readonly string[]>,
  { table, row, column }: CellRef,
): readonly FormulaTerm[] | undefined {
  const pattern = isClass(row) ? eachClass : row;
  return known.get(`${table}/${pattern}/${column}`)?.map((text) => {
    const [of = "", termRow = "", termColumn = ""] = text.replace(/^-/u, "").split("/");
    return {
      table: of as CellRef["table"],
      row: termRow === eachClass ? row : termRow,
      column: termColumn,
      minus: text.startsWith("-"),
    };
  });
}
