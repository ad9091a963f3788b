import { assertNever } from "../result.ts";
import { roleName } from "../workflow/roles.ts";
import { exemptionsOf } from "./org-in-year.ts";
import type { Invitation } from "./invitation.ts";
import type {
  FiscalYear,
  ImportedChange,
  Member,
  Membership,
  OrgActType,
  OrgChange,
  OrgNode,
  OwnEdition,
  RegistryEvent,
  ReminderRule,
} from "./registry.ts";

/** What verification of a registry can find. */
export type RegistryFault =
  | {
      readonly at: "head";
      readonly fault: "missing" | "corrupt" | "other_tip" | "other_events" | "other_state";
    }
  | {
      readonly at: "event";
      readonly seq: number;
      readonly fault:
        | "corrupt"
        | "wrong_subject"
        | "wrong_number"
        | "wrong_previous"
        | "wrong_hash"
        | "wrong_before";
    }
  | {
      readonly at: "record";
      /** Name of the record as `recordName` gives it: `member#xuning`. */
      readonly name: string;
      readonly fault: "changed" | "missing" | "extra" | "corrupt";
    };

const headFaults = {
  missing: "登记总账缺失",
  corrupt: "登记总账的内容已损坏，无法读取",
  other_tip: "登记总账所记的最后一条与变更记录不一致：有记录被删去、增加或整体退回",
  other_events: "登记总账里的变更记录与已存的变更记录不一致",
  other_state: "登记总账里的管理员或待确认授权与变更记录不一致",
} as const;
const eventFaults = {
  corrupt: "内容已损坏，无法读取",
  wrong_subject: "不是本地区的记录",
  wrong_number: "序号不连续：此前有记录被删去、增加或调换",
  wrong_previous: "与前一条的校验码不相接：前一条被改动或替换",
  wrong_hash: "内容与校验码不符：这一条被改动",
  wrong_before: "所记的变更前内容与此前的记录不一致",
} as const;
const recordFaults = {
  changed: "存储的内容与变更记录不一致：未经登记被改动",
  missing: "变更记录中有，存储中没有：已被删去",
  extra: "变更记录中没有，存储中却有：未经登记增加",
  corrupt: "存储的内容已损坏，无法读取",
} as const;
const kindNames = {
  org: "机构",
  year: "年度",
  member: "人员",
  edition: "版式",
  invitation: "邀请",
} as const;

