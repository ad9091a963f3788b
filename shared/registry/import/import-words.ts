import { assertNever } from "../../result.ts";
import { roleName } from "../../workflow/roles.ts";
import type { Membership } from "../registry.ts";
import { orgChangeLines, rolesText, type RegistryNames } from "../registry-words.ts";
import type { ImportItem, ImportPlan } from "./import-plan.ts";

/** What an import would change, line by line, as it is shown before it is applied. */
export interface ImportLine {
  /** 新增机构、变动机构、新增人员、变动岗位、待确认、邀请、撤回、缺岗 */
  readonly what: string;
  readonly name: string;
  readonly text: string;
}

export const importLines = ({ items }: ImportPlan, names: RegistryNames): ImportLine[] =>
  items.map((item) => lineOf(item, names));

/** Where nobody would hold a needed role after the import (缺岗), node by node. */
export const vacancyLines = (
  vacancies: readonly Membership[],
  { org }: Pick<RegistryNames, "org">,
): ImportLine[] =>
  vacancies.map(({ orgCode, role }) => ({
    what: "缺岗",
    name: `${org(orgCode)}（${orgCode}）`,
    text: `导入后没有${roleName[role]}，本单位的决算将无人办理`,
  }));

function lineOf(item: ImportItem, names: RegistryNames): ImportLine {
  switch (item.kind) {
    case "org": {
      const { before, after } = item;
      return {
        what: before === undefined ? "新增机构" : "变动机构",
        name: `${before?.name ?? after.name}（${after.code}）`,
        text: orgChangeLines(item, names, false).join("；"),
      };
    }
    case "member": {
      const { before, after } = item;
      return {
        what: before === undefined ? "新增人员" : "变动岗位",
        name: `${after.name}（${after.subject}）`,
        text:
          before === undefined
            ? rolesText(after.memberships, names.org)
            : `${rolesText(before.memberships, names.org)} → ${rolesText(after.memberships, names.org)}`,
      };
    }
    case "grant":
      return {
        what: "待第二名财政管理员确认",
        name: `${item.after.name}（${item.after.subject}）`,
        text: rolesText(item.after.memberships, names.org),
      };
    case "invite":
      return {
        what: "邀请",
        name: `${item.name}（${item.mobile ?? item.email ?? ""}）`,
        text: rolesText(item.memberships, names.org),
      };
    case "withdraw_grant":
      return { what: "撤回授权", name: item.grant, text: "" };
    case "withdraw_invite":
      return { what: "撤回邀请", name: item.id, text: "" };
    default:
      return assertNever(item);
  }
}
