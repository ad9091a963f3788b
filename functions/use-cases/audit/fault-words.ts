import type { Edition } from "../../../shared/forms/form.ts";
import { cellName } from "../../../shared/forms/place-name.ts";
import { sectionName } from "../../../shared/report/member-name.ts";
import { assertNever } from "../../../shared/result.ts";
import { statusName } from "../../../shared/workflow/names.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";
import type { ThreadAnchor } from "../../../shared/workflow/thread.ts";
import { damageText, type Damage } from "../damage.ts";
import type { AnchorFault, AuditFault, AuditGap } from "./fault.ts";

/** Where something is wrong, and what: one line each, for the staff app, the API and the terminal. */
export interface FaultText {
  readonly place: string;
  readonly message: string;
}

/** The words of a fault; its places are named by the titles of the report's own edition. */
export function faultText(fault: AuditFault, edition: Edition | undefined): FaultText {
  switch (fault.kind) {
    case "head_unreadable":
      return {
        place: "报告的当前状态",
        message: `存储的内容读不出来${members(fault.members)}，报告不能办理，请从备份恢复。`,
      };
    case "report_missing":
      return { place: "整份报告", message: "报告不存在了，而它曾经登记过，请从备份恢复。" };
    case "event_missing": {
      const { seq, to } = fault;
      return seq === to
        ? { place: eventPlace(seq), message: "记录缺失，被删除了。" }
        : {
            place: `第 ${String(seq)} 至第 ${String(to)} 条办理记录`,
            message: `共 ${String(to - seq + 1)} 条记录缺失，被删除了。`,
          };
    }
    case "event_unreadable":
      return at(fault.seq, `存储的内容读不出来${members(fault.members)}。`);
    case "event_wrong_report":
      return at(fault.seq, `这是另一份报告（${plain(fault.reportId)}）的记录，被移到了这里。`);
    case "event_reordered":
      return at(fault.seq, `这里存的是第 ${String(fault.found)} 条记录，顺序被调换了。`);
    case "event_changed":
      return at(fault.seq, "内容与它的校验码不符，被改动了。");
    case "event_unlinked":
      return at(fault.seq, `与第 ${String(fault.seq - 1)} 条记录不衔接，这两条中有一条被替换了。`);
    case "event_extra":
      return at(fault.seq, "报告没有办理到这一步，这条记录是多出来的。");
    case "event_impossible":
      return at(
        fault.seq,
        `“${eventName[fault.type]}”不可能发生在它前面的记录之后，记录被替换或插入过。`,
      );
    case "tip_differs":
      return at(fault.seq, "与报告所记的最后一条记录的校验码不符，两者之一被改动了。");
    case "chain_rolled_back": {
      const { seq, known } = fault;
      return {
        place: "全部办理记录",
        message: `报告被退回到第 ${String(seq)} 条记录时的样子，而它曾经办理到第 ${String(known)} 条。`,
      };
    }
    case "chain_rewritten":
      return {
        place: `第 ${String(fault.after + 1)} 至第 ${String(fault.seq)} 条办理记录`,
        message: "与当时留下的校验点不符，这些记录连同校验码被整体改写了。",
      };
    case "anchor_unreadable":
      return {
        place: `第 ${String(fault.seq)} 条办理记录的校验点`,
        message: "校验点文件被改动或损坏，读不出来。",
      };
    case "anchor_missing":
      return {
        place: `第 ${String(fault.seq)} 条办理记录的校验点`,
        message: "校验点文件缺失，被删除了。",
      };
    case "state_differs":
      return {
        place: `报告的当前状态：${fault.path.map(memberText).join("·")}`,
        message: `与办理记录不符：按记录应为${valueText(fault, fault.expected)}，现存${valueText(fault, fault.actual)}。`,
      };
    case "head_differs":
      return {
        place: `报告的${headMember[fault.member]}`,
        message: `应为“${plain(fault.expected)}”，现存“${plain(fault.actual)}”，被改动了。`,
      };
    case "section_pointer_changed":
      return {
        place: sectionName(fault.section, edition),
        message: "指向的内容不是提交的版本中的内容，被替换了。",
      };
    case "content_damaged":
      return {
        place: `${damagePlace(fault.damage)}${submissionText(fault.editionHash)}`,
        message: `${damageText(fault.damage)}。`,
      };
    case "thread_unreadable":
      return {
        place: `审核意见 ${plain(fault.id)}`,
        message: `存储的内容读不出来${members(fault.members)}。`,
      };
    case "thread_inconsistent":
      return {
        place: threadPlace(fault.anchor, edition),
        message: "意见的状态与其中各条不符，被改动了。",
      };
    case "threads_changed": {
      const places = fault.anchors.map((anchor) => threadPlace(anchor, edition));
      return {
        place: places.length === 0 ? "审核意见" : places.join("、"),
        message: `与${verdictText(fault)}时所见的不符，意见被改写、删除或补写过。`,
      };
    }
    case "receipt_missing":
      return published(fault.path, `${publicationNumber(fault.number)}的公开登记缺失，被删除了。`);
    case "receipt_changed":
      return published(fault.path, `${publicationNumber(fault.number)}的公开登记被改动了。`);
    case "receipt_extra":
      return published(fault.path, "没有这次公开，这份登记是多出来的。");
    case "pdf_missing":
      return {
        place: `${publicationNumber(fault.number)}的全文 PDF（存档）`,
        message: "文件缺失。",
      };
    case "pdf_changed":
      return {
        place: `${publicationNumber(fault.number)}的全文 PDF（存档）`,
        message: "与公开时的文件不符，被改动或损坏了。",
      };
    case "published_file_missing":
      return published(fault.path, "公开的文件缺失，网站上已经打不开。");
    case "published_file_changed":
      return published(fault.path, "与公开时登记的内容不符，被改动或损坏了。");
    case "published_file_extra":
      return published(fault.path, "公开登记中没有这个文件，它是多出来的。");
    case "tombstone_changed":
      return published(fault.path, "撤下公告与办理记录不符，被改动了。");
    default:
      return assertNever(fault);
  }
}

