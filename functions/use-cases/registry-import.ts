import { Buffer } from "node:buffer";
import { canonicalJson, type Json } from "../../shared/canonical-json.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import {
  importPlanSchema,
  partsOf,
  type ImportItem,
  type ImportPlan,
} from "../../shared/registry/import/import-plan.ts";
import { planOrgs } from "../../shared/registry/import/plan-orgs.ts";
import { planPeople } from "../../shared/registry/import/plan-people.ts";
import {
  readRegistrySheets,
  type RegistrySheets,
  type SheetFault,
} from "../../shared/registry/import/registry-sheets.ts";
import { undoItems } from "../../shared/registry/import/undo-import.ts";
import { contactKeys } from "../../shared/registry/invitation.ts";
import { plainEmail, plainMobile } from "../../shared/registry/contact.ts";
import type { OrgActFacts } from "../../shared/registry/org-act.ts";
import type { Invitation } from "../../shared/registry/invitation.ts";
import type { Member, Membership, OrgNode } from "../../shared/registry/registry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { putBlob, type BlobDeps } from "../storage/blobs.ts";
import { everyItem } from "../storage/pages.ts";
import type { ReportStore } from "../storage/ports.ts";
import { readJsonBlob } from "./damage.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { inBatches } from "./in-batches.ts";
import { orgsOf, peopleAt, reportsOf } from "./org-acts.ts";
import type { Administrator } from "./registry.ts";
import { openRegistry, type RegistryDeps } from "./registry-chain.ts";
import { fileFault } from "./workbook/file-fault.ts";

/** 导入机构和人员: a workbook is read, weighed whole, and stored as a plan; then it is applied part by part. */

export interface ImportDeps extends RegistryDeps, BlobDeps {
  readonly reports: Pick<ReportStore, "surveyHead">;
  readonly newId: () => string;
  readonly heavyWork: HeavyWork;
}

export interface PlannedImport {
  /** Hash of the stored plan, by which it is applied. */
  readonly id: string;
  readonly plan: ImportPlan;
  readonly parts: number;
  /** Nodes that the changes name, by code. */
  readonly orgs: ReadonlyMap<string, OrgNode>;
  /** Needed roles that nobody would hold any more. */
  readonly vacancies: readonly Membership[];
}
type StoredPlan = Pick<PlannedImport, "id" | "plan" | "parts">;

export type ImportRefusal =
  | { readonly code: "sheets_refused"; readonly faults: readonly SheetFault[] }
  | { readonly code: "import_under_way"; readonly fileName: string; readonly byName: string }
  | { readonly code: "nothing_to_import" };

/** Weighs a workbook, and stores what it would change; nothing of the registry is touched. */
export async function planImport(
  deps: ImportDeps,
  by: Administrator,
  request: {
    readonly region: string;
    readonly year: number;
    readonly reason: string;
    readonly fileName: string;
    readonly bytes: Uint8Array;
  },
): Promise<Result<PlannedImport, ImportRefusal>> {
  const { region, year, reason, fileName } = request;
  const opened = await deps.heavyWork("readGrids", { bytes: request.bytes });
  if (!opened.ok) return refused([fileFault(opened.error)]);
  const sheets = readRegistrySheets(opened.value.grids);
  if (sheets.faults.length > 0) return refused(sheets.faults);
  const head = await openRegistry(deps, region);
  if (head.state.import !== undefined) {
    const { fileName: other, byName } = head.state.import;
    return err({ code: "import_under_way", fileName: other, byName });
  }
  const circumstances = { state: head.state, by, now: deps.now() };
  const facts = await orgFacts(deps, region, year, sheets);
  const orgs = planOrgs(circumstances, sheets.orgs, { year, reason }, facts);
  const ending = sheets.people.flatMap(({ text }) => (text.结束 === "是" ? [text.机构代码] : []));
  const losing = [...new Set(ending)].flatMap((code) => orgs.orgs.get(code) ?? []);
  const known = await peopleFacts(deps, region, sheets);
  // Roles that stay are weighed with the new ones, wherever they are held.
  const held = [...known.members.values()].flatMap(({ memberships }) =>
    memberships.map(({ orgCode }) => orgCode).filter((code) => !orgs.orgs.has(code)),
  );
  const elsewhere = await orgsOf(deps, region, held);
  const named = new Map([...elsewhere.map((org) => [org.code, org] as const), ...orgs.orgs]);
  const people = planPeople(circumstances, sheets.people, {
    ...{ holders: await peopleAt(deps, region, losing), orgs: named },
    ...{ ...known, region, newId: deps.newId },
  });
  const faults = [...orgs.faults, ...people.faults];
  if (faults.length > 0) return refused(faults);
  const items = [
    ...orgs.changes.map(({ before, after }) => ({
      ...{ kind: "org" as const, after },
      ...omitUndefined({ before }),
    })),
    ...people.changes.map((change) => ({ kind: "member" as const, ...change })),
    ...people.grants.map(({ grant, before, after }) => ({
      ...{ kind: "grant" as const, grant, after },
      ...omitUndefined({ before }),
    })),
    ...people.invitees.map((invitee) => ({
      ...{ kind: "invite" as const, id: deps.newId() },
      ...invitee,
    })),
  ];
  if (items.length === 0) return err({ code: "nothing_to_import" });
  const plan = { region, fileName, year, reason, seq: head.chain.seq, items };
  const { vacancies } = people;
  return ok({ ...(await storePlan(deps, plan)), orgs: named, vacancies });
}

const refused = (faults: readonly SheetFault[]) => err({ code: "sheets_refused" as const, faults });

