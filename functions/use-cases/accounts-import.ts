import { Buffer } from "node:buffer";
import { accountsPlanSchema, type AccountsPlan } from "../../shared/accounts/accounts-plan.ts";
import type { AccountsProposal } from "../../shared/accounts/proposal.ts";
import { comparableName } from "../../shared/forms/canonical-table.ts";
import type { TableId } from "../../shared/forms/form.ts";
import type { Tables } from "../../shared/report/sections.ts";
import { emptySection } from "../../shared/report/section-ids.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection } from "../storage/blobs.ts";
import type { ReportHead, ReportStore, SaveRefusal, SectionChange } from "../storage/ports.ts";
import { readJsonBlob } from "./damage.ts";
import { HeavyWorkStopped, type HeavyWork } from "./heavy-work.ts";
import { storePlan } from "./import-plan.ts";
import { tooHeavy, unitAfter } from "./import-tables.ts";
import type { PlacedFault } from "./placed-fault.ts";
import { loadSection, type ContentDeps } from "./report-content.ts";
import { editionOf } from "./stored-edition.ts";

/** 从账表导入: a workbook of the accounts is weighed against the draft and stored as a plan; then it is applied, or taken back. */

export interface AccountsDeps extends ContentDeps {
  readonly reports: Pick<ReportStore, "saveSections">;
  readonly heavyWork: HeavyWork;
  readonly now: () => string;
}

export type AccountsRefusal =
  | Rejection
  | SaveRefusal
  | { readonly code: "import_refused"; readonly faults: readonly PlacedFault[] }
  /** The draft was written in a later edition since. */
  | { readonly code: "plan_outdated" }
  /** Whoever applies it has not confirmed that the accounts are this office's. */
  | { readonly code: "other_office"; readonly named: string; readonly expected: string }
  /** Tables of the import were saved since. */
  | { readonly code: "changed_since"; readonly names: readonly string[] };

export interface PlannedAccounts {
  /** Hash of the plan, by which it is applied. */
  readonly id: string;
  readonly plan: AccountsPlan;
  readonly proposal: AccountsProposal;
}

export interface SavedImport {
  readonly head: ReportHead;
  readonly saved: readonly SectionChange[];
}

/** Reads and weighs a workbook; no section of the report is touched. */
export async function planAccounts(
  deps: AccountsDeps,
  head: ReportHead,
  request: { readonly fileName: string; readonly content: string },
  actor: Actor,
): Promise<Result<PlannedAccounts, AccountsRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const edition = await editionOf(deps, head.edition);
  const draft: Tables = Object.fromEntries(
    await Promise.all(
      edition.forms.map(async ({ id }) => [
        id,
        await loadSection(deps, id, head.sections[id]?.sha256, head.edition),
      ]),
    ),
  ) as Tables;
  const bytes = new Uint8Array(Buffer.from(request.content, "base64"));
  const read = await deps
    .heavyWork("readAccounts", { edition, bytes, draft })
    .catch((error: unknown) => {
      if (error instanceof HeavyWorkStopped) return err([tooHeavy]);
      throw error;
    });
  if (!read.ok) return err({ code: "import_refused", faults: read.error });
  const otherOffice = read.value.orgNames.find(
    ({ text }) => comparableName(text) !== comparableName(head.orgName),
  )?.text;
  const stored = await storePlan(deps, head, {
    ...{ fileName: request.fileName, enteredIn: read.value.enteredIn },
    ...{ tables: read.value.tables, otherOffice: otherOffice?.slice(0, 200) },
  });
  return ok({ ...stored, proposal: read.value });
}

