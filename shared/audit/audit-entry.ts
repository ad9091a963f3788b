import { omitUndefined } from "../omit-undefined.ts";
import type { ChainedRegistryEvent, RegistryEvent } from "../registry/registry.ts";
import { registryChangeText } from "../registry/registry-words.ts";
import { deedText } from "../workflow/deeds.ts";
import type { ActingRole, ChainedEvent, ReportEvent } from "../workflow/report-state.ts";

/**
 * An event of a report or of the registry as the region's audit log (审计记录) lists it: who did what when, in a few
 * words, and where the event itself is. It is made from the event, which alone is chained and verified.
 */
export type AuditEntry = {
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  readonly byRole?: ActingRole;
  readonly type: AuditType;
  /** Number of the event in its chain: the report's, or the registry's where none is named. */
  readonly seq: number;
  readonly reportId?: string;
  readonly year?: number;
  /** The node it is about. */
  readonly orgCode?: string;
  /** Name of the node or person it is about. */
  readonly about?: string;
  readonly deed: string;
};
export type AuditType = ReportEvent["type"] | RegistryEvent["type"];

/** Longest words of one entry, so that it stays within one write unit of 1 KB: three bytes a character. */
const maxDeed = 160;

const shortened = (text: string): string =>
  text.length <= maxDeed ? text : `${text.slice(0, maxDeed - 1)}…`;

export const entryOfReport = (
  report: { readonly year: number; readonly orgCode: string; readonly orgName: string },
  { reportId, seq, event }: ChainedEvent,
): AuditEntry => ({
  ...stampOf(event),
  ...{ type: event.type, seq, reportId },
  ...{ year: report.year, orgCode: report.orgCode, about: report.orgName },
  deed: shortened(deedText(event, (code) => code)),
});

/** Codes stand for names here: an entry must not depend on what a node is called by now. */
const codes = { org: (code: string) => code, edition: (id: string) => id };

export const entryOfRegistry = ({ seq, event }: ChainedRegistryEvent): AuditEntry => ({
  ...stampOf(event),
  ...{ type: event.type, seq },
  ...subjectOf(event),
  deed: shortened(wordsOf(event)),
});

function wordsOf(event: RegistryEvent): string {
  const { deed, changes } = registryChangeText(event, codes);
  return [deed, ...changes].join("；");
}

const stampOf = ({
  at,
  by,
  byName,
  byRole,
}: {
  readonly at: string;
  readonly by: string;
  readonly byName: string;
  readonly byRole?: ActingRole;
}) => ({ at, by, byName, ...omitUndefined({ byRole }) });

function subjectOf(event: RegistryEvent): Pick<AuditEntry, "year" | "orgCode" | "about"> {
  switch (event.type) {
    case "org_changed":
      return { orgCode: event.after.code, about: event.after.name };
    case "orgs_changed": {
      const [first] = event.changes;
      const about = event.changes.map(({ after }) => `${after.name}（${after.code}）`).join("、");
      return { ...(first && { orgCode: first.after.code }), about };
    }
    case "roles_handed_over":
      return {
        orgCode: event.orgCode,
        about: `${event.from.after.name}、${event.to.after.name}`,
      };
    case "year_changed":
      return { year: event.after.year };
    case "reminded":
      return { year: event.year };
    case "member_changed":
    case "grant_asked":
    case "grant_confirmed":
    case "person_invited":
    case "invitation_renewed":
    case "invitation_confirmed":
    case "invitation_withdrawn":
    case "invitation_accepted":
      return { about: event.after.name };
    case "grant_declined":
    case "grant_withdrawn":
    case "password_reset":
      return { about: event.name };
    default:
      return {};
  }
}

/** What an audit looks for. All that is given must hold; texts are parts of a name, code or account. */
export interface AuditFilter {
  readonly person?: string | undefined;
  readonly unit?: string | undefined;
  readonly type?: AuditType | undefined;
}

export function matchesEntry(entry: AuditEntry, { person, unit, type }: AuditFilter): boolean {
  const { by, byName, orgCode = "", about = "", reportId } = entry;
  if (type !== undefined && entry.type !== type) return false;
  const people = reportId === undefined && orgCode === "" ? [by, byName, about] : [by, byName];
  if (person !== undefined && !people.some((one) => contains(one, person))) return false;
  const nodes = orgCode === "" ? [] : [orgCode, about];
  return unit === undefined || nodes.some((one) => contains(one, unit));
}

const contains = (text: string, part: string): boolean =>
  text.toLowerCase().includes(part.trim().toLowerCase());
