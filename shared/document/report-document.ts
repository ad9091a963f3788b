import { layoutForm, type PrintedCell, type PrintedTable } from "../forms/layout.ts";
import { chineseOrdinal } from "../chinese-ordinal.ts";
import type { WrittenNarrative } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import { evaluationHtml, selfEvaluationHtml } from "./evaluation-html.ts";
import { markup, trusted, type Markup } from "./markup.ts";
import {
  chaptersPart,
  chief,
  headingOf,
  partClass,
  partHead,
  type Entry,
  type PrintedPart,
} from "./chapters-part.ts";
import { printCss } from "./print-css.ts";
import { tableHtml } from "./table-html.ts";
import {
  chineseDate,
  fileSize,
  fileTypeName,
  chaptersOfPart,
  filledTitle,
  partsOf,
  reportTitle,
  type ReportPart,
} from "./titles.ts";
import { tableIn } from "../report/section-ids.ts";

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

/** The whole report as one HTML document that needs nothing else: printed, it is the statutory PDF. */
export function reportDocument(report: Report, options: DocumentOptions): string {
  const { identity, edition } = report;
  const parts = printedParts(report, options);
  const isDraft = options.status === "draft";
  const css = printCss({
    runningHead: reportTitle(identity),
    isDraft,
  });
  return `<!doctype html>
${String(markup`<html lang="zh-CN"><head><meta charset="utf-8"><title>${reportTitle(identity)}${isDraft && "（草稿）"}</title>
<meta name="author" content="${identity.orgName}"><style>${trusted(css)}</style></head><body>
${cover(report, options)}
${contents(
  parts.flatMap(({ entries }) => entries),
  options.pageOf,
  edition.contents?.note,
)}
${parts.map(({ html }) => html)}
</body></html>`)}
`;
}

function cover({ identity, edition, sections }: Report, options: DocumentOptions): Markup {
  const { status, dated } = options;
  const { title, above } = edition.cover;
  const words = { ...identity, supervisionNumber: sections.facts.supervisionNumber };
  return markup`<div class="cover">${above !== undefined && markup`<p class="above">${filledTitle(above, words)}</p>`}<p class="org">${identity.orgName}</p><div class="rule"></div>
<p class="name">${filledTitle(title, identity)}</p>${status === "draft" && markup`<p class="draft">草稿 · 预览</p>`}
<p class="when">${dated === undefined ? undefined : chineseDate(dated)}</p>${imprint(options)}</div>`;
}

/** The edition's parts in its order; attachments that none of them holds are parts of their own at the end. */
function printedParts(report: Report, options: DocumentOptions): PrintedPart[] {
  const parts = partsOf(report.edition.parts, report.identity);
  const attachments = attachmentsOf(report);
  const printed = parts.map((part): PrintedPart => {
    switch (part.holds) {
      case "overview":
        return chaptersPart(part, "overview", options.overview.chapters);
      case "narrative":
        return chaptersPart(
          part,
          "narrative",
          chaptersOfPart(part, parts, options.narrative.chapters),
        );
      case "tables":
        return tablesPart(part, report);
      case "glossary":
        return glossaryPart(part, report);
      case "attachments":
        return attachmentsPart(part, attachments);
    }
  });
  if (parts.some(({ holds }) => holds === "attachments")) return printed;
  return [
    ...printed,
    ...attachments.map(({ id, label, html }): PrintedPart => ({
      entries: [{ id, level: "chief", label }],
      html,
    })),
  ];
}

/** More do not fit on one page at the usual line height. */
const linesOfContents = 29;

const contents = (
  entries: readonly Entry[],
  pageOf: ReadonlyMap<string, number>,
  note: string | undefined,
): Markup =>
  markup`<nav class="contents${entries.length + (note === undefined ? 0 : 2) > linesOfContents && " close"}" aria-label="目录"><h1>目录</h1>${entries.map(
    ({ id, level, label }) => markup`
<a class="${level}" href="#${id}"><span>${label}</span><span class="dots"></span><span class="page">${pageOf.get(id) ?? "00"}</span></a>`,
  )}${note !== undefined && markup`<p class="note">${note}</p>`}</nav>`;

function tablesPart(part: ReportPart, { identity, edition, sections }: Report): PrintedPart {
  const sheets = edition.forms
    .filter((form) => form.unprinted !== true)
    .map((form) =>
      layoutForm(form, tableIn(sections, form.id), {
        year: identity.year,
        unit: identity.orgName,
      }),
    );
  return {
    entries: [
      chief(part),
      ...sheets.map(({ id, title }, index): Entry => ({
        id,
        level: "sub",
        label: `${chineseOrdinal(index + 1)}、${title}`,
      })),
    ],
    html: markup`<section class="part divider">${partHead(part)}
<table aria-label="决算表一览"><tbody>${sheets.map(
      ({ number, title }, index) =>
        markup`<tr><td>${number ?? `表${String(index + 1)}`}</td><td>${title}</td></tr>`,
    )}</tbody></table></section>
${sheets.map((sheet) => sheetHtml(sheet, identity))}
`,
  };
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
  const hasNames = (body[0] ?? []).some(({ kind }) => kind === "name");
  if (orientation === "landscape" && columns > 10 && hasNames) return "dense";
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

function glossaryPart(part: ReportPart, { edition }: Report): PrintedPart {
  return {
    entries: headingOf(part),
    html: markup`<section class="${partClass(part)}">${partHead(part)}
<ol class="glossary">${edition.glossary.map(
      ({ term, meaning }, index) =>
        markup`<li><p><span class="term">${chineseOrdinal(index + 1)}、${term}：</span>${meaning}</p></li>
`,
    )}</ol></section>
`,
  };
}

function attachmentsPart(part: ReportPart, attachments: readonly Attachment[]): PrintedPart {
  return {
    entries: [
      chief(part),
      ...attachments.map(({ id, label }): Entry => ({ id, level: "sub", label })),
    ],
    html: markup`<section class="part divider">${partHead(part)}
${attachments.length === 0 && markup`<p>无。</p>`}</section>
${attachments.map(({ html }) => html)}`,
  };
}

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
