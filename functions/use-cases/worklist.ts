import {
  preparerRole,
  reviewerOf,
  roleOf,
  signerOf,
  type Role,
} from "../../shared/workflow/roles.ts";
import { allowedActions, type ReportAction } from "../../shared/workflow/available.ts";
import { takeDownAskedOf } from "../../shared/workflow/transitions.ts";
import { publishingRole, queueOf } from "../../shared/workflow/turn.ts";
import type { WorklistRow } from "../../shared/workflow/worklist-row.ts";
import { orgIn } from "../../shared/registry/org-in-year.ts";
import type { FiscalYear, Member, OrgNode } from "../../shared/registry/registry.ts";
import type {
  HeadPage,
  PageRequest,
  ProgressStore,
  RegistryStore,
  RegistryView,
  ReportHead,
  ReportStore,
} from "../storage/ports.ts";
import { actorTowards, seesUnitsOf } from "../../shared/registry/access.ts";
import { lineageOfReport, ownNodes, seenReports } from "./access.ts";
import { currentSummaries } from "./current-summaries.ts";
import { reportIdOf } from "./open-report.ts";
import { departmentSeason } from "./progress/season-rows.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { keptRow, rowsOf, type RowDeps } from "./worklist-rows.ts";

export interface Worklist {
  /** Reports that wait for this person. */
  readonly mine: readonly WorklistRow[];
  readonly toOpen: readonly { readonly org: OrgNode; readonly year: FiscalYear }[];
  /** Reports of the person's own nodes, and their departments' units, that wait for others or for nobody. */
  readonly following: readonly WorklistRow[];
  /** Ids of such reports whose head cannot be read. */
  readonly damaged: readonly string[];
  readonly next?: string;
}

interface WorklistDeps extends RowDeps {
  readonly reports: Pick<ReportStore, "load" | "surveyHead" | "byTurn" | "byOrg">;
  readonly registry: Pick<RegistryStore, "view">;
  readonly progress: Pick<ProgressStore, "under" | "notes" | "kept" | "note">;
}

/** What waits for a person; reports to open and to follow come with the first page only. */
export async function worklist(
  deps: WorklistDeps,
  member: Member,
  page: PageRequest,
): Promise<Worklist> {
  const view = await deps.registry.view(member.region);
  const { items, damaged, next } = await waiting(deps, await queuesOf(member, view), page);
  const ended = new Set(
    (await view.years()).flatMap(({ year, status }) => (status === "closed" ? [year] : [])),
  );
  const mine = await those(
    // A draft that cannot be handed in any more waits for nobody.
    items.filter((head) => !ended.has(head.year) || !isDraftToHandIn(head)),
    (head) => isFor(member, head, view),
  );
  const rest = next === undefined ? {} : { next };
  if (page.after !== undefined) {
    const later = await currentRows(deps, mine, member);
    return { mine: later, toOpen: [], following: [], damaged: [...damaged].sort(), ...rest };
  }
  const [own, units] = await Promise.all([
    ownReports(deps, member, view),
    unitReports(deps, member, view),
  ]);
  const listed = new Set(mine.map(({ id }) => id));
  const toSign = await those(
    [...own.items, ...units.toSign].filter(({ id }) => !listed.has(id)),
    (head) => isForSigner(member, head, view),
  );
  const failedFirst = [...mine, ...toSign].toSorted(
    (a, b) => Number(isFailed(b)) - Number(isFailed(a)),
  );
  const isFirst = new Set(failedFirst.map(({ id }) => id));
  const requested = items.filter((head) => isRequestOf(member, head));
  const isRequested = new Set(requested.map(({ id }) => id));
  const followed = [
    ...requested,
    ...own.items.filter(({ id }) => !isFirst.has(id) && !isRequested.has(id)),
  ];
  const rows = await currentRows(deps, [...failedFirst, ...followed], member);
  const elsewhere = new Set([...isFirst, ...units.unread.map(({ id }) => id)]);
  const unitsElsewhere = units.following.filter(({ id }) => !isRequested.has(id));
  return {
    mine: [...rows.slice(0, failedFirst.length), ...units.unread],
    toOpen: await toOpen(deps, member, view),
    // What waits for this person on a later page is followed nowhere.
    following: [...rows.slice(failedFirst.length), ...unitsElsewhere].filter(
      ({ id, turn, year }) =>
        !elsewhere.has(id) && (isRequested.has(id) || !isOwnTurn(member, turn) || ended.has(year)),
    ),
    damaged: [...new Set([...damaged, ...own.damaged])].sort(),
    ...rest,
  };
}

