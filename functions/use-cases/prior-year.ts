import {
  priorCodes,
  priorFacts,
  priorFigures,
  rolledForward,
  withPriorFigures,
  type PriorCode,
} from "../../shared/report/prior-year.ts";
import type { PriorReport, Report, ReportIdentity } from "../../shared/report/report.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, ReportState } from "../../shared/workflow/report-state.ts";
import { publicationOf, refusal } from "../../shared/workflow/transitions.ts";
import { statusName } from "../../shared/workflow/names.ts";
import { orgIn, priorSourcesOf, type PriorSources } from "../../shared/registry/org-in-year.ts";
import { canonicalJson } from "../../shared/canonical-json.ts";
import { addedFacts } from "../../shared/consolidation/added-facts.ts";
import { addedTables } from "../../shared/consolidation/consolidate.ts";
import { emptySections } from "../../shared/report/section-ids.ts";
import type { RegistryStore, ReportHead, ReportStore } from "../storage/ports.ts";
import { readFigures } from "./consolidate-units.ts";
import { damageIn, damageText, soundOrThrow, type Sound } from "./damage.ts";
import { reportIdOf } from "./open-report.ts";
import { loadSection, readManifest, type ContentDeps } from "./report-content.ts";
import { editionOf, readEdition } from "./stored-edition.ts";
import type { TableId } from "../../shared/forms/form.ts";
import { saveSection, type SaveSectionDeps, type SectionRefusal } from "./save-section.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export type PriorYearDeps = ContentDeps & {
  readonly reports: Pick<ReportStore, "load">;
  readonly registry: Pick<RegistryStore, "view">;
};
type Of = Pick<ReportIdentity, "region" | "year" | "orgCode">;

/**
 * The same node's report of the year before as it was approved: what this year's is judged by. Undefined where none is
 * stored, and in the year in which others became part of the node: their sum is only proposed.
 */
export async function readPriorReport(
  deps: PriorYearDeps,
  identity: Of,
): Promise<Sound<PriorReport | undefined>> {
  const sources = await priorSources(deps, identity);
  return sources.isMerged ? ok(undefined) : readApproved(deps, identity, identity.orgCode);
}

async function priorSources(
  { registry }: Pick<PriorYearDeps, "registry">,
  { region, year, orgCode }: Of,
): Promise<PriorSources> {
  const org = await (await registry.view(region)).org(orgCode);
  return org === undefined ? { codes: [orgCode], isMerged: false } : priorSourcesOf(org, year);
}

async function readApproved(
  deps: PriorYearDeps,
  { region, year }: Of,
  orgCode: string,
): Promise<Sound<PriorReport | undefined>> {
  const source = { kind: "prior_year", year: year - 1 } as const;
  const head = await deps.reports.load(reportIdOf(region, source.year, orgCode));
  const editionHash = head && approvedSubmission(head.state);
  if (editionHash === undefined) return ok(undefined);
  const manifest = await readManifest(deps, editionHash);
  if (!manifest.ok) return err(damageIn(source, manifest.error));
  const edition = await readEdition(deps, manifest.value.edition);
  if (!edition.ok) return err(damageIn(source, edition.error));
  const figures = await readFigures(deps, manifest.value);
  if (!figures.ok) return err(damageIn(source, figures.error));
  return ok({ year: source.year, editionHash, edition: edition.value, sections: figures.value });
}

/** Last year's figures as they are proposed, and the nodes they were added up from where others became part of this one. */
interface OfferedReport {
  readonly report: PriorReport;
  readonly addedFrom?: readonly string[];
}

