import type { OrgKind } from "../report/report.ts";
import { daysBetween } from "./deadlines.ts";
import type { FailureStep } from "./failure.ts";
import type { Status } from "./report-state.ts";
import { actingLevel, roleOf, type Role } from "./roles.ts";
import type { Turn } from "./turn.ts";

/** Days ahead of a last day on which who must act is reminded; afterwards daily until it is done. */
const reminderDays: readonly number[] = [7, 3, 1, 0];

/** What is due at a node: a report that waits for somebody, or one that nobody has opened. */
export interface DueReport {
  readonly year: number;
  readonly orgCode: string;
  readonly orgName: string;
  readonly kind: OrgKind;
  readonly departmentCode: string;
  /** `absent` while nobody has opened it; the preparers then have the turn. */
  readonly status: Exclude<Status, "taken_down">;
  readonly turn: Turn;
  /** Days late from which those above learn of it; from the first where the year names none. */
  readonly escalation?: Escalation;
  /** Printing or publishing was given up: somebody must act, however far the last day is. */
  readonly failed?: FailureStep;
  /** A request to take it down waits for a second person at the bureau. */
  readonly takeDownAsked?: true;
}

/**
 * Days by which something is late when the head (负责人) of the node that is late, the department's reviewers, and the
 * bureau's administrators learn of it.
 */
export type Escalation = {
  /** Absent where an older version stored the rule: from the first day. */
  readonly headAfter?: number;
  readonly departmentAfter: number;
  readonly bureauAfter: number;
};

/** Whether anybody is reminded on a day of what is due on another, unless it failed. */
export function isReminded(day: string, due: string): boolean {
  const daysLeft = daysBetween(day, due);
  return daysLeft < 0 || reminderDays.includes(daysLeft);
}

interface Holder {
  readonly subject: string;
  readonly memberships: readonly { readonly role: Role; readonly orgCode: string }[];
}

export interface ReminderLine {
  readonly report: DueReport;
  /** `act`: it is this person's turn · `supervise`: somebody else is late. */
  readonly why: "act" | "supervise";
  /** Days until the last day; negative when it has passed. */
  readonly daysLeft: number;
}

/**
 * Who is reminded of what on a day, most urgent first. From the day after the last day, or as many days after it as the
 * year says, also those above learn of it: the head of the node whose report waits there, the department's reviewers when
 * one of its units is late, and the bureau's administrators.
 */
export function remindersOn(
  day: string,
  {
    due,
    members,
    bureauCode,
  }: {
    readonly due: readonly DueReport[];
    readonly members: readonly Holder[];
    readonly bureauCode: string;
  },
): ReadonlyMap<string, readonly ReminderLine[]> {
  const lines = due
    .map((report) => ({ report, daysLeft: daysBetween(day, report.turn.due) }))
    .filter(({ report }) => report.failed !== undefined || isReminded(day, report.turn.due))
    .toSorted(
      (a, b) =>
        a.daysLeft - b.daysLeft ||
        a.report.year - b.report.year ||
        (a.report.orgCode < b.report.orgCode ? -1 : 1),
    );
  return new Map(
    members.flatMap((member) => {
      const own = lines.flatMap(({ report, daysLeft }): ReminderLine[] => {
        const why = reasonFor(member, { report, daysLeft, bureauCode });
        return why === undefined ? [] : [{ report, why, daysLeft }];
      });
      return own.length === 0 ? [] : [[member.subject, own] as const];
    }),
  );
}

const fromTheFirstDay: Escalation = { departmentAfter: 1, bureauAfter: 1 };

function reasonFor(
  { memberships }: Holder,
  {
    report: {
      kind,
      orgCode: own,
      departmentCode,
      turn,
      takeDownAsked,
      escalation = fromTheFirstDay,
    },
    daysLeft,
    bureauCode,
  }: { readonly report: DueReport; readonly daysLeft: number; readonly bureauCode: string },
): ReminderLine["why"] | undefined {
  const isTheirs = memberships.some(
    ({ role, orgCode }) =>
      orgCode === turn.orgCode &&
      (role === turn.role || (takeDownAsked === true && roleOf(role).attendsFailures)),
  );
  if (isTheirs) return "act";
  if (daysLeft >= 0) return undefined;
  const isUnitLate = kind === "unit" && actsInUnit(turn.role);
  const supervises = memberships.some(({ role, orgCode }) => {
    switch (roleOf(role).supervises) {
      case "node":
        return orgCode === own && turn.orgCode === own && -daysLeft >= (escalation.headAfter ?? 1);
      case "region":
        return orgCode === bureauCode && -daysLeft >= escalation.bureauAfter;
      case "units":
        return isUnitLate && orgCode === departmentCode && -daysLeft >= escalation.departmentAfter;
      case "none":
        return false;
    }
  });
  return supervises ? "supervise" : undefined;
}

/** While such a role has the turn, the delay is the unit's own. */
const actsInUnit = (role: Role): boolean => {
  const level = actingLevel(role);
  return level === "preparer" || level === "unit";
};