/** The words of a fault between a region's registry (单位、人员和年度) and its anchors. */
export function registryAnchorText(fault: AnchorFault): FaultText {
  switch (fault.kind) {
    case "chain_rolled_back":
      return {
        place: "全部变更记录",
        message: `登记总账被退回到第 ${String(fault.seq)} 条变更时的样子，而它曾经到第 ${String(fault.known)} 条。`,
      };
    case "chain_rewritten":
      return {
        place: `变更记录第 ${String(fault.after + 1)} 至第 ${String(fault.seq)} 条`,
        message: "与当时留下的校验点不符，这些记录连同校验码被整体改写了。",
      };
    case "anchor_unreadable":
    case "anchor_missing":
      return {
        place: `变更记录第 ${String(fault.seq)} 条的校验点`,
        message:
          fault.kind === "anchor_missing"
            ? "校验点文件缺失，被删除了。"
            : "校验点文件被改动或损坏，读不出来。",
      };
    default:
      return assertNever(fault);
  }
}

/** The words of what could not be verified, and why that is no damage. */
export function gapText(gap: AuditGap): FaultText {
  switch (gap.kind) {
    case "threads_unnamed":
      return at(gap.seq, "有审核意见读不出来，无法核对这一步所见的意见。");
    case "receipt_unchained":
      return {
        place: `${publicationNumber(gap.number)}的公开登记`,
        message: "公开时的程序版本没有把登记的校验码写入办理记录，只能核对文件与登记是否一致。",
      };
    case "no_anchor":
      return {
        place: "全部办理记录",
        message: "报告还没有校验点（由较早的程序版本办理），无法发现整体改写。",
      };
    default:
      return assertNever(gap);
  }
}

