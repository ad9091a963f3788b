import type { OrgKind } from "../../../shared/report/report.ts";
import { decide } from "../../../shared/workflow/decide.ts";
import { absent, evolve } from "../../../shared/workflow/evolve.ts";
import type { Role } from "../../../shared/workflow/roles.ts";
import type { Actor, Command, ReportState } from "../../../shared/workflow/report-state.ts";

export const now = "2023-08-01T02:00:00.000Z";
export const submissionA = "a".repeat(64);
export const submissionB = "b".repeat(64);
export const threadsHash = "f".repeat(64);

export const person = (id: string, ...roles: Role[]): Actor => ({ id, name: id, roles });
export const preparer = person("wang", "preparer");
export const unitReviewer = person("li", "unit_reviewer");
export const departmentReviewer = person("zhao", "department_reviewer");
export const bureauReviewer = person("qian", "bureau_reviewer");
export const secrecyOfficer = person("sun", "secrecy_officer");
export const principal = person("zhou", "principal");
export const administrator = person("wu", "bureau_admin");
export const auditor = person("zheng", "auditor");
export const publisher: Actor = { id: "publish", name: "公开程序", roles: [], system: true };

export const submit = (editionHash = submissionA): Command => ({
  type: "submit",
  editionHash,
  editors: [],
  blockingFindings: 0,
  unitsOutstanding: [],
});
export const approve = (
  editionHash = submissionA,
  more: Partial<Extract<Command, { type: "approve" }>> = {},
): Command => ({
  type: "approve",
  editionHash,
  blockingThreads: 0,
  unansweredThreads: 0,
  threadsHash,
  ...more,
});
export const giveBack = (
  to: "preparer" | "level_below" = "preparer",
  editionHash = submissionA,
): Command => ({ type: "return", editionHash, reason: "请核对一般公共预算收入", to, threadsHash });
export const signOff = (kind: "secrecy" | "principal", editionHash = submissionA): Command => ({
  type: "sign_off",
  kind,
  editionHash,
});

export const askTakeDown = {
  type: "ask_take_down",
  legalBasis: "保密法 第二十七条",
  summary: "附表含有不宜公开的内容",
} as const satisfies Command;
export const takeDown = { type: "take_down", askedAt: now } as const satisfies Command;
export const declineTakeDown = {
  type: "decline_take_down",
  askedAt: now,
  reason: "应当更正而不是撤下",
} as const satisfies Command;

/** A history written as what people did; each act must be accepted. */
export function life(kind: OrgKind, ...acts: readonly (readonly [Command, Actor])[]): ReportState {
  return acts.reduce<ReportState>((state, [command, actor]) => {
    const decided = decide(command, state, actor, { kind, now });
    if (!decided.ok) throw new Error(`${command.type} refused: ${JSON.stringify(decided.error)}`);
    return decided.value.reduce<ReportState>((before, e) => evolve(before, e, kind), state);
  }, absent);
}

export const given = (state: ReportState, kind: OrgKind = "unit") => ({
  when: (command: Command, actor: Actor) => decide(command, state, actor, { kind, now }),
});

export const refused = (code: string, details: Record<string, unknown> = {}) => ({
  ok: false,
  error: { code, ...details },
});

const opened = [{ type: "open" }, preparer] as const;
const signed = [
  [signOff("secrecy"), secrecyOfficer],
  [signOff("principal"), principal],
] as const;
const finalApproval = [
  approve(submissionA, { documentNumber: "景财决〔2023〕12号" }),
  bureauReviewer,
] as const;
const publication = [
  { type: "record_publication", editionHash: submissionA, path: "/2022/137001/" },
  publisher,
] as const;

/** A unit's report at each station of its life. */
export const unit = {
  draft: () => life("unit", opened),
  atUnit: () => life("unit", opened, [submit(), preparer]),
  atDepartment: () => life("unit", opened, [submit(), preparer], [approve(), unitReviewer]),
  signed: () => life("unit", opened, [submit(), preparer], [approve(), unitReviewer], ...signed),
  atBureau: () =>
    life("unit", opened, [submit(), preparer], [approve(), unitReviewer], ...signed, [
      approve(),
      departmentReviewer,
    ]),
  approved: () =>
    life(
      "unit",
      opened,
      [submit(), preparer],
      [approve(), unitReviewer],
      ...signed,
      [approve(), departmentReviewer],
      finalApproval,
    ),
  published: () =>
    life(
      "unit",
      opened,
      [submit(), preparer],
      [approve(), unitReviewer],
      ...signed,
      [approve(), departmentReviewer],
      finalApproval,
      publication,
    ),
  /** Public, and the administrator has asked that it be taken down. */
  asked: (): ReportState => later(unit.published(), "unit", [askTakeDown, administrator]),
};

export const later = (
  state: ReportState,
  kind: OrgKind,
  ...acts: readonly (readonly [Command, Actor])[]
) =>
  acts.reduce<ReportState>((before, [command, actor]) => {
    const decided = decide(command, before, actor, { kind, now });
    if (!decided.ok) throw new Error(`${command.type} refused: ${JSON.stringify(decided.error)}`);
    return decided.value.reduce<ReportState>((s, e) => evolve(s, e, kind), before);
  }, state);
