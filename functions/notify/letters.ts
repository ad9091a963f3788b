import { chineseDate, reportTitle } from "../../shared/document/titles.ts";
import { assertNever } from "../../shared/result.ts";
import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { stageAbove } from "../../shared/workflow/decide.ts";
import { causeText, remedyText } from "../../shared/workflow/failure.ts";
import { failureName, signOffName, stageName } from "../../shared/workflow/names.ts";
import type { ChainedEvent, ReportState, SignOffKind } from "../../shared/workflow/report-state.ts";
import { roleOf, signerOf, type RoleDefinition } from "../../shared/workflow/roles.ts";
import { publicationOf, signOffKinds, takeDownAskedOf } from "../../shared/workflow/transitions.ts";
import {
  queueOf,
  type Turn,
  turnAfterApproval,
  turnOf,
  waitsForDepartment,
} from "../../shared/workflow/turn.ts";
import type { NoticeKind } from "../../shared/workflow/notices.ts";
import type { NoticedLetter } from "../use-cases/notify-people.ts";
import type { FiscalYear, Member } from "../../shared/registry/registry.ts";
import type { ReportHead } from "../storage/ports.ts";
import { type Lineage, rolesTowards } from "../../shared/registry/access.ts";

/** Where letters lead, without slashes at the end. */
export interface Addresses {
  readonly staffUrl: string;
  readonly portalUrl: string;
}

/** An event with the report's state around it, and the report's current head. */
export interface EventContext {
  readonly head: ReportHead;
  readonly lineage: Lineage;
  readonly year: FiscalYear;
  /** Last day of publication of the department's own report, once approved; read where `needsDepartment` says so. */
  readonly departmentPublishBy?: string | undefined;
  readonly chained: ChainedEvent;
  readonly before: ReportState;
  readonly after: ReportState;
}

/** One message to a group of people; `about` opens the subject line. */
interface Message {
  readonly to: readonly Member[];
  readonly kind: NoticeKind;
  readonly about: string;
  /** What comes first for its readers, where there is such: a reason. */
  readonly detail?: string;
  readonly paragraphs: readonly string[];
  /** Where it leads: a part of the report in the staff app. */
  readonly part: string;
  /** Where its letter leads instead: the public page. */
  readonly publicPath?: string;
}

/**
 * One letter a person: who must act is requested to, the others concerned are informed. Nobody is written to
 * about their own act, nor requested to do what has been done meanwhile.
 */
export function lettersOn(
  context: EventContext,
  members: readonly Member[],
  addresses: Addresses,
): NoticedLetter[] {
  const { head, chained } = context;
  const title = reportTitle(head);
  const { by, byName, byRole } = chained.event;
  const written = new Set([by]);
  return messagesOf(context, members).flatMap((message) => {
    const { to, kind, about, detail, paragraphs, part, publicPath } = message;
    const path = `/reports/${head.id}/${part}`;
    const link =
      publicPath === undefined ? addresses.staffUrl + path : addresses.portalUrl + publicPath;
    return to.flatMap((member) => {
      if (written.has(member.subject)) return [];
      written.add(member.subject);
      return [
        {
          occasion: `${head.id}.${String(chained.seq)}.notify`,
          to: member,
          subject: `【决算】${about}：${title}`,
          text: letterText(member.name, [...paragraphs, `查看：${link}`]),
          notice: {
            ...{ kind, about, title, detail, path },
            byName: byRole === "system" ? undefined : byName,
          },
        },
      ];
    });
  });
}

export const letterText = (name: string, paragraphs: readonly string[]) =>
  [`${name}，您好：`, ...paragraphs, "本邮件由决算系统自动发出，请勿回复。", ""].join("\n\n");

