import type { TableId } from "../../shared/forms/form.ts";
import { layoutForm } from "../../shared/forms/layout.ts";
import { printHundredths, printWan } from "../../shared/money.ts";
import { writeNarrative } from "../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../shared/narrative/write-overview.ts";
import {
  sentenceText,
  type Sentence,
  type WrittenNarrative,
} from "../../shared/narrative/written.ts";
import type { Report } from "../../shared/report/report.ts";
import type { SelfEvaluation } from "../../shared/report/sections.ts";
import { exampleAsPrinted } from "../examples/as-printed.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

/** A line of a published report, and what is on it. */
export interface Paragraph {
  /** 三、财政拨款支出决算情况说明 and the like: the chapter that its sentences are in. */
  readonly chapter: string;
  /** Printed before the first sentence, e.g. （一）. */
  readonly label: string;
  readonly sentences: readonly WrittenSentence[];
}

/** A sentence as written; a line of another kind (heading, table row) is one without parts. */
export interface WrittenSentence {
  readonly id: string;
  readonly parts: Sentence["parts"];
}

export const paragraphOf = ({ label, sentences }: Paragraph): string =>
  label + sentences.map(sentenceText).join("");

const line = (text: string, id = "line", chapter = ""): Paragraph => ({
  chapter,
  label: "",
  sentences: [{ id, parts: [{ text }] }],
});

/** The narrative alone, as it goes with tables in a file. */
export const narrativeOf = (report: Report): Paragraph[] => chaptersOf(writeNarrative(report));

/** The whole published document as text: parts one to four and the attached forms. */
export function documentOf(report: Report): Paragraph[] {
  const { identity, edition, sections } = report;
  const { year, orgName, kind } = identity;
  const body = kind === "unit" ? "单位" : "部门";
  return [
    line(`${orgName}${year}年度${body}决算`, "cover"),
    line(`第一部分 ${orgName}概况`),
    ...chaptersOf(writeOverview(report)),
    line(`第二部分 ${year}年度${body}决算表`),
    ...edition.forms
      .filter((form) => form.unprinted !== true)
      .flatMap((form) => {
        const {
          title,
          number = "",
          unitLabel,
          head,
          body: rows,
          notes,
        } = layoutForm(form, tableIn(sections, form.id), { year, unit: orgName });
        return [
          line(title),
          ...(number === "" ? [] : [line(number)]),
          line(`编制单位：${orgName}`, `preparer.${form.id}`),
          line(`${year}年度`),
          line(unitLabel),
          ...head.map((cells) => line(cells.map(({ text }) => text).join(" "))),
          ...rows
            .map((cells) =>
              cells
                .map(({ text }) => text)
                .filter((text) => text !== "")
                .join(" "),
            )
            .filter((text) => text !== "")
            .map((text) => line(text)),
          ...notes.map((note) => line(note)),
        ];
      }),
    line(`第三部分 ${year}年度${body}决算情况说明`),
    ...narrativeOf(report),
    line("第四部分 名词解释"),
    ...edition.glossary.map(({ term, meaning }) => line(`${term}：${meaning}`)),
    ...(sections.performance.selfEvaluations.length > 0 ? [line("第五部分 附件")] : []),
    ...sections.performance.selfEvaluations.flatMap(selfEvaluationLines),
    ...evaluationLines(report),
  ];
}

const chaptersOf = ({ chapters }: WrittenNarrative): Paragraph[] =>
  chapters.flatMap(({ heading, paragraphs }) => [
    line(heading, "heading", heading),
    ...paragraphs.map(({ label = "", sentences }) => ({ chapter: heading, label, sentences })),
  ]);

/** A made report leaves no figure blank. */
export function given(figure: number | undefined): number {
  if (figure === undefined) throw new Error("A made report lacks a figure.");
  return figure;
}

const points = (score: number | undefined) => printHundredths(given(score), { trim: true });

