import type { Member, OrgNode } from "../../../shared/registry/registry.ts";
import { roleIds } from "../../../shared/workflow/roles.ts";
import { region } from "../../functions/api/service.ts";
import { cast } from "./stations.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

export const year = 2022;
export const bureauCode = "000";
export const orgs: readonly OrgNode[] = (
  [
    ["000", "市财政局", "bureau", undefined],
    ["137", "市行政服务中心管委会", "department", "000"],
    ["137001", "市行政服务中心管委会（本级）", "unit", "137"],
    ["137002", "市公共资源交易中心", "unit", "137"],
    ["200", "市教育局", "department", "000"],
    ["200001", "市第一中学", "unit", "200"],
  ] as const
).map(([code, name, kind, parent]) => ({
  ...{ region, code, name, kind, version: 1 },
  ...omitUndefined({ parent }),
}));

export const places = {
  unit: { orgCode: "137001", departmentCode: "137", kind: "unit" },
  department: { orgCode: "137", departmentCode: "137", kind: "department" },
} as const;
export type Kind = keyof typeof places;

/** Every role once at every node, the cast with every role on their report's line, and who belongs elsewhere. */
const roles = roleIds;
const bystanders: readonly Member[] = roles.flatMap((role) =>
  orgs.map(({ code }) => member(`${role}-${code}`, [{ role, orgCode: code }])),
);
const actors: readonly Member[] = Object.keys(cast).map((name) =>
  member(
    name,
    roles.flatMap((role) => ["137001", "137", "000"].map((orgCode) => ({ role, orgCode }))),
  ),
);
const foreigner: Member = {
  ...member(
    "foreigner",
    roles.map((role) => ({ role, orgCode: "000" })),
  ),
  region: "310107",
};
export const people = [...bystanders, ...actors, foreigner];

function member(subject: string, memberships: Member["memberships"]): Member {
  return { region, subject, name: subject, memberships, version: 1 };
}
