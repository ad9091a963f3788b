const voidTags = new Set(["meta", "link", "br", "col", "img", "rect"]);

/** Faults of a page's tags: unclosed, crossed, or an id borne twice. Attribute values must be quoted. */
export function htmlFaults(html: string): string[] {
  const faults: string[] = [];
  const open: string[] = [];
  const text = html.replace(/<style>[\s\S]*?<\/style>/g, "<style></style>");
  for (const [whole, close, name = "", attributes = ""] of text.matchAll(
    /<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*\/?>/g,
  )) {
    if (close === "/") {
      const last = open.pop();
      if (last !== name) faults.push(`</${name}> closes <${last ?? "nothing"}>`);
    } else if (!voidTags.has(name) && !whole.endsWith("/>")) open.push(name);
    if (attributes.includes("<")) faults.push(`< in an attribute of ${name}`);
  }
  if (open.length > 0) faults.push(`left open: ${open.join(", ")}`);
  const tags = (text.match(/<\/?[a-z]/g) ?? []).length;
  const read = [
    ...text.matchAll(/<(\/?)([a-z][a-z0-9]*)((?:\s+[a-zA-Z:-]+(?:="[^"<>]*")?)*)\s*\/?>/g),
  ];
  if (tags !== read.length) faults.push(`${tags - read.length} tags are not well formed`);
  const ids = idsOf(html);
  faults.push(
    ...ids.filter((id, index) => ids.indexOf(id) !== index).map((id) => `id ${id} twice`),
  );
  return faults;
}

export const idsOf = (html: string): string[] =>
  [...html.matchAll(/ id="([^"]*)"/g)].map(([, id = ""]) => id);

/** Levels of the headings in their order: 1, 2, 2, 3 … */
export const headingLevels = (html: string): number[] =>
  [...html.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));

/** Text of the value cells of a table, in order. */
export function valueTexts(html: string, from: string): string[] {
  const start = html.indexOf(from);
  const table = html.slice(start, html.indexOf("</table>", start));
  return [...table.matchAll(/<td class="(?:money|count)[^"]*">([^<]*)<\/td>/g)].map(
    ([, text = ""]) => text,
  );
}
