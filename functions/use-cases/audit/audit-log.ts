import {
  entryOfRegistry,
  entryOfReport,
  matchesEntry,
  type AuditEntry,
  type AuditFilter,
} from "../../../shared/audit/audit-entry.ts";
import type { ChainedRegistryEvent } from "../../../shared/registry/registry.ts";
import { addDays } from "../../../shared/workflow/deadlines.ts";
import type { ChainedEvent } from "../../../shared/workflow/report-state.ts";
import type { AuditLog, PageRequest, RegistryStore, ReportHead } from "../../storage/ports.ts";
import { pagesOf } from "../../storage/pages.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** Lists events of a report in its region's audit log. */
export const listReportEvents = (
  { audit }: { readonly audit: Pick<AuditLog, "record"> },
  head: Pick<ReportHead, "region" | "year" | "orgCode" | "orgName">,
  events: readonly ChainedEvent[],
): Promise<void> =>
  audit.record(
    head.region,
    events.map((event) => entryOfReport(head, event)),
  );

/**
 * Lists what the registry has recorded since it was listed last, all of it the first time, and does what follows from each
 * event; killed in between, it does so again.
 */
export async function listRegistryEvents(
  {
    audit,
    registry,
  }: {
    readonly audit: Pick<AuditLog, "record" | "listed" | "markListed">;
    readonly registry: Pick<RegistryStore, "events">;
  },
  region: string,
  tip: number,
  follow: (chained: ChainedRegistryEvent) => Promise<void>,
): Promise<void> {
  const listed = (await audit.listed(region)) ?? 0;
  if (tip <= listed) return;
  for await (const { items } of pagesOf((page) => registry.events(region, page), 50)) {
    const added = items.filter(({ seq }) => seq > listed);
    await audit.record(region, added.map(entryOfRegistry));
    for (const chained of added) await follow(chained);
    if (items.some(({ seq }) => seq <= listed + 1)) break;
  }
  await audit.markListed(region, tip);
}

/** Entries that one request reads at most; what it has found by then is a page. */
const entriesAtOnce = 500;
const entriesARead = 100;

export interface AuditPage {
  readonly items: readonly AuditEntry[];
  readonly next?: string;
  /** Instant down to which it was looked through, where there is more. */
  readonly readTo?: string;
}

/**
 * Entries between two days (Asia/Shanghai, both included) that match, latest first, month by month. A request reads so
 * many entries and no more, whatever it finds: an empty page with a `next` only says that there are none so far.
 */
export async function auditEntries(
  { audit }: { readonly audit: Pick<AuditLog, "entries"> },
  region: string,
  {
    from,
    to,
    filter,
    page,
  }: {
    readonly from: string;
    readonly to: string;
    readonly filter: AuditFilter;
    readonly page: PageRequest;
  },
): Promise<AuditPage> {
  const [since, before] = [startOf(from), startOf(addDays(to, 1))];
  const first = monthOf(since);
  const items: AuditEntry[] = [];
  let { month, after } = readPosition(page.after) ?? { month: monthOf(before), after: undefined };
  let [read, readTo] = [0, before];
  while (month >= first) {
    const found = await audit.entries(region, month, before, {
      limit: entriesARead,
      ...omitUndefined({ after }),
    });
    // Whole reads only: a page may hold a read more than was asked for, and none is looked through twice.
    items.push(...found.items.filter((entry) => entry.at >= since && matchesEntry(entry, filter)));
    read += Math.max(found.items.length, 1);
    const last = found.items.at(-1);
    if (last !== undefined) readTo = last.at;
    if (last !== undefined && last.at < since) return { items };
    after = found.next;
    if (after === undefined) month = monthBefore(month);
    if (month >= first && (items.length >= page.limit || read >= entriesAtOnce)) {
      return { items, next: `${month}.${after ?? ""}`, readTo };
    }
  }
  return { items };
}

/** Midnight in Asia/Shanghai, as an instant in UTC. */
const startOf = (day: string): string => `${addDays(day, -1)}T16:00:00.000Z`;

const monthOf = (instant: string): string => instant.slice(0, 7);
const monthBefore = (month: string): string => monthOf(addDays(`${month}-01`, -1));

function readPosition(after: string | undefined) {
  const [, month, within = ""] = /^(\d{4}-\d{2})\.(.*)$/su.exec(after ?? "") ?? [];
  return month === undefined ? undefined : { month, after: within === "" ? undefined : within };
}
