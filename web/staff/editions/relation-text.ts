import type { EditionData } from "../../../shared/editions/edition-data.ts";

/** Relations (勾稽关系) of an edition's own as people type them: `t11/total/final = t11/a/final + t11/b/final`. */

export type Relation = NonNullable<EditionData["relations"]>[number];
type Figure = Extract<Relation, { readonly equals: unknown }>["equals"];

const byCode = /^(t\d\d)\s*逐级汇总$/u;
const compared = /^(\S+)\s*(=|≤)\s*(.+)$/u;

export function relationText(relation: Relation): string {
  if ("sumsByCode" in relation) return `${relation.sumsByCode} 逐级汇总`;
  return "equals" in relation
    ? `${relation.cell} = ${figureText(relation.equals)}`
    : `${relation.cell} ≤ ${figureText(relation.notAbove)}`;
}

function figureText(figure: Figure): string {
  if (typeof figure === "string") return figure;
  return [figure.sum.join(" + "), ...(figure.less ?? [])].join(" − ");
}

/** The relation with what was typed; undefined where it is none. Whether its cells are there, loading the edition says. */
export function withRelationText(relation: Relation, text: string): Relation | undefined {
  const { id, statement, basis, severity } = relation;
  const head = { id, statement, severity, ...(basis === undefined ? {} : { basis }) };
  const [, table] = byCode.exec(text.trim()) ?? [];
  if (table !== undefined) return { ...head, sumsByCode: table as `t${number}` };
  const [, cell, sign, right] = compared.exec(text.trim()) ?? [];
  if (cell === undefined || right === undefined) return undefined;
  const figure = figureOf(right);
  return sign === "=" ? { ...head, cell, equals: figure } : { ...head, cell, notAbove: figure };
}

function figureOf(text: string): Figure {
  const terms = text.split(/(?=[+−-])/u).map((term) => ({
    isLess: /^[−-]/u.test(term),
    cell: term.replace(/^[+−-]/u, "").trim(),
  }));
  const sum = terms.filter(({ isLess }) => !isLess).map(({ cell }) => cell);
  const less = terms.filter(({ isLess }) => isLess).map(({ cell }) => cell);
  const [only] = sum;
  if (only !== undefined && sum.length === 1 && less.length === 0) return only;
  return less.length === 0 ? { sum } : { sum, less };
}

/** E01, E02 …: the next that no relation has. */
export function freeRelationId(relations: readonly Relation[]): string {
  const ids = new Set(relations.map(({ id }) => id));
  for (let number = 1; ; number += 1) {
    const id = `E${String(number).padStart(2, "0")}`;
    if (!ids.has(id)) return id;
  }
}
