import { layoutForm, type PrintedCell, type PrintedTable } from "../forms/layout.ts";
import { chineseOrdinal } from "../chinese-ordinal.ts";
import type { WrittenNarrative } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import { evaluationHtml, selfEvaluationHtml } from "./evaluation-html.ts";
import { markup, trusted, type Markup } from "./markup.ts";
import { paragraphsHtml } from "./narrative-html.ts";
import { printCss } from "./print-css.ts";
import { tableHtml } from "./table-html.ts";
import {
  chineseDate,
  fileSize,
  fileTypeName,
  partTitles,
  reportTitle,
  yearTitle,
} from "./titles.ts";
import { tableIn } from "../report/sections.ts";

export interface DocumentOptions {
  /** Pages by element id from the printing before; empty in the first pass. */
  readonly pageOf: ReadonlyMap<string, number>;
  /** A draft is marked as such on every page. */
  readonly status: "draft" | "final";
  /** Named in the imprint of a final report. */
  readonly editionHash?: string;
  /** Date line of the cover, YYYY-MM-DD. */
  readonly dated?: string;
  /** 第一部分 and 第三部分, written from the same report. */
  readonly overview: WrittenNarrative;
  readonly narrative: WrittenNarrative;
}

/** A heading that the contents list, with the body that follows it. */
interface Entry {
  readonly id: string;
  readonly level: "chief" | "sub";
  readonly label: string;
}

/** The whole report as one HTML document that needs nothing else: printed, it is the statutory PDF. */
export function reportDocument(report: Report, options: DocumentOptions): string {
  const { identity, edition } = report;
  const sheets = edition.forms
    .filter((form) => form.unprinted !== true)
    .map((form) =>
      layoutForm(form, tableIn(report.sections, form.id), {
        year: identity.year,
        unit: identity.orgName,
      }),
    );
  const attachments = attachmentsOf(report);
  const isDraft = options.status === "draft";
  const css = printCss({
    runningHead: reportTitle(identity),
    isDraft,
  });
  return `<!doctype html>
${String(markup`<html lang="zh-CN"><head><meta charset="utf-8"><title>${reportTitle(identity)}${isDraft && "（草稿）"}</title>
<meta name="author" content="${identity.orgName}"><style>${trusted(css)}</style></head><body>
${cover(report, options)}
${contents(contentsOf(report, options, sheets, attachments), options.pageOf)}
${overviewPart(report, options)}
${tablesPart(report, sheets)}
${narrativePart(report, options)}
${glossaryPart(report)}
${attachments.map(({ html }) => html)}
</body></html>`)}
`;
}

function cover({ identity }: Report, options: DocumentOptions): Markup {
  const { status, dated } = options;
  return markup`<div class="cover"><p class="org">${identity.orgName}</p><div class="rule"></div>
<p class="name">${yearTitle(identity)}</p>${status === "draft" && markup`<p class="draft">草稿 · 预览</p>`}
<p class="when">${dated === undefined ? undefined : chineseDate(dated)}</p>${imprint(options)}</div>`;
}

function contentsOf(
  { identity }: Report,
  { overview, narrative }: DocumentOptions,
  sheets: readonly PrintedTable[],
  attachments: readonly Attachment[],
): Entry[] {
  const parts = partTitles(identity);
  const part = (key: keyof typeof parts): Entry => ({
    id: key,
    level: "chief",
    label: `${parts[key].ordinal}　${parts[key].title}`,
  });
  const chapters = (of: string, { chapters }: WrittenNarrative): Entry[] =>
    chapters.map(({ id, heading }) => ({ id: `${of}-${id}`, level: "sub", label: heading }));
  return [
    part("overview"),
    ...chapters("overview", overview),
    part("tables"),
    ...sheets.map(({ id, title }, index): Entry => ({
      id,
      level: "sub",
      label: `${chineseOrdinal(index + 1)}、${title}`,
    })),
    part("narrative"),
    ...chapters("narrative", narrative),
    part("glossary"),
    ...attachments.map(({ id, label }): Entry => ({ id, level: "chief", label })),
  ];
}

const contents = (entries: readonly Entry[], pageOf: ReadonlyMap<string, number>): Markup =>
  markup`<nav class="contents" aria-label="目录"><h1>目录</h1>${entries.map(
    ({ id, level, label }) => markup`
<a class="${level}" href="#${id}"><span>${label}</span><span class="dots"></span><span class="page">${pageOf.get(id) ?? "00"}</span></a>`,
  )}</nav>`;

const partHead = ({ ordinal, title }: { readonly ordinal: string; readonly title: string }) =>
  markup`<span>${ordinal}　</span><span>${title}</span>`;

const overviewPart = ({ identity }: Report, { overview }: DocumentOptions): Markup =>
  markup`<section class="part"><h1 id="overview">${partHead(partTitles(identity).overview)}</h1>
${chaptersHtml("overview", overview)}</section>`;

const narrativePart = ({ identity }: Report, { narrative }: DocumentOptions): Markup =>
  markup`<section class="part"><h1 id="narrative">${partHead(partTitles(identity).narrative)}</h1>
${chaptersHtml("narrative", narrative)}</section>`;

const chaptersHtml = (of: string, { chapters }: WrittenNarrative): Markup[] =>
  chapters.map(
    (chapter) => markup`<h2 id="${of}-${chapter.id}">${chapter.heading}</h2>
${paragraphsHtml(chapter)}`,
  );

