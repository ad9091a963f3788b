import { markup, type Child, type Markup } from "../../shared/document/markup.ts";
import {
  accountsName,
  chineseDate,
  shanghaiTime,
  yearTitle,
} from "../../shared/document/titles.ts";
import type {
  CataloguePart,
  CatalogueRow,
  Counts,
  DepartmentRow,
  OrgLink,
  OrgRecord,
  PortalRecord,
} from "../../shared/disclosure/catalogue.ts";
import { printWan } from "../../shared/money.ts";
import { page } from "./layout.ts";
import { newsAtHomeOf, type NewsItem } from "./news.ts";
import {
  aboutPath,
  catalogueFilePath,
  departmentListPath,
  departmentPartPath,
  departmentPath,
  feedPath,
  homePath,
  orgPath,
  reportPath,
  yearPath,
  type PortalSite,
} from "./site.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

const column = { name: "部门决算公开", type: "部门决算" };

/** 首页: the years, newest first, and what was published last. */
export function homePage(site: PortalSite, { years, news }: PortalRecord): string {
  const description = `${site.siteName}：各部门和单位年度决算的报表、说明和开放数据，按年度集中公开。`;
  return page(
    site,
    { title: site.siteName, description, canonical: homePath(site), column },
    [],
    markup`<h1>${site.siteName}</h1>
<p class="lead">各部门和单位的年度决算在这里集中、长期公开：法定报表、情况说明、名词解释和绩效材料，都可以在网页上直接阅读，也可以下载PDF和开放数据。</p>
<section><h2>按年度查看</h2>
${
  years.length === 0
    ? markup`<p class="note">尚无已公开的决算。</p>`
    : markup`<ul class="years">${years.map(
        ({ year, counts }) =>
          markup`<li><a href="${yearPath(site, year)}"><strong>${year}年度</strong>已公开${counts.published}份决算</a></li>
`,
      )}</ul>`
}</section>
<section><h2>最新公开</h2>${newsHtml(newsAtHomeOf(site, news))}
<p class="note">新的公开和更正可以<a href="${feedPath(site)}">用Atom订阅</a>；数据格式和核对方法见<a href="${aboutPath(site)}">数据与核验</a>。</p></section>`,
  );
}

const newsHtml = (news: readonly NewsItem[]): Markup =>
  news.length === 0
    ? markup`<p class="note">尚无公开记录。</p>`
    : markup`<ul class="news">${news.map(
        ({ path, title, at, kind }) =>
          markup`<li><time datetime="${at}">${shanghaiTime(at)}</time><a href="${path}">${title}</a><span class="tag${kind !== "published" && " correction"}">${newsTag[kind]}</span></li>
`,
      )}</ul>`;

const newsTag = { published: "公开", corrected: "更正", retracted: "撤下" } as const;

/** A year as it fits on its page: every office, or its departments, or the parts these lie in. */
export type YearContent =
  | { readonly kind: "offices"; readonly rows: readonly CatalogueRow[] }
  | { readonly kind: "departments"; readonly departments: readonly DepartmentRow[] }
  | { readonly kind: "parts"; readonly parts: readonly CataloguePart[] };

/** 年度页: who has published, and who has not although it is due. */
export function yearPage(
  site: PortalSite,
  { year, counts, content }: { year: number; counts: Counts; content: YearContent },
): string {
  const title = `${String(year)}年度部门决算`;
  return page(
    site,
    {
      title,
      description: `${site.siteName}${title}目录，共${String(counts.published)}份已公开。`,
      canonical: yearPath(site, year),
      column,
    },
    [{ title: `${String(year)}年度` }],
    markup`<h1>${title}</h1>
<p class="lead">${summary(counts)}</p>
<h2>${content.kind === "offices" ? "部门和单位" : "部门"}</h2>
${yearContentHtml(site, year, title, content)}
<p class="note">本目录的开放数据：<a href="${catalogueFilePath(site, year)}">catalogue/${year}.json</a></p>`,
  );
}

