import type { OrgKind } from "../report/report.ts";
import { assertNever } from "../result.ts";
import {
  addDays,
  correctionDays,
  shanghaiDay,
  takeDownDays,
  unitsApprovedBy,
} from "./deadlines.ts";
import type { ReportState, Stage } from "./report-state.ts";
import { administratorRole, preparerRole, reviewerOf, roleIds, type Role } from "./roles.ts";
import { takeDownAskedOf } from "./transitions.ts";

/** The role and node that must act, and the last day for it. */
export interface Turn {
  readonly role: Role;
  readonly orgCode: string;
  /** YYYY-MM-DD, Asia/Shanghai. */
  readonly due: string;
}

/** Where a report belongs: its own node and those above it. */
export interface ReportLineage {
  readonly kind: OrgKind;
  readonly orgCode: string;
  readonly departmentCode: string;
  readonly bureauCode: string;
}

/** Last days of a year's levels (YYYY-MM-DD). */
export interface YearDeadlines {
  readonly unitDue: string;
  readonly departmentDue: string;
  readonly bureauDue: string;
  /** The bureau's own last day of publication (公开), earlier than the law's; absent where it sets none. */
  readonly publishDue?: string;
}

/**
 * Approved reports wait in this role's queue, whether they are on their way or have failed, and with them requests to take
 * down (撤下申请) that wait for a second person.
 */
export const publishingRole: Role = administratorRole;

/** Whose turn it is; undefined when nobody must act. */
export function turnOf(
  state: ReportState,
  lineage: ReportLineage,
  due: YearDeadlines,
): Turn | undefined {
  const asked = takeDownAskedOf(state);
  // Whether it stays public is decided first; who works on a correction meanwhile goes on.
  if (asked !== undefined) {
    const last = addDays(shanghaiDay(asked.at), takeDownDays);
    return { role: publishingRole, orgCode: lineage.bureauCode, due: last };
  }
  switch (state.status) {
    case "draft":
      return {
        role: preparerRole,
        orgCode: lineage.orgCode,
        due:
          state.correcting === undefined
            ? levelDue(lineage.kind, due)
            : addDays(shanghaiDay(state.correcting.at), correctionDays),
      };
    case "in_review":
      return {
        role: reviewerOf[state.stage],
        orgCode: nodeOf(state.stage, lineage),
        due: levelDue(state.stage, due),
      };
    case "approved":
      // Publication runs by itself; until it is done, the administrator answers for the 20 days.
      return { role: publishingRole, orgCode: lineage.bureauCode, due: state.approval.publishBy };
    case "absent":
    case "published":
    case "taken_down":
      return undefined;
    default:
      return assertNever(state);
  }
}

/** What decides whether a department's 15 days for its units apply to a report. */
interface ReportUnderReview {
  readonly kind: OrgKind;
  readonly stage?: Stage | undefined;
  readonly correcting: boolean;
}

/** Whether it is a unit's report that waits for its department; a correction keeps the day of its own. */
export const waitsForDepartment = ({ kind, stage, correcting }: ReportUnderReview): boolean =>
  kind === "unit" && stage === "department" && !correcting;

/**
 * The turn with the last day that the department's own approval (批复) sets: from then it has 15 days for its units,
 * whatever day the year set (预算法 第八十条). Applied where a turn is read, because it follows from another report;
 * without a `departmentPublishBy` the department is not approved, and the turn stays as it is.
 */
export const turnAfterApproval = (
  turn: Turn,
  report: ReportUnderReview,
  departmentPublishBy: string | undefined,
): Turn =>
  departmentPublishBy === undefined || !waitsForDepartment(report)
    ? turn
    : { ...turn, due: unitsApprovedBy(departmentPublishBy) };

/**
 * Since when a report waits for whoever's turn it is (ISO UTC): its last submission, verdict, return or approval, or
 * that its publication failed. Undefined for a draft that nobody ever handed in.
 */
export function waitingSince(state: ReportState): string | undefined {
  const asked = takeDownAskedOf(state);
  if (asked !== undefined) return asked.at;
  switch (state.status) {
    case "absent":
    case "published":
    case "taken_down":
      return undefined;
    case "draft":
      return latest(state.returned?.at, state.correcting?.at);
    case "in_review":
      return latest(state.submission.at, state.verdicts.at(-1)?.at, state.returned?.at);
    case "approved":
      return state.failure?.at ?? state.approval.at;
    default:
      return assertNever(state);
  }
}

const latest = (...instants: readonly (string | undefined)[]): string | undefined =>
  instants
    .filter((at) => at !== undefined)
    .toSorted()
    .at(-1);

const dueOf = {
  unit: "unitDue",
  department: "departmentDue",
  bureau: "bureauDue",
} as const satisfies Record<Stage, keyof YearDeadlines>;

/** Last day of a level, or of the preparers at a kind of node. */
export const levelDue = (level: Stage, due: YearDeadlines): string => due[dueOf[level]];

function nodeOf(stage: Stage, lineage: ReportLineage): string {
  switch (stage) {
    case "unit":
      return lineage.orgCode;
    case "department":
      return lineage.departmentCode;
    case "bureau":
      return lineage.bureauCode;
    default:
      return assertNever(stage);
  }
}

/** Key of a worklist: the reports of a region that wait for a role at a node. */
export const queueOf = (
  region: string,
  { role, orgCode }: Pick<Turn, "role" | "orgCode">,
): string => `${region}#${role}@${orgCode}`;

/** Reads a queue's key back; undefined when it is none. */
export function parseQueue(
  queue: string,
): { readonly region: string; readonly role: Role; readonly orgCode: string } | undefined {
  const [, region, name, orgCode] = /^(\d{6})#([a-z_]+)@([0-9A-Z]+)$/u.exec(queue) ?? [];
  const role = roleIds.find((id) => id === name);
  if (region === undefined || orgCode === undefined || role === undefined) return undefined;
  return { region, role, orgCode };
}
