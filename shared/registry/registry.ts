/**
 * The registry of a region (机构、人员、年度) as events and what they add up to. One head item a region
 * holds what every decision is made on; offices, years and people are items written from its events.
 * Records are type aliases, not interfaces: only so does the compiler know them to be plain JSON.
 */
import type { OrgKind } from "../report/report.ts";
import type { Role } from "../workflow/roles.ts";
import type { Invitation } from "./invitation.ts";

/** A node of the region's organisation tree: bureau → departments → units. */
export type OrgNode = {
  readonly region: string;
  readonly code: string;
  readonly name: string;
  readonly kind: OrgKind;
  readonly parent?: string;
  /** As kept before several years could be: read with `exemptions`, never written any more. */
  readonly exempt?: Exemption;
  /** Departments a unit was moved away from, latest first: its reports in review stay with them. */
  readonly formerParents?: readonly string[];
  /** First year it is there; absent: since before the registry began. */
  readonly since?: number;
  /** As it was in earlier years, oldest first; `name` and `parent` are those of the years after. */
  readonly earlier?: readonly OrgPeriod[];
  /** Years free of a report (免报), by year. */
  readonly exemptions?: readonly Exemption[];
  /** 撤销: the first year without it, and who took its business over. */
  readonly dissolved?: Dissolution;
  /** Nodes that became part of it, or that it was split from, and from which year. */
  readonly predecessors?: readonly Predecessors[];
  readonly version: number;
};

/** Free of a year's report, with the reason. */
export type Exemption = { readonly year: number; readonly reason: string };

/** What a node was called, and under whom it was, up to and including a year. */
export type OrgPeriod = {
  readonly through: number;
  readonly name: string;
  readonly parent?: string;
};

export type Dissolution = {
  readonly from: number;
  readonly reason: string;
  /** Codes; absent where nobody took anything over. */
  readonly successors?: readonly string[];
};

export type Predecessors = {
  /** First year in which they are part of it. */
  readonly from: number;
  readonly by: "merge" | "split";
  /** By code. */
  readonly codes: readonly string[];
};

/** A change of the tree as it is recorded: what was done, from which year on, and why. */
export type OrgActNote = {
  readonly type: OrgActType;
  readonly year: number;
  readonly reason: string;
};

export const orgActTypes = [
  "add",
  "rename",
  "move",
  "split",
  "merge",
  "dissolve",
  "restore",
  "exempt",
  "require",
] as const;
export type OrgActType = (typeof orgActTypes)[number];

/** A node before and after; `before` is absent where it is entered for the first time. */
export type OrgChange = { readonly before?: OrgNode; readonly after: OrgNode };

/** 年度: which edition is filled in and until when (YYYY-MM-DD, Asia/Shanghai). */
export type FiscalYear = {
  readonly region: string;
  readonly year: number;
  readonly edition: string;
  readonly status: "open" | "closed";
  readonly unitDue: string;
  readonly departmentDue: string;
  readonly bureauDue: string;
  /** The day by which all reports of the year are public (集中公开), where the bureau sets one before the law's. */
  readonly publishDue?: string;
  /** 催办: whether who must act is written to by rule, and when those above learn of it; absent: daily, from day one. */
  readonly reminders?: ReminderRule;
  readonly version: number;
};

export type ReminderRule = {
  readonly daily: boolean;
  /** Days late from which the head of the late node itself (负责人) is written to; absent: from the first. */
  readonly headAfter?: number;
  /** Days late from which the department's reviewers, and the bureau's administrators, are written to. */
  readonly departmentAfter: number;
  readonly bureauAfter: number;
};

/** A node whose people were reminded by hand, and who they were (subjects). */
export type RemindedNode = {
  readonly orgCode: string;
  /** The department its report is with. */
  readonly departmentCode: string;
  readonly to: readonly string[];
};

export type Membership = {
  readonly role: Role;
  readonly orgCode: string;
};

/** A person of a region and what they may do where; tokens carry only the subject. */
export type Member = {
  readonly region: string;
  /** `sub` of the issuer. */
  readonly subject: string;
  readonly name: string;
  readonly email?: string;
  readonly memberships: readonly Membership[];
  readonly version: number;
};

/** One version of a bureau's own edition as it was put into use (启用); its data is a blob that never changes. */
export type EditionVersion = {
  /** What reports name it by: `nanling-2025.<sha-256 of its data>`. */
  readonly id: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  /** Why it was made, as its users read it. */
  readonly note: string;
};

/** 本地版式: an edition that the bureau makes of another one, and the versions of it that were put into use. */
export type OwnEdition = {
  readonly region: string;
  /** What the ids of its versions begin with: `nanling-2025`. */
  readonly key: string;
  readonly name: string;
  readonly year: number;
  /** Id of the edition that it is derived from. */
  readonly base: string;
  /** Hash of the blob that holds what it has otherwise than its base (`EditionChanges`). */
  readonly draft: string;
  /** Oldest first; none before the first was put into use. */
  readonly versions: readonly EditionVersion[];
  /** Given up before it was put into use: nothing can be made of it or derived from it. */
  readonly discarded?: true;
  readonly version: number;
};

/** One office, year, person, own edition or invitation as stored. */
export type RegistryRecord =
  | { readonly kind: "org"; readonly value: OrgNode }
  | { readonly kind: "year"; readonly value: FiscalYear }
  | { readonly kind: "member"; readonly value: Member }
  | { readonly kind: "edition"; readonly value: OwnEdition }
  | { readonly kind: "invitation"; readonly value: Invitation };

