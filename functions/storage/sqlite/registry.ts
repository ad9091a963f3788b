import { z } from "zod";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import { invitationKeys } from "../../../shared/registry/invitation.ts";
import type { RegistryRecord, Member } from "../../../shared/registry/registry.ts";
import {
  chainedRegistryEventSchema,
  fiscalYearSchema,
  invitationSchema,
  memberSchema,
  orgSchema,
  ownEditionSchema,
} from "../../../shared/registry/registry-schema.ts";
import { err, ok } from "../../../shared/result.ts";
import { chainStart, link } from "../chain.ts";
import {
  invitedAt,
  keys,
  parentOf,
  parseItem,
  pointerSchema,
  pointersOf,
  recordKey,
  registryHeadItemOf,
  registryHeadItemSchema,
  registryHeadOf,
  registryShard,
  markerSchema,
} from "../items.ts";
import type { Found, RegistryHead, RegistryStore } from "../ports.ts";
import { isAt, isUnder, type RegistryRecords, withViews } from "../registry-view.ts";
import type { ItemTable } from "./item-table.ts";
import { countUp } from "./marker.ts";
import { recordEvents } from "./outbox.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** A region's registry: one head and its events, and the offices, years and people written from them. */
export function createRegistryStore(table: ItemTable, sha256: Sha256): RegistryStore {
  return withViews(createRegistryRecords(table, sha256));
}

