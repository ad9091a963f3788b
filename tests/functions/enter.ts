import type { FiscalYear, Member, OrgNode } from "../../shared/registry/registry.ts";
import type { RegistryStore } from "../../functions/storage/ports.ts";
import { everyItem } from "../../functions/storage/pages.ts";
import { enterRecords } from "../../functions/use-cases/registry-chain.ts";

interface Entries {
  readonly orgs?: readonly OrgNode[];
  readonly years?: readonly FiscalYear[];
  readonly members?: readonly Member[];
}

/**
 * Offices, years and people of a region, entered or changed as when an installation is set up: through
 * the registry's chain, without an administrator's word. `version` is the one stored, 0 for none.
 */
export const enter = (
  registry: RegistryStore,
  region: string,
  { orgs = [], years = [], members = [] }: Entries,
): Promise<void> =>
  enterRecords({ registry, now: () => "2023-01-01T01:00:00.000Z" }, region, [
    ...orgs.map((value) => ({ kind: "org" as const, value })),
    ...years.map((value) => ({ kind: "year" as const, value })),
    ...members.map((value) => ({ kind: "member" as const, value })),
  ]);

export const enterOrg = (registry: RegistryStore, org: OrgNode): Promise<void> =>
  enter(registry, org.region, { orgs: [org] });

export const enterYear = (registry: RegistryStore, year: FiscalYear): Promise<void> =>
  enter(registry, year.region, { years: [year] });

export const enterMember = (registry: RegistryStore, member: Member): Promise<void> =>
  enter(registry, member.region, { members: [member] });

export const everyOrg = (registry: RegistryStore, region: string): Promise<readonly OrgNode[]> =>
  everyItem((page) => registry.orgs(region, page));

export const everyMember = (registry: RegistryStore, region: string): Promise<readonly Member[]> =>
  everyItem((page) => registry.members(region, page));
