import { assertNever } from "../result.ts";

/**
 * Why an approved report has not become public although everything was tried: typed, so that screens,
 * mails and the history word it alike, and so that a program can tell what would help.
 */
export type FailureCause =
  /** A part of the submission (a table, the narrative …) is gone from the vault, or does not have its hash. */
  | { readonly code: "content_missing"; readonly name?: string }
  | { readonly code: "content_changed"; readonly name?: string }
  | { readonly code: "attachment_missing"; readonly name: string }
  | { readonly code: "attachment_changed"; readonly name: string }
  /** Pages (from 1) with a character that no font has. */
  | { readonly code: "glyph_missing"; readonly pages: readonly number[] }
  /** Pages (from 1) that are larger than the sheet they are to be printed on. */
  | { readonly code: "page_oversize"; readonly pages: readonly number[] }
  | { readonly code: "too_many_pages"; readonly pages: number; readonly limit: number }
  | { readonly code: "document_too_large"; readonly megabytes: number; readonly limit: number }
  | { readonly code: "print_timed_out"; readonly seconds: number }
  | { readonly code: "printer_unavailable" }
  /** The report counts as printed, but its PDF is not in the vault. */
  | { readonly code: "print_missing" }
  | { readonly code: "portal_unwritable" }
  /** Other acts on the report came between every time the publication was to be recorded. */
  | { readonly code: "report_moved" }
  /** The program was ended again and again before it could say anything: out of memory, hung, killed. */
  | { readonly code: "interrupted" }
  /** Anything else; the reference finds it in the log. */
  | { readonly code: "other"; readonly reference: string };

/** Of many pages at fault the first so many are named. */
export const maxPagesNamed = 20;

/** 排印 makes the PDF, 公开 writes the portal. */
export type FailureStep = "print" | "publish";

/** What a report in state `approved` shows once printing or publishing was given up. */
export interface Failure {
  readonly step: FailureStep;
  readonly cause: FailureCause;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** How often it was tried, this time included. */
  readonly attempts: number;
}

/**
 * One run of the publish function may write to the portal for this long after it has announced itself
 * and no longer: twice what AWS lets the function live, so that only a hung run is ever stopped by it.
 */
export const publicationRunMs = 4 * 60_000;

/**
 * Once this long has passed since a run announced itself, it writes no more: its time (`publicationRunMs`)
 * and a minute for a write under way and for clocks that differ.
 */
export const publicationSettledMs = publicationRunMs + 60_000;

/** Whether a run that announced itself may still be writing. */
export const mayStillWrite = (started: { readonly at: string }, now: string): boolean =>
  Date.parse(now) < Date.parse(started.at) + publicationSettledMs;

/** An outage of ten minutes, of browser, disk or network, shall pass by itself; with some to spare. */
export const outageMs = 12 * 60_000;

/** content: the report itself must change · files: somebody puts a file back · service: it may pass by itself. */
type Remedy = "content" | "files" | "service";

export function remedyOf({ code }: FailureCause): Remedy {
  switch (code) {
    case "glyph_missing":
    case "page_oversize":
    case "too_many_pages":
    case "document_too_large":
      return "content";
    case "content_missing":
    case "content_changed":
    case "attachment_missing":
    case "attachment_changed":
    case "print_missing":
      return "files";
    case "print_timed_out":
    case "printer_unavailable":
    case "portal_unwritable":
    case "report_moved":
    case "interrupted":
    case "other":
      return "service";
    default:
      return assertNever(code);
  }
}

/** Whether trying again at once ends the same way, so that it is not even tried. */
export const isLasting = (cause: FailureCause): boolean => remedyOf(cause) !== "service";

/** What happened, in one sentence without a full stop. */
export function causeText(cause: FailureCause): string {
  switch (cause.code) {
    case "content_missing":
      return `缺少内容文件：文件库中找不到${cause.name ?? "本版本的内容"}`;
    case "content_changed":
      return `内容文件已损坏：${cause.name ?? "本版本的内容"}与批复版本的校验码不一致`;
    case "attachment_missing":
      return `附件缺失：文件库中找不到附件“${cause.name}”`;
    case "attachment_changed":
      return `附件已损坏：附件“${cause.name}”与批复版本的校验码不一致`;
    case "glyph_missing":
      return `第 ${cause.pages.join("、")} 页有字库没有的字`;
    case "page_oversize":
      return `第 ${cause.pages.join("、")} 页的内容超出纸张`;
    case "too_many_pages":
      return `页数过多：共 ${String(cause.pages)} 页，最多 ${String(cause.limit)} 页`;
    case "document_too_large":
      return `文件过大：${String(cause.megabytes)} MB，最大 ${String(cause.limit)} MB`;
    case "print_timed_out":
      return `排印超时：${String(cause.seconds)} 秒内没有完成`;
    case "printer_unavailable":
      return "排印程序无法启动";
    case "print_missing":
      return "缺少排印结果：文件库中找不到已排印的 PDF";
    case "portal_unwritable":
      return "公开网站无法写入";
    case "report_moved":
      return "公开期间报告一再被其他操作更新，未能登记公开";
    case "interrupted":
      return "程序多次中断（超时、内存不足或被终止），没有完成";
    case "other":
      return `其他原因（编号 ${cause.reference}）`;
    default:
      return assertNever(cause);
  }
}

/** What the bureau can do about it, in one sentence without a full stop. */
export function remedyText(cause: FailureCause): string {
  const remedy = remedyOf(cause);
  switch (remedy) {
    case "content":
      return "须由财政审核人撤销批复，退回编制人修改后重新提交";
    case "files":
      return cause.code === "print_missing"
        ? "请重试，系统将重新排印"
        : "请系统管理员从备份恢复文件后重试；不能恢复的，由财政审核人撤销批复，退回编制人重新上传或修改";
    case "service":
      return "请稍后重试；一再失败的，请联系系统管理员";
    default:
      return assertNever(remedy);
  }
}
