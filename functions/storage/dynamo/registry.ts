import { err, ok } from "../../../shared/result.ts";
import type { CommitRefusal, RegistryStore } from "../ports.ts";
import { type ItemKey, keys, memberSchema, orgSchema, parseItem, yearSchema } from "./items.ts";
import {
  getItem,
  getItems,
  pageIndex,
  putOverVersion,
  readPartition,
  type TableAccess,
} from "./table-access.ts";
import type { Result } from "../../../shared/result.ts";
import type { z } from "zod";

/** Organisation tree, years and people of a region: three small partitions. */
export function createRegistryStore(access: TableAccess): RegistryStore {
  async function put<Stored extends { readonly version: number }>(
    key: ItemKey,
    value: Stored,
    schema: z.ZodType<Stored>,
  ): Promise<Result<Stored, CommitRefusal>> {
    parseItem(schema, { ...key, ...value });
    const isStored = await putOverVersion(access, { ...key, ...value });
    return isStored ? ok({ ...value, version: value.version + 1 }) : err({ code: "stale_version" });
  }

  return {
    org: (region, code) => getItem(access, keys.org(region, code), orgSchema),
    orgs: (region) => readPartition(access, { pk: keys.org(region, "").pk }, orgSchema),
    putOrg: (node) => put(keys.org(node.region, node.code), node, orgSchema),

    year: (region, year) => getItem(access, keys.year(region, year), yearSchema),
    years: (region) => readPartition(access, { pk: keys.year(region, 0).pk }, yearSchema),
    putYear: (year) => put(keys.year(year.region, year.year), year, yearSchema),

    async membersBySubject(subject) {
      const members = [];
      let after: string | undefined;
      do {
        const page = { limit: 100, ...(after === undefined ? {} : { after }) };
        const found = await pageIndex(access, { index: "bySubject", value: subject, page });
        members.push(...(await getItems(access, found.items, memberSchema)));
        after = found.next;
      } while (after !== undefined);
      return members;
    },
    members: (region) => readPartition(access, { pk: keys.member(region, "").pk }, memberSchema),
    putMember: (member) => put(keys.member(member.region, member.subject), member, memberSchema),
  };
}
