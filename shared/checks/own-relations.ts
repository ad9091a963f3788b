import { columnsOf } from "../forms/canonical-table.ts";
import type { Edition } from "../forms/form.ts";
import { comparedCells, every, type Relation, type RelationTerm } from "../forms/relation.ts";
import { forEachCode, inEveryRow, sumsUpByCode } from "./relations/by-code.ts";
import { all } from "./relations/combine.ts";
import { equal, notAbove } from "./relations/compare.ts";
import { cell } from "./relations/terms.ts";
import { ruleById } from "./rule-book.ts";
import type { CellCheck, Rule, RuleOver } from "./rule.ts";

/** The relations (勾稽关系) that an edition has of its own, as rules; they come after those of the book. */
export function ownRules(edition: Edition): readonly (Rule & RuleOver<"cells">)[] {
  const known = rules.get(edition);
  if (known !== undefined) return known;
  const made = (edition.relations ?? []).map((relation) => ruleOf(relation, edition));
  rules.set(edition, made);
  return made;
}

/** A rule of the book or of the edition. */
export const ruleIn = (edition: Edition, id: string): Rule | undefined =>
  ruleById(id) ?? ownRules(edition).find((rule) => rule.id === id);

const rules = new WeakMap<Edition, readonly (Rule & RuleOver<"cells">)[]>();

function ruleOf(relation: Relation, edition: Edition): Rule & RuleOver<"cells"> {
  const { id, statement, basis, severity } = relation;
  return {
    ...{ id, statement, severity },
    ...(basis === undefined ? {} : { basis }),
    cells: checkOf(relation, edition),
  };
}

function checkOf(relation: Relation, edition: Edition): CellCheck {
  if ("sumsByCode" in relation) return sumsUpByCode(relation.sumsByCode);
  const compared = comparedCells(relation);
  if (compared === undefined) throw new Error(`${relation.id} compares nothing.`);
  const { cell: subject, terms } = compared;
  // What is taken off on the right is added on the left.
  const left = [subject, ...terms.filter(({ minus }) => minus)];
  const right = terms.filter(({ minus }) => !minus);
  const kind = "equals" in relation ? "equal" : "not_above";
  if (subject.row === every) return inEachRow(left, kind, right);
  const compare = kind === "equal" ? equal : notAbove;
  const inColumn = (column?: string): CellCheck => {
    const cellsOf = (side: readonly RelationTerm[]) =>
      side.map((term) => cell(term.table, term.row, column ?? term.column));
    return compare(cellsOf(left), cellsOf(right));
  };
  if (subject.column !== every) return inColumn();
  const form = edition.forms.find(({ id }) => id === subject.table);
  const columns = form === undefined ? [] : columnsOf(form, subject.row);
  return all(...columns.map(({ key }) => inColumn(key)));
}

/** Rows of one form are compared with themselves, codes with the same codes of other tables. */
function inEachRow(
  left: readonly RelationTerm[],
  kind: "equal" | "not_above",
  right: readonly RelationTerm[],
): CellCheck {
  const [subject] = left;
  const isOneTable = [...left, ...right].every(({ table }) => table === subject?.table);
  if (subject === undefined || !isOneTable) {
    const byCode = (side: readonly RelationTerm[]) =>
      side.map(({ table, column }) => ({ table, column }));
    return forEachCode(byCode(left), kind, byCode(right));
  }
  const columns = (side: readonly RelationTerm[]) => side.map(({ column }) => column);
  return inEveryRow(subject.table, columns(left), kind, columns(right));
}
