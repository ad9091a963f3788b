import type { FindingView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { sectionIds, type Sections } from "../../../shared/report/sections.ts";
import type { Actor, Command } from "../../../shared/workflow/report-state.ts";
import type { Sha256 } from "../../../shared/canonical-json.ts";
import type { Result } from "../../../shared/result.ts";
import type {
  FileStore,
  RegistryStore,
  ReportStore,
  ThreadStore,
} from "../../../functions/storage/ports.ts";
import { actorTowards, lineageOf } from "../../../functions/use-cases/access.ts";
import { explainFinding } from "../../../functions/use-cases/explain.ts";
import { findingsView } from "../../../functions/use-cases/findings-view.ts";
import { handleCommand, type ReportInHand } from "../../../functions/use-cases/handle-command.ts";
import { openReport, reportIdOf } from "../../../functions/use-cases/open-report.ts";
import { manifestOf } from "../../../functions/use-cases/report-content.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { loadReportToCheck } from "../../../functions/use-cases/report-to-check.ts";
import { saveSection } from "../../../functions/use-cases/save-section.ts";
import { submitReport } from "../../../functions/use-cases/submit-report.ts";
import { threadFacts } from "../../../functions/use-cases/thread-facts.ts";

export interface Stage {
  readonly reports: ReportStore;
  readonly threads: ThreadStore;
  readonly registry: RegistryStore;
  readonly files: FileStore;
  readonly sha256: Sha256;
  readonly now: () => string;
  readonly newId: () => string;
}

/**
 * Lets the seeded people act through the same use cases as the API, so a seeded report can be in no
 * state that real work could not have led to. A refusal here is a fault of the script and throws.
 */
export function createPlay(stage: Stage, region: string, year: number) {
  const inHand = async (orgCode: string): Promise<ReportInHand> => {
    const found = await reportInHand(stage, reportIdOf(region, year, orgCode));
    if (found === undefined) throw new Error(`The play has no report of ${orgCode}.`);
    return found;
  };
  const actor = async (
    person: string,
    { lineage }: Pick<ReportInHand, "lineage">,
  ): Promise<Actor> => {
    const member = (await stage.registry.membersBySubject(person)).find(
      (one) => one.region === region,
    );
    if (member === undefined) throw new Error(`The play has no person ${person}.`);
    return actorTowards(member, lineage);
  };
  const command = async (orgCode: string, person: string, order: Command) => {
    const report = await inHand(orgCode);
    must(await handleCommand(stage, report, order, await actor(person, report)), order.type);
  };
  const verdict = async (orgCode: string) => {
    const { head } = await inHand(orgCode);
    const facts = threadFacts(await stage.threads.list(head.id), stage.sha256);
    if (head.state.status !== "in_review") throw new Error(`${orgCode} is not in review.`);
    return { ...facts, editionHash: head.state.submission.editionHash };
  };
  return {
    async open(orgCode: string, person: string) {
      const [org, orgs, fiscalYear] = await Promise.all([
        stage.registry.org(region, orgCode),
        stage.registry.orgs(region),
        stage.registry.year(region, year),
      ]);
      if (org === undefined || fiscalYear === undefined) throw new Error(`No node ${orgCode}.`);
      const lineage = lineageOf(orgs, orgCode);
      if (lineage === undefined) throw new Error(`The tree is broken above ${orgCode}.`);
      const preparer = await actor(person, { lineage });
      must(await openReport(stage, { org, lineage, year: fiscalYear }, preparer), "open");
    },
    async fill(orgCode: string, person: string, sections: Sections) {
      const report = await inHand(orgCode);
      const preparer = await actor(person, report);
      let { head } = report;
      for (const section of sectionIds) {
        if (section === "explanations") continue;
        const base = head.sections[section]?.sha256;
        const value = sections[section];
        const saved = await saveSection(stage, head, { section, base, value }, preparer);
        if (!saved.ok && saved.error.code === "not_in_edition") continue;
        ({ head } = must(saved, `save ${section} of ${orgCode}`));
      }
    },
    /** Explains every warning the report has. */
    async explain(orgCode: string, person: string, reasonOf: (finding: FindingView) => string) {
      const report = await inHand(orgCode);
      const preparer = await actor(person, report);
      const content = await loadReportToCheck(stage, manifestOf(report.head));
      let { head } = report;
      for (const finding of findingsView(content, []).findings) {
        const { id, severity, explanation } = finding;
        if (id === undefined || severity !== "warning" || explanation !== undefined) continue;
        const request = { finding: id, reason: reasonOf(finding) };
        ({ head } = must(await explainFinding(stage, head, request, preparer), finding.message));
      }
    },
    async submit(orgCode: string, person: string) {
      const report = await inHand(orgCode);
      must(await submitReport(stage, report, await actor(person, report)), `submit ${orgCode}`);
    },
    async approve(orgCode: string, person: string, documentNumber?: string) {
      await command(orgCode, person, {
        type: "approve",
        ...(await verdict(orgCode)),
        ...(documentNumber === undefined ? {} : { documentNumber }),
      });
    },
    async signOff(orgCode: string, kind: "secrecy" | "principal", person: string) {
      const { editionHash } = await verdict(orgCode);
      await command(orgCode, person, { type: "sign_off", kind, editionHash });
    },
    async comment(
      orgCode: string,
      person: string,
      { cell, text }: { cell: CellAddress; text: string },
    ) {
      const report = await inHand(orgCode);
      const { id: by, name: byName } = await actor(person, report);
      const entry = { id: stage.newId(), by, byName, at: stage.now(), text, act: "open" as const };
      must(
        await stage.threads.create({
          id: stage.newId(),
          reportId: report.head.id,
          anchor: { kind: "cell", cell },
          blocking: true,
          status: "open",
          version: 1,
          entries: [entry],
        }),
        "comment",
      );
    },
    async sendBack(orgCode: string, person: string, reason: string) {
      const { editionHash, threadsHash } = await verdict(orgCode);
      await command(orgCode, person, {
        type: "return",
        editionHash,
        threadsHash,
        reason,
        to: "preparer",
      });
    },
  };
}

function must<Value>(result: Result<Value, unknown>, deed: string): Value {
  if (result.ok) return result.value;
  throw new Error(`The play cannot ${deed}: ${JSON.stringify(result.error)}`);
}
