import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { addTallies, overdueAt, type DepartmentLine } from "../../shared/progress/progress.ts";
import {
  type DueReport,
  type ReminderLine,
  isReminded,
  remindersOn,
} from "../../shared/workflow/reminders.ts";
import type { MailCounts } from "../platform/mail/send-once.ts";
import { everyItem } from "../storage/pages.ts";
import type { FiscalYear, Member } from "../../shared/registry/registry.ts";
import type { ProgressStore, RegistryStore, RegistryView } from "../storage/ports.ts";
import { keepReminded } from "../use-cases/progress/keep-notes.ts";
import { dueReport } from "../use-cases/due-report.ts";
import { notifyPeople, type PeopleDeps } from "../use-cases/notify-people.ts";
import { reminderLetter } from "../use-cases/reminder-letter.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { departmentRows } from "../use-cases/progress/rows.ts";

export interface RemindDeps extends PeopleDeps {
  readonly registry: Pick<RegistryStore, "view">;
  readonly progress: ProgressStore;
  readonly staffUrl: string;
}

/**
 * Today's reminders of a region, and with them what its open years have added up to by now (`DayTally`): at most one mail a person however often it runs. Looks only where the
 * year's progress shows that something is due, and, once all were sent, nowhere until the next day.
 */
export async function remindRegion(deps: RemindDeps, region: string): Promise<MailCounts> {
  const today = shanghaiDay(deps.now());
  const occasion = `remind.${region}.${today}`;
  const allSent = `${occasion}.all`;
  const nobody = { sent: 0, sentBefore: 0, unreachable: 0 };
  if ((await deps.effects.done(allSent)).has(region)) return nobody;
  const view = await deps.registry.view(region);
  const bureau = await view.bureau();
  if (bureau === undefined) return nobody;
  const due: DueReport[] = [];
  for (const year of await view.years()) {
    // What it has added up to is kept whether anybody is reminded or not.
    if (year.status === "open") due.push(...(await dueOn(today, deps, view, year)));
  }
  const members = await peopleOf(view, due, bureau.code);
  const reminders = remindersOn(today, { due, members, bureauCode: bureau.code });
  const letters = members.flatMap((member) => {
    const lines = reminders.get(member.subject);
    return lines === undefined
      ? []
      : [{ occasion, to: member, ...reminderLetter(member.name, lines, deps) }];
  });
  // The day's, whenever it runs and however often.
  const at = `${today}T00:00:00.000Z`;
  const counts = await notifyPeople(deps, { region, at }, letters);
  await keepByRule(deps, view, [...reminders.values()].flat());
  await deps.effects.markDone(allSent, region, deps.now());
  return counts;
}

/** Keeps beside the reports that their people were written to today. */
async function keepByRule(
  deps: RemindDeps,
  view: RegistryView,
  lines: readonly ReminderLine[],
): Promise<void> {
  const reports = new Map(
    lines.filter(({ why }) => why === "act").map(({ report }) => [placeName(report), report]),
  );
  const reminded = { at: deps.now(), byName: "系统" };
  for (const { year: number, departmentCode, orgCode } of reports.values()) {
    const year = await view.year(number);
    if (year !== undefined) await keepReminded(deps, { year, departmentCode, orgCode }, reminded);
  }
}
const placeName = ({ year, orgCode }: DueReport): string => `${String(year)}-${orgCode}`;

/** What is due in the departments whose lines say that anything is. */
async function dueOn(
  today: string,
  { progress, now }: RemindDeps,
  view: RegistryView,
  year: FiscalYear,
): Promise<readonly DueReport[]> {
  const lines = await everyItem((page) => progress.lines(year, page));
  await keepDay(progress, year, { day: today, lines, now });
  if (year.reminders?.daily === false) return [];
  const due: DueReport[] = [];
  for (const { code } of lines.filter((line) => isDue(line, today))) {
    const rows = await departmentRows(progress, view, year, code);
    due.push(...rows.flatMap((row) => dueReport(row, year, code) ?? []));
  }
  return due;
}

/** Keeps what a year has added up to so far, from the lines that were read for its reminders. */
async function keepDay(
  progress: Pick<ProgressStore, "putDay">,
  year: FiscalYear,
  {
    day,
    lines,
    now,
  }: {
    readonly day: string;
    readonly lines: readonly DepartmentLine[];
    readonly now: () => string;
  },
): Promise<void> {
  const tally = addTallies(lines.map((line) => line.tally));
  await progress.putDay(year, { day, counts: tally.counts, overdue: overdueAt(tally, now()) });
}

const isDue = ({ tally: { counts, dues } }: DepartmentLine, today: string): boolean =>
  (counts.print_failed ?? 0) + (counts.publish_failed ?? 0) > 0 ||
  Object.keys(dues).some((due) => isReminded(today, due));

/** Nodes whose people are read side by side. */
const nodesAtOnce = 20;

/** Those who may have to hear of it: at the nodes whose turn it is, in their departments, at the bureau. */
async function peopleOf(
  view: RegistryView,
  due: readonly DueReport[],
  bureauCode: string,
): Promise<readonly Member[]> {
  if (due.length === 0) return [];
  const nodes = new Set(due.flatMap(({ turn, departmentCode }) => [turn.orgCode, departmentCode]));
  const found = await inBatches([...nodes.add(bureauCode)], nodesAtOnce, (code) =>
    view.membersAt(code),
  );
  const people = new Map(found.flat().map((one) => [one.subject, one]));
  return [...people.values()].toSorted((a, b) => (a.subject < b.subject ? -1 : 1));
}
