import { ok, type Result } from "../../shared/result.ts";
import type { FiscalYear, Member, RemindedNode } from "../../shared/registry/registry.ts";
import { administratorRole } from "../../shared/workflow/roles.ts";
import { daysBetween, shanghaiDay } from "../../shared/workflow/deadlines.ts";
import type { DueReport, ReminderLine } from "../../shared/workflow/reminders.ts";
import { pagesOf } from "../storage/pages.ts";
import type { ProgressStore, RegistryStore, RegistryView } from "../storage/ports.ts";
import { dueReport } from "./due-report.ts";
import { keepReminded } from "./progress/keep-notes.ts";
import { departmentRows } from "./progress/rows.ts";
import { changeRegistry, type RegistryCommitRefusal } from "./registry-chain.ts";
import type { Administrator } from "./registry.ts";
import type { NoticedLetter } from "./notify-people.ts";
import { reminderLetter } from "./reminder-letter.ts";

/** Nobody is written to by hand twice about the same report within these hours. */
export const reminderRestHours = 12;

/** Why nobody is written to about a node. */
export type ReminderSkip = { readonly orgCode: string } & (
  | { readonly why: "unknown" | "nothing_due" | "nobody" }
  /** Somebody did it already, at that instant. */
  | { readonly why: "lately"; readonly at: string }
);

/** A node whose people are to be written to. */
export interface DueNode {
  readonly report: DueReport;
  /** Those whose turn it is. */
  readonly people: readonly Member[];
}

interface RemindDeps {
  readonly registry: RegistryStore;
  readonly progress: ProgressStore;
  readonly now: () => string;
}

export interface ReminderPlan {
  readonly nodes: readonly DueNode[];
  readonly skipped: readonly ReminderSkip[];
}

/** Whom a reminder by hand (催办) of some nodes would be sent to, and what is left out; sends nothing. */
export async function planReminders(
  deps: RemindDeps,
  year: FiscalYear,
  orgCodes: readonly string[],
): Promise<ReminderPlan> {
  const view = await deps.registry.view(year.region);
  const lately = await remindedLately(deps, year);
  const nodes: DueNode[] = [];
  const skipped: ReminderSkip[] = [];
  for (const orgCode of new Set(orgCodes)) {
    const report = await dueAt(deps.progress, view, year, orgCode);
    const at = lately.get(orgCode);
    if (report === "unknown" || report === "nothing_due") skipped.push({ orgCode, why: report });
    else if (at !== undefined) skipped.push({ orgCode, why: "lately", at });
    else {
      const people = await holders(view, report);
      if (people.length === 0) skipped.push({ orgCode, why: "nobody" });
      else nodes.push({ report, people });
    }
  }
  return { nodes, skipped };
}

async function dueAt(
  progress: Pick<ProgressStore, "under">,
  view: RegistryView,
  year: FiscalYear,
  orgCode: string,
): Promise<DueReport | "unknown" | "nothing_due"> {
  const org = await view.org(orgCode);
  if (org === undefined || org.kind === "bureau") return "unknown";
  const departments =
    org.kind === "unit" ? [org.parent ?? "", ...(org.formerParents ?? [])] : [orgCode];
  for (const department of departments) {
    const rows = await departmentRows(progress, view, year, department);
    const row = rows.find((one) => one.orgCode === orgCode && one.isCounted);
    if (row !== undefined) return dueReport(row, year, department) ?? "nothing_due";
  }
  return "unknown";
}

async function holders(view: RegistryView, { turn }: DueReport): Promise<readonly Member[]> {
  const there = await view.membersAt(turn.orgCode);
  return there.filter(({ memberships }) =>
    memberships.some(({ role, orgCode }) => role === turn.role && orgCode === turn.orgCode),
  );
}

/** Nodes reminded of by hand within the hours of rest, with when: the registry's latest events tell. */
async function remindedLately(
  { registry, now }: Pick<RemindDeps, "registry" | "now">,
  { region, year }: FiscalYear,
): Promise<ReadonlyMap<string, string>> {
  const since = new Date(Date.parse(now()) - reminderRestHours * 3_600_000).toISOString();
  const found = new Map<string, string>();
  for await (const { items } of pagesOf((page) => registry.events(region, page), 50)) {
    for (const { event } of items) {
      if (event.at <= since) return found;
      if (event.type !== "reminded" || event.year !== year) continue;
      for (const { orgCode } of event.nodes) found.set(orgCode, event.at);
    }
  }
  return found;
}

/**
 * Records that the people of some nodes are written to; the letters follow from the event, and one to a person. Planned
 * anew for the very head it is recorded on, so that two administrators at once do not both write.
 */
export async function remindByHand(
  deps: RemindDeps,
  by: Administrator,
  year: FiscalYear,
  orgCodes: readonly string[],
): Promise<Result<ReminderPlan, RegistryCommitRefusal>> {
  let plan: ReminderPlan = { nodes: [], skipped: [] };
  const at = deps.now();
  const changed = await changeRegistry<never>(deps, year.region, async () => {
    plan = await planReminders(deps, year, orgCodes);
    const nodes = plan.nodes.map(nodeOf);
    const stamp = { at, by: by.id, byName: by.name, byRole: administratorRole };
    return ok(
      nodes.length === 0 ? [] : [{ ...stamp, type: "reminded" as const, year: year.year, nodes }],
    );
  });
  if (!changed.ok) return changed;
  for (const { report } of plan.nodes) {
    const { departmentCode, orgCode } = report;
    await keepReminded(deps, { year, departmentCode, orgCode }, { at, byName: by.name });
  }
  return ok(plan);
}

const nodeOf = ({ report: { orgCode, departmentCode }, people }: DueNode): RemindedNode => ({
  ...{ orgCode, departmentCode },
  to: people.map(({ subject }) => subject),
});

/** The letter each person gets, with all of their nodes in it. */
export function lettersOf(
  nodes: readonly DueNode[],
  {
    byName,
    now,
    staffUrl,
  }: { readonly byName: string; readonly now: string; readonly staffUrl?: string },
): readonly Omit<NoticedLetter, "occasion">[] {
  const today = shanghaiDay(now);
  const lines = new Map<string, { readonly to: Member; readonly lines: ReminderLine[] }>();
  for (const { report, people } of nodes) {
    const line = { report, why: "act" as const, daysLeft: daysBetween(today, report.turn.due) };
    for (const to of people) {
      const theirs = lines.get(to.subject) ?? { to, lines: [] };
      theirs.lines.push(line);
      lines.set(to.subject, theirs);
    }
  }
  return [...lines.values()].map(({ to, lines: theirs }) => ({
    to,
    ...reminderLetter(to.name, theirs, {
      by: `财政管理员${byName}`,
      ...(staffUrl === undefined ? {} : { staffUrl }),
    }),
  }));
}

/** Nodes of a reminder that was recorded, with the people it names, as far as it is still their turn. */
export async function stillDue(
  {
    registry,
    progress,
  }: {
    readonly registry: Pick<RegistryStore, "view">;
    readonly progress: Pick<ProgressStore, "under">;
  },
  year: FiscalYear,
  nodes: readonly RemindedNode[],
): Promise<readonly DueNode[]> {
  const view = await registry.view(year.region);
  const found = await Promise.all(
    nodes.map(async ({ orgCode, to }) => {
      const report = await dueAt(progress, view, year, orgCode);
      if (typeof report === "string") return [];
      const people = await holders(view, report);
      return [{ report, people: people.filter(({ subject }) => to.includes(subject)) }];
    }),
  );
  return found.flat();
}
