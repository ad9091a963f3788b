import { markup, type Markup } from "../document/markup.ts";

interface FeedEntry {
  /** Absolute address of the report; with the publication's number it is the entry's identity. */
  readonly url: string;
  readonly id: string;
  readonly title: string;
  readonly summary: string;
  readonly author: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
}

/** Atom (RFC 4287) of what was published, corrected or taken down, newest first. */
export function atomFeed(feed: {
  readonly title: string;
  readonly homeUrl: string;
  readonly selfUrl: string;
  readonly entries: readonly FeedEntry[];
}): string {
  const updated = feed.entries[0]?.at ?? "1970-01-01T00:00:00Z";
  return xml(markup`<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">
<title>${feed.title}</title>
<id>${feed.homeUrl}</id>
<link rel="alternate" type="text/html" href="${feed.homeUrl}"/>
<link rel="self" type="application/atom+xml" href="${feed.selfUrl}"/>
<updated>${updated}</updated>
${feed.entries.map(
  ({ url, id, title, summary, author, at }) => markup`<entry>
<title>${title}</title>
<id>${id}</id>
<link rel="alternate" type="text/html" href="${url}"/>
<published>${at}</published>
<updated>${at}</updated>
<author><name>${author}</name></author>
<summary>${summary}</summary>
</entry>
`,
)}</feed>`);
}

/** sitemaps.org 0.9; at most 50,000 addresses. */
export const siteMap = (
  pages: readonly { readonly url: string; readonly modified?: string }[],
): string =>
  xml(markup`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${pages.map(
  ({ url, modified }) =>
    markup`<url><loc>${url}</loc>${modified && markup`<lastmod>${modified}</lastmod>`}</url>
`,
)}</urlset>`);

/** sitemaps.org 0.9: names the maps of parts; at most 50,000. */
export const siteMapIndex = (urls: readonly string[]): string =>
  xml(markup`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
${urls.map(
  (url) =>
    markup`<sitemap><loc>${url}</loc></sitemap>
`,
)}</sitemapindex>`);

const xml = (root: Markup): string => `<?xml version="1.0" encoding="UTF-8"?>\n${String(root)}\n`;