function yearContentHtml(
  site: PortalSite,
  year: number,
  title: string,
  content: YearContent,
): Markup {
  switch (content.kind) {
    case "offices":
      return officesHtml(site, year, { label: `${title}目录`, rows: content.rows });
    case "departments":
      return departmentsHtml(site, year, `${title}目录`, content.departments);
    case "parts":
      return partsHtml(content.parts, "个部门", ({ prefix }) =>
        departmentListPath(site, year, prefix),
      );
  }
}

/** One part of a year's departments. */
export function departmentListPage(
  site: PortalSite,
  {
    year,
    part,
    departments,
  }: {
    year: number;
    part: CataloguePart;
    departments: readonly DepartmentRow[];
  },
): string {
  const title = `${String(year)}年度部门决算（${rangeOf(part)}）`;
  return page(
    site,
    {
      title,
      description: `${site.siteName}${title}。`,
      canonical: departmentListPath(site, year, part.prefix),
      column,
    },
    [{ title: `${String(year)}年度`, path: yearPath(site, year) }, { title: codesOf(part) }],
    markup`<h1>${year}年度部门决算 <small>${rangeOf(part)}</small></h1>
<p class="lead">${summary(part.counts)}</p>
<h2>部门</h2>
${departmentsHtml(site, year, title, departments)}`,
  );
}

/** A department of a year: itself, and its units or the parts these lie in. */
export function departmentPage(
  site: PortalSite,
  {
    year,
    department,
    content,
  }: {
    year: number;
    department: DepartmentRow;
    content:
      | { readonly kind: "offices"; readonly rows: readonly CatalogueRow[] }
      | { readonly kind: "parts"; readonly parts: readonly CataloguePart[] };
  },
): string {
  const { code, name, counts, own } = department;
  const title = `${name}${String(year)}年度决算目录`;
  return page(
    site,
    {
      title,
      description: `${name}和所属单位${String(year)}年度决算，共${String(counts.published)}份已公开。`,
      canonical: departmentPath(site, code, year),
      column,
    },
    departmentCrumbs(site, year, name),
    markup`<h1>${name} <small>${year}年度，本部门和所属单位</small></h1>
<p class="lead">${summary(counts)}</p>
${
  content.kind === "offices"
    ? markup`<h2>本部门和所属单位</h2>
${officesHtml(site, year, { label: title, rows: content.rows })}`
    : markup`${
        own &&
        markup`<h2>本部门</h2>
${officesHtml(site, year, { label: `${name}本部门`, rows: [own] })}`
      }
<h2>所属单位</h2>
${partsHtml(content.parts.filter(isOfUnits(code)), "个单位", ({ prefix }) =>
  departmentPartPath(site, { departmentCode: code, year, prefix }),
)}`
}`,
  );
}

/** One part of a department's units. */
export function departmentPartPage(
  site: PortalSite,
  {
    year,
    department: { code, name },
    part,
    rows,
  }: {
    year: number;
    department: DepartmentRow;
    part: CataloguePart;
    rows: readonly CatalogueRow[];
  },
): string {
  const title = `${name}${String(year)}年度决算目录（${rangeOf(part)}）`;
  return page(
    site,
    {
      title,
      description: `${title}。`,
      canonical: departmentPartPath(site, { departmentCode: code, year, prefix: part.prefix }),
      column,
    },
    [
      ...departmentCrumbs(site, year, name, departmentPath(site, code, year)),
      { title: codesOf(part) },
    ],
    markup`<h1>${name} <small>${year}年度，${rangeOf(part)}</small></h1>
<p class="lead">${summary(part.counts)}</p>
<h2>所属单位</h2>
${officesHtml(site, year, { label: title, rows })}`,
  );
}

/** The department's own line is shown above its units. */
const isOfUnits =
  (departmentCode: string) =>
  ({ count, first }: CataloguePart): boolean =>
    count > 1 || first.code !== departmentCode;

const departmentCrumbs = (site: PortalSite, year: number, name: string, path?: string) => [
  { title: `${String(year)}年度`, path: yearPath(site, year) },
  { title: name, ...omitUndefined({ path }) },
];

const codesOf = ({ first, last }: CataloguePart): string =>
  first.code === last.code ? first.code : `${first.code}至${last.code}`;

