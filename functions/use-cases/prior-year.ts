import { storedEdition } from "../../shared/editions/edition-library.ts";
import { priorFigures, withPriorFigures } from "../../shared/report/prior-year.ts";
import type { PriorReport, Report, ReportIdentity } from "../../shared/report/report.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, ReportState } from "../../shared/workflow/report-state.ts";
import { publicationOf, refusal } from "../../shared/workflow/transitions.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";
import { readFigures } from "./consolidate-units.ts";
import { damageIn, soundOrThrow, type Sound } from "./damage.ts";
import { reportIdOf } from "./open-report.ts";
import { loadSection, readManifest, type ContentDeps } from "./report-content.ts";
import { saveSection, type SaveSectionDeps, type SectionRefusal } from "./save-section.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

export type PriorYearDeps = ContentDeps & { readonly reports: Pick<ReportStore, "load"> };

/** The same node's report of the year before as it was approved; undefined where none is stored. */
export async function readPriorReport(
  deps: PriorYearDeps,
  { region, year, orgCode }: Pick<ReportIdentity, "region" | "year" | "orgCode">,
): Promise<Sound<PriorReport | undefined>> {
  const source = { kind: "prior_year", year: year - 1 } as const;
  const head = await deps.reports.load(reportIdOf(region, source.year, orgCode));
  const editionHash = head && approvedSubmission(head.state);
  if (editionHash === undefined) return ok(undefined);
  const manifest = await readManifest(deps, editionHash);
  if (!manifest.ok) return err(damageIn(source, manifest.error));
  const edition = storedEdition(deps.editions, manifest.value.edition);
  const figures = await readFigures(deps, manifest.value);
  if (!figures.ok) return err(damageIn(source, figures.error));
  return ok({ year: source.year, editionHash, edition, sections: figures.value });
}

export const loadPriorReport = async (
  deps: PriorYearDeps,
  identity: Pick<ReportIdentity, "region" | "year" | "orgCode">,
): Promise<PriorReport | undefined> => soundOrThrow(await readPriorReport(deps, identity));

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
  };
}

export async function priorYear(deps: PriorYearDeps, head: ReportHead): Promise<PriorYear> {
  const prior = await loadPriorReport(deps, head);
  if (prior === undefined) return { year: head.year - 1 };
  const cost = prior.sections.facts.operatingCost?.current;
  return {
    year: prior.year,
    stored: {
      editionHash: prior.editionHash,
      figures: priorFigures(prior, storedEdition(deps.editions, head.edition)),
      ...omitUndefined({ operatingCost: cost }),
    },
  };
}

/** Writes last year's figures into the facts of a draft; what the stored report does not have stays as typed. */
export async function takePriorYear(
  deps: PriorYearDeps & SaveSectionDeps,
  head: ReportHead,
  actor: Actor,
): Promise<Result<ReportHead, SectionRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const prior = await loadPriorReport(deps, head);
  if (prior === undefined) return err({ code: "not_found" });
  const base = head.sections.facts?.sha256;
  const facts = await loadSection(deps, "facts", base);
  const value = withPriorFigures(facts, prior, storedEdition(deps.editions, head.edition));
  const saved = await saveSection(deps, head, { section: "facts", base, value }, actor);
  return saved.ok ? ok(saved.value.head) : saved;
}
