import { chineseDate, yearTitle } from "../../shared/document/titles.ts";
import { assertNever } from "../../shared/result.ts";
import { roleName } from "../../shared/workflow/roles.ts";
import { failureName } from "../../shared/workflow/names.ts";
import type { DueReport, ReminderLine } from "../../shared/workflow/reminders.ts";
import type { NoticedLetter } from "./notify-people.ts";

/** One mail that names everything that is due for a person; `by`: who sends it by hand (催办). */
export function reminderLetter(
  name: string,
  lines: readonly ReminderLine[],
  { staffUrl, by }: { readonly staffUrl?: string; readonly by?: string },
): Pick<NoticedLetter, "subject" | "text" | "notice"> {
  const overdue = lines.filter(({ daysLeft }) => daysLeft < 0).length;
  const about = by === undefined ? "期限提醒" : "催办";
  const title =
    `${String(lines.length)}项` + (overdue === 0 ? "" : `，其中${String(overdue)}项已逾期`);
  const own = lines.filter(({ why }) => why === "act");
  const supervised = lines.filter(({ why }) => why === "supervise");
  return {
    subject: `【决算】${about}：${title}`,
    notice: {
      ...{ kind: "deadline", about, title, path: "/", byName: by },
      detail: lines.map(lineText).join("\n"),
    },
    text: [
      `${name}，您好：`,
      ...(own.length === 0
        ? []
        : [
            by === undefined ? "以下报告等待您办理：" : `${by}提醒您办理以下报告：`,
            own.map(lineText).join("\n"),
          ]),
      ...(supervised.length === 0
        ? []
        : ["以下报告已经逾期，由他人办理，请督促：", supervised.map(lineText).join("\n")]),
      ...(staffUrl === undefined ? [] : [`办理：${staffUrl}/`]),
      "本邮件由决算系统自动发出，请勿回复。",
      "",
    ].join("\n\n"),
  };
}

const lineText = ({ report, daysLeft }: ReminderLine): string =>
  `- ${titleOf(report)}：${stateText(report)}，${termOf(report, daysLeft)}`;

const titleOf = (report: DueReport): string => report.orgName + yearTitle(report);

function stateText({ status, turn, failed, takeDownAsked }: DueReport): string {
  if (takeDownAsked === true) return "有撤下申请等待确认";
  switch (status) {
    case "absent":
      return "尚未开始编制";
    case "draft":
      return "尚未提交";
    case "in_review":
      return `等待${roleName[turn.role]}审核`;
    case "approved":
      return failed === undefined ? "已批复，尚未公开" : `${failureName[failed]}，须重试或撤销批复`;
    case "published":
      return "已公开";
    default:
      return assertNever(status);
  }
}

function termOf({ turn }: DueReport, daysLeft: number): string {
  const last = `截止日期${chineseDate(turn.due)}`;
  if (daysLeft < 0) return `已逾期${String(-daysLeft)}天（${last}）`;
  return daysLeft === 0 ? `今天截止（${last}）` : `还有${String(daysLeft)}天（${last}）`;
}
