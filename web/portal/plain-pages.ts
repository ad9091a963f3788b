import { markup } from "../../shared/document/markup.ts";
import { reportTitle, shanghaiTime } from "../../shared/document/titles.ts";
import type { TombstoneEntry } from "../../shared/disclosure/catalogue.ts";
import { takeDownNotice } from "../../shared/disclosure/public-notices.ts";
import { page } from "./layout.ts";
import { noticeHtml } from "./notice.ts";
import {
  aboutPath,
  catalogueFilePath,
  feedPath,
  homePath,
  orgPath,
  reportPath,
  yearPath,
  type PortalSite,
} from "./site.ts";

const column = { name: "部门决算公开", type: "部门决算" };

/** The page at the address of a report that was taken down: when, on what legal basis, and why. */
export function tombstonePage(site: PortalSite, entry: TombstoneEntry): string {
  const title = reportTitle({ region: "", ...entry });
  return page(
    site,
    {
      title: `${title}（已撤下）`,
      description: `${title}已撤下。`,
      canonical: reportPath(site, entry.year, entry.orgCode),
      hidden: true,
      column,
      article: { published: shanghaiTime(entry.at), source: entry.orgName },
    },
    [
      { title: `${String(entry.year)}年度`, path: yearPath(site, entry.year) },
      { title: entry.orgName, path: orgPath(site, entry.orgCode) },
      { title: "已撤下" },
    ],
    markup`<h1>${title}</h1>
${noticeHtml("retracted", takeDownNotice(entry))}
<p class="lead">本地址长期保留，用于说明撤下情况。其他年度的决算见<a href="${orgPath(site, entry.orgCode)}">${entry.orgName}历年决算</a>。</p>`,
  );
}

export const notFoundPage = (site: PortalSite): string =>
  page(
    site,
    { title: "没有找到这一页", description: "没有找到这一页。", hidden: true, column },
    [{ title: "没有找到这一页" }],
    markup`<h1>没有找到这一页</h1>
<p class="lead">这个地址下没有内容。已公开的决算地址长期不变，形如“年度/部门代码”；请从<a href="${homePath(site)}">首页</a>按年度和部门查找。</p>`,
  );

/** 数据与核验: what is published, in which form, and how anybody can check it. */
export const aboutPage = (site: PortalSite, latestYear: number | undefined): string =>
  page(
    site,
    {
      title: "数据与核验",
      description: "决算公开的内容、开放数据的格式，以及核对文件真伪的方法。",
      canonical: aboutPath(site),
      column,
    },
    [{ title: "数据与核验" }],
    markup`<h1>数据与核验</h1>
<div class="prose">
<h2>公开什么</h2>
<p>依照《中华人民共和国预算法》第十四条，部门决算经本级财政部门批复后二十日内向社会公开。每份决算包括概况、法定报表、情况说明、名词解释和绩效材料，涉及国家秘密的内容除外。</p>
<p>报表金额以万元为单位，保留两位小数，由精确到分的数据四舍五入得出，因此分项相加与合计可能有尾数差异。空白单元格表示没有填报数据，“────”表示该项不适用，两者都不等于0。</p>
<h2>开放数据</h2>
<p>每份决算的地址长期不变，地址下除网页外还有：</p>
<ul>
<li><code>report.pdf</code>：全文，与批复的版本一致；</li>
<li><code>report.json</code>：全部报表（印出的数字和精确到分的数据）、逐句的情况说明、名词解释、绩效材料；</li>
<li><code>t01.csv</code>至<code>t10.csv</code>：每张表一个文件，UTF-8编码，可用电子表格软件直接打开；</li>
<li><code>checks.json</code>：审核情况，每条审核公式的内容、依据、结果，查出的差异和说明；</li>
<li><code>datapackage.json</code>：各CSV文件的列、单位，各数据文件的校验值。</li>
</ul>
<p>各年度目录见<code>catalogue/年度.json</code>，其中<code>parts</code>列出分段文件<code>catalogue/年度/part-….json</code>，每份决算一行，每段不超过一百行；每次公开的登记见<code>catalogue/年度/代码/次数.json</code>${latestYear !== undefined && markup`，例如<a href="${catalogueFilePath(site, latestYear)}">${latestYear}年度目录</a>`}；新的公开、更正和撤下见<a href="${feedPath(site)}">Atom订阅源</a>。</p>
<h2>怎样核对</h2>
<ol class="steps">
<li>下载文件，用<code>sha256sum</code>（Windows下用<code>certutil -hashfile 文件 SHA256</code>）计算SHA-256，与报告页“下载与开放数据”中列出的值比较，一致即未被改动。</li>
<li><code>report.json</code>中<code>sections</code>的每一节，按键名排序、不留空白写成JSON（RFC 8785），其SHA-256等于<code>manifest.sections</code>中的同名值。</li>
<li><code>manifest</code>同样写法的SHA-256等于<code>editionHash</code>，也就是报告页上的版本指纹；审核、批复和公开所指的都是这一版本。</li>
</ol>
<h2>更正与撤下</h2>
<p>决算公开后如有更正，原地址显示更正后的版本和更正公告，更正前的各版本在“历次公开”中长期保留。依法撤下的，原地址保留撤下的时间、依据和说明。</p>
</div>`,
  );
