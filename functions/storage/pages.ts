import type { Page, PageRequest } from "./ports.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** The pages of a list from first to last; whoever stops early reads no more of it. */
export async function* pagesOf<OnePage extends Page<unknown>>(
  read: (page: PageRequest) => Promise<OnePage>,
  limit = 100,
  from?: string,
): AsyncGenerator<OnePage> {
  let after = from;
  do {
    const page = await read({ limit, ...omitUndefined({ after }) });
    yield page;
    after = page.next;
  } while (after !== undefined);
}

/** All items of a list that is read by pages, or those after a page that was read already. */
export async function everyItem<Item>(
  read: (page: PageRequest) => Promise<Page<Item>>,
  from?: string,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pagesOf(read, 100, from)) items.push(...page.items);
  return items;
}
