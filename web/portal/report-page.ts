import { evaluationHtml, selfEvaluationHtml } from "../../shared/document/evaluation-html.ts";
import { markup, type Child, type Markup } from "../../shared/document/markup.ts";
import { tableHtml } from "../../shared/document/table-html.ts";
import {
  accountsName,
  fileSize,
  fileTypeName,
  chaptersOfPart,
  reportTitle,
  shanghaiTime,
  yearTitle,
  type ReportPart,
} from "../../shared/document/titles.ts";
import { submissionFolder, type PublicationEntry } from "../../shared/disclosure/catalogue.ts";
import type { OpenChecks } from "../../shared/disclosure/open-checks.ts";
import {
  partsOfOpenReport,
  type OpenChapter,
  type OpenReport,
  type OpenTable,
} from "../../shared/disclosure/open-report.ts";
import {
  changeColumns,
  correctionNotice,
  noContent,
} from "../../shared/disclosure/public-notices.ts";
import { outcomeSentence } from "./checks-page.ts";
import { reportTypes } from "../../shared/report/report-type.ts";
import { page } from "./layout.ts";
import { noticeHtml } from "./notice.ts";
import { compositionHtml, keyFiguresHtml } from "./report-figures.ts";
import {
  aboutPath,
  checksPath,
  submissionAddress,
  orgPath,
  reportPath,
  yearPath,
  type PortalSite,
} from "./site.ts";

interface ReportPage {
  /** What the page is drawn from: the submission's own `report.json`. */
  readonly report: OpenReport;
  /** Its `checks.json`; absent in what was published before there were any. */
  readonly checks: OpenChecks | undefined;
  readonly shown: PublicationEntry;
  /** All publications of the report, first to latest, the shown one among them. */
  readonly publications: readonly PublicationEntry[];
}

/** A published report: figures, every table, the whole narrative, glossary, attachments, downloads. */
export function reportPage(
  site: PortalSite,
  { report, checks, shown, publications }: ReportPage,
): string {
  const { identity } = report;
  const { supervisionNumber } = report.sections.facts;
  const latest = publications.at(-1) ?? shown;
  const isLatest = latest.number === shown.number;
  const stable = reportPath(site, identity.year, identity.orgCode);
  const folder = isLatest ? stable : submissionAddress(site, shown);
  const title = reportTitle(identity);
  const description = `${title}：${String(report.tables.length)}张决算表、情况说明、名词解释和开放数据。`;
  const attachments = attachmentSections(report, folder);
  return page(
    site,
    {
      title: isLatest ? title : `${title}（第${String(shown.number)}次公开，存档）`,
      description,
      canonical: stable,
      ...(isLatest ? {} : { hidden: true }),
      column: { name: yearTitle(identity), type: "部门决算" },
      article: { published: shanghaiTime(shown.at), source: identity.orgName },
      data: dataset(site, report, shown, description),
    },
    [
      { title: `${String(identity.year)}年度`, path: yearPath(site, identity.year) },
      { title: identity.orgName, path: orgPath(site, identity.orgCode) },
      ...(isLatest
        ? [{ title: yearTitle(identity) }]
        : [
            { title: yearTitle(identity), path: stable },
            { title: `第${String(shown.number)}次公开（存档）` },
          ]),
    ],
    markup`<h1>${identity.orgName} <small>${yearTitle(identity)}</small></h1>
<dl class="meta"><div><dt>公开时间</dt><dd><time datetime="${shown.at}">${shanghaiTime(shown.at)}</time></dd></div><div><dt>公开次数</dt><dd>第${shown.number}次</dd></div><div><dt>版本</dt><dd><code>${submissionFolder(shown.editionHash)}</code></dd></div>${report.reportType && markup`<div><dt>报表类型</dt><dd>${reportTypes[report.reportType]}</dd></div>`}${supervisionNumber !== undefined && markup`<div><dt>监督索引号</dt><dd>${supervisionNumber}</dd></div>`}</dl>
${isLatest ? correctionHtml(site, shown) : archiveNotice(shown, latest, stable)}
${keyFiguresHtml(report)}
<div class="report">
${tableOfContents(report, attachments, checks)}
<div>
${compositionHtml(report)}
${partsOfOpenReport(report).map((part) => partSection(part, report, folder))}${attachments.map(({ html }) => html)}
${checks && checksSection(checks, folder)}
${downloads(shown, folder)}
${verification(site, shown, publications)}
</div></div>`,
  );
}

/** A part of the report under its title; attachments follow all parts, with their own numbers. */
function partSection(part: ReportPart, report: OpenReport, folder: string): Child {
  if (part.holds === "attachments") return undefined;
  return markup`<section>${part.continues !== true ? markup`<h2 id="${part.id}">${part.title}</h2>` : part.holds === "glossary" && markup`<h3 id="${part.id}">${part.title}</h3>`}
${partBody(part, report, folder)}</section>
`;
}

