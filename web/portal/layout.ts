import { markup, trusted, type Child, type Markup } from "../../shared/document/markup.ts";
import { aboutPath, feedPath, homePath, siteMapPath, type PortalSite } from "./site.ts";

interface Crumb {
  readonly title: string;
  /** Absent for the page itself. */
  readonly path?: string;
}

interface PageHead {
  readonly title: string;
  readonly description: string;
  /** Absolute path of the canonical address of this content. */
  readonly canonical?: string;
  /** Archive copies and the page of missing addresses stay out of search engines. */
  readonly hidden?: true;
  /** Tags that inspections of government sites read. */
  readonly column: { readonly name: string; readonly type: string };
  readonly article?: { readonly published: string; readonly source: string };
  /** schema.org data block. */
  readonly data?: Readonly<Record<string, unknown>>;
}

/** Nothing but our own stylesheet is ever loaded; there is no script to run. */
const contentSecurityPolicy =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'";

/** 头部标识区, 中部内容区, 底部功能区: the frame of every page. */
export function page(
  site: PortalSite,
  head: PageHead,
  crumbs: readonly Crumb[],
  content: Child,
): string {
  const { siteName } = site;
  const title = head.title === siteName ? siteName : `${head.title} - ${siteName}`;
  return `<!doctype html>
${String(markup`<html lang="zh-CN">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy}">
<title>${title}</title>
${metaTags(site, head)}
<link rel="stylesheet" href="${site.stylesheet}">
<link rel="icon" href="data:,">
<link rel="alternate" type="application/atom+xml" title="${siteName}" href="${feedPath(site)}">
${head.canonical && markup`<link rel="canonical" href="${site.baseUrl}${head.canonical}">`}
${head.data && dataBlock(head.data)}
</head>
<body>
<a class="skip" href="#content">跳到正文</a>
<header class="site"><div class="inner"><p class="name"><a href="${homePath(site)}">${siteName}</a></p>
<nav aria-label="站点"><a href="${homePath(site)}">首页</a><a href="${aboutPath(site)}">数据与核验</a><a href="${feedPath(site)}">订阅更新</a></nav></div></header>
${crumbs.length > 0 && breadcrumbs(site, crumbs)}
<main id="content" tabindex="-1">
${content}
</main>
${footer(site)}
</body>
</html>`)}
`;
}

function metaTags(site: PortalSite, { title, description, hidden, column, article }: PageHead) {
  const domain = site.baseUrl.replace(/^https?:\/\//, "");
  const tags: readonly (readonly [name: string, content: string | undefined])[] = [
    ["description", description],
    ["robots", hidden && "noindex"],
    ["SiteName", site.siteName],
    ["SiteDomain", domain],
    ["SiteIDCode", site.siteIdCode],
    ["ColumnName", column.name],
    ["ColumnDescription", description],
    ["ColumnKeywords", "部门决算,预决算公开"],
    ["ColumnType", column.type],
    ["ArticleTitle", article && title],
    ["PubDate", article?.published],
    ["ContentSource", article?.source],
  ];
  return tags.map(
    ([name, content]) =>
      content !== undefined &&
      markup`<meta name="${name}" content="${content}">
`,
  );
}

/** JSON for machines in a data block, which no browser runs; `<` cannot end it early. */
const dataBlock = (data: Readonly<Record<string, unknown>>): Markup => {
  const json = JSON.stringify(data).replaceAll("<", "\\u003c");
  return markup`<script type="application/ld+json">${trusted(json)}</script>`;
};

const breadcrumbs = (site: PortalSite, crumbs: readonly Crumb[]): Markup =>
  markup`<nav class="crumbs" aria-label="当前位置"><ol><li><a href="${homePath(site)}">首页</a></li>${crumbs.map(
    ({ title, path }) =>
      path === undefined
        ? markup`<li aria-current="page">${title}</li>`
        : markup`<li><a href="${path}">${title}</a></li>`,
  )}</ol></nav>`;

/** What must be at the foot of every page; a fact nobody gave is marked as such, never invented. */
function footer(site: PortalSite): Markup {
  const facts: readonly (readonly [title: string, value: string | undefined])[] = [
    ["主办单位", site.organiser],
    ["联系方式", site.contact],
    ["网站标识码", site.siteIdCode],
    ["ICP备案编号", site.icpNumber],
    ["公安机关备案号", site.policeNumber],
  ];
  return markup`<footer class="site"><div class="inner"><dl>${facts.map(
    ([title, value]) =>
      markup`<div><dt>${title}</dt><dd>${value ?? markup`<span class="unset">（部署时填写）</span>`}</dd></div>`,
  )}</dl>
<ul><li><a href="${siteMapPath(site)}">网站地图</a></li><li><a href="${aboutPath(site)}">数据与核验</a></li><li>${
    site.faultReportUrl === undefined
      ? markup`我为政府网站找错<span class="unset">（部署时填写）</span>`
      : markup`<a href="${site.faultReportUrl}">我为政府网站找错</a>`
  }</li></ul></div></footer>`;
}
