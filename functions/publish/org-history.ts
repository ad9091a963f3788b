import type { OrgLink } from "../../shared/disclosure/catalogue.ts";
import { isEver, orgIn } from "../../shared/registry/org-in-year.ts";
import type { OrgNode } from "../../shared/registry/registry.ts";
import { everyItem } from "../storage/pages.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { siteOf } from "./draw-report.ts";
import { drawHistory, officesInHistory } from "./org-pages.ts";
import { filesAtOnce } from "./portal-directory.ts";
import { portalOf, type RegionIndexDeps } from "./region-index.ts";

/**
 * Draws the history (机构沿革) of offices that changed, and of those they came from or went to, by the registry; of all
 * offices where none are named.
 */
export async function drawHistories(
  deps: RegionIndexDeps,
  region: string,
  changed?: ReadonlySet<string>,
): Promise<void> {
  const portal = portalOf(deps, region);
  const named = changed === undefined ? undefined : await officesOfHistories(deps, region, changed);
  // Most changes touch no history, and then nobody reads a whole region for it.
  if (named?.size === 0) return;
  const orgs = await everyItem((page) => deps.registry.orgs(region, page));
  const histories = historiesOf(orgs);
  const codes = new Set(named ?? histories.keys());
  for (const code of named ?? []) {
    for (const { offices } of histories.get(code) ?? []) {
      for (const one of offices) codes.add(one.code);
    }
  }
  const years = (await deps.registry.years(region)).map(({ year }) => year);
  const site = await siteOf(portal);
  const nodes = new Map(orgs.map((org) => [org.code, org]));
  await inBatches([...codes].toSorted(), filesAtOnce, async (code) => {
    const links = histories.get(code) ?? [];
    await drawHistory(portal, site, { code, name: nodes.get(code)?.name ?? code, links, years });
  });
}

/** Of offices that changed those that have a history, or had one, with all that it names. */
async function officesOfHistories(
  deps: RegionIndexDeps,
  region: string,
  changed: ReadonlySet<string>,
): Promise<ReadonlySet<string>> {
  const found = await inBatches([...changed], filesAtOnce, async (code) => {
    const org = await deps.registry.org(region, code);
    const { predecessors, dissolved, earlier } = org ?? {};
    const has = predecessors !== undefined || dissolved !== undefined || earlier !== undefined;
    const drawn = await officesInHistory(portalOf(deps, region), code);
    return has || drawn.length > 0 ? [code, ...drawn] : [];
  });
  return new Set(found.flat());
}

/** What became of each office that anything became of, oldest first. An act is shown at both of its ends. */
export function historiesOf(orgs: readonly OrgNode[]): ReadonlyMap<string, readonly OrgLink[]> {
  const there = orgs.filter((org) => isEver(org) && org.kind !== "bureau");
  const nodes = new Map(there.map((org) => [org.code, org]));
  const histories = new Map<string, OrgLink[]>();
  const add = (code: string, link: OrgLink) => {
    if (!nodes.has(code)) return;
    const links = histories.get(code) ?? [];
    const same = links.find(({ from, kind }) => from === link.from && kind === link.kind);
    // Parts of one split, and offices merged in several acts of a year, are one line.
    const joined = same && { ...same, offices: [...same.offices, ...link.offices] };
    histories.set(
      code,
      joined === undefined ? [...links, link] : links.map((one) => (one === same ? joined : one)),
    );
  };
  /** As it was called in its last year before the act, or in the year of it. */
  const named = (code: string, year: number) => {
    const org = nodes.get(code);
    const then = org && (orgIn(org, year - 1) ?? orgIn(org, year) ?? org);
    return { code, name: then?.name ?? code };
  };
  for (const org of there) {
    const { code, predecessors = [], dissolved, earlier = [] } = org;
    for (const { from, by, codes } of predecessors) {
      const others = codes.filter((one) => one !== code);
      const merger = org.since === from ? "merged_from" : "absorbed";
      const [here, elsewhere] =
        by === "merge"
          ? ([merger, "merged_into"] as const)
          : (["split_from", "split_off"] as const);
      add(code, { from, kind: here, offices: others.map((one) => named(one, from)) });
      for (const one of others) {
        add(one, {
          from,
          kind: elsewhere,
          offices: [{ code, name: orgIn(org, from)?.name ?? org.name }],
        });
      }
    }
    earlier.forEach(({ through, name }, at) => {
      const next = earlier[at + 1]?.name ?? org.name;
      if (name !== next)
        add(code, { from: through + 1, kind: "renamed", offices: [{ code, name }] });
    });
    if (dissolved === undefined) continue;
    const { from, successors = [] } = dissolved;
    const isPartOfAct = successors.some((one) =>
      nodes.get(one)?.predecessors?.some((past) => past.from === from && past.codes.includes(code)),
    );
    // The merger or the split says so already.
    if (isPartOfAct) continue;
    add(code, { from, kind: "dissolved", offices: successors.map((one) => named(one, from)) });
    for (const one of successors) {
      add(one, { from, kind: "took_over", offices: [named(code, from)] });
    }
  }
  return new Map(
    [...histories].map(([code, links]) => [code, links.toSorted((a, b) => a.from - b.from)]),
  );
}
