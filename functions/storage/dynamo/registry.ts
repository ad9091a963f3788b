import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { randomUUID } from "node:crypto";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import { invitationKeys } from "../../../shared/registry/invitation.ts";
import type { RegistryRecord } from "../../../shared/registry/registry.ts";
import {
  chainedRegistryEventSchema,
  fiscalYearSchema,
  invitationSchema,
  memberSchema,
  orgSchema,
  ownEditionSchema,
} from "../../../shared/registry/registry-schema.ts";
import { err, ok } from "../../../shared/result.ts";
import { link } from "../chain.ts";
import type { Found, RegistryHead, RegistryStore } from "../ports.ts";
import { isAt, isUnder, type RegistryRecords, withViews } from "../registry-view.ts";
import {
  invitedAt,
  keys,
  parentOf,
  parseItem,
  pointerSchema,
  pointersOf,
  recordKey,
  registryHeadItemSchema,
  registryHeadItemOf,
  registryHeadOf,
  registryOf,
  registryShard,
  markerSchema,
  surveyItem,
} from "../items.ts";
import { countUp } from "./marker.ts";
import { recordEvent, trimOutbox } from "./outbox.ts";
import {
  getItem,
  getItems,
  pageIndex,
  pagePartition,
  putIfNone,
  putOverVersion,
  readPartition,
  surveyPartition,
  type TableAccess,
  unlessRefused,
} from "./table-access.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/**
 * A region's registry: one head and its events, and the offices, years and people written from them,
 * three small partitions. What a lost answer makes of a commit is settled as for a report's head.
 */
export function createRegistryStore(access: TableAccess, sha256: Sha256): RegistryStore {
  return withViews(createRegistryRecords(access, sha256));
}

