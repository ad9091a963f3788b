import type { z } from "zod";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { canonicalTable, isRefusal, validateTable } from "../../shared/forms/canonical-table.ts";
import { issueText } from "../../shared/issue-text.ts";
import { editionOf } from "./stored-edition.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import { tableFaultText, type FaultText } from "../../shared/forms/fault-text.ts";
import { narrativeFaults, type NarrativeFault } from "../../shared/narrative/narrative-faults.ts";
import { memberName, sectionName } from "../../shared/report/member-name.ts";
import { oversize } from "../../shared/report/section-bounds.ts";
import type { TableData } from "../../shared/forms/table-data.ts";
import {
  sectionSchema,
  type Adjustments,
  type Attachments,
  type Narrative,
  type Sections,
} from "../../shared/report/sections.ts";
import {
  hasSection,
  hasTablesOf,
  isTable,
  type SectionId,
} from "../../shared/report/section-ids.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { fileNameFault } from "../../shared/text/characters.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection } from "../storage/blobs.ts";
import type { SectionPointer } from "../../shared/report/section-pointer.ts";
import type { ReportHead, ReportStore, SaveRefusal, SectionChange } from "../storage/ports.ts";
import { followingTables } from "./follow-tables.ts";
import { wordedFaults, type PlacedFault } from "./placed-fault.ts";
import { soundOrThrow } from "./damage.ts";
import { readOver, readReport, readSection, type ContentDeps } from "./report-content.ts";
import { attachmentsRefusal, uploadLimits, type UploadRefusal } from "./uploads.ts";

export type SectionRefusal =
  | Rejection
  | SaveRefusal
  | { readonly code: "not_in_edition" }
  /** Not what the section can hold. */
  | { readonly code: "malformed"; readonly faults: readonly PlacedFault[] }
  | { readonly code: "faulty_table"; readonly faults: readonly FaultText[] }
  | { readonly code: "faulty_narrative"; readonly faults: readonly NarrativeFault[] }
  /** All attachments together are more than can be hashed again within a request. */
  | { readonly code: "attachments_too_large"; readonly limitBytes: number }
  | UploadRefusal
  | Oversized;

/** More than a section may hold in all, however its parts are shared out. */
export interface Oversized {
  readonly code: "oversized";
  /** What people call the section. */
  readonly name: string;
  /** How much it is and how much it may be, in words. */
  readonly why: string;
}

export interface SaveSectionDeps extends ContentDeps {
  readonly reports: Pick<ReportStore, "load" | "saveSections">;
  readonly now: () => string;
}

export interface SavedSection {
  readonly head: ReportHead;
  readonly pointer: SectionPointer;
  /** As it is stored. */
  readonly value: Sections[SectionId];
  /** Other tables that were computed anew and saved with it. */
  readonly followed: readonly SectionId[];
}

/**
 * Saves one section over the base its editor started from; refuses what the form cannot hold. With `follow`, what is
 * computed from a table in other tables is saved in the same write.
 */
export async function saveSection(
  deps: SaveSectionDeps,
  head: ReportHead,
  request: {
    readonly section: SectionId;
    readonly base: string | undefined;
    readonly value: unknown;
    readonly follow?: boolean | undefined;
  },
  actor: Actor,
): Promise<Result<SavedSection, SectionRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const { section, base } = request;
  if (section === "explanations") {
    return err({ code: "malformed", faults: [explainedOneByOne] });
  }
  const value = await acceptable(deps, head, section, request.value);
  if (!value.ok) return value;
  const first = { section, base, value: value.value };
  const stamp = { by: actor.id, byName: actor.name, at: deps.now() };
  const isFollowed = request.follow === true && isTable(section);
  let current = head;
  for (let attempt = 1; ; attempt += 1) {
    const parts = isFollowed
      ? await withFollowing(deps, current, { ...first, section, value: first.value as TableData })
      : [first];
    const changes = await Promise.all(
      parts.map(async ({ section: of, base: from, value: content }): Promise<SectionChange> => {
        const sha256 = await putSection(deps, of, content);
        return { section: of, base: from, pointer: { sha256, ...stamp } };
      }),
    );
    const saved = await deps.reports.saveSections(head.id, changes);
    if (saved.ok) return ok(savedSection(saved.value, parts));
    const mayRetry = saved.error.code === "section_conflict" && changes.length > 1;
    const newer = mayRetry && attempt < maxAttempts ? await deps.reports.load(head.id) : undefined;
    if (newer === undefined || newer.sections[section]?.sha256 !== base) return saved;
    current = newer;
  }
}