function partBody(part: ReportPart, report: OpenReport, folder: string): Child {
  const { overview, tables, glossary, identity } = report;
  switch (part.holds) {
    case "overview":
      return markup`<div class="prose">${overview.map(chapterHtml("overview"))}</div>`;
    case "narrative":
      return markup`<div class="prose">${chaptersIn(part, report).map(chapterHtml("narrative"))}</div>`;
    case "tables":
      return markup`${tables.map((table) => sheetHtml(table, identity, folder))}`;
    case "glossary":
      return markup`<dl class="prose">${glossary.map(
        ({ term, meaning }) => markup`<dt>${term}</dt><dd>${meaning}</dd>
`,
      )}</dl>`;
    default:
      return undefined;
  }
}

const chaptersIn = (part: ReportPart, report: OpenReport): readonly OpenChapter[] =>
  chaptersOfPart(part, partsOfOpenReport(report), report.narrative);

function correctionHtml(site: PortalSite, shown: PublicationEntry): Child {
  if (shown.correction === undefined) return undefined;
  const { reason, changes } = shown.correction;
  const { at, number } = shown;
  return noticeHtml(
    "correction",
    correctionNotice({ at, number, reason }),
    markup`${
      changes.length > 0 &&
      markup`<div class="scroll plain" role="region" aria-label="更正内容" tabindex="0"><table class="listing"><thead><tr>${changeColumns.map((column) => markup`<th scope="col">${column}</th>`)}</tr></thead><tbody>${changes.map(
        ({ place, before, after }) =>
          markup`<tr><th scope="row">${place}</th><td>${before ?? noContent}</td><td>${after ?? noContent}</td></tr>
`,
      )}</tbody></table></div>`
    }<p class="note">更正前的版本见<a href="#publications">历次公开</a>；核对方法见<a href="${aboutPath(site)}">数据与核验</a>。</p>`,
  );
}

const archiveNotice = (
  shown: PublicationEntry,
  latest: PublicationEntry,
  stable: string,
): Markup => markup`<section class="notice" aria-labelledby="archive"><h2 id="archive">存档版本</h2>
<p>这是第${shown.number}次公开的存档，已由${shanghaiTime(latest.at)}第${latest.number}次公开的版本更正。<a href="${stable}">查看现行版本</a></p></section>`;

function tableOfContents(
  report: OpenReport,
  attachments: readonly { id: string; title: string }[],
  checks: OpenChecks | undefined,
) {
  const entry = (level: "chief" | "sub", id: string, title: string) =>
    markup`<li class="${level}"><a href="#${id}">${title}</a></li>
`;
  const chapters = (of: string, list: readonly OpenChapter[]) =>
    list.map(({ id, heading }) => entry("sub", `${of}-${id}`, heading));
  const entriesOf = (part: ReportPart): Child => {
    switch (part.holds) {
      case "overview":
        return chapters("overview", report.overview);
      case "narrative":
        return chapters("narrative", chaptersIn(part, report));
      case "tables":
        return report.tables.map(({ id, title }) => entry("sub", id, title));
      default:
        return undefined;
    }
  };
  const headingEntry = (part: ReportPart): Child => {
    if (part.continues !== true) return entry("chief", part.id, shortTitle(part));
    return part.holds === "glossary" ? entry("sub", part.id, part.title) : undefined;
  };
  const partEntries = (part: ReportPart): Child =>
    part.holds === "attachments"
      ? undefined
      : markup`${headingEntry(part)}${entriesOf(part)}
`;
  return markup`<nav class="toc" aria-labelledby="toc"><h2 id="toc">目录</h2><ol>
${partsOfOpenReport(report).map(partEntries)}${attachments.map(({ id, title }) => entry("chief", id, title))}${checks && entry("chief", "checks", "审核情况")}
${entry("chief", "downloads", "下载与开放数据")}
${entry("chief", "publications", "历次公开与核验")}</ol></nav>`;
}

/** As the list beside the page calls a part; chapters that are a part by themselves go by its title. */
const shortTitle = ({ holds, chapters, title }: ReportPart): string =>
  chapters === undefined ? shortTitles[holds] : title;

const shortTitles: Readonly<Record<ReportPart["holds"], string>> = {
  overview: "概况",
  tables: "决算表",
  narrative: "情况说明",
  glossary: "名词解释",
  attachments: "附件",
};

const chapterHtml =
  (of: string) =>
  ({ id, heading, paragraphs }: OpenChapter): Markup =>
    markup`<h3 id="${of}-${id}">${heading}</h3>
${paragraphs.map(({ kind, label, sentences }) => {
  const text = markup`${label}${sentences.map((sentence) => markup`<span id="${sentence.id}">${sentence.text}</span>`)}`;
  return kind === "subheading"
    ? markup`<h4>${text}</h4>
`
    : markup`<p class="indent">${text}</p>
`;
})}`;