/** Names a record within its region, and orders records: `member#xuning`. */
export function recordName({ kind, value }: RegistryRecord): string {
  switch (kind) {
    case "org":
      return `org#${value.code}`;
    case "year":
      return `year#${String(value.year)}`;
    case "member":
      return `member#${value.subject}`;
    case "edition":
      return `edition#${value.key}`;
    case "invitation":
      return `invitation#${value.id}`;
  }
}

type RegistryStamp = {
  /** ISO 8601 in UTC. */
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  /** An administrator, the first role of a person who accepts an invitation to it, or the program itself. */
  readonly byRole: Role | "system";
};

export type ImportedChange =
  | ({ readonly kind: "org" } & OrgChange)
  | { readonly kind: "member"; readonly before?: Member; readonly after: Member };

/** What happened to the registry. `before` is absent where something is entered for the first time. */
export type RegistryEvent = RegistryStamp &
  (
    | /** Found stored when the chain began: nothing older is proved by it. In parts, by record name. */
      { readonly type: "registry_adopted"; readonly records: readonly RegistryRecord[] }
      /** Entered by the program itself, as when an installation is set up. */
    | { readonly type: "registry_entered"; readonly records: readonly RegistryRecord[] }
    /** As changes of one node were recorded before they named a year and a reason. */
    | { readonly type: "org_changed"; readonly before?: OrgNode; readonly after: OrgNode }
    | {
        readonly type: "orgs_changed";
        readonly act: OrgActNote;
        readonly changes: readonly OrgChange[];
      }
    | {
        readonly type: "year_changed";
        readonly before?: FiscalYear;
        readonly after: FiscalYear;
        /** Why it was ended (结束年度) or opened again; absent of any other change. */
        readonly reason?: string;
      }
    | { readonly type: "member_changed"; readonly before?: Member; readonly after: Member }
    | { readonly type: "edition_changed"; readonly before?: OwnEdition; readonly after: OwnEdition }
    /** A grant that needs a second administrator was proposed; nothing changed yet. */
    | {
        readonly type: "grant_asked";
        readonly grant: string;
        readonly before?: Member;
        readonly after: Member;
      }
    | {
        readonly type: "grant_confirmed";
        readonly grant: string;
        readonly askedBy: string;
        readonly askedByName: string;
        readonly before?: Member;
        readonly after: Member;
      }
    /** Those whose turn it is were written to by hand (催办); letters follow from the event. */
    | { readonly type: "reminded"; readonly year: number; readonly nodes: readonly RemindedNode[] }
    | {
        readonly type: "grant_declined" | "grant_withdrawn";
        readonly grant: string;
        readonly subject: string;
        readonly name: string;
      }
    /** One person's roles at a node went to another (移交). */
    | {
        readonly type: "roles_handed_over";
        readonly orgCode: string;
        readonly roles: readonly Role[];
        readonly reason: string;
        readonly from: { readonly before: Member; readonly after: Member };
        readonly to: { readonly before: Member; readonly after: Member };
      }
    /** One part of an import (导入) as planned, or of taking one back; the parts come one after the other. */
    | {
        readonly type: "import_applied";
        /** Hash of the stored plan. */
        readonly import: string;
        readonly fileName: string;
        /** From 1. */
        readonly part: number;
        readonly parts: number;
        /** The import that it takes back. */
        readonly undoes?: string;
        readonly changes: readonly ImportedChange[];
      }
    | { readonly type: "person_invited"; readonly after: Invitation }
    | {
        readonly type: "invitation_renewed" | "invitation_confirmed" | "invitation_withdrawn";
        readonly before: Invitation;
        readonly after: Invitation;
      }
    /** The person signed in for the first time: their subject is known, and they are a member. */
    | {
        readonly type: "invitation_accepted";
        readonly before: Invitation;
        readonly after: Invitation;
        readonly member: Member;
      }
    /** A one-time code for a new password was given out; nothing in the registry changed. */
    | { readonly type: "password_reset"; readonly subject: string; readonly name: string }
  );

/** A change of a person's roles that waits for a second administrator (待确认的授权). */
export type PendingGrant = {
  readonly id: string;
  readonly asked: { readonly at: string; readonly by: string; readonly byName: string };
  /** The person as they would be; `version` is one above that of the person the grant was proposed for. */
  readonly after: Member;
};

/** What decisions about a region's registry are made on, beside the records they name. */
export type RegistryState = {
  /** Subjects of those who hold `administratorRole`. */
  readonly administrators: readonly string[];
  readonly grants: readonly PendingGrant[];
  /** While the parts of an import are being applied nothing else changes. */
  readonly import?: RunningImport;
  /** The last import that was applied whole, until it is taken back. */
  readonly lastImport?: Import;
};

export type Import = {
  /** Hash of the stored plan. */
  readonly id: string;
  readonly fileName: string;
  readonly at: string;
  readonly byName: string;
};
export type RunningImport = Import & {
  /** Parts that are applied, of all. */
  readonly done: number;
  readonly parts: number;
  readonly undoes?: string;
};

export const emptyRegistry: RegistryState = { administrators: [], grants: [] };

/** More grants than this never wait: the head must stay far below 400 KB, and a grant may take 3 KB. */
export const maxPendingGrants = 60;

/** Administrators of a region; more would make nobody answerable. */
export const maxAdministrators = 50;

/** A registry event as recorded: numbered and chained to the one before, as those of a report are. */
export interface ChainedRegistryEvent {
  readonly region: string;
  /** 1, 2, 3 … */
  readonly seq: number;
  readonly event: RegistryEvent;
  /** Hash of event seq − 1; 64 zeros before the first. */
  readonly previous: string;
  readonly hash: string;
}
