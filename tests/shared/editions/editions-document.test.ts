import { format } from "prettier";
import { expect, it } from "vitest";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { nationalEdition } from "../../../shared/editions/national/edition.ts";
import { editionsDocument } from "./editions-document.ts";

it("docs/editions.md states what every edition has otherwise than its base", async () => {
  const printed = await format(editionsDocument(), { parser: "markdown", printWidth: 100 });
  await expect(printed).toMatchFileSnapshot("../../../docs/editions.md");
});

it("every shipped edition derives from the national one, which the document compares it with", () => {
  for (const { base } of shippedEditions.all) expect(base).toBe(nationalEdition.id);
});