function messagesOf(context: EventContext, members: readonly Member[]): Message[] {
  const { head, lineage, chained, before, after } = context;
  const { event } = chained;
  const title = reportTitle(head);
  const act = `${event.byName}于${chineseDate(shanghaiDay(event.at))}`;

  const holding = (turn: Pick<Turn, "role" | "orgCode"> | undefined) =>
    members.filter(({ memberships }) =>
      memberships.some(({ role, orgCode }) => role === turn?.role && orgCode === turn.orgCode),
    );
  const submitters = members.filter(
    ({ subject }) => "submission" in before && subject === before.submission.by,
  );
  const insiders = members.filter(({ memberships }) =>
    memberships.some(
      ({ role, orgCode }) =>
        roleOf(role).outcomeLetters !== "none" &&
        (orgCode === head.orgCode || orgCode === head.departmentCode),
    ),
  );
  const { bureauCode } = lineage;
  const atBureau = (isMeant: (definition: RoleDefinition) => boolean) =>
    members.filter(({ memberships }) =>
      memberships.some(({ role, orgCode }) => orgCode === bureauCode && isMeant(roleOf(role))),
    );
  const overseers = atBureau(({ outcomeLetters }) => outcomeLetters === "region");
  const turn = turnAfter(context);
  const isStillTheirTurn = turn !== undefined && head.turn?.queue === queueOf(head.region, turn);
  const actors = isStillTheirTurn ? holding(turn) : [];
  const until = turn === undefined ? "" : `截止日期：${chineseDate(turn.due)}。`;

  switch (event.type) {
    case "opened":
    case "edition_taken":
      return [];

    case "submitted":
      return [
        {
          to: actors,
          kind: "turn",
          about: "请审核",
          paragraphs: [`${act}提交了${title}。`, `请完成${stageOf(after)}。${until}`],
          part: "findings",
        },
        ...signOffKinds.flatMap((kind) =>
          isUnsigned(after, kind) && isUnsigned(head.state, kind)
            ? [
                {
                  to: members.filter((one) => rolesTowards(one, lineage).includes(signerOf[kind])),
                  kind: "turn" as const,
                  about: `请进行${signOffName[kind]}`,
                  paragraphs: [
                    `${act}提交了${title}。`,
                    `请对这一版本进行${signOffName[kind]}；报财政部门审核以前，保密审查和负责人审签都须完成。`,
                  ],
                  part: "findings",
                },
              ]
            : [],
        ),
      ];

    case "withdrawn":
      return [
        {
          to: holding(turnOf(before, { ...lineage, kind: head.kind }, context.year)),
          kind: "progress",
          about: "已撤回",
          ...(event.reason !== undefined && { detail: event.reason }),
          paragraphs: [
            `${act}撤回了${title}，修改后再提交。`,
            ...(event.reason === undefined ? [] : [`撤回原因：\n${event.reason}`]),
            "目前不需要您审核。",
          ],
          part: "history",
        },
      ];

    case "passed":
      return [
        {
          to: actors,
          kind: "turn",
          about: "请审核",
          paragraphs: [
            `${title}的${stageName[event.stage]}已经通过（${act}）。`,
            `请完成${stageOf(after)}。${until}`,
          ],
          part: "findings",
        },
        {
          to: submitters,
          kind: "progress",
          about: `${stageName[event.stage]}已通过`,
          paragraphs: [
            `您提交的${title}已通过${stageName[event.stage]}，现在转入${stageOf(after)}。`,
          ],
          part: "history",
        },
      ];

    case "returned": {
      const paragraphs = [
        `${act}在${stageName[event.stage]}中退回了${title}。`,
        `退回意见：\n${event.reason}`,
      ];
      return event.to === "preparer"
        ? [
            {
              to: isStillTheirTurn ? [...actors, ...submitters] : [],
              kind: "returned",
              about: "已退回，请修改",
              detail: event.reason,
              paragraphs: [...paragraphs, `请修改后重新提交。${until}`],
              part: "findings",
            },
          ]
        : [
            {
              to: actors,
              kind: "returned",
              about: "已退回，请重新审核",
              detail: event.reason,
              paragraphs: [...paragraphs, `请重新完成${stageName[event.to]}。${until}`],
              part: "findings",
            },
            {
              to: submitters,
              kind: "returned",
              about: `已退回${stageName[event.to]}`,
              detail: event.reason,
              paragraphs: [...paragraphs, "目前不需要您修改。"],
              part: "history",
            },
          ];
    }

    case "signed_off":
      return isReadyForBureau(head, after)
        ? [
            {
              to: actors,
              kind: "turn",
              about: "签署已齐",
              paragraphs: [
                `${title}的保密审查和负责人审签都已完成，可以作出审核决定。`,
                `请完成${stageOf(after)}。${until}`,
              ],
              part: "findings",
            },
          ]
        : [];

    case "approved":
      return [
        {
          to: [...submitters, ...insiders, ...overseers],
          kind: "outcome",
          about: "已批复",
          detail: event.documentNumber,
          paragraphs: [
            `${title}已由财政部门批复（${act}，文号：${event.documentNumber}）。`,
            `系统将自动印制并向社会公开，最迟${chineseDate(event.publishBy)}。公开后另行告知。`,
          ],
          part: "publication",
        },
      ];

    case "publication_started":
    case "publication_retried":
      return [];

    case "publication_failed":
      return isFailed(head.state)
        ? [
            {
              to: [...atBureau(({ attendsFailures }) => attendsFailures)],
              kind: "turn",
              about: failureName[event.step],
              detail: causeText(event.cause),
              paragraphs: [
                `${title}已经批复，但${failureName[event.step]}，尚未向社会公开。`,
                `原因：${causeText(event.cause)}（共尝试${String(event.attempts)}次）。`,
                `处理：${remedyText(event.cause)}。${until}`,
              ],
              part: "publication",
            },
          ]
        : [];

    case "approval_undone":
      return [
        {
          to: isStillTheirTurn ? [...actors, ...submitters] : [],
          kind: "returned",
          about: "已撤销批复，请修改",
          detail: event.reason,
          paragraphs: [
            `${act}撤销了对${title}的批复，这一版本不再公开。`,
            `撤销原因：\n${event.reason}`,
            `请修改后重新提交。${until}`,
          ],
          part: "findings",
        },
        {
          to: [...insiders, ...overseers],
          kind: "returned",
          about: "已撤销批复",
          detail: event.reason,
          paragraphs: [
            `${act}撤销了对${title}的批复，这一版本不再公开，报告已退回编制人。`,
            `撤销原因：\n${event.reason}`,
          ],
          part: "history",
        },
      ];

    case "published":
      return [
        {
          to: [...submitters, ...insiders, ...overseers],
          kind: "outcome",
          about: event.number > 1 ? "更正后已公开" : "已公开",
          paragraphs: [
            event.number > 1
              ? `${title}的更正版本已于${chineseDate(shanghaiDay(event.at))}公开，并列明了更正内容。`
              : `${title}已于${chineseDate(shanghaiDay(event.at))}向社会公开。`,
          ],
          part: "publication",
          publicPath: event.path,
        },
      ];

    case "correction_opened":
      return [
        {
          to: [...insiders, ...overseers],
          kind: "outcome",
          about: "开始更正",
          detail: event.reason,
          paragraphs: [
            `${act}对已公开的${title}开始更正。`,
            `更正原因：\n${event.reason}`,
            `更正版本审核、批复并公开以前，原版本继续公开。${until}`,
          ],
          part: "history",
        },
      ];

    case "take_down_asked": {
      const grounds = [`法律依据：\n${event.legalBasis}`, `对外说明：\n${event.summary}`];
      return [
        {
          to: isAsked(head.state, event) ? atBureau(({ attendsFailures }) => attendsFailures) : [],
          kind: "second",
          about: "请确认撤下",
          detail: event.summary,
          paragraphs: [
            `${act}申请撤下已公开的${title}。`,
            ...grounds,
            `请核对后确认撤下，或者写明理由不同意；确认以前报告继续公开。${until}`,
          ],
          part: "publication",
        },
        {
          to: [...insiders, ...overseers],
          kind: "outcome",
          about: "申请撤下",
          detail: event.summary,
          paragraphs: [`${act}申请撤下已公开的${title}，正在等财政部门的另一人确认。`, ...grounds],
          part: "publication",
        },
      ];
    }

    case "take_down_declined":
    case "take_down_withdrawn": {
      const isDeclined = event.type === "take_down_declined";
      const askers = members.filter(({ subject }) => subject === takeDownAskedOf(before)?.by);
      return [
        {
          to: [...askers, ...insiders, ...atBureau(({ attendsFailures }) => attendsFailures)],
          kind: "outcome",
          about: isDeclined ? "不同意撤下" : "撤下申请已撤回",
          ...(isDeclined && { detail: event.reason }),
          paragraphs: [
            isDeclined
              ? `${act}没有同意撤下${title}，报告继续公开。`
              : `${act}撤回了撤下${title}的申请，报告继续公开。`,
            ...(isDeclined ? [`理由：\n${event.reason}`] : []),
          ],
          part: "publication",
        },
      ];
    }

    case "taken_down":
      return [
        {
          to: [...insiders, ...overseers],
          kind: "outcome",
          about: "已撤下",
          ...(event.summary !== undefined && { detail: event.summary }),
          paragraphs: [
            event.asked === undefined
              ? `${act}撤下了已公开的${title}，公开网站上只保留撤下说明。`
              : `${act}确认撤下了已公开的${title}（由${event.asked.byName}提出），公开网站上只保留撤下说明。`,
            `法律依据：\n${event.legalBasis}`,
            ...(event.summary === undefined ? [] : [`对外说明：\n${event.summary}`]),
          ],
          part: "publication",
        },
      ];

    default:
      return assertNever(event);
  }
}

