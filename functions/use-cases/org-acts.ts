import {
  namedCodes,
  type OrgAct,
  type OrgActFacts,
  type OrgReport,
} from "../../shared/registry/org-act.ts";
import { decideOrgAct } from "../../shared/registry/decide-org-act.ts";
import { orgActConsequences } from "../../shared/registry/org-act-consequences.ts";
import type { FiscalYear, Member, OrgChange, OrgNode } from "../../shared/registry/registry.ts";
import { ok, type Result } from "../../shared/result.ts";
import { everyItem } from "../storage/pages.ts";
import type { ReportStore } from "../storage/ports.ts";
import { inBatches } from "./in-batches.ts";
import { reportIdOf } from "./open-report.ts";
import { explained, type Administrator, type RegistryRefusal } from "./registry.ts";
import { changeRegistry, openRegistry, type RegistryDeps } from "./registry-chain.ts";

/** Changes of the organisation tree (机构变动), weighed against the reports and people they concern. */

export interface OrgActDeps extends RegistryDeps {
  readonly reports: Pick<ReportStore, "surveyHead">;
}

/** Does an act, all of its changes as one event; answers the nodes as stored. */
export async function doOrgAct(
  deps: OrgActDeps,
  by: Administrator,
  { region, act }: { readonly region: string; readonly act: OrgAct },
): Promise<Result<readonly OrgNode[], RegistryRefusal>> {
  const changed = await changeRegistry(deps, region, async ({ state }) =>
    decideOrgAct({ state, by, now: deps.now() }, act, await orgActFacts(deps, region, act)),
  );
  if (!changed.ok) return explained(deps, region, changed.error);
  return ok(
    changed.value.flatMap((event) =>
      event.type === "orgs_changed" ? event.changes.map(({ after }) => after) : [],
    ),
  );
}

export interface OrgActPreview {
  readonly changes: readonly OrgChange[];
  readonly consequences: readonly string[];
  /** Nodes that the changes name, by code. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
}

/** What an act would change and what would follow, or why it cannot be done; nothing is stored. */
export async function previewOrgAct(
  deps: OrgActDeps,
  by: Administrator,
  { region, act }: { readonly region: string; readonly act: OrgAct },
): Promise<Result<OrgActPreview, RegistryRefusal>> {
  const { state } = await openRegistry(deps, region);
  const facts = await orgActFacts(deps, region, act);
  const decided = decideOrgAct({ state, by, now: deps.now() }, act, facts);
  if (!decided.ok) return explained(deps, region, decided.error);
  const changes = decided.value.flatMap((event) =>
    event.type === "orgs_changed" ? event.changes : [],
  );
  const orgs = new Map([
    ...facts.orgs,
    ...changes.map(({ after }) => [after.code, after] as const),
  ]);
  return ok({ changes, consequences: orgActConsequences(act, facts, changes), orgs });
}

/** Of nodes, records read side by side. */
const readAtOnce = 16;

/** Reads what an act is decided on: nodes named by it, what is above and below them, reports and people there. */
async function orgActFacts(deps: OrgActDeps, region: string, act: OrgAct): Promise<OrgActFacts> {
  const { registry } = deps;
  const [[bureau], years] = await Promise.all([
    everyItem((page) => registry.orgsUnder(region, undefined, page)),
    registry.years(region),
  ]);
  const named = await orgsOf(deps, region, namedCodes(act));
  const below =
    act.type === "dissolve" || act.type === "merge"
      ? await inBatches(
          named.filter(({ kind }) => kind === "department"),
          readAtOnce,
          ({ code }) => everyItem((page) => registry.orgsUnder(region, code, page)),
        )
      : [];
  const concerned = [...named, ...below.flat()];
  const above = await orgsOf(
    deps,
    region,
    concerned.flatMap(({ parent, dissolved }) => [
      ...(parent === undefined ? [] : [parent]),
      ...(dissolved?.successors ?? []),
    ]),
  );
  const people = peopleMatter(act) ? await peopleAt(deps, region, concerned) : [];
  const held = await orgsOf(
    deps,
    region,
    people.flatMap(({ memberships }) => memberships.map(({ orgCode }) => orgCode)),
  );
  const orgs = new Map([...held, ...above, ...concerned].map((org) => [org.code, org]));
  const affected = [...concerned, ...above].filter(({ kind }) => kind !== "bureau");
  const reports = await reportsOf(deps, { region, from: act.year, years }, affected);
  return { orgs, bureau, years, reports, people };
}

const peopleMatter = ({ type }: OrgAct): boolean =>
  type === "move" || type === "merge" || type === "dissolve" || type === "split";

export async function orgsOf(
  { registry }: Pick<OrgActDeps, "registry">,
  region: string,
  codes: readonly string[],
): Promise<OrgNode[]> {
  const found = await inBatches([...new Set(codes)], readAtOnce, (code) =>
    registry.org(region, code),
  );
  return found.filter((org) => org !== undefined);
}

export async function peopleAt(
  { registry }: Pick<OrgActDeps, "registry">,
  region: string,
  orgs: readonly OrgNode[],
): Promise<readonly Member[]> {
  const found = await inBatches(orgs, readAtOnce, ({ code }) => registry.membersAt(region, code));
  return [...new Map(found.flat().map((one) => [one.subject, one])).values()];
}

/** Reports of nodes in a year and those after it. */
export async function reportsOf(
  { reports }: Pick<OrgActDeps, "reports">,
  place: { readonly region: string; readonly from: number; readonly years: readonly FiscalYear[] },
  orgs: readonly OrgNode[],
): Promise<readonly OrgReport[]> {
  const { region, from, years } = place;
  const wanted = years
    .filter(({ year }) => year >= from)
    .flatMap(({ year }) => orgs.map(({ code }) => ({ year, orgCode: code })));
  const found = await inBatches(wanted, readAtOnce, async ({ year, orgCode }) => {
    const head = await reports.surveyHead(reportIdOf(region, year, orgCode));
    if (head === undefined) return [];
    if (!("value" in head)) return [{ orgCode, year, status: "damaged" as const }];
    const { state } = head.value;
    return [
      {
        ...{ orgCode, year, status: state.status },
        ...(state.status === "in_review" ? { stage: state.stage } : {}),
      },
    ];
  });
  return found.flat();
}
