import type { OrgKind } from "../report/report.ts";
import { assertNever } from "../result.ts";
import type { SignOffKind, Stage } from "./report-state.ts";

/** What a role is there for, towards the reports within its reach. */
export type Duty =
  | { readonly kind: "prepares" }
  /** Decides at one level of review (审核级次). */
  | { readonly kind: "reviews"; readonly stage: Stage }
  /** Signs an edition before the bureau sees it. */
  | { readonly kind: "signs"; readonly signOff: SignOffKind }
  /** Keeps offices, years and people, and answers for publication. */
  | { readonly kind: "administers" }
  | { readonly kind: "reads" };

/** All that is known of a role; what it may do to a report, and from where, is in `transitions.ts`. */
export interface RoleDefinition {
  /** As people know it. */
  readonly name: string;
  /** Kinds of node at which it is held; a role elsewhere would reach nothing or too much. */
  readonly heldAt: readonly OrgKind[];
  /**
   * Kinds of node whose reports come to a halt where nobody holds it. Who signs for a department signs for its units
   * too, so a unit needs no signer of its own.
   */
  readonly neededAt: readonly OrgKind[];
  /** To reports of its own node, of its department's units too, or of the whole region. */
  readonly reach: "node" | "department" | "region";
  readonly duty: Duty;
  /** What it may do with the registry of its region (机构、人员、年度). */
  readonly registry: "keeps" | "reads" | "none";
  /**
   * Letters on approval, publication, correction and taking down, beside those to whose turn it is: of
   * reports of the node where it is held and of that department's units, or of the whole region.
   */
  readonly outcomeLetters: "line" | "region" | "none";
  /** Hears of printing and publishing that failed, and finds such reports in the worklist. */
  readonly attendsFailures: boolean;
  /** Reminded when somebody else is late: at its own node, of the units of its department, or in the whole region. */
  readonly supervises: "node" | "units" | "region" | "none";
}

/** Every role: a new one is a row here. The order is that of lists, and of whoever acts holding several. */
export const roles = {
  preparer: {
    name: "编制人",
    heldAt: ["unit", "department"],
    neededAt: ["unit", "department"],
    reach: "node",
    duty: { kind: "prepares" },
    registry: "none",
    outcomeLetters: "line",
    attendsFailures: false,
    supervises: "none",
  },
  unit_reviewer: {
    name: "单位审核人",
    heldAt: ["unit"],
    neededAt: ["unit"],
    reach: "node",
    duty: { kind: "reviews", stage: "unit" },
    registry: "none",
    outcomeLetters: "line",
    attendsFailures: false,
    supervises: "none",
  },
  department_reviewer: {
    name: "部门审核人",
    heldAt: ["department"],
    neededAt: ["department"],
    reach: "department",
    duty: { kind: "reviews", stage: "department" },
    registry: "none",
    outcomeLetters: "line",
    attendsFailures: false,
    supervises: "units",
  },
  bureau_reviewer: {
    name: "财政审核人",
    heldAt: ["bureau"],
    neededAt: ["bureau"],
    reach: "region",
    duty: { kind: "reviews", stage: "bureau" },
    registry: "none",
    outcomeLetters: "line",
    attendsFailures: true,
    supervises: "none",
  },
  secrecy_officer: {
    name: "保密审查人",
    heldAt: ["unit", "department"],
    neededAt: ["department"],
    reach: "department",
    duty: { kind: "signs", signOff: "secrecy" },
    registry: "none",
    outcomeLetters: "line",
    attendsFailures: false,
    supervises: "none",
  },
  principal: {
    name: "部门负责人",
    heldAt: ["unit", "department"],
    neededAt: ["department"],
    reach: "department",
    duty: { kind: "signs", signOff: "principal" },
    registry: "none",
    outcomeLetters: "line",
    attendsFailures: false,
    supervises: "node",
  },
  bureau_admin: {
    name: "财政管理员",
    heldAt: ["bureau"],
    neededAt: ["bureau"],
    reach: "region",
    duty: { kind: "administers" },
    registry: "keeps",
    outcomeLetters: "region",
    attendsFailures: true,
    supervises: "region",
  },
  auditor: {
    name: "审计监督",
    heldAt: ["bureau"],
    neededAt: [],
    reach: "region",
    duty: { kind: "reads" },
    registry: "reads",
    outcomeLetters: "none",
    attendsFailures: false,
    supervises: "none",
  },
} as const satisfies Record<string, RoleDefinition>;

export type Role = keyof typeof roles;

/** The definition as such: its members are those of any role, not of this one alone. */
export const roleOf = (role: Role): RoleDefinition => roles[role];

export const roleIds = Object.keys(roles) as readonly Role[];

/** Roles by what they are, in the order of the table. */
export const rolesWhere = (holds: (definition: RoleDefinition) => boolean): readonly Role[] =>
  roleIds.filter((role) => holds(roles[role]));

export const roleName = Object.fromEntries(
  roleIds.map((role) => [role, roles[role].name]),
) as Readonly<Record<Role, string>>;

/** Acts and queues that are one role's alone name it: the only one with that duty. */
export const preparerRole = "preparer" as const satisfies Role;
export const administratorRole = "bureau_admin" as const satisfies Role;
/** The role in which those read who have no other towards a report. */
export const readerRole = "auditor" as const satisfies Role;

export const reviewerOf = {
  unit: "unit_reviewer",
  department: "department_reviewer",
  bureau: "bureau_reviewer",
} as const satisfies Record<Stage, Role>;

export const signerOf = {
  secrecy: "secrecy_officer",
  principal: "principal",
} as const satisfies Record<SignOffKind, Role>;

/**
 * The level at which a role acts on a report's line; nobody should act at two. Signers act at the
 * department's level; keeping the registry is a level of its own, because whoever appoints should not be
 * whom they appoint. Reading is none.
 */
export function actingLevel(role: Role): "preparer" | Stage | "administration" | undefined {
  const { duty } = roleOf(role);
  switch (duty.kind) {
    case "prepares":
      return "preparer";
    case "reviews":
      return duty.stage;
    case "signs":
      return "department";
    case "administers":
      return "administration";
    case "reads":
      return undefined;
    default:
      return assertNever(duty);
  }
}
