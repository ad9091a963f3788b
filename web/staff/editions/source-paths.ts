import { columnsOf, isByCode } from "../../../shared/forms/canonical-table.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition, Form } from "../../../shared/forms/form.ts";
import { fixedRows } from "../../../shared/forms/layout.ts";
import { cellName, tableName } from "../../../shared/forms/place-name.ts";
import { every } from "../../../shared/forms/relation.ts";
import { factNames } from "../../../shared/narrative/source-name.ts";
import { factPaths } from "../../../shared/narrative/template/fact-paths.ts";

/** Where a quantity may be taken from: a cell, the cells of every entry (`*`), or what people fill in. */
export interface SourcePath {
  /** `t01/income_total/final`, `facts.duties`. */
  readonly value: string;
  /** In words, e.g. 公开01表 第27行 本年收入合计. */
  readonly name: string;
  readonly kind: "cell" | "fact" | "list";
}

/** Lists and their entries, which no figure's source names. */
const listNames: { readonly [path: string]: string } = {
  "facts.duties": "主要职责（清单）",
  "facts.duties.*": "一项主要职责",
  "facts.units": "纳入决算编制范围的单位（清单）",
  "facts.units.*.name": "单位名称",
  "facts.operatingCost": "机关运行经费",
  "performance.projects": "绩效自评项目（清单）",
  "performance.projects.*.name": "自评项目名称",
  "performance.projects.*.score": "自评项目得分",
  "performance.projects.*.amount": "自评项目金额",
  "performance.management.rules": "绩效管理制度（清单）",
  "performance.management.rules.*": "一项绩效管理制度",
  "performance.summary": "绩效自评结果的章节（清单）",
  "performance.selfEvaluations": "项目支出绩效自评表（清单）",
};

/** All of an edition, cells first. */
export const sourcePathsIn = (edition: Edition): readonly SourcePath[] => [
  ...edition.forms.flatMap((form) => cellsOf(form, edition)),
  ...factPaths().map(({ path, kind }): SourcePath => ({
    ...{ value: path, name: factNames[path] ?? listNames[path] ?? "" },
    kind: kind === "list" ? "list" : "fact",
  })),
];

function cellsOf(form: Form, edition: Edition): SourcePath[] {
  const rows = isByCode(form) ? ["total"] : fixedRows(form).map(({ key }) => key);
  const cells = rows.flatMap((row) =>
    columnsOf(form, row).map(({ key }): SourcePath => {
      const value: CellAddress = `${form.id}/${row}/${key}`;
      return { value, name: cellName(value, edition), kind: "cell" };
    }),
  );
  const ofEvery = form.blocks
    .flatMap(({ columns }) => columns)
    .map(({ key, name }): SourcePath => ({
      value: `${form.id}/${every}/${key}`,
      name: `${tableName(form.id, edition)} 列表的每一项 ${name}`,
      kind: "cell",
    }));
  return [...cells, ...new Map(ofEvery.map((one) => [one.value, one])).values()];
}

/** Those whose name or address has every word that was typed. */
export function sourcePathsLike(
  sourcePaths: readonly SourcePath[],
  typed: string,
): readonly SourcePath[] {
  const words = typed.split(/\s+/u).filter((word) => word !== "");
  return sourcePaths.filter(({ value, name }) =>
    words.every((word) => `${name} ${value}`.includes(word)),
  );
}
