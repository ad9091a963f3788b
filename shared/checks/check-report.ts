import { parseCellAddress } from "../forms/cell.ts";
import type { WrittenNarrative } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import { createContext, type CheckContext } from "./context.ts";
import {
  rankOf,
  type CheckResult,
  type Finding,
  type FindingOf,
  type LedgerEntry,
  type LedgerReason,
} from "./finding.ts";
import { notApplicable, type Evaluation, type RuleOver } from "./rule.ts";
import { ownRules } from "./own-relations.ts";
import { rulesOver } from "./rule-book.ts";

/** Checks a report's cells by every rule over them; `narrative` where it is written already. */
export function checkReport(report: Report, narrative?: WrittenNarrative): CheckResult {
  const context = createContext(report, narrative);
  const judged = [...rulesOver("cells"), ...ownRules(report.edition)].map((rule) => ({
    rule,
    outcome: evaluate(rule, context),
  }));
  const findings = inReadingOrder(
    onePerTable(judged.flatMap(({ rule, outcome }) => findingsOf(rule, outcome))),
    context,
  );
  const byRule = groupBy(findings, ({ rule }) => rule);
  return {
    findings,
    ledger: judged.map(({ rule, outcome }) =>
      ledgerEntry(rule, outcome, byRule.get(rule.id) ?? []),
    ),
  };
}

type Outcome = Evaluation | { readonly unfit: LedgerReason };

function evaluate(rule: RuleOver<"cells">, context: CheckContext): Outcome {
  const { year } = context.report.identity;
  const { from = year, to = year } = rule.years ?? {};
  if (year < from || year > to) return notApplicable("not_in_year");
  for (const { table } of rule.cells.reads) {
    const unfit = context.tables.get(table)?.unfit;
    if (unfit) return { unfit: { kind: unfit, table } };
  }
  if (rule.cells.readsUnits && lacksUnits(context.report)) {
    return { unfit: { kind: "units_not_loaded" } };
  }
  return rule.cells.run(context);
}

const lacksUnits = ({ units, sections }: Report): boolean =>
  sections.adjustments.basis !== undefined && units === undefined;

const findingsOf = (rule: RuleOver<"cells">, outcome: Outcome): Finding[] =>
  "unfit" in outcome
    ? []
    : outcome.faults.map((fault) => ({
        rule: rule.id,
        severity: fault.kind === "rounding" ? "hint" : rule.severity,
        ...fault,
      }));

function ledgerEntry(
  rule: RuleOver<"cells">,
  outcome: Outcome,
  findings: readonly Finding[],
): LedgerEntry {
  const entry = { rule: rule.id, findings: findings.length };
  if ("unfit" in outcome) return { ...entry, outcome: "could_not_run", reason: outcome.unfit };
  if (outcome.notApplicable) {
    return { ...entry, outcome: "not_applicable", reason: { kind: outcome.notApplicable } };
  }
  const isBroken = findings.some(({ kind }) => kind !== "rounding");
  return { ...entry, outcome: isBroken ? "failed" : "passed" };
}

/** Rounding gaps of a table become one hint: the widest, naming the first cell of each. */
function onePerTable(findings: readonly Finding[]): Finding[] {
  const gaps = groupBy(
    findings.filter((finding) => finding.kind === "rounding"),
    ({ cells: [subject = ""] }) => parseCellAddress(subject)?.table,
  );
  const hints = [...gaps.values()].flatMap((gapsOfTable) => {
    const widest = gapsOfTable.reduce((most, gap) => (widthOf(gap) > widthOf(most) ? gap : most));
    const subjects = [widest, ...gapsOfTable].flatMap(({ cells }) => cells.slice(0, 1));
    return { ...widest, cells: [...new Set(subjects)] };
  });
  return [...findings.filter(({ kind }) => kind !== "rounding"), ...hints];
}

const widthOf = ({ difference }: FindingOf<"rounding">): number => Math.abs(difference);

/** Worst first, then by table, row and column as printed, then in the order of the book. */
function inReadingOrder(findings: readonly Finding[], context: CheckContext): Finding[] {
  const tables = [...context.tables.values()].map((table) => ({
    id: table.form.id,
    rows: orderOf([...table.rows.keys(), ...[...table.filled.keys()].sort(totalFirst)]),
    columns: orderOf([...table.columns]),
  }));
  const order = new Map(tables.map((table, index) => [table.id, { ...table, index }]));
  const placeOf = (finding: Finding): readonly number[] => {
    const ref = parseCellAddress(finding.cells[0] ?? "");
    const table = ref && order.get(ref.table);
    return [
      rankOf(finding),
      table?.index ?? order.size,
      table?.rows.get(ref?.row ?? "") ?? Infinity,
      table?.columns.get(ref?.column ?? "") ?? Infinity,
    ];
  };
  return findings
    .map((finding) => ({ finding, place: placeOf(finding) }))
    .sort((a, b) => {
      const at = a.place.findIndex((value, index) => value !== b.place[index]);
      return at < 0 ? 0 : (a.place[at] ?? 0) - (b.place[at] ?? 0);
    })
    .map(({ finding }) => finding);
}

const orderOf = (keys: readonly string[]): ReadonlyMap<string, number> =>
  new Map(keys.map((key, index) => [key, index]));

/** 合计 before the codes, codes as a tree: 201, 20101, 2010101, 20102. */
function totalFirst(a: string, b: string): number {
  if (a === "total" || b === "total") return a === b ? 0 : a === "total" ? -1 : 1;
  return a < b ? -1 : 1;
}

function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