const rangeOf = (part: CataloguePart): string =>
  part.count === 1 ? part.first.name : codesOf(part);

const summary = ({ due, published, overdue }: Counts): string =>
  `应公开${String(due)}份，已公开${String(published)}份，${
    overdue === 0 ? "没有逾期未公开的。" : `应公开未公开${String(overdue)}份。`
  }`;

const partsHtml = (
  parts: readonly CataloguePart[],
  unit: string,
  pathOf: (part: CataloguePart) => string,
): Markup =>
  markup`<ul class="parts">${parts.map(
    (part) =>
      markup`<li><a href="${pathOf(part)}"><strong>${codesOf(part)}</strong><span>${part.first.name}${part.count > 1 && ` … ${part.last.name}`}</span></a><span class="figure">${part.count}${unit}，已公开${part.counts.published}份${part.counts.overdue > 0 && markup`，<span class="state late">应公开未公开${part.counts.overdue}份</span>`}</span></li>
`,
  )}</ul>`;

const moneyHeads = markup`<th scope="col" class="number">收入总计（万元）</th><th scope="col" class="number">支出总计（万元）</th>`;

/** Departments, each with its own account and how many of its units' are public. */
const departmentsHtml = (
  site: PortalSite,
  year: number,
  label: string,
  departments: readonly DepartmentRow[],
): Markup =>
  markup`<div class="scroll plain" role="region" aria-label="${label}" tabindex="0"><table class="listing"><thead><tr><th scope="col">部门</th><th scope="col">部门决算</th><th scope="col">已公开（含所属单位）</th>${moneyHeads}</tr></thead><tbody>
${departments.map(
  ({ code, name, counts, own }) =>
    markup`<tr><th scope="row"><a href="${departmentPath(site, code, year)}">${name}</a></th><td>${own && ownState(site, year, own)}</td><td class="figure">${counts.published} / ${counts.due}份${counts.overdue > 0 && markup` <span class="state late">逾期${counts.overdue}份</span>`}</td>${amountCells(own)}</tr>
`,
)}</tbody></table></div>`;

function ownState(site: PortalSite, year: number, row: CatalogueRow): Child {
  const state = stateHtml(row);
  return isPublic(row) ? markup`<a href="${reportPath(site, year, row.code)}">${state}</a>` : state;
}

/** Offices by department, the department itself first. */
function officesHtml(
  site: PortalSite,
  year: number,
  { label, rows }: { readonly label: string; readonly rows: readonly CatalogueRow[] },
): Markup {
  const departments = [...new Set(rows.map(({ department }) => department.code))];
  return markup`<div class="scroll plain" role="region" aria-label="${label}" tabindex="0"><table class="listing"><thead><tr><th scope="col">部门、单位</th><th scope="col">状态</th><th scope="col">公开时间</th>${moneyHeads}</tr></thead>
${departments.map(
  (code) =>
    markup`<tbody>${rows
      .filter(({ department }) => department.code === code)
      .sort((a, b) => Number(b.code === code) - Number(a.code === code))
      .map((row) => officeHtml(site, year, row))}</tbody>
`,
)}</table></div>`;
}

function officeHtml(site: PortalSite, year: number, row: CatalogueRow): Markup {
  const { code, name, kind, published } = row;
  const link = isPublic(row) ? markup`<a href="${reportPath(site, year, code)}">${name}</a>` : name;
  return markup`<tr><th scope="row"${kind === "unit" && markup` class="unit"`}>${link}</th><td>${stateHtml(row)}</td><td class="figure">${published && shanghaiTime(published.at)}</td>${amountCells(row)}</tr>
`;
}

/** Whether its address answers: with the report, or with why it was taken down. */
const isPublic = ({ published, retracted }: CatalogueRow): boolean =>
  published !== undefined || retracted !== undefined;

const amountCells = (row: CatalogueRow | undefined): Markup =>
  markup`${amountCell(row?.published?.income)}${amountCell(row?.published?.expense)}`;