/** Undefined where one of the nodes has no approved report: a part of the sum would be taken for the whole. */
async function offeredReport(
  deps: PriorYearDeps,
  identity: Of,
): Promise<Sound<OfferedReport | undefined>> {
  const { codes, isMerged } = await priorSources(deps, identity);
  if (!isMerged) {
    const report = await readApproved(deps, identity, identity.orgCode);
    return report.ok ? ok(report.value && { report: report.value }) : report;
  }
  const parts = await Promise.all(codes.map((orgCode) => readApproved(deps, identity, orgCode)));
  const damage = parts.flatMap((part) => (part.ok ? [] : part.error));
  if (damage.length > 0) return err(damage);
  const units = parts.flatMap((part, index) => {
    const orgCode = codes[index] ?? "";
    return part.ok && part.value !== undefined
      ? [{ orgCode, orgName: orgCode, ...part.value }]
      : [];
  });
  const [first] = units;
  if (first === undefined || units.length < codes.length) return ok(undefined);
  const { year, edition } = first;
  const tables = addedTables(edition, units, []);
  const facts = { ...emptySections.facts, ...addedFacts(units) };
  const editionHash = deps.sha256(canonicalJson(units.map((unit) => unit.editionHash)));
  return ok({
    report: { year, edition, editionHash, sections: { ...tables, facts } },
    addedFrom: codes,
  });
}

/** Whether there is something of last year to compare with; content is not read. */
export async function hasOfferedReport(
  deps: Pick<PriorYearDeps, "registry"> & { readonly reports: Pick<ReportStore, "surveyHead"> },
  identity: Of,
): Promise<boolean> {
  const { codes } = await priorSources(deps, identity);
  const approved = await Promise.all(
    codes.map(async (code) => {
      const id = reportIdOf(identity.region, identity.year - 1, code);
      const found = await deps.reports.surveyHead(id);
      return found !== undefined && "value" in found
        ? approvedSubmission(found.value.state)
        : undefined;
    }),
  );
  return codes.length > 0 && approved.every((hash) => hash !== undefined);
}

export const loadOfferedReport = async (
  deps: PriorYearDeps,
  identity: Of,
): Promise<PriorReport | undefined> => soundOrThrow(await offeredReport(deps, identity))?.report;

/** A report as the rules on years read it: with last year's beside it where there is one. */
export const withPriorReport = (report: Report, priorReport: PriorReport | undefined): Report =>
  priorReport === undefined ? report : { ...report, priorReport };

/** The approved submission, or the public one while its correction is under way; one taken down holds for nothing. */
function approvedSubmission(state: ReportState): string | undefined {
  switch (state.status) {
    case "approved":
    case "published":
      return state.submission.editionHash;
    case "draft":
    case "in_review":
      return publicationOf(state)?.editionHash;
    case "absent":
    case "taken_down":
      return undefined;
    default:
      return state satisfies never;
  }
}

/** What last year's report offers to this one. */
export interface PriorYear {
  readonly year: number;
  /** Absent where the year before has no approved report here. */
  readonly stored?: {
    readonly editionHash: string;
    /** 分 by cell address. */
    readonly figures: Readonly<Record<string, number>>;
    /** 机关运行经费. */
    readonly operatingCost?: number;
    /** People, budgets and purchases by path in the facts. */
    readonly facts: Readonly<Record<string, number>>;
    /** Names of the nodes whose figures were added up, where others became part of this one. */
    readonly addedFrom?: readonly string[];
    /** Rows by code that last year's tables have, by table. */
    readonly codes: Readonly<Record<TableId, readonly PriorCode[]>>;
  };
  /** Why nothing of the year before rolls forward into a new report, in a sentence; absent where it does. */
  readonly notRolled?: string;
}

export async function priorYear(deps: PriorYearDeps, head: ReportHead): Promise<PriorYear> {
  const { year } = head;
  const found = await offeredReport(deps, head);
  const notRolled = await whyNotRolled(deps, head, found);
  const offered = found.ok ? found.value : undefined;
  if (offered === undefined) return { year: year - 1, ...omitUndefined({ notRolled }) };
  const { report: prior, addedFrom } = offered;
  const names = addedFrom && (await namesOf(deps, head, addedFrom));
  const cost = prior.sections.facts.operatingCost?.current;
  const edition = await editionOf(deps, head.edition);
  return {
    year: prior.year,
    stored: {
      editionHash: prior.editionHash,
      figures: priorFigures(prior, edition),
      codes: priorCodes(prior, edition),
      facts: priorFacts(prior),
      ...omitUndefined({ operatingCost: cost, addedFrom: names }),
    },
    ...omitUndefined({ notRolled }),
  };
}

