import { administratorRole } from "../workflow/roles.ts";
import { assertNever } from "../result.ts";
import { omit } from "../omit.ts";
import { omitUndefined } from "../omit-undefined.ts";
import type {
  ImportedChange,
  Member,
  RegistryEvent,
  RegistryRecord,
  RegistryState,
} from "./registry.ts";

/** Records as an event leaves them: what the stored items are written from. */
export function recordsOf(event: RegistryEvent): readonly RegistryRecord[] {
  switch (event.type) {
    case "registry_adopted":
    case "registry_entered":
      return event.records;
    case "org_changed":
      return [{ kind: "org", value: event.after }];
    case "orgs_changed":
      return event.changes.map(({ after }) => ({ kind: "org" as const, value: after }));
    case "import_applied":
      return event.changes.map(recordAfter);
    case "roles_handed_over":
      return [
        { kind: "member", value: event.from.after },
        { kind: "member", value: event.to.after },
      ];
    case "year_changed":
      return [{ kind: "year", value: event.after }];
    case "member_changed":
    case "grant_confirmed":
      return [{ kind: "member", value: event.after }];
    case "edition_changed":
      return [{ kind: "edition", value: event.after }];
    case "person_invited":
    case "invitation_renewed":
    case "invitation_confirmed":
    case "invitation_withdrawn":
      return [{ kind: "invitation", value: event.after }];
    case "invitation_accepted":
      return [
        { kind: "invitation", value: event.after },
        { kind: "member", value: event.member },
      ];
    case "grant_asked":
    case "reminded":
    case "grant_declined":
    case "grant_withdrawn":
    case "password_reset":
      return [];
    default:
      return assertNever(event);
  }
}

const recordAfter = (change: ImportedChange): RegistryRecord =>
  change.kind === "org"
    ? { kind: "org", value: change.after }
    : { kind: "member", value: change.after };

function recordBefore(change: ImportedChange): readonly RegistryRecord[] {
  if (change.kind === "org") {
    return change.before === undefined ? [] : [{ kind: "org", value: change.before }];
  }
  return change.before === undefined ? [] : [{ kind: "member", value: change.before }];
}

/** Records as they were before an event, as far as it names them; of what it entered anew there are none. */
export function recordsBefore(event: RegistryEvent): readonly RegistryRecord[] {
  switch (event.type) {
    case "org_changed":
      return event.before === undefined ? [] : [{ kind: "org", value: event.before }];
    case "orgs_changed":
      return event.changes.flatMap(({ before }) =>
        before === undefined ? [] : [{ kind: "org" as const, value: before }],
      );
    case "import_applied":
      return event.changes.flatMap(recordBefore);
    case "roles_handed_over":
      return [
        { kind: "member", value: event.from.before },
        { kind: "member", value: event.to.before },
      ];
    case "year_changed":
      return event.before === undefined ? [] : [{ kind: "year", value: event.before }];
    case "edition_changed":
      return event.before === undefined ? [] : [{ kind: "edition", value: event.before }];
    case "member_changed":
    case "grant_asked":
    case "grant_confirmed":
      return event.before === undefined ? [] : [{ kind: "member", value: event.before }];
    case "invitation_renewed":
    case "invitation_confirmed":
    case "invitation_withdrawn":
    case "invitation_accepted":
      return [{ kind: "invitation", value: event.before }];
    case "registry_adopted":
    case "registry_entered":
    case "reminded":
    case "grant_declined":
    case "grant_withdrawn":
    case "person_invited":
    case "password_reset":
      return [];
    default:
      return assertNever(event);
  }
}

/** What decisions are made on after an event. Never refuses; events come from `decide-registry.ts`. */
export function evolveRegistry(state: RegistryState, event: RegistryEvent): RegistryState {
  const administrators = recordsOf(event).reduce(withMember, state.administrators);
  switch (event.type) {
    case "grant_asked": {
      const { at, by, byName } = event;
      const grant = { id: event.grant, asked: { at, by, byName }, after: event.after };
      return { ...state, administrators, grants: [...state.grants, grant] };
    }
    case "grant_confirmed":
    case "grant_declined":
    case "grant_withdrawn":
      return {
        ...{ ...state, administrators },
        grants: state.grants.filter(({ id }) => id !== event.grant),
      };
    case "import_applied":
      return {
        ...omit(state, "import", "lastImport"),
        administrators,
        ...importState(state, event),
      };
    case "registry_adopted":
    case "registry_entered":
    case "org_changed":
    case "orgs_changed":
    case "year_changed":
    case "roles_handed_over":
    case "member_changed":
    case "edition_changed":
    case "person_invited":
    case "invitation_renewed":
    case "invitation_confirmed":
    case "invitation_withdrawn":
    case "invitation_accepted":
    case "password_reset":
    case "reminded":
      return { ...state, administrators };
    default:
      return assertNever(event);
  }
}

/** An import runs from its first part to its last; then it is the one that may be taken back. */
function importState(
  { import: running, lastImport }: RegistryState,
  event: Extract<RegistryEvent, { readonly type: "import_applied" }>,
): Pick<RegistryState, "import" | "lastImport"> {
  const { import: id, fileName, at, byName, part, parts, undoes } = event;
  const begun = running ?? { id, fileName, at, byName };
  if (part < parts) {
    const { id: of, fileName: name, at: since, byName: who } = begun;
    return {
      import: {
        id: of,
        fileName: name,
        at: since,
        byName: who,
        done: part,
        parts,
        ...omitUndefined({ undoes }),
      },
      ...omitUndefined({ lastImport }),
    };
  }
  return undoes === undefined
    ? { lastImport: { id, fileName, at: begun.at, byName: begun.byName } }
    : {};
}

export const isAdministrator = ({ memberships }: Pick<Member, "memberships">): boolean =>
  memberships.some(({ role }) => role === administratorRole);

function withMember(administrators: readonly string[], record: RegistryRecord): readonly string[] {
  if (record.kind !== "member") return administrators;
  const { subject } = record.value;
  const others = administrators.filter((other) => other !== subject);
  return isAdministrator(record.value) ? [...others, subject].sort() : others;
}
