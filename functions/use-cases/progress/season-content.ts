import type { AuditEntry, AuditType } from "../../../shared/audit/audit-entry.ts";
import { addTallies, type Tally } from "../../../shared/progress/progress.ts";
import type { SeasonFilter, SeasonRow } from "../../../shared/progress/season.ts";
import type { FiscalYear } from "../../../shared/registry/registry.ts";
import { addDays, shanghaiDay } from "../../../shared/workflow/deadlines.ts";
import { everyItem, pagesOf } from "../../storage/pages.ts";
import type { AuditLog, ProgressStore, RegistryStore } from "../../storage/ports.ts";
import { auditEntries } from "../audit/audit-log.ts";
import { seasonRows } from "./season-rows.ts";
import { seasonRules, type RuleCount } from "./season-rules.ts";

/** What one workbook holds at most; it says so where there is more. */
const mostRows = 3_000;
/** Requests of 500 entries each in which returns and approvals are looked for. */
const minutePages = 20;
/** A season is over within a year. */
const minuteDays = 366;

const minuteTypes: readonly AuditType[] = [
  "returned",
  "approved",
  "approval_undone",
  "correction_opened",
  "taken_down",
];

/** What a workbook of a season holds, bounded whatever the region. */
export async function seasonContent(
  deps: {
    readonly registry: Pick<RegistryStore, "view">;
    readonly progress: Pick<ProgressStore, "lines" | "under" | "notes" | "ruleLines">;
    readonly audit: Pick<AuditLog, "entries">;
    readonly now: () => string;
  },
  year: FiscalYear,
  filter: SeasonFilter,
): Promise<{
  readonly rows: readonly SeasonRow[];
  readonly tally: Tally;
  readonly rules: readonly RuleCount[];
  readonly minutes: readonly AuditEntry[];
  readonly cut: readonly string[];
}> {
  const now = deps.now();
  const view = await deps.registry.view(year.region);
  const rows: SeasonRow[] = [];
  let isCut = false;
  const pages = pagesOf((page) => seasonRows(deps, view, year, { filter, page, now }));
  for await (const { items, next } of pages) {
    rows.push(...items);
    isCut = rows.length >= mostRows && next !== undefined;
    if (isCut) break;
  }
  const lines = await everyItem((page) => deps.progress.lines(year, page));
  const minutes = await minutesOf(deps, year, now);
  return {
    rows,
    tally: addTallies(lines.map(({ tally }) => tally)),
    rules: await seasonRules(deps, year),
    minutes: minutes.items,
    cut: [
      ...(isCut ? [`单位进度只列到代码 ${rows.at(-1)?.orgCode ?? ""}，其余请筛选后导出。`] : []),
      ...(minutes.isCut ? ["办理纪要只列最近的记录，更早的请在“审计”中查询。"] : []),
    ],
  };
}

async function minutesOf(
  deps: { readonly audit: Pick<AuditLog, "entries"> },
  { region, year }: FiscalYear,
  now: string,
): Promise<{ readonly items: readonly AuditEntry[]; readonly isCut: boolean }> {
  const to = shanghaiDay(now);
  const search = { from: addDays(to, -minuteDays), to, filter: {} };
  const items: AuditEntry[] = [];
  let read = 0;
  const pages = pagesOf((page) => auditEntries(deps, region, { ...search, page }), 500);
  for await (const { items: found, next } of pages) {
    items.push(...found.filter((entry) => entry.year === year && minuteTypes.includes(entry.type)));
    read += 1;
    if (read >= minutePages && next !== undefined) return { items, isCut: true };
  }
  return { items, isCut: false };
}
