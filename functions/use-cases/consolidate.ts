import { addedFacts, withAddedFacts } from "../../shared/consolidation/added-facts.ts";
import { consolidate } from "../../shared/consolidation/consolidate.ts";
import { eliminationEntry, proposeEliminations } from "../../shared/consolidation/eliminations.ts";
import { isRefusal, validateTable } from "../../shared/forms/canonical-table.ts";
import { tableFaultText } from "../../shared/forms/fault-text.ts";
import type { Edition } from "../../shared/forms/form.ts";
import type { Report, UnitSubmission } from "../../shared/report/report.ts";
import type { AdjustmentEntry, SomeSections, Tables } from "../../shared/report/sections.ts";
import { hasTablesOf, isTable, namedSections, tableIn } from "../../shared/report/section-ids.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection } from "../storage/blobs.ts";
import type {
  CommitRefusal,
  ReportHead,
  ReportStore,
  SaveRefusal,
  SectionChange,
} from "../storage/ports.ts";
import { authorsOf } from "./authors.ts";
import { readSubmissionsInHand } from "./consolidate-unit-states.ts";
import { outstandingUnits, unitsOfDepartment, type UnitDeps } from "./consolidate-units.ts";
import type { DamageRefusal, Sound } from "./damage.ts";
import { hashOf, readOver, readReport, type ContentDeps } from "./report-content.ts";
import type { SectionRefusal } from "./save-section.ts";

export interface ConsolidateRequest {
  /** The draft as the preparer saw it. */
  readonly editionHash: string;
  /** Ids of proposed pairs. */
  readonly confirmed: readonly string[];
  /** Entries by hand. */
  readonly adjustments: readonly Pick<AdjustmentEntry, "cells" | "reason">[];
}

export type ConsolidateRefusal =
  Rejection | CommitRefusal | SaveRefusal | SectionRefusal | DamageRefusal;

/**
 * 汇总: writes what the approved submissions of its units and the entries add up to over the department's draft, tables,
 * facts and 调整表 in one write. Units not approved yet are left out; the report cannot be submitted before they are in.
 */
export async function consolidateDepartment(
  deps: ContentDeps &
    UnitDeps & {
      readonly reports: Pick<ReportStore, "saveSections">;
      readonly now: () => string;
    },
  head: ReportHead,
  request: ConsolidateRequest,
  actor: Actor,
): Promise<Result<ReportHead, ConsolidateRefusal>> {
  if (head.kind !== "department") return err({ code: "not_found" });
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const seen = hashOf(deps, head);
  if (seen !== request.editionHash) return err({ code: "stale_edition", editionHash: seen });
  const report = await readAddedReport(deps, head);
  if (!report.ok) return err({ code: "content_damaged", damage: report.error });
  const { edition, sections } = report.value;
  const named = request.adjustments.flatMap(({ cells }) => cells.map(({ cell }) => cell));
  if (!hasTablesOf(edition, named)) return err({ code: "not_in_edition" });
  const units = await unitsOfDepartment(deps, head);
  const inHand = await readSubmissionsInHand(deps, units, sections.adjustments);
  if (!inHand.ok) return err({ code: "content_damaged", damage: inHand.error });
  const { used, approved } = inHand.value;
  if (approved.length === 0) {
    return err({ code: "units_outstanding", orgCodes: outstandingUnits(units) });
  }
  const entries = entriesOf(approved, request);
  if (!entries.ok) return entries;

  const { tables, facts } = consolidate(edition, approved, entries.value);
  const faults = faultsOf(edition, tables);
  if (faults.length > 0) return err({ code: "faulty_table", faults });
  const before = used.length === 0 ? undefined : addedFacts(used);
  const changes = await changesOf(deps, head, actor, {
    ...Object.fromEntries(edition.forms.map(({ id }) => [id, tableIn(tables, id)])),
    facts: withAddedFacts(sections.facts, facts, before),
    adjustments: {
      basis: Object.fromEntries(approved.map(({ orgCode, editionHash }) => [orgCode, editionHash])),
      entries: entries.value,
    },
  });
  const isAnswered = changes.every(isWritten) && authorsOf(head).includes(actor.id);
  return isAnswered ? ok(head) : deps.reports.saveSections(head.id, changes);
}

/** A department's draft; what is damaged of the sections that consolidating writes counts as never saved. */
export const readAddedReport = (deps: ContentDeps, head: ReportHead): Promise<Sound<Report>> =>
  readOver(head, [...namedSections(head.sections).filter(isTable), "adjustments"], (manifest) =>
    readReport(deps, manifest),
  );

/** Entries of the pairs that were confirmed, then those by hand; a pair no longer proposed has moved since. */
function entriesOf(
  units: readonly UnitSubmission[],
  { confirmed, adjustments }: ConsolidateRequest,
): Result<AdjustmentEntry[], CommitRefusal> {
  const names = new Map(units.map(({ orgCode, orgName }) => [orgCode, orgName]));
  const wanted = new Set(confirmed);
  const eliminated = proposeEliminations(units)
    .pairs.filter(({ id }) => wanted.has(id))
    .map((pair) => eliminationEntry(pair, (orgCode) => names.get(orgCode) ?? orgCode));
  if (eliminated.length < wanted.size) return err({ code: "stale_version" });
  const byHand = adjustments.map((entry, index) => ({
    ...entry,
    id: `manual.${String(index + 1)}`,
  }));
  return ok([...eliminated, ...byHand]);
}

/** Entries by hand may name cells that the forms do not have. */
const faultsOf = (edition: Edition, tables: Tables) =>
  edition.forms
    .flatMap((form) => validateTable(edition, form, tableIn(tables, form.id)))
    .filter(isRefusal)
    .map((fault) => tableFaultText(edition, fault));

const isWritten = ({ base, pointer }: SectionChange): boolean => base === pointer.sha256;

/** What is already as added up is named, too: its pointer stays, and who confirms it becomes an author. */
async function changesOf(
  deps: ContentDeps & { readonly now: () => string },
  head: ReportHead,
  actor: Actor,
  sections: SomeSections,
): Promise<SectionChange[]> {
  const stamp = { by: actor.id, byName: actor.name, at: deps.now() };
  const changes: SectionChange[] = [];
  for (const section of namedSections(sections)) {
    const value = sections[section];
    if (value === undefined) continue;
    const base = head.sections[section]?.sha256;
    const sha256 = await putSection(deps, section, value);
    changes.push({ section, base, pointer: { sha256, ...stamp } });
  }
  return changes;
}