/** Somebody else may save a table that follows at the same moment: then it is computed from theirs. */
const maxAttempts = 5;

/** A section as it is to be stored over the one with the hash `base`. */
interface SectionWrite {
  readonly section: SectionId;
  readonly base: string | undefined;
  readonly value: Sections[SectionId];
}

async function withFollowing(
  deps: ContentDeps,
  head: ReportHead,
  {
    section,
    base,
    value,
  }: { readonly section: TableId; readonly base: string | undefined; readonly value: TableData },
): Promise<readonly SectionWrite[]> {
  const tables = await followingTables(deps, head, { table: section, value });
  return tables.map(({ table, value: computed }) => ({
    section: table,
    base: table === section ? base : head.sections[table]?.sha256,
    value: computed,
  }));
}

function savedSection(head: ReportHead, parts: readonly SectionWrite[]): SavedSection {
  const [first, ...others] = parts;
  // The pointer stored, which is the author's when these bytes had been saved before.
  const pointer = first && head.sections[first.section];
  if (first === undefined || pointer === undefined) throw new Error("Nothing was saved.");
  return { head, pointer, value: first.value, followed: others.map(({ section }) => section) };
}

/** The value as it may be stored, canonical; or every reason it may not. */
async function acceptable<Id extends SectionId>(
  deps: ContentDeps,
  head: ReportHead,
  section: Id,
  value: unknown,
): Promise<Result<Sections[Id], SectionRefusal>> {
  const edition = await editionOf(deps, head.edition);
  if (!hasSection(edition, section)) return err({ code: "not_in_edition" });
  const parsed = sectionSchema(section).safeParse(value);
  if (!parsed.success) {
    return err({ code: "malformed", faults: faultsOf(parsed.error, section, edition) });
  }
  const why = oversize(section, parsed.data);
  if (why !== undefined)
    return err({ code: "oversized", name: sectionName(section, edition), why });
  if (isTable(section)) {
    const form = edition.forms.find(({ id }) => id === section);
    if (form === undefined) return err({ code: "not_in_edition" });
    const table = parsed.data as TableData;
    const faults = validateTable(edition, form, table).filter(isRefusal);
    if (faults.length > 0) {
      return err({
        code: "faulty_table",
        faults: faults.map((one) => tableFaultText(edition, one)),
      });
    }
    return ok(canonicalTable(form, table) as Sections[Id]);
  }
  if (section === "adjustments") {
    const { sha256 } = head.sections.adjustments ?? {};
    const stored = await readSection(deps, "adjustments", sha256, head.edition);
    const basis = stored.ok ? stored.value.basis : undefined;
    const adjustments = parsed.data as Adjustments;
    const named = adjustments.entries.flatMap(({ cells }) => cells.map(({ cell }) => cell));
    if (!hasTablesOf(edition, named)) return err({ code: "not_in_edition" });
    if (canonicalJson(adjustments.basis ?? {}) !== canonicalJson(basis ?? {})) {
      return err({ code: "malformed", faults: [basisIsWritten] });
    }
  }
  if (section === "narrative") {
    const report = await readOver(head, [section], (manifest) => readReport(deps, manifest));
    const faults = narrativeFaults(soundOrThrow(report), parsed.data as Narrative);
    if (faults.length > 0) return err({ code: "faulty_narrative", faults });
  }
  if (section === "attachments") {
    const faults = (parsed.data as Attachments).files.flatMap(({ name }, index) => {
      const message = fileNameFault(name);
      const where = memberName(section, ["files", String(index), "name"], { edition, firstIs: 0 });
      return message === undefined ? [] : [{ where, message }];
    });
    if (faults.length > 0) return err({ code: "malformed", faults });
    const attachments = parsed.data as Attachments;
    const total = attachments.files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    const limitBytes = uploadLimits.totalBytes;
    if (total > limitBytes) return err({ code: "attachments_too_large", limitBytes });
    const refused = await attachmentsRefusal(deps, head.id, attachments);
    if (refused !== undefined) return err(refused);
  }
  return ok(parsed.data);
}

const basisIsWritten: PlacedFault = {
  where: "汇总所用的单位版本",
  message: "汇总所用的单位版本由汇总写入，不能自行填写。",
};

const explainedOneByOne: PlacedFault = {
  where: "审核说明",
  message: "审核说明须逐条填写并由系统记名，不能整体保存。",
};

const faultsOf = (error: z.ZodError, section: SectionId, edition: Edition): PlacedFault[] =>
  wordedFaults(error.issues, (issue) => ({
    where: memberName(section, issue.path.map(String), { edition, firstIs: 0 }),
    message: issueText(issue),
  }));
