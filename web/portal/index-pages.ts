import { markup, type Child, type Markup } from "../../shared/document/markup.ts";
import { accountsName, chineseDate, yearTitle } from "../../shared/document/titles.ts";
import {
  listedOrg,
  type Listing,
  type YearCatalogue,
  type YearPlan,
} from "../../shared/disclosure/catalogue.ts";
import { printWan } from "../../shared/money.ts";
import { page } from "./layout.ts";
import type { NewsItem } from "./news.ts";
import {
  aboutPath,
  catalogueFilePath,
  feedPath,
  homePath,
  orgPath,
  reportPath,
  shanghaiTime,
  yearPath,
  type PortalSite,
} from "./site.ts";

const column = { name: "部门决算公开", type: "部门决算" };
const published = (reports: readonly Listing[]) =>
  reports.filter(({ status }) => status === "published").length;

/** 首页: the years, newest first, and what was published last. */
export function homePage(
  site: PortalSite,
  { catalogues, news }: { catalogues: readonly YearCatalogue[]; news: readonly NewsItem[] },
): string {
  const description = `${site.siteName}：各部门和单位年度决算的报表、说明和开放数据，按年度集中公开。`;
  return page(
    site,
    { title: site.siteName, description, canonical: homePath(site), column },
    [],
    markup`<h1>${site.siteName}</h1>
<p class="lead">各部门和单位的年度决算在这里集中、长期公开：法定报表、情况说明、名词解释和绩效材料，都可以在网页上直接阅读，也可以下载PDF和开放数据。</p>
<section><h2>按年度查看</h2>
${
  catalogues.length === 0
    ? markup`<p class="note">尚无已公开的决算。</p>`
    : markup`<ul class="years">${catalogues.map(
        ({ year, reports }) =>
          markup`<li><a href="${yearPath(site, year)}"><strong>${year}年度</strong>已公开${published(reports)}份决算</a></li>
`,
      )}</ul>`
}</section>
<section><h2>最新公开</h2>${newsHtml(news)}
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

interface Row {
  readonly code: string;
  readonly name: string;
  readonly kind: "unit" | "department" | "bureau";
  readonly department: { readonly code: string; readonly name: string };
  readonly listing?: Listing;
  readonly planned?: YearPlan["orgs"][number];
}

/** 年度页: departments with their units, and who has not published what is due. */
export function yearPage(
  site: PortalSite,
  { catalogue, plan }: { catalogue: YearCatalogue; plan?: YearPlan },
): string {
  const { year, reports } = catalogue;
  const rows = rowsOf(reports, plan);
  const departments = [...new Set(rows.map(({ department }) => department.code))].toSorted();
  const title = `${String(year)}年度部门决算`;
  return page(
    site,
    {
      title,
      description: `${site.siteName}${title}目录，共${String(published(reports))}份已公开。`,
      canonical: yearPath(site, year),
      column,
    },
    [{ title: `${String(year)}年度` }],
    markup`<h1>${title}</h1>
<p class="lead">${summary(rows, plan)}</p>
<h2>部门和单位</h2>
<div class="scroll plain" role="region" aria-label="${title}目录" tabindex="0"><table class="listing"><thead><tr><th scope="col">部门、单位</th><th scope="col">状态</th><th scope="col">公开时间</th><th scope="col" class="number">收入总计（万元）</th><th scope="col" class="number">支出总计（万元）</th></tr></thead>
${departments.map(
  (code) =>
    markup`<tbody>${groupHtml(
      site,
      year,
      rows.filter(({ department }) => department.code === code),
      plan,
    )}</tbody>`,
)}</table></div>
<p class="note">本目录的开放数据：<a href="${catalogueFilePath(site, year)}">catalogue/${year}.json</a></p>`,
  );
}

function rowsOf(reports: readonly Listing[], plan: YearPlan | undefined): Row[] {
  const listed = reports.map((listing): Row => {
    const { orgCode: code, orgName: name, kind, department } = listedOrg(listing);
    const planned = plan?.orgs.find((org) => org.code === code);
    return { code, name, kind, department, listing, ...(planned && { planned }) };
  });
  const missing = (plan?.orgs ?? [])
    .filter(({ code }) => listed.every((row) => row.code !== code))
    .map((planned): Row => ({ ...planned, planned }));
  const rank = ({ kind }: Row) => (kind === "unit" ? 1 : 0);
  return [...listed, ...missing].toSorted(
    (a, b) => rank(a) - rank(b) || (a.code < b.code ? -1 : 1),
  );
}

function summary(rows: readonly Row[], plan: YearPlan | undefined): string {
  const count = published(rows.flatMap(({ listing }) => (listing === undefined ? [] : [listing])));
  if (plan === undefined) return `已公开${String(count)}份决算。`;
  const late = rows.filter((row) => isOverdue(row, plan)).length;
  const overdue = late === 0 ? "没有逾期未公开的。" : `应公开未公开${String(late)}份。`;
  return `截至${chineseDate(plan.asOf)}，应公开${String(plan.orgs.filter(({ exempt }) => exempt === undefined).length)}份，已公开${String(count)}份，${overdue}`;
}

const isOverdue = ({ listing, planned }: Row, { asOf }: YearPlan): boolean =>
  listing === undefined &&
  planned?.exempt === undefined &&
  planned?.publishBy !== undefined &&
  planned.publishBy < asOf;

const groupHtml = (
  site: PortalSite,
  year: number,
  rows: readonly Row[],
  plan: YearPlan | undefined,
): Markup[] =>
  rows.map((row) => {
    const { code, name, kind, listing } = row;
    const latest = listing?.status === "published" ? listing.latest : undefined;
    const link =
      listing === undefined ? name : markup`<a href="${reportPath(site, year, code)}">${name}</a>`;
    return markup`<tr><th scope="row"${kind === "unit" && markup` class="unit"`}>${link}</th><td>${stateHtml(row, plan)}</td><td class="figure">${latest && shanghaiTime(latest.at)}</td>${amountCell(latest?.totals.income)}${amountCell(latest?.totals.expense)}</tr>
`;
  });

const amountCell = (fen: number | undefined): Markup =>
  markup`<td class="number figure">${fen === undefined ? "" : printWan(fen, { thousands: true })}</td>`;

function stateHtml(row: Row, plan: YearPlan | undefined): Child {
  const { listing, planned } = row;
  if (listing?.status === "retracted") return markup`<span class="state wait">已撤下</span>`;
  if (listing !== undefined) {
    const { number } = listing.latest;
    return markup`<span class="state done">${number === 1 ? "已公开" : `已公开（第${String(number)}次，更正）`}</span>`;
  }
  if (planned?.exempt !== undefined)
    return markup`<span class="state wait">不公开：${planned.exempt}</span>`;
  if (plan !== undefined && isOverdue(row, plan)) {
    return markup`<span class="state late">应公开未公开</span>`;
  }
  return markup`<span class="state wait">${planned?.publishBy === undefined ? "尚未批复" : `应于${chineseDate(planned.publishBy)}前公开`}</span>`;
}

/** 部门或单位页: its reports over the years, newest first. */
export function orgPage(
  site: PortalSite,
  { code, listings }: { code: string; listings: readonly Listing[] },
): string {
  const newest = listings.toSorted((a, b) => listedOrg(b).year - listedOrg(a).year);
  const [first] = newest;
  const org = first && listedOrg(first);
  const name = org?.orgName ?? code;
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
    markup`<h1>${name} <small>历年${org ? accountsName(org) : "决算"}</small></h1>
${org && org.department.code !== org.orgCode && markup`<p class="lead">主管部门：<a href="${orgPath(site, org.department.code)}">${org.department.name}</a></p>`}
<div class="scroll plain" role="region" aria-label="${title}" tabindex="0"><table class="listing"><thead><tr><th scope="col">年度</th><th scope="col">状态</th><th scope="col">公开时间</th><th scope="col" class="number">收入总计（万元）</th><th scope="col" class="number">支出总计（万元）</th></tr></thead><tbody>${newest.map(
      (listing) => {
        const { year, kind } = listedOrg(listing);
        const latest = listing.status === "published" ? listing.latest : undefined;
        return markup`<tr><th scope="row"><a href="${reportPath(site, year, code)}">${yearTitle({ year, kind })}</a></th><td>${stateHtml({ code, name, kind, department: listedOrg(listing).department, listing }, undefined)}</td><td class="figure">${latest && shanghaiTime(latest.at)}</td>${amountCell(latest?.totals.income)}${amountCell(latest?.totals.expense)}</tr>
`;
      },
    )}</tbody></table></div>`,
  );
}
