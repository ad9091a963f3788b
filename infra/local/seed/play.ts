import type { FindingView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { namedSections } from "../../../shared/report/section-ids.ts";
import type { Actor } from "../../../shared/workflow/report-state.ts";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { EditionLibrary } from "../../../shared/editions/edition-library.ts";
import type { Result } from "../../../shared/result.ts";
import type {
  FileStore,
  ProgressStore,
  RegistryStore,
  ReportStore,
  ThreadStore,
} from "../../../functions/storage/ports.ts";
import { actorTowards } from "../../../shared/registry/access.ts";
import { lineageOf } from "../../../functions/use-cases/access.ts";
import { explainFinding } from "../../../functions/use-cases/explain.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import { giveVerdict, type Verdict } from "../../../functions/use-cases/give-verdict.ts";
import type { ReportInHand } from "../../../functions/use-cases/handle-command.ts";
import { openReport, reportIdOf } from "../../../functions/use-cases/open-report.ts";
import { manifestOf } from "../../../functions/use-cases/report-content.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { loadReportToCheck } from "../../../functions/use-cases/report-to-check.ts";
import { saveSection } from "../../../functions/use-cases/save-section.ts";
import { inPlace } from "../../../functions/use-cases/heavy-work.ts";
import { submitReport } from "../../../functions/use-cases/submit-report.ts";
import { openThread } from "../../../functions/use-cases/threads.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

export interface PlayDeps {
  readonly reports: ReportStore;
  readonly threads: ThreadStore;
  readonly registry: RegistryStore;
  readonly progress: ProgressStore;
  readonly files: FileStore;
  readonly sha256: Sha256;
  readonly editions: EditionLibrary;
  readonly now: () => string;
  readonly newId: () => string;
}

/**
 * Lets the seeded people act through the same use cases as the API, so a seeded report can be in no
 * state that real work could not have led to. A refusal here is a fault of the script and throws.
 */
export function createPlay(deps: PlayDeps, region: string, year: number) {
  const inHand = async (orgCode: string): Promise<ReportInHand> => {
    const found = await reportInHand(deps, reportIdOf(region, year, orgCode));
    if (found === undefined) throw new Error(`The play has no report of ${orgCode}.`);
    return found;
  };
  const actor = async (
    person: string,
    { lineage }: Pick<ReportInHand, "lineage">,
  ): Promise<Actor> => {
    const member = (await deps.registry.membersBySubject(person)).find(
      (one) => one.region === region,
    );
    if (member === undefined) throw new Error(`The play has no person ${person}.`);
    return actorTowards(member, lineage);
  };
  const decideOn = async (
    orgCode: string,
    person: string,
    verdictOn: (editionHash: string) => Verdict,
  ) => {
    const report = await inHand(orgCode);
    const { state } = report.head;
    if (state.status !== "in_review") throw new Error(`${orgCode} is not in review.`);
    const verdict = verdictOn(state.submission.editionHash);
    must(await giveVerdict(deps, report, verdict, await actor(person, report)), verdict.type);
  };
  return {
    async open(orgCode: string, person: string) {
      const view = await deps.registry.view(region);
      const [org, lineage, fiscalYear] = await Promise.all([
        view.org(orgCode),
        lineageOf(view, orgCode),
        view.year(year),
      ]);
      if (org === undefined || fiscalYear === undefined) throw new Error(`No node ${orgCode}.`);
      if (lineage === undefined) throw new Error(`The tree is broken above ${orgCode}.`);
      const preparer = await actor(person, { lineage });
      must(await openReport(deps, { org, lineage, year: fiscalYear }, preparer), "open");
    },
    async fill(orgCode: string, person: string, sections: Sections) {
      const report = await inHand(orgCode);
      const preparer = await actor(person, report);
      let { head } = report;
      for (const section of namedSections(sections)) {
        if (section === "explanations") continue;
        const base = head.sections[section]?.sha256;
        const value = sections[section];
        const saved = await saveSection(deps, head, { section, base, value }, preparer);
        if (!saved.ok && saved.error.code === "not_in_edition") continue;
        ({ head } = must(saved, `save ${section} of ${orgCode}`));
      }
    },
    /** Explains every warning the report has. */
    async explain(orgCode: string, person: string, reasonOf: (finding: FindingView) => string) {
      const report = await inHand(orgCode);
      const preparer = await actor(person, report);
      const content = await loadReportToCheck(deps, manifestOf(report.head));
      let { head } = report;
      for (const finding of findingsView(content, []).findings) {
        const { id, severity, explanation } = finding;
        if (id === undefined || severity !== "warning" || explanation !== undefined) continue;
        const request = { finding: id, reason: reasonOf(finding) };
        ({ head } = must(
          await explainFinding({ ...deps, heavyWork: inPlace }, head, request, preparer),
          finding.message,
        ));
      }
    },
    async submit(orgCode: string, person: string) {
      const report = await inHand(orgCode);
      must(
        await submitReport({ ...deps, heavyWork: inPlace }, report, await actor(person, report)),
        `submit ${orgCode}`,
      );
    },
    async approve(orgCode: string, person: string, documentNumber?: string) {
      await decideOn(orgCode, person, (editionHash) => ({
        type: "approve",
        editionHash,
        ...omitUndefined({ documentNumber }),
      }));
    },
    async signOff(orgCode: string, kind: "secrecy" | "principal", person: string) {
      await decideOn(orgCode, person, (editionHash) => ({ type: "sign_off", kind, editionHash }));
    },
    async comment(
      orgCode: string,
      person: string,
      { cell, text }: { cell: CellAddress; text: string },
    ) {
      const report = await inHand(orgCode);
      const request = { anchor: { kind: "cell", cell }, text, blocking: true } as const;
      const reviewer = await actor(person, report);
      must(await openThread(deps, report.head, request, reviewer), "comment");
    },
    async sendBack(orgCode: string, person: string, reason: string) {
      await decideOn(orgCode, person, (editionHash) => ({
        type: "return",
        editionHash,
        reason,
        to: "preparer",
      }));
    },
  };
}

function must<Value>(result: Result<Value, unknown>, deed: string): Value {
  if (result.ok) return result.value;
  throw new Error(`The play cannot ${deed}: ${JSON.stringify(result.error)}`);
}
