import { reasonFaultText } from "../../shared/checks/reason.ts";
import type { ErrorCode } from "../../shared/contract/errors.ts";
import type { FaultText } from "../../shared/forms/fault-text.ts";
import { assertNever, type Result } from "../../shared/result.ts";
import { roleName } from "../../shared/workflow/roles.ts";
import { signOffName, stageName, statusName } from "../../shared/workflow/names.ts";
import type { Rejection, Stage } from "../../shared/workflow/report-state.ts";
import {
  maxEntries,
  maxThreads,
  type ThreadRejection,
} from "../../shared/workflow/decide-thread.ts";
import type { AccountsRefusal } from "../use-cases/accounts-import.ts";
import type { CodeListRefusal } from "../use-cases/code-list.ts";
import { contentFaultText } from "../use-cases/content/content-fault-text.ts";
import { damageSentence, type DamageRefusal } from "../use-cases/damage.ts";
import type { TakeEditionRefusal } from "../use-cases/take-edition.ts";
import type { TogetherRefusal } from "../use-cases/approve-together.ts";
import type { ExplainRefusal } from "../use-cases/explain.ts";
import type { ImportRefusal } from "../use-cases/import-tables.ts";
import type { OpenRefusal } from "../use-cases/open-report.ts";
import type { EditionRefusal } from "../use-cases/own-editions.ts";
import type { RegistryRefusal } from "../use-cases/registry.ts";
import type { SectionRefusal } from "../use-cases/save-section.ts";
import type { UploadRefusal } from "../use-cases/uploads.ts";
import type {
  ImportRefusal as RegistryImportRefusal,
  UndoRefusal,
} from "../use-cases/registry-import.ts";
import type { AnchorRefusal } from "../use-cases/threads.ts";
import type { NewRemark } from "../use-cases/give-verdict.ts";
import { faultsIn, listed, wordedFaults, type PlacedFault } from "../use-cases/placed-fault.ts";
import type { RemarkRefusal } from "../storage/ports.ts";
import { ApiError, notFound } from "./errors.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** Whatever the use cases can refuse. */
export type Refusal =
  | Rejection
  | RemarkRefusal
  | NewRemark
  | OpenRefusal
  | SectionRefusal
  | ExplainRefusal
  | ImportRefusal
  | AccountsRefusal
  | ThreadRejection
  | AnchorRefusal
  | DamageRefusal
  | UploadRefusal
  | RegistryImportRefusal
  | UndoRefusal
  | RegistryRefusal
  | TogetherRefusal
  | CodeListRefusal
  | TakeEditionRefusal
  | EditionRefusal;

/** The value, or the refusal thrown as the API words it. */
export function orRefuse<T>(result: Result<T, Refusal>): T {
  if (result.ok) return result.value;
  throw apiErrorOf(result.error);
}

const threadStatusName = { open: "待答复", answered: "已答复", resolved: "已解决" } as const;