/** Says which report is missing and how its figures come in later; undefined where last year's rolls forward. */
async function whyNotRolled(
  deps: PriorYearDeps,
  identity: Of,
  found: Sound<OfferedReport | undefined>,
): Promise<string | undefined> {
  const { region, year, orgCode } = identity;
  const last = String(year - 1);
  if (!found.ok) {
    const damage = found.error.map(damageText).join("；");
    return `没有结转${last}年决算：${damage}。请联系系统管理员从备份恢复，恢复后在“上年数”中取用。`;
  }
  const { codes, isMerged } = await priorSources(deps, identity);
  if (isMerged) {
    const names = (await namesOf(deps, identity, codes)).join("、");
    const sums =
      found.value === undefined
        ? `各单位${last}年决算都批复后，可在“上年数”中取用其和。`
        : `各单位${last}年决算之和可在“上年数”中取用。`;
    return `没有结转${last}年决算：本单位${String(year)}年由${names}合并而成，职责和所属单位须自行填写；${sums}`;
  }
  if (found.value !== undefined) return undefined;
  if (codes.length === 0) {
    return `没有结转${last}年决算：本单位${last}年尚未设立，职责、所属单位和上年数须自行填写。`;
  }
  const head = await deps.reports.load(reportIdOf(region, year - 1, orgCode));
  if (head === undefined) {
    return `没有结转${last}年决算：系统里没有本单位${last}年的决算，职责、所属单位和上年数须自行填写。`;
  }
  return `没有结转${last}年决算：该决算${statusName[head.state.status]}，没有有效的批复；批复后可在“上年数”中取用。`;
}

async function namesOf(
  { registry }: PriorYearDeps,
  { region, year }: Of,
  codes: readonly string[],
): Promise<readonly string[]> {
  const view = await registry.view(region);
  return Promise.all(
    codes.map(async (code) => {
      const org = await view.org(code);
      return (org && (orgIn(org, year - 1) ?? org).name) ?? code;
    }),
  );
}

/** Writes last year's figures into the facts of a draft; what the stored report does not have stays as typed. */
export async function takePriorYear(
  deps: PriorYearDeps & SaveSectionDeps,
  head: ReportHead,
  actor: Actor,
): Promise<Result<ReportHead, SectionRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const prior = await loadOfferedReport(deps, head);
  if (prior === undefined) return err({ code: "not_found" });
  const base = head.sections.facts?.sha256;
  const facts = await loadSection(deps, "facts", base);
  const value = withPriorFigures(facts, prior, await editionOf(deps, head.edition));
  const saved = await saveSection(deps, head, { section: "facts", base, value }, actor);
  return saved.ok ? ok(saved.value.head) : saved;
}

/**
 * Begins a report that was just opened with what rolls forward from last year's (结转). One of last year that is not
 * approved, was merged from others or cannot be read leaves it empty, and `notRolled` says which.
 */
export async function rollForward(
  deps: PriorYearDeps & SaveSectionDeps,
  head: ReportHead,
  actor: Actor,
): Promise<{ readonly head: ReportHead; readonly notRolled?: string }> {
  const prior = await offeredReport(deps, head);
  const notRolled = await whyNotRolled(deps, head, prior);
  // A sum over several nodes has no duties and no units of its own.
  if (notRolled !== undefined || !prior.ok || prior.value === undefined) {
    return { head, ...omitUndefined({ notRolled }) };
  }
  const edition = await editionOf(deps, head.edition);
  const value = rolledForward(emptySections.facts, prior.value.report, edition);
  const request = { section: "facts", base: undefined, value } as const;
  const saved = await saveSection(deps, head, request, actor);
  return { head: saved.ok ? saved.value.head : head };
}