async function storePlan(deps: BlobDeps, plan: unknown): Promise<StoredPlan> {
  // What would not be read back is not stored.
  const parsed = importPlanSchema.parse(plan);
  const id = await putBlob(deps, Buffer.from(canonicalJson(parsed as Json)), "application/json");
  return { id, plan: parsed, parts: partsOf(parsed) };
}

/** A stored plan of a region; undefined where there is none under this hash. */
export async function loadPlan(
  deps: BlobDeps,
  region: string,
  id: string,
): Promise<ImportPlan | undefined> {
  const read = await readJsonBlob(deps, id, importPlanSchema);
  return "value" in read && read.value.region === region ? read.value : undefined;
}

const readAtOnce = 16;

async function orgFacts(
  deps: ImportDeps,
  region: string,
  year: number,
  { orgs: rows, people }: RegistrySheets,
): Promise<OrgActFacts> {
  const { registry } = deps;
  const [[bureau], years] = await Promise.all([
    everyItem((page) => registry.orgsUnder(region, undefined, page)),
    registry.years(region),
  ]);
  const codes = [
    ...rows.flatMap(({ text }) => [text.机构代码, text.上级代码]),
    ...people.map(({ text }) => text.机构代码),
  ].filter((code) => code !== "");
  const named = await orgsOf(deps, region, codes);
  const above = await orgsOf(
    deps,
    region,
    named.flatMap(({ parent }) => parent ?? []),
  );
  const ending = new Set(rows.flatMap(({ text }) => (text.撤销 === "是" ? [text.机构代码] : [])));
  const below = await inBatches(
    named.filter(({ kind, code }) => kind === "department" && ending.has(code)),
    readAtOnce,
    ({ code }) => everyItem((page) => registry.orgsUnder(region, code, page)),
  );
  const known = [...above, ...named, ...below.flat()];
  const orgs = new Map(known.map((org) => [org.code, org]));
  const moving = rows.flatMap(({ text }) => {
    const org = orgs.get(text.机构代码);
    const moves = text.上级代码 !== "" && text.上级代码 !== org?.parent;
    return org !== undefined && (moves || text.撤销 === "是") ? [org] : [];
  });
  const holders = await peopleAt(deps, region, moving);
  const affected = new Set(
    moving.flatMap(({ code, parent }) => [code, ...(parent === undefined ? [] : [parent])]),
  );
  for (const { text } of rows) if (text.上级代码 !== "") affected.add(text.上级代码);
  const reports = await reportsOf(
    deps,
    { region, from: year, years },
    [...affected].flatMap((code) => orgs.get(code) ?? []),
  );
  return { orgs, bureau, years, reports, people: holders };
}

async function peopleFacts(
  { registry }: ImportDeps,
  region: string,
  { people: rows }: RegistrySheets,
): Promise<{
  readonly members: ReadonlyMap<string, Member>;
  readonly invitations: readonly Invitation[];
}> {
  const subjects = [...new Set(rows.flatMap(({ text }) => text.账号 || []))];
  const members = await inBatches(subjects, readAtOnce, (subject) =>
    registry.member(region, subject),
  );
  const keys = rows.flatMap(({ text }) =>
    text.账号 === ""
      ? contactKeys({ email: plainEmail(text.邮箱), mobile: plainMobile(text.手机) })
      : [],
  );
  const found = await inBatches([...new Set(keys)], readAtOnce, (key) =>
    registry.invitationsNamedBy(key),
  );
  return {
    members: new Map(members.flatMap((one) => (one === undefined ? [] : [[one.subject, one]]))),
    invitations: found.flat().filter((one) => one.region === region),
  };
}

export type UndoRefusal =
  | ImportRefusal
  | { readonly code: "not_found" }
  /** What was done with the import's records since. */
  | { readonly code: "built_on"; readonly built: readonly string[] };

/** Plans to take the last import back, or says what has been built on it. */
export async function planUndo(
  deps: ImportDeps,
  region: string,
): Promise<Result<StoredPlan, UndoRefusal>> {
  const head = await openRegistry(deps, region);
  const { lastImport: last, import: running } = head.state;
  if (running !== undefined) {
    return err({ code: "import_under_way", fileName: running.fileName, byName: running.byName });
  }
  const plan = last && (await loadPlan(deps, region, last.id));
  if (last === undefined || plan === undefined) return err({ code: "not_found" });
  const of = <Kind extends ImportItem["kind"]>(kind: Kind) =>
    plan.items.filter(
      (item): item is Extract<ImportItem, { readonly kind: Kind }> => item.kind === kind,
    );
  const orgs = await orgsOf(
    deps,
    region,
    of("org").map(({ after }) => after.code),
  );
  const [members, invitations, years] = await Promise.all([
    inBatches(of("member"), readAtOnce, ({ after }) => deps.registry.member(region, after.subject)),
    inBatches(of("invite"), readAtOnce, ({ id }) => deps.registry.invitation(region, id)),
    deps.registry.years(region),
  ]);
  const { items, built } = undoItems(plan, {
    state: head.state,
    orgs: new Map(orgs.map((org) => [org.code, org])),
    members: new Map(members.flatMap((one) => (one === undefined ? [] : [[one.subject, one]]))),
    invitations: new Map(invitations.flatMap((one) => (one === undefined ? [] : [[one.id, one]]))),
    reports: await reportsOf(deps, { region, from: plan.year, years }, orgs),
  });
  if (built.length > 0) return err({ code: "built_on", built });
  const { fileName, year } = plan;
  const undo = { region, fileName, year, reason: "撤回导入", undoes: last.id };
  return ok(await storePlan(deps, { ...undo, seq: head.chain.seq, items }));
}