/** 项目支出绩效自评表 as extraction leaves it: a row a line, cells apart by a space. */
function selfEvaluationLines(form: SelfEvaluation, index: number): Paragraph[] {
  const { project, year, department, unit, funds, fundsWeight, fundsScore, indicators } = form;
  const id = `self.${index}`;
  const { initial, full, executed } = funds.total;
  const rate = `${printHundredths(Math.round((given(executed) / given(full)) * 10_000))}%`;
  return [
    line("项目支出绩效自评表"),
    line(`（${year}年度）`, `${id}.year`),
    line(`项目名称 ${project}`, `${id}.project`),
    line(`主管部门 ${department} 实施单位 ${unit}`),
    line("项目资金（万元） 年初预算数 全年预算数 全年执行数 分值 执行率 得分"),
    line(
      `年度资金总额 ${[initial, full, executed].map((fen) => printWan(given(fen))).join(" ")} ${points(fundsWeight)} ${rate} ${points(fundsScore)}`,
      `${id}.funds`,
    ),
    line("一级指标 二级指标 三级指标 年度指标值 实际完成值 分值 得分 偏差原因分析及改进措施"),
    ...indicators.map(({ level3, target, actual, weight, score, deviation = "" }, row) =>
      line(
        `${level3} ${target} ${actual} ${points(weight)} ${points(score)} ${deviation}`.trim(),
        `${id}.row.${row}`,
      ),
    ),
    line(`总分 100 ${points(form.totalScore)}`, `${id}.total`),
  ];
}

function evaluationLines({ identity, sections }: Report): Paragraph[] {
  const { evaluation } = sections.performance;
  if (evaluation === undefined) return [];
  const { project, score, grade, dimensions, chapters } = evaluation;
  return [
    line(`${identity.year}年度${project}部门评价报告`),
    ...chapters.flatMap(({ heading, paragraphs }) => [
      line(heading),
      ...paragraphs.map((text) => line(text)),
    ]),
    line("二、综合评价情况及结论"),
    line(`评价得分${points(score)}分，评价等级为“${grade}”。`, "evaluation.score"),
    line("三、绩效评价指标分析"),
    ...dimensions.map((dimension, index) =>
      line(
        `${dimension.name}指标分值${points(dimension.weight)}分，得分${points(dimension.score)}分，得分率${printHundredths(Math.round((given(dimension.score) / given(dimension.weight)) * 10_000))}%。`,
        `evaluation.dimension.${index}`,
      ),
    ),
  ];
}

/** A document as text, with the lines of the source, from 1, that each paragraph takes. */
export interface Text {
  readonly source: string;
  readonly lines: readonly { readonly first: number; readonly last: number }[];
}

/** `width`: breaks lines after so many characters, words and numbers torn, as PDF extraction does. */
export function textOf(paragraphs: readonly Paragraph[], width = Infinity): Text {
  const out: string[] = [];
  const lines = paragraphs.map((paragraph) => {
    const first = out.length + 1;
    const text = paragraphOf(paragraph);
    const isProse = paragraph.chapter !== "" && /[。；：]$/u.test(text);
    if (isProse && Number.isFinite(width)) {
      for (let from = 0; from < text.length; from += width)
        out.push(text.slice(from, from + width));
    } else out.push(text);
    return { first, last: out.length };
  });
  return { source: out.join("\n"), lines };
}

/** Tables as printed and the narrative that goes with them: what `checkPrintedReport` takes. */
export function printedOf(report: Report, narrative: string): unknown {
  const printed = exampleAsPrinted(report);
  const tables = Object.fromEntries(
    Object.entries(printed.tables).map(([id, table]) => {
      const typed = new Map(
        tableIn(report.sections, id as TableId).rows.map(({ key, name }) => [key, name] as const),
      );
      const rows = "rows" in table ? table.rows : undefined;
      return [
        id,
        rows === undefined
          ? table
          : {
              ...table,
              rows: rows.map((row) => ({ ...row, name: typed.get(row.code) ?? row.name })),
            },
      ];
    }),
  );
  return { ...printed, tables, narrative };
}
