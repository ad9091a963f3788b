import type { AccountsFeed } from "../forms/accounts-mapping.ts";
import type { TableId } from "../forms/form.ts";
import { accountsOf } from "./accounts-of.ts";
import type { EditionData } from "./edition-data.ts";
import type { EditionFault } from "./load-edition.ts";

/** What an edition states of the accounts must name tables, rows and columns that it has, and sheets that are stated. */
export function accountsFaults({ forms, accounts }: EditionData): EditionFault[] {
  if (accounts === undefined) return [];
  const stated = accountsOf({ accounts });
  const numbers = new Set(stated.sheets.map(({ number }) => number));
  const sourced = (accounts.sheets ?? []).flatMap(({ sources }, index) =>
    sources.flatMap((source): EditionFault[] => {
      const document = "printed" in source ? source.printed : "listed" in source && source.listed;
      return document === false || document in stated.documents
        ? []
        : [
            {
              path: `accounts.sheets[${String(index)}].sources`,
              message: `没有名为“${document}”的材料。请在 documents 中写明它的题名。`,
            },
          ];
    }),
  );
  const placed = (Object.keys(accounts.tables ?? {}) as TableId[]).flatMap((id) => {
    const form = forms.find((one) => one.id === id);
    const path = `accounts.tables.${id}`;
    if (form === undefined)
      return [{ path, message: `没有编号为“${id}”的表。请改为本版式有的表，或删去。` }];
    const feeds = accounts.tables?.[id] ?? [];
    return feeds.flatMap((feed, index) => {
      const at = `${path}[${String(index)}]`;
      return [
        ...[feed.sheet]
          .flat()
          .filter((number) => !numbers.has(number))
          .map((number) => ({
            path: `${at}.sheet`,
            message: `没有编号为“${number}”的账表。请改为已列的账表，或在 sheets 中写明它。`,
          })),
        ...feedFaults(form, feed).map((message) => ({ path: at, message })),
      ];
    });
  });
  return [...sourced, ...placed];
}

function feedFaults({ blocks, title }: EditionData["forms"][number], feed: AccountsFeed): string[] {
  const columns = new Set(blocks.flatMap((block) => block.columns.map(({ key }) => key)));
  const rows = new Set(
    blocks.flatMap((block) =>
      block.rows === "by-function-code" ? [] : block.rows.map(({ key }) => key),
    ),
  );
  const isByCode = rows.size === 0;
  if ("codes" in feed !== isByCode) {
    return [
      isByCode
        ? `《${title}》的行按科目，应写 codes。`
        : `《${title}》的行不按科目，不能写 codes。`,
    ];
  }
  const cells = "total" in feed ? Object.keys(feed.total).map((cell) => cell.split("/")) : [];
  const namedColumns = [
    ...("codes" in feed ? Object.keys(feed.codes) : []),
    ...("classes" in feed ? Object.keys(feed.classes) : []),
    ...("lines" in feed ? Object.keys(feed.lines) : []),
    ...("economic" in feed ? [feed.economic] : []),
    ...cells.map(([, column = ""]) => column),
  ];
  const namedRows = [
    ...("lines" in feed ? [...(feed.only ?? []), ...Object.keys(feed.names ?? {})] : []),
    ...cells.map(([row = ""]) => row),
  ];
  return [
    ...namedColumns
      .filter((key) => !columns.has(key))
      .map((key) => `没有名为“${key}”的栏。请改为表中有的栏，或删去。`),
    ...namedRows
      .filter((key) => !rows.has(key))
      .map((key) => `没有名为“${key}”的行。请改为表中有的行，或删去。`),
  ];
}