function createRegistryRecords(table: ItemTable, sha256: Sha256): RegistryRecords {
  const headAt = (region: string): RegistryHead | undefined => {
    const item = table.get(keys.registryHead(region), registryHeadItemSchema);
    return item === undefined ? undefined : registryHeadOf(item);
  };

  return {
    org: async (region, code) => table.get(keys.org(region, code), orgSchema),
    orgs: async (region, page) => table.page({ pk: keys.org(region, "").pk, page }, orgSchema),

    async orgsUnder(region, parent, page) {
      const { pk } = keys.under(region, parentOf(parent), "");
      const found = table.page({ pk, page }, pointerSchema);
      const orgs = found.items.map(({ to }) => table.get(keys.org(region, to), orgSchema));
      return { ...found, items: orgs.filter(isStored).filter((org) => isUnder(parent, org)) };
    },

    year: async (region, year) => table.get(keys.year(region, year), fiscalYearSchema),
    years: async (region) => table.partition({ pk: keys.year(region, 0).pk }, fiscalYearSchema),
    edition: async (region, key) => table.get(keys.edition(region, key), ownEditionSchema),
    editions: async (region) =>
      table.partition({ pk: keys.edition(region, "").pk }, ownEditionSchema),
    member: async (region, subject) => table.get(keys.member(region, subject), memberSchema),
    members: async (region, page) =>
      table.page({ pk: keys.member(region, "").pk, page }, memberSchema),

    async membersAt(region, orgCode) {
      const { pk } = keys.at(region, orgCode, "");
      return table
        .partition({ pk }, pointerSchema)
        .map(({ to }) => table.get(keys.member(region, to), memberSchema))
        .filter(isStored)
        .filter((one) => isAt(orgCode, one));
    },

    async membersBySubject(subject) {
      const members: Member[] = [];
      let after: string | undefined;
      do {
        const page = { limit: 100, ...omitUndefined({ after }) };
        const found = table.surveyIndex({ index: "bySubject", value: subject, page }, z.unknown());
        const regions = found.items.map(({ name }) => name.slice(0, name.indexOf("#")));
        for (const region of regions) {
          const member = table.get(keys.member(region, subject), memberSchema);
          if (member !== undefined) members.push(member);
        }
        after = found.next;
      } while (after !== undefined);
      return members;
    },

    invitation: async (region, id) => table.get(keys.invitation(region, id), invitationSchema),
    invitations: async (region, page) =>
      table.page({ pk: keys.invitation(region, "").pk, newestFirst: true, page }, invitationSchema),
    async invitationsNamedBy(key) {
      const pointers = table.partition({ pk: keys.invited(key, "", "").pk }, pointerSchema);
      const found = pointers.map((pointer) => table.get(invitedAt(pointer), invitationSchema));
      return found.filter(isStored).filter((one) => invitationKeys(one).includes(key));
    },

    head: async (region) => headAt(region),

    commit: ({ region, version }, events, { state, adoptedTo }) =>
      table.write(keys.registryHead(region), () => {
        const read = headAt(region);
        if ((read?.version ?? 0) !== version) return err({ code: "stale_version" });
        const links = link({ subject: { region }, tip: tip(read) }, events, sha256);
        const last = links.at(-1);
        const next: RegistryHead = {
          ...{ region, version: version + 1, state },
          chain: last === undefined ? tip(read) : { seq: last.seq, hash: last.hash },
          outbox: [...(read?.outbox ?? []), ...links],
          ...omitUndefined({ adoptedTo }),
        };
        const item = registryHeadItemOf(next);
        parseItem(registryHeadItemSchema, item); // what would not be read back is not written
        table.put(item);
        return ok(next);
      }),

    project: (record) =>
      table.write(recordKey(record), () => {
        for (const pointer of pointersOf(record)) table.putIfNone(pointer);
        const stored = table.get(recordKey(record), z.looseObject({ version: z.int() }));
        if (stored === undefined || stored.version < record.value.version) {
          table.put({ ...recordKey(record), ...record.value });
        }
      }),

    written: async (region) => table.get(keys.registryWritten(region), markerSchema)?.seq,

    markWritten: (region, seq) => countUp(table, keys.registryWritten(region), seq),

    async recordEvents(events) {
      const [first] = events;
      if (first === undefined) return;
      await table.write(keys.registryEvent(first.region, first.seq), () => {
        recordEvents(
          table,
          events.map((event) => [keys.registryEvent(event.region, event.seq), event]),
        );
      });
    },

    trimOutbox: (region, seq) =>
      table.write(keys.registryHead(region), () => {
        const head = headAt(region);
        const outbox = head?.outbox.filter((event) => event.seq > seq) ?? [];
        if (head !== undefined && outbox.length < head.outbox.length) {
          table.put(registryHeadItemOf({ ...head, outbox }));
        }
      }),

    async withOutbox(page) {
      const query = { index: "byOutbox", value: registryShard, page } as const;
      const found = table.surveyIndex(query, z.unknown());
      return { ...found, items: found.items.map(({ name }) => name.slice(0, name.indexOf("#"))) };
    },

    events: async (region, page) =>
      table.page(
        { pk: keys.registryHead(region).pk, prefix: "event#", newestFirst: true, page },
        chainedRegistryEventSchema,
      ),

    async inventory(region) {
      const head = table.survey(keys.registryHead(region), registryHeadItemSchema);
      const { pk } = keys.registryHead(region);
      const named = <Value>(kind: string, at: string, schema: z.ZodType<Value>) =>
        table
          .surveyPartition({ pk: at }, schema)
          .map((one) => ({ ...one, name: `${kind}#${one.name}` }));
      const orgs = named("org", keys.org(region, "").pk, orgSchema);
      const years = named("year", keys.year(region, 0).pk, fiscalYearSchema);
      const members = named("member", keys.member(region, "").pk, memberSchema);
      const editions = named("edition", keys.edition(region, "").pk, ownEditionSchema);
      const invitations = named("invitation", keys.invitation(region, "").pk, invitationSchema);
      return {
        head: head && ("value" in head ? { ...head, value: registryHeadOf(head.value) } : head),
        events: table.surveyPartition({ pk, prefix: "event#" }, chainedRegistryEventSchema),
        records: [
          ...orgs.map((one) => ofKind("org", one)),
          ...years.map((one) => ofKind("year", one)),
          ...members.map((one) => ofKind("member", one)),
          ...editions.map((one) => ofKind("edition", one)),
          ...invitations.map((one) => ofKind("invitation", one)),
        ],
      };
    },
  };
}

const isStored = <Item>(item: Item | undefined): item is Item => item !== undefined;

const tip = (head: RegistryHead | undefined) => head?.chain ?? chainStart;

const ofKind = <Kind extends RegistryRecord["kind"]>(
  kind: Kind,
  found: Found<Extract<RegistryRecord, { kind: Kind }>["value"]>,
): Found<RegistryRecord> =>
  "corrupt" in found
    ? found
    : { name: found.name, value: { kind, value: found.value } as RegistryRecord };
