import { z } from "zod";
import type { PublishMessage } from "../../shared/contract/messages.ts";
import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { recordsOf } from "../../shared/registry/evolve-registry.ts";
import type { RegistryEvent } from "../../shared/registry/registry.ts";
import { publishingRole, queueOf } from "../../shared/workflow/turn.ts";
import { pagesOf } from "../storage/pages.ts";
import type { ReportHead } from "../storage/ports.ts";
import { inBatches } from "../use-cases/in-batches.ts";
import { registryEvents } from "../use-cases/registry-history.ts";
import { catalogueRoot, readJson, recordBytes, spoiltLine } from "./portal-files.ts";
import { drawHistories } from "./org-history.ts";
import { redrawAcrossYears } from "./portal-index.ts";
import type { PublishSubmissionDeps } from "./submission-deps.ts";
import { redrawReports, redrawSchema } from "./redraw-reports.ts";
import { sweepReports } from "./sweep-reports.ts";
import { positionSchema } from "./walk-reports.ts";
import {
  changeRows,
  portalOf,
  redrawYearOf,
  rowChange,
  type RegionIndexDeps,
} from "./region-index.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** How far the portal's lists of who must publish by when are up to date, and where the sweep goes on. */
const planSchema = z.object({
  /** Of the registry's chain, the last event taken in. */
  registrySeq: z.int().min(0),
  /** As of this day everything overdue is shown as such. */
  day: z.iso.date(),
  /** The office whose administrators answer for publication; absent while there is none. */
  bureau: z.string().optional(),
  /** Where the sweep of reports goes on. */
  sweep: positionSchema.optional(),
  /** Where drawing all public pages anew goes on; absent when none is requested. */
  redraw: redrawSchema.optional(),
});
type Plan = z.infer<typeof planSchema>;

type PlanRequest = Omit<Extract<PublishMessage, { type: "plan" }>, "type">;

/**
 * Takes into the lists what changed since it last ran: offices and years by the registry's events, and
 * once a day what became overdue, by due date; then some reports are checked, too, as they are
 * when that is requested. Where nothing did, it reads two small records. Without a readable record of how far
 * it came, it draws every year anew. While public pages are drawn anew, each run draws the next of them.
 */
export async function refreshPlan(
  deps: PublishSubmissionDeps,
  { region, sweep: isSwept, redraw: isRedrawn }: PlanRequest,
): Promise<{
  readonly outcome: "planned" | "stood_already";
  readonly bureau?: string;
  /** Public pages are still to be drawn anew, by the next runs. */
  readonly redrawing?: true;
}> {
  const { portal } = deps;
  const key = `${catalogueRoot(deps.settingsOf(region))}plan.json`;
  const read = await readJson(portal, key, planSchema);
  if (read !== undefined && "fault" in read) deps.log.error(spoiltLine, { key, ...read });
  const before = read !== undefined && "value" in read ? read.value : undefined;
  const today = shanghaiDay(deps.now());
  const registrySeq = (await deps.registry.head(region))?.chain.seq ?? 0;
  const known = (bureau: string | undefined) => (bureau === undefined ? {} : { bureau });
  const redraw = isRedrawn === true ? {} : before?.redraw;
  const isAsked = isSwept === true || redraw !== undefined;
  if (before?.registrySeq === registrySeq && before.day === today && !isAsked) {
    return { outcome: "stood_already", ...known(before.bureau) };
  }
  const found =
    before === undefined || isRedrawn === true
      ? await drawRegion(deps, region)
      : before.registrySeq === registrySeq
        ? undefined
        : await takeInRegistry(deps, region, before.registrySeq);
  const bureau = found ?? before?.bureau;
  const isNewDay = before !== undefined && before.day !== today;
  if (isNewDay && bureau !== undefined) await markOverdue(deps, region, { bureau, today });
  const sweep =
    isNewDay || isSwept === true ? await sweepReports(deps, region, before?.sweep) : before?.sweep;
  const redrawn = redraw && (await redrawReports(deps, region, redraw));
  const plan: Plan = {
    ...{ registrySeq, day: today, ...known(bureau) },
    ...omitUndefined({ sweep, redraw: redrawn }),
  };
  await portal.put(key, recordBytes(plan), "application/json");
  return {
    outcome: "planned",
    ...known(bureau),
    ...(redrawn === undefined ? {} : { redrawing: true }),
  };
}