/** A fault in words: where, and what. */
export function registryFaultText(fault: RegistryFault): {
  readonly where: string;
  readonly what: string;
} {
  switch (fault.at) {
    case "head":
      return { where: "登记总账", what: headFaults[fault.fault] };
    case "event":
      return { where: `变更记录第 ${String(fault.seq)} 条`, what: eventFaults[fault.fault] };
    case "record": {
      const [kind = "", key = ""] = fault.name.split(/#(.*)/su);
      const name = kind in kindNames ? kindNames[kind as keyof typeof kindNames] : kind;
      return { where: `${name} ${key}`, what: recordFaults[fault.fault] };
    }
    default:
      return assertNever(fault);
  }
}

/** What offices and editions (报表版式) are called, by their codes; a code itself where no name is known. */
export interface RegistryNames {
  readonly org: (code: string) => string;
  readonly edition: (id: string) => string;
}

/** What kind of change an event is, for lists and filters. */
export const registryDeedName = {
  registry_adopted: "原有登记纳入记录",
  registry_entered: "初始登记",
  org_changed: "机构变更",
  orgs_changed: "机构变动",
  import_applied: "导入",
  roles_handed_over: "移交岗位",
  year_changed: "年度变更",
  edition_changed: "版式变更",
  member_changed: "人员变更",
  grant_asked: "提出授权",
  grant_confirmed: "确认授权",
  reminded: "催办",
  grant_declined: "不同意授权",
  grant_withdrawn: "撤回授权",
  person_invited: "邀请人员",
  invitation_renewed: "重发验证码",
  invitation_confirmed: "确认邀请",
  invitation_withdrawn: "撤回邀请",
  invitation_accepted: "接受邀请",
  password_reset: "重置口令",
} as const satisfies Record<RegistryEvent["type"], string>;

export interface RegistryChangeText {
  /** What was done: 修改人员 冯远 */
  readonly deed: string;
  /** One line a member that changed: 岗位：财政审核人（某市财政局） → 无 */
  readonly changes: readonly string[];
}

/** A change of the registry as people read it. */
export function registryChangeText(event: RegistryEvent, names: RegistryNames): RegistryChangeText {
  switch (event.type) {
    case "registry_adopted":
      return { deed: `将原有登记纳入变更记录：${countsText(event.records)}`, changes: [] };
    case "registry_entered":
      return { deed: `初始登记：${countsText(event.records)}`, changes: [] };
    case "org_changed": {
      const { before, after } = event;
      const deed = `${before === undefined ? "增加" : "修改"}机构 ${after.name}（${after.code}）`;
      return {
        deed,
        changes: lines(before && orgFields(before, names), orgFields(after, names)),
      };
    }
    case "orgs_changed": {
      const { act, changes } = event;
      const named = changes.map(({ after }) => `${after.name}（${after.code}）`).join("、");
      return {
        deed: `${orgActName[act.type]} ${named}，自 ${String(act.year)} 年度起`,
        changes: [
          `原因：${act.reason}`,
          ...changes.flatMap((change) => orgChangeLines(change, names, changes.length > 1)),
        ],
      };
    }
    case "roles_handed_over": {
      const { from, to, orgCode, roles, reason } = event;
      const held = rolesText(
        roles.map((role) => ({ role, orgCode })),
        names.org,
      );
      return {
        deed: `移交岗位 ${held}：${personText(from)}交给${personText(to)}`,
        changes: [`原因：${reason}`],
      };
    }
    case "import_applied": {
      const { fileName, part, parts, undoes, changes } = event;
      const of = parts === 1 ? "" : `，第 ${String(part)} 批，共 ${String(parts)} 批`;
      return {
        deed: `${undoes === undefined ? "导入" : "撤回导入"} ${fileName}${of}：${countsText(changes)}`,
        changes: changes.flatMap((change) => importedLines(change, names)),
      };
    }
    case "year_changed": {
      const { before, after, reason } = event;
      return {
        deed: `${yearAct(before, after)} ${String(after.year)} 年度`,
        changes: [
          ...lines(before && yearFields(before, names), yearFields(after, names)),
          ...(reason === undefined ? [] : [`原因：${reason}`]),
        ],
      };
    }
    case "member_changed":
      return {
        deed: `${event.before === undefined ? "增加" : "修改"}人员 ${personText(event)}`,
        changes: memberLines(event, names),
      };
    case "edition_changed": {
      const { before, after } = event;
      return {
        deed: editionDeed(before, after),
        changes: lines(before && editionFields(before, names), editionFields(after, names)),
      };
    }
    case "grant_asked":
      return {
        deed: `提出授权，等待第二名财政管理员确认：${personText(event)}`,
        changes: memberLines(event, names),
      };
    case "grant_confirmed":
      return {
        deed: `确认了${event.askedByName}提出的授权：${personText(event)}`,
        changes: memberLines(event, names),
      };
    case "reminded":
      return {
        deed: `催办 ${String(event.year)} 年度决算 ${String(event.nodes.length)} 个单位`,
        changes: event.nodes.map(({ orgCode, to }) => `${names.org(orgCode)}：${to.join("、")}`),
      };
    case "grant_declined":
      return { deed: `不同意对${event.name}的授权`, changes: [] };
    case "grant_withdrawn":
      return { deed: `撤回了对${event.name}的授权`, changes: [] };
    case "person_invited":
      return {
        deed:
          event.after.status === "unconfirmed"
            ? `邀请${invitedText(event.after)}，等待第二名财政管理员确认`
            : `邀请${invitedText(event.after)}`,
        changes: [`岗位：${rolesText(event.after.memberships, names.org)}`],
      };
    case "invitation_renewed":
      return {
        deed: `向${invitedText(event.after)}重发验证码`,
        changes: [
          `有效期至：${event.before.expiresAt.slice(0, 10)} → ${event.after.expiresAt.slice(0, 10)}`,
        ],
      };
    case "invitation_confirmed":
      return {
        deed: `确认了对${invitedText(event.after)}的邀请`,
        changes: [`岗位：${rolesText(event.after.memberships, names.org)}`],
      };
    case "invitation_withdrawn":
      return { deed: `撤回了对${invitedText(event.after)}的邀请`, changes: [] };
    case "invitation_accepted":
      return {
        deed: `接受邀请，登记为人员 ${personText({ after: event.member })}`,
        changes: memberLines({ after: event.member }, names),
      };
    case "password_reset":
      return { deed: `重置了${event.name}（${event.subject}）的口令`, changes: [] };
    default:
      return assertNever(event);
  }
}

/** 财政审核人（某市财政局）、审计监督（某市财政局） */
export const rolesText = (
  memberships: readonly Membership[],
  nameOfOrg: (code: string) => string,
): string =>
  memberships.length === 0
    ? none
    : memberships
        .map(({ role, orgCode }) => `${roleName[role]}（${nameOfOrg(orgCode)}）`)
        .join("、");

const none = "无";

interface MemberChange {
  readonly before?: Member;
  readonly after: Member;
}

const invitedText = ({ name, mobile, email }: Invitation): string =>
  `${name}（${[mobile, email].filter((one) => one !== undefined).join("，")}）`;

const personText = ({ after }: MemberChange): string => `${after.name}（${after.subject}）`;

const memberLines = ({ before, after }: MemberChange, names: RegistryNames) => {
  const fields = ({ name, email, memberships }: Member) => ({
    姓名: name,
    岗位: rolesText(memberships, names.org),
    邮箱: email ?? none,
  });
  return lines(before && fields(before), fields(after));
};

export const orgActName = {
  add: "增加机构",
  rename: "更名",
  move: "划转",
  split: "分立",
  merge: "合并",
  dissolve: "撤销",
  restore: "恢复",
  exempt: "免报",
  require: "取消免报",
} as const satisfies Record<OrgActType, string>;

/** What differs of a node, a line a member; with its name where an act changed several. */
export function orgChangeLines(
  { before, after }: OrgChange,
  names: RegistryNames,
  isNamed: boolean,
): string[] {
  const found = lines(before && orgFields(before, names), orgFields(after, names));
  return isNamed ? found.map((line) => `${after.name}：${line}`) : found;
}

function importedLines(change: ImportedChange, names: RegistryNames): string[] {
  const { after } = change;
  if (change.kind === "org") return orgChangeLines(change, names, true);
  return memberLines(change, names).map((line) => `${after.name}：${line}`);
}

const orgFields = (org: OrgNode, names: RegistryNames): Fields => ({
  名称: org.name,
  上级: org.parent === undefined ? none : names.org(org.parent),
  免报:
    exemptionsOf(org)
      .map(({ year, reason }) => `${String(year)} 年度，${reason}`)
      .join("；") || none,
  撤销: org.dissolved === undefined ? none : dissolutionText(org.dissolved, names),
  来源:
    (org.predecessors ?? [])
      .map(
        ({ from, by, codes }) =>
          `${String(from)} 年度由${codes.map(names.org).join("、")}${by === "merge" ? "并入" : "分立"}`,
      )
      .join("；") || none,
});

const dissolutionText = (
  { from, successors = [] }: NonNullable<OrgNode["dissolved"]>,
  names: RegistryNames,
): string =>
  `${String(from)} 年度起${successors.length === 0 ? "" : `，业务由${successors.map(names.org).join("、")}承接`}`;

function yearAct(before: FiscalYear | undefined, after: FiscalYear): string {
  if (before === undefined) return "开启";
  if (before.status === after.status) return "修改";
  return after.status === "closed" ? "结束" : "重新开启";
}

const yearFields = (
  { edition, status, reminders, unitDue, departmentDue, bureauDue, publishDue }: FiscalYear,
  names: RegistryNames,
): Fields => ({
  报表版式: names.edition(edition),
  状态: yearStatusName[status],
  催办: reminders === undefined ? none : reminderRuleText(reminders),
  单位报送期限: unitDue,
  部门报送期限: departmentDue,
  批复期限: bureauDue,
  公开期限: publishDue ?? none,
});

function editionDeed(before: OwnEdition | undefined, after: OwnEdition): string {
  const name = `${after.name}（${after.key}）`;
  if (before === undefined) return `新建版式 ${name}`;
  if (after.discarded === true) return `放弃版式 ${name}`;
  const latest = after.versions.length;
  return latest > before.versions.length
    ? `启用版式 ${name} 第 ${String(latest)} 版`
    : `修改版式 ${name} 的草稿`;
}

const editionFields = ({ name, base, draft, versions }: OwnEdition, names: RegistryNames) => ({
  名称: name,
  基础版式: names.edition(base),
  草稿校验码: draft.slice(0, 8),
  启用说明: versions.at(-1)?.note ?? none,
});

const reminderRuleText = (rule: ReminderRule): string => {
  const { daily, headAfter = 1, departmentAfter, bureauAfter } = rule;
  return daily
    ? `每日自动催办，逾期 ${String(headAfter)} 天告知本单位负责人，${String(departmentAfter)} 天告知部门审核人，${String(bureauAfter)} 天告知财政管理员`
    : "不自动催办";
};

export const yearStatusName = {
  open: "编报中",
  closed: "已结束",
} as const satisfies Record<FiscalYear["status"], string>;

type Fields = Readonly<Record<string, string>>;

/** What differs, before → after; of something new what is set. */
const lines = (before: Fields | undefined, after: Fields): string[] =>
  Object.entries(after).flatMap(([name, value]) => {
    const was = before?.[name];
    if (was === value || (before === undefined && value === none)) return [];
    return [before === undefined ? `${name}：${value}` : `${name}：${was ?? none} → ${value}`];
  });

function countsText(records: readonly { readonly kind: keyof typeof kindNames }[]): string {
  const counts = Object.entries(kindNames).flatMap(([kind, name]) => {
    const count = records.filter((one) => one.kind === kind).length;
    return count === 0 ? [] : [`${name} ${String(count)}`];
  });
  return counts.join("、");
}
