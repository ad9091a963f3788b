import type { OrgKind } from "../report/report.ts";
import type { Status, Stage } from "../workflow/report-state.ts";
import type { FiscalYear, Member, OrgNode } from "./registry.ts";

/** Changes of the organisation tree (机构变动): what may be wanted, and what is decided on. */

/** A node as the administrator saw it; version 0 for a code that is not registered yet. */
export interface SeenOrg {
  readonly code: string;
  readonly version: number;
}

export interface NewOrg {
  readonly code: string;
  readonly name: string;
}

/** Each takes effect with a year's report: reports of earlier years keep the organisation of their year. */
export type OrgAct = { readonly year: number; readonly reason: string } & (
  | ({
      readonly type: "add";
      readonly kind: Exclude<OrgKind, "bureau">;
      /** Department of a unit; a department's is the bureau. */
      readonly parent?: string;
    } & NewOrg)
  | { readonly type: "rename"; readonly org: SeenOrg; readonly name: string }
  /** 划转: a unit comes under another department. */
  | { readonly type: "move"; readonly org: SeenOrg; readonly to: string }
  /** 分立: into new nodes beside it; without `stays` it ends and they take over. */
  | {
      readonly type: "split";
      readonly org: SeenOrg;
      readonly parts: readonly NewOrg[];
      readonly stays: boolean;
    }
  /** 合并: into one that is there, or a new one where `name` is given; units of a department come along. */
  | {
      readonly type: "merge";
      readonly orgs: readonly SeenOrg[];
      readonly into: SeenOrg & { readonly name?: string };
    }
  | { readonly type: "dissolve"; readonly org: SeenOrg }
  /** Takes a dissolution back, while nobody took the business over. */
  | { readonly type: "restore"; readonly org: SeenOrg }
  /** 免报 of this one year; `require` takes it back. */
  | { readonly type: "exempt" | "require"; readonly org: SeenOrg }
);

/** A stored report of a node, as far as a change of the tree must know it. */
export interface OrgReport {
  readonly orgCode: string;
  readonly year: number;
  /** `damaged`: what is stored cannot be read. */
  readonly status: Status | "damaged";
  readonly stage?: Stage;
}

export interface OrgActFacts {
  /** Nodes that the act names, those above and below them, and those people's roles name; by code. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
  readonly bureau: OrgNode | undefined;
  readonly years: readonly FiscalYear[];
  /** Of the nodes concerned and their departments, of the act's year and later. */
  readonly reports: readonly OrgReport[];
  /** Who holds a role at a node that moves or ends. */
  readonly people: readonly Member[];
}

/** Codes that an act names as nodes that are there, or are to be. */
export function namedCodes(act: OrgAct): readonly string[] {
  switch (act.type) {
    case "add":
      return [act.code, ...(act.parent === undefined ? [] : [act.parent])];
    case "move":
      return [act.org.code, act.to];
    case "split":
      return [act.org.code, ...act.parts.map(({ code }) => code)];
    case "merge":
      return [...act.orgs.map(({ code }) => code), act.into.code];
    case "rename":
    case "dissolve":
    case "restore":
    case "exempt":
    case "require":
      return [act.org.code];
  }
}
