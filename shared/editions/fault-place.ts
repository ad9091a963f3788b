import { entriesOf, isJsonObject, isKeyedList, type Json } from "./derive.ts";
import { labels, titleOf } from "./differences.ts";

/**
 * A path into an edition's data as a bureau finds the place on its desk: 报表 · 收入决算表 · 栏 · 合计. Steps are members, places
 * in a list (`[3]`), or names of entries as changes have them (`forms.t03`). Sentences are named by their own words.
 */
export function placeInWords(data: unknown, path: string): string {
  if (path.startsWith("sentences")) return sentencesPlace;
  const words: string[] = [];
  let value = data as Json | undefined;
  let list = "";
  for (const step of path.match(/[^.[\]]+/gu) ?? []) {
    if (Array.isArray(value)) {
      const entries = isKeyedList(list, value) ? entriesOf(list, value) : undefined;
      value = (/^\d+$/u.test(step) ? value[Number(step)] : entries?.get(step)) as Json | undefined;
      words.push(titleOf(value, nameOf(value) ?? step));
    } else {
      value = isJsonObject(value) ? value[step] : undefined;
      list = step;
      words.push(labels[step] ?? step);
    }
  }
  return words.join(" · ");
}

/** What an entry without a title is called by. */
function nameOf(entry: Json | undefined): string | undefined {
  if (!isJsonObject(entry)) return undefined;
  const { id, key } = entry;
  const name = id ?? key;
  return typeof name === "string" ? name : undefined;
}

const sentencesPlace = "说明文字";
