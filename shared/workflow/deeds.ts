import { causeText } from "./failure.ts";
import { failureName, signOffName, stageName } from "./names.ts";
import type { ReportEvent } from "./report-state.ts";

/** What was done to a report (办理), for histories, lists and letters. */

export const deedName = {
  opened: "开始编制",
  submitted: "提交",
  withdrawn: "撤回",
  edition_taken: "换用新版式",
  passed: "审核通过",
  returned: "退回",
  signed_off: "签署",
  approved: "批复",
  publication_started: "开始公开",
  publication_failed: "公开失败",
  publication_retried: "重试公开",
  approval_undone: "撤销批复",
  published: "公开",
  correction_opened: "开始更正",
  take_down_asked: "申请撤下",
  take_down_declined: "不同意撤下",
  take_down_withdrawn: "撤回撤下申请",
  taken_down: "撤下",
} as const satisfies Record<ReportEvent["type"], string>;

/** An event of a report in words; `nameOf` gives a node's name by its code. */
export function deedText(event: ReportEvent, nameOf: (code: string) => string): string {
  switch (event.type) {
    case "opened":
      return "开始编制";
    case "submitted":
      return [
        `提交了版本 ${event.editionHash.slice(0, 8)}`,
        ...(event.movedFrom === undefined || event.departmentCode === undefined
          ? []
          : [
              `本单位已由“${nameOf(event.movedFrom)}”划转到“${nameOf(event.departmentCode)}”，由后者审核`,
            ]),
        ...(event.voided ?? []).map(
          (kind) => `${signOffName[kind]}的签署人此后修改过内容，须由他人重新签署`,
        ),
      ].join("，");
    case "withdrawn":
      return event.reason === undefined ? "撤回" : `撤回：${event.reason}`;
    case "edition_taken":
      return "换用报表版式的新版本";
    case "passed":
      return `${stageName[event.stage]}通过`;
    case "returned":
      return `${stageName[event.stage]}退回：${event.reason}`;
    case "signed_off":
      return `完成${signOffName[event.kind]}`;
    case "approved":
      return [
        `批复，文号 ${event.documentNumber}`,
        ...(event.approvedOn === undefined ? [] : [`批复日期 ${event.approvedOn}`]),
        `须于 ${event.publishBy} 前公开`,
      ].join("，");
    case "publication_started":
      return "开始写入公开网站";
    case "publication_failed":
      return `${failureName[event.step]}（共尝试 ${String(event.attempts)} 次）：${causeText(event.cause)}`;
    case "publication_retried":
      return "重试排印和公开";
    case "approval_undone":
      return `撤销批复：${event.reason}`;
    case "published":
      return `公开（第 ${String(event.number)} 版），地址 ${event.path}`;
    case "correction_opened":
      return `开始更正：${event.reason}`;
    case "take_down_asked":
      return `申请撤下，依据：${event.legalBasis}；对外说明：${event.summary}`;
    case "take_down_declined":
      return `不同意撤下：${event.reason}`;
    case "take_down_withdrawn":
      return "撤回撤下申请";
    case "taken_down":
      return [
        `撤下，依据：${event.legalBasis}`,
        ...(event.summary === undefined ? [] : [`对外说明：${event.summary}`]),
        ...(event.asked === undefined ? [] : [`由${event.asked.byName}提出`]),
      ].join("；");
  }
}