/** Whether drawing the public pages of a region anew has begun and is not done. */
export async function isRedrawing(
  { portal, settingsOf }: Pick<PublishSubmissionDeps, "portal" | "settingsOf">,
  region: string,
): Promise<boolean> {
  const read = await readJson(portal, `${catalogueRoot(settingsOf(region))}plan.json`, planSchema);
  return read !== undefined && "value" in read && read.value.redraw !== undefined;
}

/** Every year of a region, from registry and heads; answers the bureau. */
export async function drawRegion(
  deps: RegionIndexDeps,
  region: string,
): Promise<string | undefined> {
  const years = await deps.registry.years(region);
  if (years.length === 0) await redrawAcrossYears(portalOf(deps, region));
  for (const { year } of years) await redrawYearOf(deps, region, year);
  await drawHistories(deps, region);
  return (await (await deps.registry.view(region)).bureau())?.code;
}

/** More offices than this at once are an import: then whole years are drawn. */
const fewOffices = 100;

/** Takes in the events after `seq`; answers the bureau if it is among the offices that changed. */
async function takeInRegistry(
  deps: RegionIndexDeps,
  region: string,
  seq: number,
): Promise<string | undefined> {
  const offices = new Set<string>();
  const newYears = new Set<number>();
  let bureau: string | undefined;
  for await (const event of eventsAfter(deps, region, seq)) {
    for (const { kind, value } of recordsOf(event)) {
      if (kind === "org") {
        if (value.kind === "bureau") bureau = value.code;
        else offices.add(value.code);
      }
      // A year's deadlines are the staff's: only that it is there concerns the portal.
      if (kind === "year") newYears.add(value.year);
    }
  }
  const years = (await deps.registry.years(region)).map(({ year }) => year);
  const isComplete = offices.size > fewOffices ? years : years.filter((year) => newYears.has(year));
  for (const year of isComplete) await redrawYearOf(deps, region, year);
  for (const year of years.filter((one) => !isComplete.includes(one))) {
    const changes = await inBatches([...offices], officesAtOnce, (orgCode) =>
      rowChange(deps, { region, year, orgCode }),
    );
    if (changes.length > 0) await changeRows(deps, region, year, changes);
  }
  await drawHistories(deps, region, offices);
  return bureau;
}

const officesAtOnce = 16;

async function* eventsAfter(
  deps: RegionIndexDeps,
  region: string,
  seq: number,
): AsyncGenerator<RegistryEvent> {
  for await (const { items } of pagesOf((page) => registryEvents(deps, region, page), 25)) {
    for (const one of items) {
      if (one.seq <= seq) return;
      yield one.event;
    }
  }
}

/** Approved reports whose last day has passed, from the queue in which they wait, earliest due first. */
async function markOverdue(
  deps: RegionIndexDeps,
  region: string,
  { bureau, today }: { readonly bureau: string; readonly today: string },
): Promise<void> {
  const queue = queueOf(region, { role: publishingRole, orgCode: bureau });
  for await (const { items } of pagesOf((page) => deps.reports.byTurn(queue, page), 25)) {
    const late = items.filter(({ turn }) => turn !== undefined && turn.due < today);
    const byYear = new Map<number, ReportHead[]>();
    for (const head of late) byYear.set(head.year, [...(byYear.get(head.year) ?? []), head]);
    for (const [year, heads] of byYear) {
      const changes = await inBatches(heads, officesAtOnce, (head) =>
        rowChange(deps, { region, year, orgCode: head.orgCode, head }),
      );
      await changeRows(deps, region, year, changes);
    }
    if (late.length < items.length) return;
  }
}