export function apiErrorOf(refusal: Refusal): ApiError {
  const { code } = refusal;
  switch (code) {
    case "not_found":
      return notFound();
    case "wrong_role":
    case "four_eyes":
    case "document_number_missing":
    case "stale_version":
    case "section_conflict":
      return new ApiError(code);
    case "unseen":
      return new ApiError(
        "wrong_status",
        "您还没有看过这一版本。请先打开报告查看，再列入批量批复。",
      );
    case "open_remarks":
      return new ApiError(
        "wrong_status",
        `还有 ${String(refusal.count)} 条审核意见没有了结，请打开报告逐份办理。`,
      );
    case "check_errors":
      return new ApiError(
        "wrong_status",
        `这一版本最近一次审核有 ${String(refusal.count)} 处错误，请打开报告核对后逐份办理。`,
      );
    case "approval_day":
      return new ApiError(
        code,
        refusal.fault === "to_come"
          ? "批复日期不能晚于今天，请改正。"
          : `批复日期早于报告的提交日期（${refusal.submitted}），请改正。`,
      );
    case "wrong_status":
      return new ApiError(code, stateText(refusal), {
        status: refusal.status,
        ...omitUndefined({ stage: refusal.stage }),
      });
    case "not_draft":
      return new ApiError("wrong_status", "报告已提交，不在编制中，不能修改。");
    case "stale_edition":
      return new ApiError(code, undefined, { editionHash: refusal.editionHash });
    case "blocking_findings":
      return new ApiError(
        code,
        `还有 ${String(refusal.count)} 处错误未改正或警告未说明，不能提交。`,
        { count: refusal.count },
      );
    case "publication_under_way":
      return new ApiError(
        "wrong_status",
        "报告正在写入公开网站，现在不能撤销批复。公开完成后可以更正或撤下；公开失败的，报告会显示原因，届时可以重试或撤销批复。",
      );
    case "nothing_failed":
      return new ApiError("wrong_status", "报告的排印和公开没有失败，无须重试，请刷新后查看进展。");
    case "take_down_asked":
      return new ApiError(
        "wrong_status",
        "已有人申请撤下本报告，正在等财政部门的另一人确认，不用重复申请。",
      );
    case "no_take_down_asked":
      return new ApiError("wrong_status", "没有等待确认的撤下申请，请刷新后查看。");
    case "own_take_down":
      return new ApiError(
        "four_eyes",
        "撤下须由提出人以外的人确认，请由其他财政审核人或财政管理员办理。",
      );
    case "stale_request":
      return new ApiError("stale_version", "撤下申请在您查看之后已有变化，请刷新后重新查看。");
    case "unknown_finding":
      return new ApiError("stale_version", "这条审核结果已不存在或数字已有变化，请刷新后再说明。");
    case "not_a_warning":
      return new ApiError(
        "invalid_request",
        "只有“需说明”的审核结果可以填写说明：错误须改正，提示无须说明。",
      );
    case "weak_reason":
      return new ApiError(code, reasonFaultText(refusal.fault, refusal.reason), {
        fault: refusal.fault,
      });
    case "blocking_threads":
      return new ApiError(code, `还有 ${String(refusal.count)} 条审核意见未解决，不能通过。`, {
        count: refusal.count,
      });
    case "units_outstanding":
      return new ApiError(
        code,
        `所属单位 ${refusal.orgCodes.join("、")} 的决算尚未批复，也未列为免报，不能提交。`,
        { orgCodes: refusal.orgCodes },
      );
    case "sign_offs_missing":
      return new ApiError(
        code,
        `本版本还缺${refusal.missing.map((kind) => signOffName[kind]).join("和")}，不能送财政部门审核。`,
        { missing: refusal.missing },
      );
    case "already_signed":
      return new ApiError(code, `本版本的${signOffName[refusal.kind]}已经签署过。`, {
        kind: refusal.kind,
      });
    case "already_exists":
      return new ApiError(code, "本单位本年度的决算报告已经建立。", { id: refusal.id });
    case "year_closed":
      return new ApiError(
        "wrong_status",
        "本年度已经结束，不再建立和接收报告。请联系财政管理员重新开启年度。",
      );
    case "exempt":
      return new ApiError("wrong_status", `本单位本年度免报：${refusal.reason}。`);
    case "import_under_way":
      return new ApiError(
        "wrong_status",
        `${refusal.byName}正在导入“${refusal.fileName}”，导入完成或撤回以前不能更改登记。请在导入处继续或撤回。`,
      );
    case "sheets_refused":
      return faults(
        "import_refused",
        "文件有不能导入的内容，没有导入任何内容。",
        wordedFaults(refusal.faults, (fault) => fault),
      );
    case "nothing_to_import":
      return new ApiError(
        "import_refused",
        "文件与现有登记相同，没有要导入的内容。请核对是否选对了文件。",
      );
    case "built_on":
      return new ApiError(
        "wrong_status",
        `导入之后已有办理，不能撤回：${refusal.built.slice(0, 5).join("；")}${refusal.built.length > 5 ? `等 ${String(refusal.built.length)} 处` : ""}。请逐项更正。`,
      );
    case "not_in_year":
      return new ApiError(
        "wrong_status",
        `“${refusal.name}”在 ${String(refusal.year)} 年度不编报：它还没有设立，或已经撤销。`,
      );
    case "not_in_edition":
      return new ApiError("not_found", "本报告的版式没有这张表。");
    case "malformed":
      return faults("invalid_request", "这一部分有不能保存的内容。", refusal.faults);
    case "oversized":
      return new ApiError(
        "too_large",
        `${refusal.name}的${refusal.why}，没有保存。请删减后再保存；大段材料请作为附件上传。`,
      );
    case "faulty_table":
      return faults(
        "invalid_request",
        "这张表有不能保存的内容。",
        wordedFaults(refusal.faults, placed),
      );
    case "faulty_narrative":
      return faults("invalid_request", "文字说明有不能保存的内容。", refusal.faults);
    case "import_refused":
      return faults("import_refused", undefined, refusal.faults);
    case "plan_outdated":
      return new ApiError(
        "stale_version",
        "核对之后报告换用了新的版式，各表没有变动。请重新选择账表核对。",
      );
    case "other_office":
      return new ApiError(
        "import_refused",
        `账表写的单位是“${refusal.named}”，本报告的单位是“${refusal.expected}”，没有导入。确实是本单位的账表时，请先确认再导入。`,
      );
    case "changed_since":
      return new ApiError(
        "wrong_status",
        `导入之后又改过《${refusal.names.join("》《")}》，不能整体撤回。请在表中逐项更正，或重新导入。`,
      );
    case "upload_missing":
      return new ApiError(code, `附件“${refusal.names.join("”“")}”没有上传完整，请重新上传。`, {
        names: refusal.names,
      });
    case "upload_mismatch":
      return new ApiError(
        code,
        `文件“${refusal.file.name}”传到的内容与所选的文件不一致（传输出错或上传期间文件被改动），没有保存，请重新上传。`,
      );
    case "content_refused":
      return new ApiError(code, contentFaultText(refusal.file, refusal.fault), {
        name: refusal.file.name,
        fault: refusal.fault,
      });
    case "too_many_uploads":
      return new ApiError(
        "too_many_requests",
        `本报告已有 ${String(refusal.limit)} 个文件正在上传，请等待完成后再传；中断的上传一小时后自动清除。`,
      );
    case "attachments_too_large":
      return new ApiError(
        "too_large",
        `附件合计超过 ${String(refusal.limitBytes / 1_048_576)} MB，没有保存。请压缩图片或扫描件，或移除不需要的附件。`,
      );
    case "content_damaged":
      return new ApiError(code, damageSentence(refusal.damage), { damage: refusal.damage });
    case "wrong_thread_status":
      return new ApiError(
        "wrong_status",
        `这条审核意见${threadStatusName[refusal.status]}，不能进行这项操作。`,
        { status: refusal.status },
      );
    case "new_remark":
      return new ApiError(
        "stale_version",
        "您查看之后又有新的审核意见，本次办理没有生效。请先看过新的意见，再重新办理。",
        { newRemark: true },
      );
    case "not_commentable":
      return new ApiError("wrong_status", "报告已经批复、公开或撤下，不能再提出或办理审核意见。");
    case "empty_text":
      return new ApiError("invalid_request", "内容不能为空，请写明处理情况或理由。");
    case "wrong_level": {
      const roles = refusal.by.map((role) => roleName[role]).join("、");
      return new ApiError(
        code,
        `只有提出意见的一级或上级可以解决、重新提出这条意见：${roles}。您可以答复，请他们办理。`,
        { roles: refusal.by },
      );
    }
    case "too_many_threads":
      return new ApiError(
        "wrong_status",
        `本报告的审核意见已满（最多 ${String(maxThreads)} 条，且总字数有限），请先解决已有的意见，新的问题写入退回原因。`,
      );
    case "thread_full":
      return new ApiError(
        "wrong_status",
        `这条意见的往来已满（最多 ${String(maxEntries)} 次，且总字数有限），请解决后另提一条。`,
      );
    case "unknown_anchor":
      return new ApiError("invalid_request", "所指的位置在报告中不存在。");
    case "invalid_registry":
      return new ApiError("invalid_request", refusal.message);
    case "no_new_version":
      return new ApiError(
        "stale_version",
        "本报告已用本年度版式的最新版本，不必换用。请刷新后继续编制。",
      );
    case "faulty_edition":
      return faults(
        "invalid_request",
        "草稿还有问题，不能启用或排印。",
        refusal.faults.map(({ where, message }) => ({ where, message })),
      );
    case "edition_too_large":
      return new ApiError(
        "too_large",
        `版式草稿超过 ${String(refusal.megabytes)} MB，没有保存。请检查编码表和文字是否重复粘贴。`,
      );
    case "own_membership":
      return new ApiError(code, `不能更改自己的姓名和岗位，${colleaguesText(refusal.others)}`);
    case "own_grant":
      return new ApiError(
        "four_eyes",
        `授权须由提出人和被授权人以外的财政管理员确认，${colleaguesText(refusal.others)}`,
      );
    case "second_administrator_needed":
      return new ApiError(
        code,
        `同一人在同一条线上担任两个级次（${refusal.levels}），须由另一名财政管理员确认，` +
          "而本地区没有可以确认的第二名财政管理员。请先任命一名不担任其他岗位的财政管理员。",
      );
    case "grant_outdated":
      return new ApiError("wrong_status", refusal.message);
    default:
      return assertNever(code);
  }
}

function stateText({ status, stage }: { status: keyof typeof statusName; stage?: Stage }): string {
  const where = stage === undefined ? statusName[status] : stageName[stage];
  return `报告现为“${where}”，不能进行这项操作，请刷新后查看。`;
}

const colleaguesText = (names: readonly string[]): string =>
  names.length === 0
    ? "而本地区没有其他财政管理员；请先任命第二名财政管理员，再由其办理。"
    : `请由其他财政管理员（${names.join("、")}）办理。`;

const placed = (text: FaultText) => ({
  where: text.where,
  message: `${text.what}。${text.why}。${text.mend}。`,
});

const faults = (code: ErrorCode, message: string | undefined, list: readonly PlacedFault[]) =>
  new ApiError(code, message, { faults: listed(list), count: faultsIn(list) });
