import { everyItem } from "./pages.ts";
import type { Member, OrgNode } from "../../shared/registry/registry.ts";
import type { RegistryStore, RegistryView } from "./ports.ts";

/** The registry without its views: what an adapter reads and writes. */
export type RegistryRecords = Omit<RegistryStore, "view">;

/** Nodes, years, and lists of units and of people, that a process remembers of all regions together. */
const maxRemembered = 50_000;

/** Adds views to an adapter's records. A view costs one small read, and one for each record at its first use. */
export function withViews(records: RegistryRecords): RegistryStore {
  const regions = new Map<string, { readonly written: number; readonly view: RegistryView }>();
  let remembered = 0;

  /** Reads each key once; a failed read is repeated at the next use. */
  function remember<Key, Value>(read: (key: Key) => Promise<Value>): (key: Key) => Promise<Value> {
    const answers = new Map<Key, Promise<Value>>();
    return (key) => {
      const known = answers.get(key);
      if (known !== undefined) return known;
      const answer = read(key).catch((error: unknown) => {
        answers.delete(key);
        throw error;
      });
      answers.set(key, answer);
      remembered += 1;
      return answer;
    };
  }

  function open(region: string, isIndexed: boolean): RegistryView {
    const under = (parent: string | undefined) =>
      isIndexed
        ? everyItem((page) => records.orgsUnder(region, parent, page))
        : everyItem((page) => records.orgs(region, page)).then((orgs) =>
            orgs.filter((org) => isUnder(parent, org)),
          );
    const bureau = remember(async () => (await under(undefined))[0]);
    const years = remember(() => records.years(region));
    return {
      region,
      org: remember((code: string) => records.org(region, code)),
      bureau: () => bureau(""),
      unitsOf: remember(under),
      year: remember((year: number) => records.year(region, year)),
      years: () => years(""),
      membersAt: remember((code: string) =>
        isIndexed
          ? records.membersAt(region, code)
          : everyItem((page) => records.members(region, page)).then((members) =>
              members.filter((one) => isAt(code, one)),
            ),
      ),
    };
  }

  return {
    ...records,
    async view(region) {
      const written = await records.written(region);
      // Stored by a version without pointers, and not indexed yet (registry-chain.ts): read as a whole.
      if (written === undefined) return open(region, false);
      const known = regions.get(region);
      if (known?.written === written) return known.view;
      if (remembered > maxRemembered) {
        regions.clear();
        remembered = 0;
      }
      const view = open(region, true);
      regions.set(region, { written, view });
      return view;
    },
  };
}

/** Whether a node is, or once was, directly under another (undefined: is the bureau). */
export const isUnder = (parent: string | undefined, org: OrgNode): boolean =>
  org.parent === parent || (parent !== undefined && org.formerParents?.includes(parent) === true);

export const isAt = (orgCode: string, { memberships }: Member): boolean =>
  memberships.some((held) => held.orgCode === orgCode);
