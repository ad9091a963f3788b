import { readOwnText } from "../checks/own-text.ts";
import { checkReport } from "../checks/check-report.ts";
import { findingSentence, ruleStatement } from "../checks/finding-text.ts";
import type { Edition } from "../forms/form.ts";
import { narrativeGaps } from "../narrative/gaps.ts";
import { writeReport } from "../narrative/written-report.ts";
import type { OrgKind } from "../report/report.ts";
import { sampleReport } from "./sample-report.ts";

/** Where an edition contradicts itself, found on a sample report that is right in everything else. */
export interface TrialFault {
  /** A relation or sum of its tables, a sentence against the tables, or a sentence that cannot be written in full. */
  readonly kind: "relation" | "sentence" | "gap";
  /** The rule, or the sentence's id. */
  readonly id: string;
  /** One sentence: where, what and how to mend it. */
  readonly message: string;
}

/**
 * Tries an edition before it is put into use (试运行): a department's and a unit's sample report are checked as reports are,
 * and no error may be found. The same seed finds the same; another seed has other codes and figures. What one draw of
 * figures fails and another passes is no contradiction: a fault is one of every draw.
 */
export function trialRun(edition: Edition, seed: number): TrialFault[] {
  let faults = drawnFaults(edition, seed);
  for (let draw = 1; draw < mostDraws && faults.size > 0; draw += 1) {
    const again = drawnFaults(edition, seed + draw * 1_000_003);
    faults = new Map([...faults].filter(([key]) => again.has(key)));
  }
  return [...faults.values()];
}

/** A sound edition needs one. */
const mostDraws = 4;

/** The first fault of each rule and sentence. */
function drawnFaults(edition: Edition, seed: number): ReadonlyMap<string, TrialFault> {
  const kinds: readonly OrgKind[] = ["department", "unit"];
  const faults = kinds.flatMap((kind) => faultsOf(edition, seed, kind));
  return new Map(faults.toReversed().map((fault) => [keyOf(fault), fault]));
}

/** A sentence of a code is the same sentence of another draw's code. */
const keyOf = ({ kind, id }: TrialFault): string =>
  `${kind} ${kind === "relation" ? id : id.replaceAll(/\d+/gu, "*")}`;

function faultsOf(edition: Edition, seed: number, kind: OrgKind): TrialFault[] {
  const report = sampleReport(edition, { seed, kind });
  const written = writeReport(report);
  const own = new Set(edition.relations?.map(({ id }) => id));
  const relations = checkReport(report, written.narrative).findings.filter(
    ({ rule, severity, kind: found }) =>
      found !== "rounding" && (severity === "error" || own.has(rule)),
  );
  const sentences = readOwnText(report, written).filter(({ severity }) => severity === "error");
  return [
    ...relations.map((finding): TrialFault => ({
      ...{ kind: "relation", id: finding.rule },
      message: `${own.has(finding.rule) ? "勾稽关系" : "规则"} ${finding.rule}“${ruleStatement(finding.rule, edition)}”在样例报告中不成立，与别的关系或表样矛盾：${findingSentence(finding, edition)}`,
    })),
    ...sentences.map(({ rule, sentence, quote, what, mend }): TrialFault => ({
      ...{ kind: "sentence", id: sentence ?? rule },
      message: `说明文字“${quote}”与样例报告的表不符（${rule}）：${what}。${mend}。`,
    })),
    ...narrativeGaps(report, written).map((gap): TrialFault => ({
      ...{ kind: "gap", id: gap.sentence },
      message: `句子 ${gap.sentence} 在样例报告中印不全：缺“${gap.what}”。样例报告的各表和补充数据都已填全，请改用本版式有的数字。`,
    })),
  ];
}