function tablesPart({ identity }: Report, sheets: readonly PrintedTable[]): Markup {
  return markup`<section class="part divider"><h1 id="tables">${partHead(partTitles(identity).tables)}</h1>
<table aria-label="决算表一览"><tbody>${sheets.map(
    ({ number, title }, index) =>
      markup`<tr><td>${number ?? `表${String(index + 1)}`}</td><td>${title}</td></tr>`,
  )}</tbody></table></section>
${sheets.map((sheet) => sheetHtml(sheet, identity))}`;
}

const sheetHtml = (sheet: PrintedTable, { orgName, year }: Report["identity"]): Markup =>
  markup`<section class="sheet${sheet.orientation === "landscape" && " wide"}"><h2 id="${sheet.id}">${sheet.title}</h2>
<div class="head${orgName.length > 26 && " crowded"}">${sheet.number && markup`<span class="number">${sheet.number}</span>`}<span class="by">编制单位：${orgName}</span><span class="year">${year}年度</span><span class="unit">${sheet.unitLabel}</span></div>
<div class="${density(sheet)}">${tableHtml(sheet)}</div>
${sheet.notes.map((note) => markup`<p>${note}</p>`)}</section>`;

/** Row height follows from the lines that fit on a page; a table of several pages has the normal height. */
function density({ head, columnNumbers, body, orientation }: PrintedTable): string {
  const lines = body.length + head.length + (columnNumbers === undefined ? 0 : 1);
  const columns = (body[0] ?? []).reduce((sum, cell) => sum + colspanOf(cell), 0);
  if (orientation === "portrait" && (columns > 8 || (columns > 6 && lines > 30))) return "dense";
  const limits =
    orientation === "landscape"
      ? ({ roomy: 17, regular: 21, close: 27, tight: 36 } as const)
      : ({ roomy: 30, regular: 35, close: 42, tight: 42 } as const);
  return (
    (["roomy", "regular", "close", "tight"] as const).find((name) => lines <= limits[name]) ??
    "long"
  );
}

const colspanOf = (cell: PrintedCell): number => ("colspan" in cell ? (cell.colspan ?? 1) : 1);

const glossaryPart = ({ identity, edition }: Report): Markup =>
  markup`<section class="part"><h1 id="glossary">${partHead(partTitles(identity).glossary)}</h1>
<ol class="glossary">${edition.glossary.map(
    ({ term, meaning }, index) =>
      markup`<li><p><span class="term">${chineseOrdinal(index + 1)}、${term}：</span>${meaning}</p></li>
`,
  )}</ol></section>`;

interface Attachment {
  readonly id: string;
  readonly label: string;
  readonly html: Markup;
}

/** 附件: self-evaluations, the department's evaluation report, the list of files disclosed beside. */
function attachmentsOf({ sections }: Report): Attachment[] {
  const { selfEvaluations, evaluation } = sections.performance;
  const files = sections.attachments.files.filter(({ disclosed }) => disclosed);
  const bodies: { title: string; subject?: string; body: (head: Markup) => Markup }[] = [
    ...selfEvaluations.map((form) => ({
      title: `${String(form.year)}年度项目支出绩效自评表`,
      subject: form.project,
      body: (head: Markup) =>
        markup`<section class="sheet attachment">${head}<div class="long">${selfEvaluationHtml(form)}</div></section>
`,
    })),
    ...(evaluation === undefined
      ? []
      : [
          {
            title: "部门评价报告",
            subject: evaluation.project,
            body: (head: Markup) =>
              markup`<section class="part attachment">${head}${evaluationHtml(evaluation, 2)}</section>
`,
          },
        ]),
    ...(files.length === 0
      ? []
      : [
          {
            title: "随报告公开的文件",
            body: (head: Markup) =>
              markup`<section class="part attachment">${head}<table class="statutory files" aria-label="随报告公开的文件"><thead><tr><th scope="col">文件</th><th scope="col">类型</th><th scope="col">大小</th><th scope="col">SHA-256</th></tr></thead><tbody>${files.map(
                ({ name, contentType, sizeBytes, sha256 }) =>
                  markup`<tr><th scope="row" class="name">${name}</th><td class="prose">${fileTypeName(contentType)}</td><td class="count">${fileSize(sizeBytes)}</td><td class="hash">${sha256}</td></tr>
`,
              )}</tbody></table></section>
`,
          },
        ]),
  ];
  return bodies.map(({ title, subject, body }, index) => {
    const id = `attachment-${String(index + 1)}`;
    const ordinal = `附件${String(index + 1)}`;
    const head = markup`<h1 id="${id}"><span>${ordinal}　</span><span>${title}</span>${subject && markup`<span>（${subject}）</span>`}</h1>
`;
    return {
      id,
      label: `${ordinal}　${title}${subject === undefined ? "" : `（${subject}）`}`,
      html: body(head),
    };
  });
}

/** Foot of the cover: which submission this is, so that anybody can compare it with what is published. */
const imprint = ({ editionHash, status }: DocumentOptions): Markup | undefined =>
  editionHash === undefined
    ? undefined
    : markup`<p class="imprint">${status === "final" ? "本报告版本指纹" : "预览所据版本指纹"}（SHA-256）：${editionHash}</p>`;
