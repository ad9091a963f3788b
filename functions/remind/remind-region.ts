import { shanghaiDay } from "../../shared/workflow/deadlines.ts";
import { type DueReport, remindersOn } from "../../shared/workflow/reminders.ts";
import { turnOf } from "../../shared/workflow/turn.ts";
import { type PostDeps, type Posted, sendOnce } from "../platform/mail/send-once.ts";
import type {
  FiscalYear,
  OrgNode,
  RegistryStore,
  RegistryView,
  ReportHead,
  ReportStore,
} from "../storage/ports.ts";
import { everyItem } from "../storage/registry-view.ts";
import { lineageOf, lineageOfReport } from "../use-cases/access.ts";
import { digest } from "./digest.ts";

export interface RemindDeps extends PostDeps {
  readonly reports: Pick<ReportStore, "byYear">;
  readonly registry: Pick<RegistryStore, "view" | "orgs" | "years" | "members">;
  readonly staffUrl: string;
}

/** Today's reminders of a region, at most one mail a person however often it runs. */
export async function remindRegion(deps: RemindDeps, region: string): Promise<Posted> {
  const today = shanghaiDay(deps.now());
  const view = await deps.registry.view(region);
  const [orgs, years, members] = await Promise.all([
    everyItem((page) => deps.registry.orgs(region, page)),
    deps.registry.years(region),
    everyItem((page) => deps.registry.members(region, page)),
  ]);
  const bureau = await view.bureau();
  if (bureau === undefined) return { sent: 0, sentBefore: 0, unreachable: 0 };
  const due: DueReport[] = [];
  for (const year of years) {
    if (year.status === "open")
      due.push(...(await dueOf(year, { view, orgs, heads: await headsOf(deps, year) })));
  }
  const reminders = remindersOn(today, { due, members, bureauCode: bureau.code });
  const letters = members.flatMap((member) => {
    const lines = reminders.get(member.subject);
    return lines === undefined
      ? []
      : [
          {
            occasion: `remind.${region}.${today}`,
            to: member,
            ...digest(member.name, lines, deps.staffUrl),
          },
        ];
  });
  return sendOnce(deps, letters);
}

async function headsOf(
  { reports }: RemindDeps,
  { region, year }: FiscalYear,
): Promise<ReadonlyMap<string, ReportHead>> {
  const heads = new Map<string, ReportHead>();
  let after: string | undefined;
  do {
    const page = await reports.byYear(region, year, {
      limit: 100,
      ...(after === undefined ? {} : { after }),
    });
    for (const head of page.items) heads.set(head.orgCode, head);
    after = page.next;
  } while (after !== undefined);
  return heads;
}

/** Every node that must report and has not come to an end, by the deadlines as they are today. */
async function dueOf(
  year: FiscalYear,
  {
    view,
    orgs,
    heads,
  }: {
    readonly view: RegistryView;
    readonly orgs: readonly OrgNode[];
    readonly heads: ReadonlyMap<string, ReportHead>;
  },
): Promise<DueReport[]> {
  const due = await Promise.all(
    orgs.map(async ({ code, name, kind, exempt }) => {
      const head = heads.get(code);
      const mustReport = kind !== "bureau" && exempt?.year !== year.year;
      const lineage = await (head === undefined
        ? lineageOf(view, code)
        : lineageOfReport(view, head));
      if (lineage === undefined || (head === undefined && !mustReport)) return [];
      const state = head?.state ?? { status: "draft" as const };
      const turn = turnOf(state, { ...lineage, kind }, year);
      if (turn === undefined || state.status === "published" || state.status === "taken_down") {
        return [];
      }
      return [
        {
          year: year.year,
          orgCode: code,
          orgName: name,
          kind,
          departmentCode: lineage.departmentCode,
          status: head === undefined ? ("absent" as const) : state.status,
          turn,
          ...(state.status === "approved" && state.failure !== undefined
            ? { failed: state.failure.step }
            : {}),
        },
      ];
    }),
  );
  return due.flat();
}
