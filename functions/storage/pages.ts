import type { Page, PageRequest } from "./ports.ts";

/** The pages of a list from first to last; whoever stops early reads no more of it. */
export async function* pagesOf<OnePage extends Page<unknown>>(
  read: (page: PageRequest) => Promise<OnePage>,
  limit = 100,
): AsyncGenerator<OnePage> {
  let after: string | undefined;
  do {
    const page = await read({ limit, ...(after === undefined ? {} : { after }) });
    yield page;
    after = page.next;
  } while (after !== undefined);
}

/** All items of a list that is read by pages. */
export async function everyItem<Item>(
  read: (page: PageRequest) => Promise<Page<Item>>,
): Promise<readonly Item[]> {
  const items: Item[] = [];
  for await (const page of pagesOf(read)) items.push(...page.items);
  return items;
}