const sheetHtml = (
  table: OpenTable,
  { orgName, year }: OpenReport["identity"],
  folder: string,
): Markup => markup`<section class="sheet"><h3 id="${table.id}">${table.number && markup`<small>${table.number}</small>`}${table.title}</h3>
<div class="bar"><span>编制单位：${orgName}　${year}年度　${table.unitLabel}</span><a class="download" href="${folder}${table.id}.csv" download>下载本表（CSV）</a></div>
<div class="scroll" role="region" aria-labelledby="${table.id}" tabindex="0">${tableHtml(table)}</div>
${table.notes.map((note) => markup`<p class="note">${note}</p>`)}</section>
`;

function attachmentSections({ sections, attachments }: OpenReport, folder: string) {
  const { selfEvaluations, evaluation } = sections.performance;
  const list: { title: string; body: Markup }[] = [
    ...selfEvaluations.map((form) => ({
      title: `项目支出绩效自评表（${form.project}，${String(form.year)}年度）`,
      body: markup`<div class="scroll" role="region" aria-label="${form.project}自评表" tabindex="0">${selfEvaluationHtml(form)}</div>`,
    })),
    ...(evaluation === undefined
      ? []
      : [
          {
            title: `部门评价报告（${evaluation.project}）`,
            body: markup`<div class="prose">${evaluationHtml(evaluation, 3)}</div>`,
          },
        ]),
    ...(attachments.length === 0
      ? []
      : [
          {
            title: "随报告公开的文件",
            body: fileList(
              attachments.map((file) => ({ ...file, title: file.name })),
              folder,
            ),
          },
        ]),
  ];
  return list.map(({ title, body }, index) => {
    const id = `attachment-${String(index + 1)}`;
    const name = `附件${String(index + 1)}　${title}`;
    return {
      id,
      title: name,
      html: markup`<section><h2 id="${id}">${name}</h2>${body}</section>
`,
    };
  });
}

const checksSection = ({ summary }: OpenChecks, folder: string): Markup =>
  markup`<section><h2 id="checks">审核情况</h2>
<p class="prose">本版本提交审核前逐条核对了${summary.rules}条审核公式：${outcomeSentence(summary)}。<a href="${checksPath(folder)}">查看每条公式的结果</a></p></section>`;

const downloads = ({ files }: PublicationEntry, folder: string): Markup =>
  markup`<section><h2 id="downloads">下载与开放数据</h2>${fileList(files, folder)}</section>`;

const fileList = (
  files: readonly Pick<
    PublicationEntry["files"][number],
    "path" | "title" | "contentType" | "sizeBytes" | "sha256"
  >[],
  folder: string,
): Markup =>
  markup`<ul class="files">${files.map(
    ({ path, title, contentType, sizeBytes, sha256 }) =>
      markup`<li><a href="${folder}${path}" download>${title}（${fileTypeName(contentType)}，${fileSize(sizeBytes)}）</a><span class="hash">SHA-256 ${sha256}</span></li>
`,
  )}</ul>`;

const verification = (
  site: PortalSite,
  shown: PublicationEntry,
  publications: readonly PublicationEntry[],
): Markup => markup`<section><h2 id="publications">历次公开与核验</h2>
<p class="prose">本版本指纹（SHA-256）：<code>${shown.editionHash}</code>。审核、批复和公开所指的都是这一版本；<a href="${aboutPath(site)}">怎样核对</a>。</p>
<div class="scroll plain" role="region" aria-label="历次公开" tabindex="0"><table class="listing"><thead><tr><th scope="col">次数</th><th scope="col">公开时间</th><th scope="col">说明</th><th scope="col">存档</th></tr></thead><tbody>${publications
  .toReversed()
  .map(
    (publication) =>
      markup`<tr><th scope="row">第${publication.number}次</th><td class="figure">${shanghaiTime(publication.at)}</td><td>${publication.correction === undefined ? `首次公开${accountsName(publication)}` : `更正：${publication.correction.reason}`}</td><td><a href="${submissionAddress(site, publication)}">版本${submissionFolder(publication.editionHash)}</a></td></tr>
`,
  )}</tbody></table></div></section>`;

/** schema.org description, by which search engines for data sets find the files. */
function dataset(
  site: PortalSite,
  { identity }: OpenReport,
  { at, files, editionHash }: PublicationEntry,
  description: string,
) {
  const address = site.baseUrl + reportPath(site, identity.year, identity.orgCode);
  return {
    "@context": "https://schema.org",
    "@type": "Dataset",
    name: reportTitle(identity),
    description,
    url: address,
    identifier: editionHash,
    temporalCoverage: String(identity.year),
    inLanguage: "zh-CN",
    datePublished: at,
    creator: { "@type": "GovernmentOrganization", name: identity.orgName },
    distribution: files.map(({ path, title, contentType, sizeBytes }) => ({
      "@type": "DataDownload",
      name: title,
      encodingFormat: contentType,
      contentSize: String(sizeBytes),
      contentUrl: address + path,
    })),
  };
}
