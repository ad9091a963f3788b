import { format } from "prettier";
import { expect, it } from "vitest";
import { shippedEdition } from "../../examples/editions.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { nationalEdition } from "../../../shared/editions/national/edition.ts";
import { editionsDocument } from "./editions-document.ts";

it("docs/editions.md states what every edition has otherwise than its base", async () => {
  const printed = await format(editionsDocument(), { parser: "markdown", printWidth: 100 });
  await expect(printed).toMatchFileSnapshot("../../../docs/editions.md");
});

it("every shipped edition derives, over its bases, from the national one", () => {
  for (const edition of shippedEditions.all) {
    let first = edition;
    for (let base = first.base; base !== undefined; base = first.base) {
      first = shippedEdition(base);
    }
    expect(first.id).toBe(nationalEdition.id);
  }
});
