import { gradeOf } from "../narrative/figures.ts";
import { percentHundredths, printHundredths, printWan } from "../money.ts";
import type { Performance, SelfEvaluation } from "../report/sections.ts";
import { markup, type Markup } from "./markup.ts";

type Evaluation = NonNullable<Performance["evaluation"]>;
type Funds = SelfEvaluation["funds"]["total"];

/** What is not filled in prints as nothing. */
const wan = (fen: number | undefined): string =>
  fen === undefined ? "" : printWan(fen, { thousands: true });
/** Scores are hundredths of a point: 9869 → 98.69, 1000 → 10. */
const points = (score: number | undefined): string =>
  score === undefined ? "" : printHundredths(score, { trim: true });
const rate = (part: number | undefined, whole: number | undefined): string => {
  if (part === undefined || whole === undefined) return "";
  const percent = percentHundredths(part, whole);
  return percent === undefined ? "—" : `${printHundredths(percent)}%`;
};

/** Both tables of the form use the same eight columns. */
const columns = markup`<colgroup>${Array.from({ length: 8 }, () => markup`<col>`)}</colgroup>`;

/** 项目支出绩效自评表: the head with money and goals, then the indicators under a repeated head. */
export function selfEvaluationHtml(form: SelfEvaluation): Markup {
  const { funds, goals, indicators } = form;
  const money: readonly (readonly [string, Funds | undefined])[] = [
    ["其中：当年财政拨款", funds.fiscal],
    ["上年结转资金", funds.carriedOver],
    ["其他资金", funds.other],
  ];
  const goalRows = goals.length === 0 ? [{ expected: "", achieved: "" }] : goals;
  return markup`<table class="statutory evaluation" aria-label="${form.project}：资金与目标">${columns}<tbody>
<tr><th scope="row">项目名称</th><td colspan="7" class="prose">${form.project}</td></tr>
<tr><th scope="row">主管部门</th><td colspan="3" class="prose">${form.department}</td><th scope="row">实施单位</th><td colspan="3" class="prose">${form.unit}</td></tr>
<tr><th scope="rowgroup" rowspan="5">项目资金（万元）</th><td></td><th scope="col">年初预算数</th><th scope="col">全年预算数（A）</th><th scope="col">全年执行数（B）</th><th scope="col">分值</th><th scope="col">执行率（B/A）</th><th scope="col">得分</th></tr>
<tr><th scope="row" class="name">年度资金总额</th><td class="money">${wan(funds.total.initial)}</td><td class="money">${wan(funds.total.full)}</td><td class="money">${wan(funds.total.executed)}</td><td class="count">${points(form.fundsWeight)}</td><td class="rate">${rate(funds.total.executed, funds.total.full)}</td><td class="count">${points(form.fundsScore)}</td></tr>
${money.map(
  ([name, fund]) =>
    markup`<tr><th scope="row" class="name">${name}</th>${(
      ["initial", "full", "executed"] as const
    ).map(
      (column) => markup`<td class="money">${wan(fund?.[column])}</td>`,
    )}<td class="dash">—</td><td class="dash">—</td><td class="dash">—</td></tr>
`,
)}<tr><th scope="rowgroup" rowspan="${goalRows.length + 1}">年度总体目标</th><th scope="col" colspan="3">预期目标</th><th scope="col" colspan="4">实际完成情况</th></tr>
${goalRows.map(
  ({ expected, achieved }) =>
    markup`<tr><td colspan="3" class="prose">${expected}</td><td colspan="4" class="prose">${achieved}</td></tr>
`,
)}</tbody></table>
<table class="statutory evaluation indicators" aria-label="${form.project}：绩效指标">${columns}<thead><tr>${[
    ...["一级指标", "二级指标", "三级指标", "年度指标值", "实际完成值", "分值", "得分"],
    "偏差原因分析及改进措施",
  ].map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>
${indicators.map((indicator, index) => {
  const isFirst = (level: "level1" | "level2") =>
    spanFrom(indicators, index, level) !== undefined &&
    markup`<th scope="rowgroup" rowspan="${spanFrom(indicators, index, level)}">${indicator[level]}</th>`;
  return markup`<tr>${isFirst("level1")}${isFirst("level2")}<th scope="row" class="name">${indicator.level3}</th><td class="prose">${indicator.target}</td><td class="prose">${indicator.actual}</td><td class="count">${points(indicator.weight)}</td><td class="count">${points(indicator.score)}</td><td class="prose">${indicator.deviation}</td></tr>
`;
})}<tr class="total"><th scope="row" class="name sum" colspan="5">总分</th><td class="count sum">${points(
    (form.fundsWeight ?? 0) + indicators.reduce((sum, { weight }) => sum + (weight ?? 0), 0),
  )}</td><td class="count sum">${points(form.totalScore)}</td><td></td></tr>
</tbody></table>`;
}

/** How many rows a level's cell spans from here; undefined inside a span. */
function spanFrom(
  indicators: SelfEvaluation["indicators"],
  index: number,
  level: "level1" | "level2",
): number | undefined {
  const isSame = (other: number): boolean => {
    const [a, b] = [indicators[index], indicators[other]];
    return a?.level1 === b?.level1 && (level === "level1" || a?.level2 === b?.level2);
  };
  if (index > 0 && isSame(index - 1)) return undefined;
  let end = index + 1;
  while (end < indicators.length && isSame(end)) end += 1;
  return end - index;
}

/** 部门评价报告: score table, then the chapters; `topLevel` is the heading level of its chapters. */
export function evaluationHtml(evaluation: Evaluation, topLevel: 2 | 3): Markup {
  const { project, score, grade, dimensions, chapters } = evaluation;
  const weight = dimensions.reduce((sum, dimension) => sum + (dimension.weight ?? 0), 0);
  return markup`<p>评价项目：${project}。${score !== undefined && `综合得分${points(score)}分，评价等级为“${grade ?? gradeOf(score)}”。`}</p>
${
  dimensions.length > 0 &&
  markup`<table class="statutory scores" aria-label="评价得分"><thead><tr><th scope="col">评价维度</th><th scope="col">分值</th><th scope="col">得分</th><th scope="col">得分率</th></tr></thead><tbody>
${dimensions.map(
  (dimension) =>
    markup`<tr><th scope="row" class="name">${dimension.name}</th><td class="money">${points(dimension.weight)}</td><td class="money">${points(dimension.score)}</td><td class="money">${rate(dimension.score, dimension.weight)}</td></tr>
`,
)}<tr class="total"><th scope="row" class="name sum">合计</th><td class="money sum">${points(weight)}</td><td class="money sum">${points(score)}</td><td class="money sum">${rate(score, weight)}</td></tr>
</tbody></table>`
}
${chapters.map(
  ({ heading, level, paragraphs }) =>
    markup`${headingHtml(topLevel + level - 1, heading)}
${paragraphs.map(
  (text) => markup`<p>${text}</p>
`,
)}`,
)}`;
}

function headingHtml(level: number, text: string): Markup {
  if (level <= 2) return markup`<h2>${text}</h2>`;
  if (level === 3) return markup`<h3>${text}</h3>`;
  return level === 4 ? markup`<h4>${text}</h4>` : markup`<h5>${text}</h5>`;
}
