import { format } from "prettier";
import { expect, it } from "vitest";
import { rulesDocument } from "./rules-document.ts";

it("docs/rules.md tells every rule of the catalogue as it stands", async () => {
  const printed = await format(rulesDocument(), { parser: "markdown", printWidth: 100 });
  await expect(printed).toMatchFileSnapshot("../../../docs/rules.md");
});