/** Writes the tables wanted of a plan over exactly what it was weighed against, in one write. */
export async function applyAccounts(
  deps: AccountsDeps,
  head: ReportHead,
  request: {
    readonly plan: string;
    readonly tables: readonly TableId[];
    readonly isOwnOffice: boolean;
  },
  actor: Actor,
): Promise<Result<SavedImport, AccountsRefusal | { readonly code: "not_found" }>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const plan = await loadPlan(deps, head, request.plan);
  if (plan === undefined) return err({ code: "not_found" });
  if (plan.edition !== head.edition) return err({ code: "plan_outdated" });
  if (plan.otherOffice !== undefined && !request.isOwnOffice) {
    return err({ code: "other_office", named: plan.otherOffice, expected: head.orgName });
  }
  const wanted = plan.tables.filter(({ id }) => request.tables.includes(id));
  if (wanted.length < new Set(request.tables).size) return err({ code: "not_found" });
  const edition = await editionOf(deps, head.edition);
  const facts = await loadSection(deps, "facts", head.sections.facts?.sha256, head.edition);
  const taken = Object.fromEntries(wanted.map(({ id }) => [id, emptySection(id)]));
  const enteredIn = unitAfter(
    edition,
    head,
    { tables: taken, enteredIn: plan.enteredIn },
    facts.enteredIn,
  );
  const changes = wanted.map(({ id, before, after }) => ({
    section: id,
    base: before ?? undefined,
    sha256: after,
  }));
  return save(deps, head, actor, { changes, facts, enteredIn });
}

/** Puts back what the tables of an applied plan had before it, as long as none was saved since. */
export async function undoAccounts(
  deps: AccountsDeps,
  head: ReportHead,
  request: { readonly plan: string; readonly tables: readonly TableId[] },
  actor: Actor,
): Promise<Result<SavedImport, AccountsRefusal | { readonly code: "not_found" }>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const plan = await loadPlan(deps, head, request.plan);
  if (plan === undefined) return err({ code: "not_found" });
  if (plan.edition !== head.edition) return err({ code: "plan_outdated" });
  const applied = plan.tables.filter(({ id }) => request.tables.includes(id));
  if (applied.length < new Set(request.tables).size) return err({ code: "not_found" });
  const edition = await editionOf(deps, head.edition);
  const changed = applied.filter(({ id, after }) => head.sections[id]?.sha256 !== after);
  if (changed.length > 0) {
    const names = changed.map(
      ({ id }) => edition.forms.find((form) => form.id === id)?.title ?? id,
    );
    return err({ code: "changed_since", names });
  }
  const facts = await loadSection(deps, "facts", head.sections.facts?.sha256, head.edition);
  const changes = await Promise.all(
    applied.map(async ({ id, before, after }) => ({
      ...{ section: id, base: after },
      sha256: before ?? (await putSection(deps, id, emptySection(id))),
    })),
  );
  return save(deps, head, actor, { changes, facts, enteredIn: plan.enteredInBefore });
}

interface Write {
  readonly changes: readonly {
    readonly section: TableId;
    readonly base: string | undefined;
    readonly sha256: string;
  }[];
  readonly facts: Awaited<ReturnType<typeof loadSection<"facts">>>;
  readonly enteredIn: AccountsPlan["enteredIn"];
}

async function save(
  deps: AccountsDeps,
  head: ReportHead,
  actor: Actor,
  { changes, facts, enteredIn }: Write,
): Promise<Result<SavedImport, SaveRefusal>> {
  const stamp = { by: actor.id, byName: actor.name, at: deps.now() };
  const saved: SectionChange[] = changes.map(({ section, base, sha256 }) => ({
    ...{ section, base },
    pointer: { sha256, ...stamp },
  }));
  if (enteredIn !== facts.enteredIn) {
    const sha256 = await putSection(deps, "facts", { ...facts, enteredIn });
    const base = head.sections.facts?.sha256;
    saved.push({ section: "facts", base, pointer: { sha256, ...stamp } });
  }
  const written = await deps.reports.saveSections(head.id, saved);
  return written.ok ? ok({ head: written.value, saved }) : written;
}

/** A stored plan of the report; undefined where there is none under this hash. */
async function loadPlan(
  deps: ContentDeps,
  head: ReportHead,
  id: string,
): Promise<AccountsPlan | undefined> {
  const read = await readJsonBlob(deps, id, accountsPlanSchema);
  return "value" in read && read.value.report === head.id ? read.value : undefined;
}
