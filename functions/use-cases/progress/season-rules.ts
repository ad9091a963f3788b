import type { FiscalYear } from "../../../shared/registry/registry.ts";
import { everyItem } from "../../storage/pages.ts";
import type { PageRequest, ProgressStore, RegistryView } from "../../storage/ports.ts";
import { departmentSeason } from "./season-rows.ts";

/** A rule with how many reports of the region break it by their last check, and how many ever did. */
export interface RuleCount {
  readonly rule: string;
  readonly now: number;
  readonly met: number;
  readonly departments: number;
}

/** Rules of a season, those that most reports ever broke first; one small item a department is read. */
export async function seasonRules(
  { progress }: { readonly progress: Pick<ProgressStore, "ruleLines"> },
  year: FiscalYear,
): Promise<readonly RuleCount[]> {
  const lines = await everyItem((page) => progress.ruleLines(year, page));
  const counts = new Map<string, RuleCount>();
  for (const { rules } of lines) {
    for (const [rule, { now, met }] of Object.entries(rules)) {
      const before = counts.get(rule) ?? { rule, now: 0, met: 0, departments: 0 };
      counts.set(rule, {
        rule,
        now: before.now + now,
        met: before.met + met,
        departments: before.departments + 1,
      });
    }
  }
  return [...counts.values()].toSorted(
    (a, b) => b.met - a.met || b.now - a.now || (a.rule < b.rule ? -1 : 1),
  );
}

/** A report that breaks a rule, or has. */
export interface RuleHit {
  readonly orgCode: string;
  readonly orgName: string;
  readonly reportId?: string;
  /** Findings of the rule by the last check, and when that was. */
  readonly findings: number;
  readonly at: string;
}

/** Departments of one page whose reports are read. */
const departmentsAtOnce = 20;

/** The reports that a rule has hit, department by department; only departments whose line names it are read. */
export async function ruleHits(
  { progress }: { readonly progress: Pick<ProgressStore, "ruleLines" | "under" | "notes"> },
  view: RegistryView,
  year: FiscalYear,
  { rule, after }: { readonly rule: string } & Pick<PageRequest, "after">,
): Promise<{ readonly items: readonly RuleHit[]; readonly next?: string }> {
  const page = { limit: departmentsAtOnce, ...(after === undefined ? {} : { after }) };
  const { items: lines, next } = await progress.ruleLines(year, page);
  const hit = lines.filter(({ rules }) => rules[rule] !== undefined);
  const found = await Promise.all(
    hit.map(async ({ code }) => {
      const rows = await departmentSeason(progress, view, year, code);
      return rows.flatMap(({ orgCode, orgName, notes, report }): RuleHit[] => {
        const { check } = notes ?? {};
        if (check?.met.includes(rule) !== true) return [];
        const reportId = report === undefined ? {} : { reportId: report.id };
        const findings = check.rules[rule] ?? 0;
        return [{ orgCode, orgName, ...reportId, findings, at: check.at }];
      });
    }),
  );
  return { items: found.flat(), ...(next === undefined ? {} : { next }) };
}