/** Whose turn it is after the event, and until when. */
function turnAfter({ head, lineage, year, after, departmentPublishBy }: EventContext) {
  const turn = turnOf(after, { ...lineage, kind: head.kind }, year);
  return turn && turnAfterApproval(turn, underReview(head, after), departmentPublishBy);
}

const underReview = ({ kind }: ReportHead, state: ReportState) => ({
  kind,
  stage: state.status === "in_review" ? state.stage : undefined,
  correcting: publicationOf(state) !== undefined,
});

/** Whether a letter on the event names a last day that the department's own approval may have set. */
export const needsDepartment = ({
  head,
  chained,
  after,
}: Pick<EventContext, "head" | "chained" | "after">): boolean =>
  waitsForDepartment(underReview(head, after)) &&
  (chained.event.type !== "signed_off" || isReadyForBureau(head, after));

/** A retry or a late success may have come before the letter. */
const isFailed = (state: ReportState): boolean =>
  state.status === "approved" && state.failure !== undefined;

/** The request may have been settled before the letter. */
const isAsked = (state: ReportState, { at }: { readonly at: string }): boolean =>
  takeDownAskedOf(state)?.at === at;

const stageOf = (state: ReportState): string =>
  state.status === "in_review" ? stageName[state.stage] : "审核";

const isUnsigned = (state: ReportState, kind: SignOffKind): boolean =>
  state.status === "in_review" && state.signOffs[kind] === undefined;

/** Both sign-offs are given and the bureau acts next: its reviewer can go on. */
function isReadyForBureau({ kind }: ReportHead, state: ReportState): boolean {
  if (state.status !== "in_review") return false;
  const next = stageAbove(kind, state.stage);
  return (
    (next === "bureau" || next === undefined) &&
    signOffKinds.every((needed) => state.signOffs[needed] !== undefined)
  );
}
