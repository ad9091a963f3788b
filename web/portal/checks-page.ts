import { outcomeName, severityName } from "../../shared/checks/names.ts";
import { markup, type Child, type Markup } from "../../shared/document/markup.ts";
import { reportTitle, shanghaiTime, yearTitle } from "../../shared/document/titles.ts";
import { submissionFolder, type PublicationEntry } from "../../shared/disclosure/catalogue.ts";
import type { OpenChecks, OpenFinding, OpenRule } from "../../shared/disclosure/open-checks.ts";
import type { OpenReport } from "../../shared/disclosure/open-report.ts";
import { page } from "./layout.ts";
import {
  aboutPath,
  checksPath,
  submissionAddress,
  orgPath,
  reportPath,
  yearPath,
  type PortalSite,
} from "./site.ts";

interface ChecksPage {
  readonly report: Pick<OpenReport, "identity">;
  /** What the page is drawn from: the submission's own `checks.json`. */
  readonly checks: OpenChecks;
  readonly shown: PublicationEntry;
  readonly publications: readonly PublicationEntry[];
}

/** 审核情况: every rule the submission was checked by, what came of it, and what was found and explained. */
export function checksPage(
  site: PortalSite,
  { report, checks, shown, publications }: ChecksPage,
): string {
  const { identity } = report;
  const isLatest = (publications.at(-1) ?? shown).number === shown.number;
  const stable = reportPath(site, identity.year, identity.orgCode);
  const folder = isLatest ? stable : submissionAddress(site, shown);
  const title = `${reportTitle(identity)}审核情况`;
  const { summary } = checks;
  return page(
    site,
    {
      title: isLatest ? title : `${title}（第${String(shown.number)}次公开，存档）`,
      description: `${title}：${String(summary.rules)}条审核公式的逐条结果。`,
      canonical: checksPath(stable),
      ...(isLatest ? {} : { hidden: true }),
      column: { name: yearTitle(identity), type: "部门决算" },
      article: { published: shanghaiTime(shown.at), source: identity.orgName },
    },
    [
      { title: `${String(identity.year)}年度`, path: yearPath(site, identity.year) },
      { title: identity.orgName, path: orgPath(site, identity.orgCode) },
      { title: yearTitle(identity), path: folder },
      { title: "审核情况" },
    ],
    markup`<h1>${identity.orgName} <small>${yearTitle(identity)}审核情况</small></h1>
<p class="lead">第${shown.number}次公开的版本<code>${submissionFolder(shown.editionHash)}</code>提交审核前逐条核对了${summary.rules}条审核公式：${outcomeSentence(summary)}。错误未改正、差异未说明的，不能提交。</p>
<dl class="key">${outcomesInOrder.map(
      (outcome) =>
        markup`<div><dt>${outcomeName[outcome]}</dt><dd class="figure">${summary[outcome]}<span>条</span></dd></div>
`,
    )}</dl>
${groups.map((group) => findingsHtml(group, checks.rules))}
<section><h2 id="rules">逐条结果</h2>
<p class="note">“不适用”的公式都写明原因；“错误”未改正不能提交，“需说明”须说明原因，“提示”供核实。机器可读的全部内容见<a href="${folder}checks.json" download>checks.json</a>，怎样核对见<a href="${aboutPath(site)}">数据与核验</a>。</p>
<div class="scroll plain" role="region" aria-labelledby="rules" tabindex="0"><table class="listing rules"><thead><tr><th scope="col">编号</th><th scope="col">审核公式</th><th scope="col">类别</th><th scope="col">结果</th></tr></thead><tbody>${checks.rules.map(ruleHtml)}</tbody></table></div></section>`,
  );
}

/** Worst news first. */
const outcomesInOrder = [
  "failed",
  "could_not_run",
  "explained",
  "passed",
  "not_applicable",
] as const satisfies readonly OpenRule["outcome"][];

/** 98条通过，2条已说明，31条不适用; outcomes that did not occur are left out. */
export const outcomeSentence = (summary: OpenChecks["summary"]): string =>
  (["passed", "explained", "failed", "could_not_run", "not_applicable"] as const)
    .filter((outcome) => summary[outcome] > 0)
    .map((outcome) => `${String(summary[outcome])}条${outcomeName[outcome]}`)
    .join("，");

interface Group {
  readonly id: string;
  readonly title: string;
  readonly includes: (rule: OpenRule, finding: OpenFinding) => boolean;
}

const groups: readonly Group[] = [
  { id: "failed", title: "未通过", includes: ({ outcome }) => outcome === "failed" },
  { id: "explained", title: "已说明的差异", includes: ({ outcome }) => outcome === "explained" },
  {
    id: "hints",
    title: "提示",
    includes: ({ outcome }, { severity }) => outcome === "passed" && severity === "hint",
  },
];

function findingsHtml({ id, title, includes }: Group, rules: readonly OpenRule[]): Child {
  const found = rules.flatMap((rule) =>
    rule.findings
      .filter((finding) => includes(rule, finding))
      .map((finding) => ({ rule, finding })),
  );
  if (found.length === 0) return undefined;
  return markup`<section><h2 id="${id}">${title}</h2><ul class="findings">${found.map(
    ({
      rule,
      finding,
    }) => markup`<li><p>${finding.message}</p>${finding.explanation && markup`<p><strong>说明：</strong>${finding.explanation.reason}</p>`}<p class="note">${rule.id}　${rule.statement}</p></li>
`,
  )}</ul></section>`;
}

const ruleHtml = ({ id, statement, basis, severity, outcome, reason }: OpenRule): Markup =>
  markup`<tr><th scope="row">${id}</th><td>${statement}${basis !== undefined && markup` <span class="basis">${basis}</span>`}</td><td class="state">${severityName[severity]}</td><td><span class="state ${stateClass[outcome]}">${outcomeName[outcome]}</span>${reason !== undefined && markup`：${reason}`}</td></tr>
`;

const stateClass = {
  passed: "done",
  explained: "done",
  failed: "late",
  could_not_run: "late",
  not_applicable: "wait",
} as const satisfies Record<OpenRule["outcome"], string>;