const amountCell = (fen: number | undefined): Markup =>
  markup`<td class="number figure">${fen === undefined ? "" : printWan(fen, { thousands: true })}</td>`;

function stateHtml({ retracted, published, exempt, overdue, publishBy }: CatalogueRow): Child {
  if (retracted !== undefined) return markup`<span class="state wait">已撤下</span>`;
  if (published !== undefined) {
    const { number } = published;
    return markup`<span class="state done">${number === 1 ? "已公开" : `已公开（第${String(number)}次，更正）`}</span>`;
  }
  if (exempt !== undefined) return markup`<span class="state wait">不公开：${exempt}</span>`;
  if (overdue === true) return markup`<span class="state late">应公开未公开</span>`;
  return markup`<span class="state wait">${publishBy === undefined ? "尚未批复" : `应于${chineseDate(publishBy)}前公开`}</span>`;
}

/** 部门或单位页: its reports over the years, newest first, and what became of it (机构沿革). */
export function orgPage(
  site: PortalSite,
  { code, name: known, links = [], reports }: OrgRecord,
): string {
  const newest = reports[0];
  const name = newest?.row.name ?? known ?? code;
  const title = `${name}历年决算`;
  return page(
    site,
    {
      title,
      description: `${title}：报表、说明和开放数据。`,
      canonical: orgPath(site, code),
      column,
    },
    [{ title: name }],
    markup`<h1>${name} <small>历年${newest ? accountsName(newest.row) : "决算"}</small></h1>
${newest && departmentLead(site, newest)}
${
  reports.length === 0
    ? markup`<p class="note">尚无已公开的决算。</p>`
    : markup`<div class="scroll plain" role="region" aria-label="${title}" tabindex="0"><table class="listing"><thead><tr><th scope="col">年度</th><th scope="col">状态</th><th scope="col">公开时间</th>${moneyHeads}</tr></thead><tbody>${reports.map(
        ({ year, row }) =>
          markup`<tr><th scope="row"><a href="${reportPath(site, year, code)}">${yearTitle({ year, kind: row.kind })}</a></th><td>${stateHtml(row)}</td><td class="figure">${row.published && shanghaiTime(row.published.at)}</td>${amountCells(row)}</tr>
`,
      )}</tbody></table></div>`
}
${historyHtml(site, code, links)}`,
  );
}

const historyHtml = (
  site: PortalSite,
  code: string,
  links: NonNullable<OrgRecord["links"]>,
): Markup | undefined =>
  links.length === 0
    ? undefined
    : markup`<section><h2>机构沿革</h2><ul>${links.map(
        (
          link,
        ) => markup`<li>${link.from}年度起${historyText(link, officeLinks(site, code, link))}</li>
`,
      )}</ul></section>`;

/** Offices side by side, each with a link to its own page. */
const officeLinks = (site: PortalSite, code: string, { offices }: OrgLink): Markup =>
  markup`${offices.map(
    (one, index) =>
      markup`${index > 0 && "、"}${
        one.code === code ? one.name : markup`<a href="${orgPath(site, one.code)}">${one.name}</a>`
      }`,
  )}`;

function historyText({ kind, offices }: OrgLink, names: Markup): Markup {
  switch (kind) {
    case "renamed":
      return markup`更为现名，此前为${names}`;
    case "merged_from":
      return markup`由${names}合并而来`;
    case "absorbed":
      return markup`${names}并入本单位`;
    case "merged_into":
      return markup`并入${names}`;
    case "split_from":
      return markup`由${names}分设`;
    case "split_off":
      return markup`分设${names}`;
    case "dissolved":
      return offices.length === 0 ? markup`撤销` : markup`撤销，业务由${names}承接`;
    case "took_over":
      return markup`承接${names}的业务`;
  }
}

function departmentLead(site: PortalSite, { year, row }: OrgRecord["reports"][number]): Markup {
  const { code, name } = row.department;
  const path = departmentPath(site, code, year);
  return code === row.code
    ? markup`<p class="lead"><a href="${path}">本部门和所属单位${year}年度决算目录</a></p>`
    : markup`<p class="lead">主管部门：<a href="${path}">${name ?? code}</a></p>`;
}
