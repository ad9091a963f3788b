import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { accountsMappingSchema } from "../../../shared/forms/accounts-mapping.ts";
import { fixedRows } from "../../../shared/forms/layout.ts";
import { accountsDocument, formOf, national, tableIds } from "./accounts-document.ts";

describe("the national mapping of the accounts", () => {
  it("is data of its schema, and prints as docs/accounts.md", async () => {
    const { documents, sheets, tables } = national;
    expect(accountsMappingSchema.safeParse({ documents, sheets, tables }).error).toBeUndefined();
    const printed = await format(accountsDocument(), { parser: "markdown", printWidth: 100 });
    await expect(printed).toMatchFileSnapshot("../../../docs/accounts.md");
  });

  it("names sheets, documents, rows and columns that there are", () => {
    const numbers = new Set(national.sheets.map(({ number }) => number));
    for (const { sources } of national.sheets) {
      for (const source of sources) {
        if ("printed" in source) expect(national.documents).toHaveProperty(source.printed);
        if ("listed" in source) expect(national.documents).toHaveProperty(source.listed);
      }
    }
    for (const id of tableIds) {
      const form = formOf(id)?.form;
      const rows = new Set(form && fixedRows(form).map(({ key }) => key));
      for (const feed of national.tables[id] ?? []) {
        for (const number of [feed.sheet].flat()) expect(numbers, id).toContain(number);
        const named = [
          ...("lines" in feed ? (feed.only ?? []) : []),
          ...("lines" in feed ? Object.keys(feed.names ?? {}) : []),
          ...("total" in feed ? Object.keys(feed.total).map((cell) => cell.split("/")[0]) : []),
        ];
        for (const row of named) expect(rows, `${id} ${String(row)}`).toContain(row);
      }
    }
  });

  it("states a source for every sheet, and no title or number twice", () => {
    const titles = national.sheets.flatMap(({ title, otherTitles = [] }) => [
      title,
      ...otherTitles,
    ]);
    const all = [...titles, ...national.furtherTitles];
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(national.sheets.map(({ number }) => number)).size).toBe(national.sheets.length);
  });
});
