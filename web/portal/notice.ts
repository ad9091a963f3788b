import type { NoticeLine, PublicNotice } from "../../shared/disclosure/public-notices.ts";
import { markup, type Child, type Markup } from "../../shared/document/markup.ts";
import { shanghaiTime } from "../../shared/document/titles.ts";

/** A notice at the head of a report's page; `id` is that of its heading. */
export const noticeHtml = (id: string, { title, lines }: PublicNotice, more?: Child): Markup =>
  markup`<section class="notice" aria-labelledby="${id}"><h2 id="${id}">${title}</h2>
${lines.map(lineHtml)}${more}</section>`;

function lineHtml({ text, at }: NoticeLine): Markup {
  if (at === undefined) {
    return markup`<p>${text}</p>
`;
  }
  const time = shanghaiTime(at);
  const [before = "", ...after] = text.split(time);
  return markup`<p>${before}<time datetime="${at}">${time}</time>${after.join(time)}</p>
`;
}