function createRegistryRecords(access: TableAccess, sha256: Sha256): RegistryRecords {
  const loadItem = (region: string) =>
    getItem(access, keys.registryHead(region), registryHeadItemSchema);

  async function head(region: string): Promise<RegistryHead | undefined> {
    const item = await loadItem(region);
    return item === undefined ? undefined : registryHeadOf(item);
  }

  return {
    org: (region, code) => getItem(access, keys.org(region, code), orgSchema),
    orgs: (region, page) => pagePartition(access, { pk: keys.org(region, "").pk, page }, orgSchema),

    async orgsUnder(region, parent, page) {
      const { pk } = keys.under(region, parentOf(parent), "");
      const found = await pagePartition(access, { pk, page }, pointerSchema);
      const orgs = found.items.map(({ to }) => keys.org(region, to));
      const items = await getItems(access, orgs, orgSchema);
      return { ...found, items: items.filter((org) => isUnder(parent, org)) };
    },

    year: (region, year) => getItem(access, keys.year(region, year), fiscalYearSchema),
    years: (region) => readPartition(access, { pk: keys.year(region, 0).pk }, fiscalYearSchema),
    edition: (region, key) => getItem(access, keys.edition(region, key), ownEditionSchema),
    editions: (region) =>
      readPartition(access, { pk: keys.edition(region, "").pk }, ownEditionSchema),
    member: (region, subject) => getItem(access, keys.member(region, subject), memberSchema),
    members: (region, page) =>
      pagePartition(access, { pk: keys.member(region, "").pk, page }, memberSchema),

    async membersAt(region, orgCode) {
      const { pk } = keys.at(region, orgCode, "");
      const found = await readPartition(access, { pk }, pointerSchema);
      const people = found.map(({ to }) => keys.member(region, to));
      const members = await getItems(access, people, memberSchema);
      return members.filter((one) => isAt(orgCode, one));
    },

    async membersBySubject(subject) {
      const members = [];
      let after: string | undefined;
      do {
        const page = { limit: 100, ...omitUndefined({ after }) };
        const found = await pageIndex(access, { index: "bySubject", value: subject, page });
        members.push(...(await getItems(access, found.items, memberSchema)));
        after = found.next;
      } while (after !== undefined);
      return members;
    },

    invitation: (region, id) => getItem(access, keys.invitation(region, id), invitationSchema),
    invitations: (region, page) =>
      pagePartition(
        access,
        { pk: keys.invitation(region, "").pk, newestFirst: true, page },
        invitationSchema,
      ),
    async invitationsNamedBy(key) {
      const { pk } = keys.invited(key, "", "");
      const found = await readPartition(access, { pk }, pointerSchema);
      const items = await getItems(access, found.map(invitedAt), invitationSchema);
      return items.filter((one) => invitationKeys(one).includes(key));
    },

    head,

    async commit(read, events, { state, adoptedTo }) {
      const { region } = read;
      const links = link({ subject: { region }, tip: read.chain }, events, sha256);
      const last = links.at(-1);
      const writeToken = randomUUID();
      const item = {
        ...registryHeadItemOf({
          region,
          version: read.version,
          state,
          chain: last === undefined ? read.chain : { seq: last.seq, hash: last.hash },
          outbox: [...read.outbox, ...links],
          ...omitUndefined({ adoptedTo }),
        }),
        writeToken,
      };
      const parsed = parseItem(registryHeadItemSchema, item); // what would not be read back is not written
      const next = registryHeadOf({ ...parsed, version: read.version + 1 });
      if (await putOverVersion(access, item)) return ok(next);
      const stored = await loadItem(region);
      return stored?.writeToken === writeToken ? ok(next) : err({ code: "stale_version" });
    },

    async project(record) {
      const item = { ...recordKey(record), ...record.value };
      const put = new PutCommand({
        TableName: access.table,
        Item: item,
        ConditionExpression: "attribute_not_exists(pk) OR #version < :version",
        ExpressionAttributeNames: { "#version": "version" },
        ExpressionAttributeValues: { ":version": record.value.version },
      });
      for (const pointer of pointersOf(record)) await putIfNone(access, pointer);
      await unlessRefused(access.db.send(put));
    },

    // A moment's delay is worth half the price: what changed a moment ago is seen by the next request.
    written: async (region) =>
      (
        await getItem(access, keys.registryWritten(region), markerSchema, {
          consistent: false,
        })
      )?.seq,

    markWritten: (region, seq) => countUp(access, keys.registryWritten(region), seq),

    async recordEvents(events) {
      for (const event of events) {
        await recordEvent(access, keys.registryEvent(event.region, event.seq), event);
      }
    },

    trimOutbox: (region, seq) =>
      trimOutbox(access, { key: keys.registryHead(region), load: () => head(region) }, seq),

    async withOutbox(page) {
      const found = await pageIndex(access, { index: "byOutbox", value: registryShard, page });
      return {
        items: found.items.map(registryOf),
        ...omitUndefined({ next: found.next }),
      };
    },

    events: (region, page) =>
      pagePartition(
        access,
        { pk: keys.registryHead(region).pk, prefix: "event#", newestFirst: true, page },
        chainedRegistryEventSchema,
      ),

    async inventory(region) {
      const { Item } = await access.db.send(
        new GetCommand({
          TableName: access.table,
          Key: keys.registryHead(region),
          ConsistentRead: true,
        }),
      );
      const { pk } = keys.registryHead(region);
      const [events, orgs, years, members, editions, invitations] = await Promise.all([
        surveyPartition(access, { pk, prefix: "event#" }, chainedRegistryEventSchema),
        surveyPartition(access, { pk: keys.org(region, "").pk }, orgSchema),
        surveyPartition(access, { pk: keys.year(region, 0).pk }, fiscalYearSchema),
        surveyPartition(access, { pk: keys.member(region, "").pk }, memberSchema),
        surveyPartition(access, { pk: keys.edition(region, "").pk }, ownEditionSchema),
        surveyPartition(access, { pk: keys.invitation(region, "").pk }, invitationSchema),
      ]);
      return {
        head: Item && mapFound(surveyItem(registryHeadItemSchema, Item), "head", registryHeadOf),
        events,
        records: [
          ...orgs.map((one) => mapFound(one, `org#${one.name}`, record("org"))),
          ...years.map((one) => mapFound(one, `year#${one.name}`, record("year"))),
          ...members.map((one) => mapFound(one, `member#${one.name}`, record("member"))),
          ...editions.map((one) => mapFound(one, `edition#${one.name}`, record("edition"))),
          ...invitations.map((one) =>
            mapFound(one, `invitation#${one.name}`, record("invitation")),
          ),
        ],
      };
    },
  };
}

const record =
  <Kind extends RegistryRecord["kind"]>(kind: Kind) =>
  (value: Extract<RegistryRecord, { kind: Kind }>["value"]) =>
    ({ kind, value }) as Extract<RegistryRecord, { kind: Kind }>;

const mapFound = <From, To>(
  found: Found<From>,
  name: string,
  to: (value: From) => To,
): Found<To> => ("corrupt" in found ? { ...found, name } : { name, value: to(found.value) });
