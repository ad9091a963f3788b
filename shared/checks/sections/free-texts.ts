import type { Token } from "../../report/token.ts";
import type { Report } from "../../report/report.ts";
import type { SectionId } from "../../report/section-ids.ts";

/** Words that people typed, with their place. */
export interface FreeText {
  readonly section: SectionId;
  /** Dotted path from the sections. */
  readonly path: string;
  /** What it is called: 主要职责第3项. */
  readonly name: string;
  readonly text: string;
  /** Printed in 概况 or 情况说明, whose text is read as a whole (`own-text.ts`). */
  readonly inNarrative: boolean;
}

/** Everything people type that is published: no name of a code, no file that is kept for the reviewers. */
export function freeTexts({ sections }: Report): FreeText[] {
  const { facts, narrative, performance, attachments } = sections;
  const inNarrativeText = texts(true);
  const outsideNarrative = texts(false);
  return [
    ...facts.duties.map((text, index) =>
      inNarrativeText("facts", `duties.${String(index)}`, `主要职责第${String(index + 1)}项`, text),
    ),
    ...(facts.otherVehicleUse === undefined
      ? []
      : [inNarrativeText("facts", "otherVehicleUse", "其他用车用途", facts.otherVehicleUse)]),
    ...Object.entries(narrative.reasons).map(([slot, text]) =>
      inNarrativeText("narrative", `reasons.${slot}`, "主要原因", text),
    ),
    ...Object.entries(narrative.purposes).map(([code, text]) =>
      inNarrativeText("narrative", `purposes.${code}`, `科目${code}的主要用途`, text),
    ),
    ...Object.entries(narrative.additions).flatMap(([chapter, paragraphs]) =>
      paragraphs.map((own, index) =>
        inNarrativeText(
          "narrative",
          `additions.${chapter}.${String(index)}`,
          "补充说明",
          wordsOf(own),
        ),
      ),
    ),
    ...Object.entries(narrative.rewritten ?? {}).map(([sentence, { parts }]) =>
      inNarrativeText("narrative", `rewritten.${sentence}`, "改写的句子", wordsOf(parts)),
    ),
    ...performance.projects.map(({ name }, index) =>
      inNarrativeText("performance", `projects.${String(index)}.name`, "自评项目名称", name),
    ),
    ...(performance.management?.rules ?? []).map((text, index) =>
      inNarrativeText("performance", `management.rules.${String(index)}`, "绩效管理制度", text),
    ),
    ...performance.summary.flatMap(({ heading, paragraphs }, index) => [
      inNarrativeText("performance", `summary.${String(index)}.heading`, "绩效自评结果", heading),
      ...paragraphs.map((text, at) =>
        inNarrativeText(
          "performance",
          `summary.${String(index)}.paragraphs.${String(at)}`,
          "绩效自评结果",
          text,
        ),
      ),
    ]),
    ...performance.selfEvaluations.flatMap((table, index) => {
      const path = `selfEvaluations.${String(index)}`;
      const name = `自评表“${table.project}”`;
      return [
        outsideNarrative("performance", `${path}.project`, name, table.project),
        ...table.goals.flatMap(({ expected, achieved }, at) => [
          outsideNarrative("performance", `${path}.goals.${String(at)}.expected`, name, expected),
          outsideNarrative("performance", `${path}.goals.${String(at)}.achieved`, name, achieved),
        ]),
        ...table.indicators.flatMap((indicator, at) =>
          (["level3", "target", "actual", "deviation"] as const).flatMap((key) => {
            const text = indicator[key];
            return text === undefined
              ? []
              : [
                  outsideNarrative(
                    "performance",
                    `${path}.indicators.${String(at)}.${key}`,
                    name,
                    text,
                  ),
                ];
          }),
        ),
      ];
    }),
    ...(performance.evaluation?.chapters ?? []).flatMap(({ heading, paragraphs }, index) => [
      outsideNarrative(
        "performance",
        `evaluation.chapters.${String(index)}.heading`,
        "部门评价报告",
        heading,
      ),
      ...paragraphs.map((text, at) =>
        outsideNarrative(
          "performance",
          `evaluation.chapters.${String(index)}.paragraphs.${String(at)}`,
          "部门评价报告",
          text,
        ),
      ),
    ]),
    ...attachments.files.flatMap(({ name, disclosed }, index) =>
      disclosed
        ? [outsideNarrative("attachments", `files.${String(index)}.name`, "附件名称", name)]
        : [],
    ),
  ];
}

const texts =
  (inNarrative: boolean) =>
  (section: SectionId, path: string, name: string, text: string): FreeText => ({
    section,
    path: `${section}.${path}`,
    name,
    text,
    inNarrative,
  });

/** What people typed between the figures that are bound. */
const wordsOf = (own: string | readonly Token[]): string =>
  typeof own === "string" ? own : own.map((part) => ("text" in part ? part.text : "…")).join("");