const at = (seq: number, message: string): FaultText => ({ place: eventPlace(seq), message });
const eventPlace = (seq: number): string => `第 ${String(seq)} 条办理记录`;
const published = (path: string, message: string): FaultText => ({
  place: `公开文件 ${plain(path)}`,
  message,
});
const publicationNumber = (number: number): string => `第 ${String(number)} 次公开`;
const submissionText = (editionHash: string | undefined): string =>
  editionHash === undefined ? "" : `（版本 ${editionHash.slice(0, 8)}）`;
const members = (names: string): string => (names === "" ? "" : `（${plain(names)}）`);

/** What was stored may hold anything, and is shown on a terminal, too: control characters stay out. */
const plain = (text: string): string =>
  text.replaceAll(/[\p{Cc}\p{Cf}\p{Co}\p{Cs}]/gu, "�").slice(0, 120);

const damagePlace = ({ kind, name }: Damage): string =>
  kind === "attachment" ? `附件“${plain(name)}”` : plain(name);

function threadPlace(anchor: ThreadAnchor, edition: Edition | undefined): string {
  switch (anchor.kind) {
    case "cell":
      return `“${edition === undefined ? anchor.cell : cellName(anchor.cell, edition)}”的审核意见`;
    case "row":
    case "section":
      return `“${sectionName(anchor.section, edition)}”的审核意见`;
    case "sentence":
      return "“决算情况说明”中一句话的审核意见";
    case "attachment":
      return "附件的审核意见";
    default:
      return assertNever(anchor);
  }
}

const verdictText = ({
  seq,
  type,
}: {
  readonly seq: number;
  readonly type: ReportEvent["type"];
}): string => `第 ${String(seq)} 条记录“${eventName[type]}”`;

const eventName = {
  opened: "开始编制",
  submitted: "提交",
  withdrawn: "撤回",
  edition_taken: "换用新版式",
  passed: "审核通过",
  returned: "退回",
  signed_off: "签署",
  approved: "批复",
  publication_started: "开始写入公开网站",
  publication_failed: "排印或公开失败",
  publication_retried: "重试排印和公开",
  approval_undone: "撤销批复",
  published: "公开",
  correction_opened: "开始更正",
  take_down_asked: "申请撤下",
  take_down_declined: "不同意撤下",
  take_down_withdrawn: "撤回撤下申请",
  taken_down: "撤下",
} as const satisfies Record<ReportEvent["type"], string>;

const headMember = {
  region: "行政区划",
  year: "年度",
  orgCode: "机构代码",
  orgName: "机构名称",
  kind: "机构类别",
  edition: "报表版式",
} as const;

/** Members of the state as people know them; one that is not listed keeps the name it is stored under. */
const memberNames: Readonly<Record<string, string>> = {
  status: "状态",
  stage: "审核级次",
  submission: "提交",
  verdicts: "审核通过",
  signOffs: "签署",
  secrecy: "保密审查",
  principal: "负责人审签",
  acts: "办理人员",
  approval: "批复",
  publication: "公开",
  returned: "退回",
  lastReview: "上次审核",
  correcting: "更正",
  takeDownAsked: "撤下申请",
  tombstone: "撤下",
  by: "人员代码",
  byName: "姓名",
  byRole: "岗位",
  at: "时间",
  level: "环节",
  editionHash: "版本",
  threadsHash: "审核意见校验码",
  documentNumber: "批复文号",
  publishBy: "公开期限",
  number: "公开次数",
  path: "公开地址",
  reason: "原因",
  legalBasis: "法律依据",
  summary: "对外说明",
  asked: "提出人",
  started: "开始公开",
  run: "运行编号",
  failure: "失败",
  step: "步骤",
  cause: "失败原因",
  attempts: "尝试次数",
  retriedAt: "重试时间",
};

const memberText = (name: string): string =>
  /^\d+$/.test(name) ? `第 ${String(Number(name) + 1)} 项` : (memberNames[name] ?? plain(name));

function valueText({ path }: { readonly path: readonly string[] }, value: string | undefined) {
  if (value === undefined) return "没有这一项";
  const isStatus = path.length === 1 && path[0] === "status";
  const name = isStatus ? (statusName as Readonly<Record<string, string>>)[value] : undefined;
  return `“${name ?? plain(value)}”`;
}
