import type { Edition } from "../../forms/form.ts";

/** Regions whose forms an edition prints, as a text names them. */
const regions = {
  shanghai: /上海/gu,
  jiangxi: /江西|景德镇/gu,
} as const satisfies { readonly [style in Edition["narrative"]]: RegExp };

/** Whether a text speaks of the edition's region more than of any other. */
export function isOfRegion(text: string, { narrative }: Edition): boolean {
  const counts = Object.entries(regions).map(
    ([style, names]) => [style, (text.match(names) ?? []).length] as const,
  );
  const own = counts.find(([style]) => style === narrative)?.[1] ?? 0;
  return counts.every(([style, count]) => style === narrative || count < own);
}

/** How far a printed report looks like the edition: its tables bear numbers or none, it names the region. */
export function likeness(source: string, edition: Edition): number {
  const isNumbered = (source.match(/公\s?开\s?\d\s?\d\s?表/gu) ?? []).length > 1;
  const hasNumbers = edition.forms.some(({ number }) => number !== undefined);
  return (isNumbered === hasNumbers ? 2 : 0) + (isOfRegion(source, edition) ? 1 : 0);
}
