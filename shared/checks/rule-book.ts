import { shippedEditions } from "../editions/shipped-editions.ts";
import type { Edition } from "../forms/form.ts";
import { hasReference, indexEdition } from "./context.ts";
import type { Rule } from "./rule.ts";
import { betweenTablesRules } from "./rules/between-tables.ts";
import { byCodeRules } from "./rules/by-code.ts";
import { codeRules } from "./rules/codes.ts";
import { consolidationRules } from "./rules/consolidation.ts";
import { deviationRules } from "./rules/deviations.ts";
import { formFaultRules } from "./rules/form-faults.ts";
import { t01Rules } from "./rules/t01.ts";
import { t02t03Rules } from "./rules/t02-t03.ts";
import { t04Rules } from "./rules/t04.ts";
import { t05ToT08Rules } from "./rules/t05-t08.ts";
import { t09t10Rules } from "./rules/t09-t10.ts";
import { yearRules } from "./rules/years.ts";

/**
 * Refuses a badly written rule when the program starts: two rules of one id, a rule without statement,
 * or a rule that names a row or column which no edition has.
 */
export function bindRules(rules: readonly Rule[], editions: readonly Edition[]): readonly Rule[] {
  const forms = editions.map(indexEdition);
  const ids = new Set<string>();
  for (const { id, statement, check } of rules) {
    if (ids.has(id)) throw new Error(`Rule ${id} is in the book twice.`);
    ids.add(id);
    if (statement.trim() === "") throw new Error(`Rule ${id} does not say what must hold.`);
    for (const reference of check.reads) {
      if (forms.some((edition) => hasReference(edition, reference))) continue;
      const { table, row = "*", column = "*" } = reference;
      throw new Error(`Rule ${id} names ${table}/${String(row)}/${column}, which no edition has.`);
    }
  }
  return rules;
}

/** 勾稽关系: every rule a report is checked by, in the order the ledger lists them. */
export const ruleBook: readonly Rule[] = bindRules(
  [
    ...formFaultRules,
    ...t01Rules,
    ...t02t03Rules,
    ...t04Rules,
    ...t05ToT08Rules,
    ...t09t10Rules,
    ...codeRules,
    ...betweenTablesRules,
    ...byCodeRules,
    ...yearRules,
    ...deviationRules,
    ...consolidationRules,
  ],
  shippedEditions.all,
);

const byId: ReadonlyMap<string, Rule> = new Map(ruleBook.map((rule) => [rule.id, rule]));

export const ruleById = (id: string): Rule | undefined => byId.get(id);