/** What lists show of some reports to a person, as of today. */
async function currentRows(
  deps: WorklistDeps,
  heads: readonly ReportHead[],
  { subject }: Member,
): Promise<readonly WorklistRow[]> {
  const summaries = await currentSummaries(deps, heads);
  const reports = heads.flatMap((head, index) => {
    const summary = summaries[index];
    return summary === undefined ? [] : [{ head, summary }];
  });
  return rowsOf(deps, reports, subject);
}

const isOwnTurn = ({ region, memberships }: Member, turn: WorklistRow["turn"]): boolean =>
  turn !== undefined &&
  memberships.some((membership) => queueOf(region, membership) === queueOf(region, turn));

const isDraftToHandIn = ({ state }: ReportHead): boolean =>
  state.status === "draft" && state.correcting === undefined;

const isFailed = ({ state }: ReportHead): boolean =>
  state.status === "approved" && state.failure !== undefined;

/**
 * Queues of the person's roles; signers share the queue of the department's reviewer, and the
 * bureau's reviewer where failed publications and requests to take down wait.
 */
async function queuesOf(member: Member, view: RegistryView): Promise<readonly string[]> {
  const queues = await Promise.all(
    member.memberships.map(async ({ role, orgCode }) => {
      const own = await ownQueueRole(role, orgCode, view);
      const looksAt = new Set([own, roleOf(role).attendsFailures ? publishingRole : undefined]);
      return [...looksAt].flatMap((one) =>
        one === undefined ? [] : [queueOf(member.region, { role: one, orgCode })],
      );
    }),
  );
  return [...new Set(queues.flat())].sort();
}

/** The role in whose queue at a node another finds what waits for it; undefined where nothing can. */
async function ownQueueRole(
  role: Role,
  orgCode: string,
  view: RegistryView,
): Promise<Role | undefined> {
  switch (roleOf(role).duty.kind) {
    case "reads":
      return undefined;
    case "signs":
      return (await view.org(orgCode))?.kind === "department" ? reviewerOf.department : undefined;
    case "prepares":
    case "reviews":
    case "administers":
      return role;
  }
}

/** One page over several queues, one after the other, each earliest due first. */
async function waiting(
  { reports }: Pick<WorklistDeps, "reports">,
  queues: readonly string[],
  { limit, after }: PageRequest,
): Promise<HeadPage & { readonly damaged: readonly string[] }> {
  const [, from = "0", inner = ""] = /^(\d+)\.(.*)$/su.exec(after ?? "0.") ?? [];
  const items: ReportHead[] = [];
  const damaged: string[] = [];
  let within = inner === "" ? undefined : inner;
  for (let index = Number(from); index < queues.length; index += 1) {
    const page = await reports.byTurn(queues[index] ?? "", {
      limit: limit - items.length,
      ...omitUndefined({ after: within }),
    });
    items.push(...page.items);
    damaged.push(...(page.damaged ?? []));
    if (page.next !== undefined) return { items, damaged, next: `${String(index)}.${page.next}` };
    if (items.length >= limit && index + 1 < queues.length) {
      return { items, damaged, next: `${String(index + 1)}.` };
    }
    within = undefined;
  }
  return { items, damaged };
}

/** In a queue that several roles share: whether it is this person's turn, or signature, there. */
async function isFor(member: Member, head: ReportHead, view: RegistryView): Promise<boolean> {
  // Whoever asked for a take-down waits for another person, also where they share the queue.
  if (isRequestOf(member, head)) return false;
  const isOwnQueue = member.memberships.some(
    (membership) => head.turn?.queue === queueOf(member.region, membership),
  );
  return (
    isOwnQueue ||
    (await isForSigner(member, head, view)) ||
    may(["retry_publication", "take_down"], member, head, view)
  );
}

const isRequestOf = ({ subject }: Member, { state }: ReportHead): boolean =>
  takeDownAskedOf(state)?.by === subject;

