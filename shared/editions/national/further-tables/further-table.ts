import type { Relation } from "../../../forms/relation.ts";
import type { EditionData } from "../../edition-data.ts";
import { columns, head } from "../row-sets.ts";

/**
 * Tables that some regions print besides the national nine, each with the relations that hold in it. Their columns are
 * those of the national accounts' form (全国部门决算报表) named at each; where a region was seen to print more or fewer, its
 * edition says so. Ids are the same in every edition that has the table.
 */

export type Form = EditionData["forms"][number];

/** A table with what must hold in it; the edition that takes it numbers the relations. */
export interface FurtherTable {
  readonly form: Form;
  readonly relations: readonly UnnumberedRelation[];
}

type Unnumbered<R> = R extends unknown ? Omit<R, "id"> : never;
export type UnnumberedRelation = Unnumbered<Relation>;

/** E01, E02 … in the order given. */
export const numbered = (...tables: readonly Pick<FurtherTable, "relations">[]): Relation[] =>
  tables
    .flatMap(({ relations }) => relations)
    .map((relation, index) => ({ id: `E${String(index + 1).padStart(2, "0")}`, ...relation }));

export const wide = { unitLabel: "金额单位：万元", orientation: "landscape" } as const;
export const tall = { unitLabel: "金额单位：万元", orientation: "portrait" } as const;
export const error = { severity: "error" } as const;
export const final = columns([["final", "决算数"]]);
export const codeHead = [head("支出功能分类科目编码"), head("科目名称")];
export const sumOf = (...cells: readonly string[]) => ({ sum: [...cells] });