const isForSigner = (member: Member, head: ReportHead, view: RegistryView): Promise<boolean> =>
  may(["sign_off_secrecy", "sign_off_principal"], member, head, view);

async function may(
  acts: readonly ReportAction[],
  member: Member,
  head: ReportHead,
  view: RegistryView,
): Promise<boolean> {
  const lineage = await lineageOfReport(view, head);
  if (lineage === undefined) return false;
  const actions = allowedActions(head.state, actorTowards(member, lineage));
  return acts.some((act) => actions.includes(act));
}

async function those(
  heads: readonly ReportHead[],
  hold: (head: ReportHead) => Promise<boolean>,
): Promise<readonly ReportHead[]> {
  const held = await Promise.all(heads.map(hold));
  return heads.filter((_, index) => held[index]);
}

/** Years of a node, latest first, that its people follow here. */
const followedYears = 3;
/** At most so many nodes of one person are queried; only people of the bureau have more. */
const followedNodes = 5;
/** Reports of units to sign whose heads are read: of the others what is kept is enough until some are signed. */
const readToSign = 5;

/** Latest reports of the person's own nodes. */
async function ownReports(
  { reports }: Pick<WorklistDeps, "reports">,
  member: Member,
  view: RegistryView,
): Promise<{ readonly items: readonly ReportHead[]; readonly damaged: readonly string[] }> {
  const nodes = await ownNodes(member, view);
  const pages = await Promise.all(
    nodes
      .slice(0, followedNodes)
      .map(({ code }) => reports.byOrg(member.region, code, { limit: followedYears })),
  );
  return {
    items: await seenReports(
      member,
      view,
      pages.flatMap(({ items }) => items),
    ),
    damaged: pages.flatMap(({ damaged = [] }) => damaged),
  };
}

/** Units of the person's departments in the latest years, as they are kept; heads of those to sign alone. */
async function unitReports(
  { reports, progress }: Pick<WorklistDeps, "reports" | "progress">,
  member: Member,
  view: RegistryView,
): Promise<{
  readonly following: readonly WorklistRow[];
  readonly toSign: readonly ReportHead[];
  /** Further ones to sign. */
  readonly unread: readonly WorklistRow[];
}> {
  const departments = (await ownNodes(member, view)).filter(
    ({ kind, code }) => kind === "department" && seesUnitsOf(member, code),
  );
  const years = (await view.years()).toSorted((a, b) => b.year - a.year).slice(0, followedYears);
  const rows = await Promise.all(
    departments.flatMap(({ code }) =>
      years.map((year) => departmentSeason(progress, view, year, code)),
    ),
  );
  const units = rows
    .flat()
    .flatMap(({ kind, report, unsigned, course, notes }) =>
      report === undefined || kind !== "unit"
        ? []
        : [{ report: keptRow(report, course, notes), unsigned }],
    );
  const signs = new Set(member.memberships.map(({ role }) => role));
  const unsigned = units.filter((unit) => unit.unsigned.some((kind) => signs.has(signerOf[kind])));
  const heads = await Promise.all(
    unsigned.slice(0, readToSign).map(({ report }) => reports.load(report.id)),
  );
  return {
    following: units.map(({ report }) => report),
    toSign: heads.filter((head) => head !== undefined),
    unread: unsigned.slice(readToSign).map(({ report }) => report),
  };
}

/** Nodes this person draws up, in an open year in which they are there, without a report and not exempt. */
async function toOpen(
  { reports }: WorklistDeps,
  member: Member,
  view: RegistryView,
): Promise<{ org: OrgNode; year: FiscalYear }[]> {
  const prepares = new Set(
    member.memberships.flatMap(({ role, orgCode }) => (role === preparerRole ? [orgCode] : [])),
  );
  const years = (await view.years()).filter(({ status }) => status === "open");
  const orgs = await Promise.all([...prepares].map((code) => view.org(code)));
  const wanted = orgs.flatMap((stored) =>
    years.flatMap((year) => {
      const org = stored && orgIn(stored, year.year);
      return org === undefined || org.exempt !== undefined ? [] : [{ org, year }];
    }),
  );
  const heads = await Promise.all(
    wanted.map(({ org, year }) => reports.surveyHead(reportIdOf(org.region, year.year, org.code))),
  );
  return wanted.filter((_, index) => heads[index] === undefined);
}
