import { format } from "prettier";
import { expect, it } from "vitest";
import { rulesDocument } from "./rules-document.ts";

it("docs/rules.md has every rule of the catalogue as it is now", async () => {
  const printed = await format(rulesDocument(), { parser: "markdown", printWidth: 100 });
  await expect(printed).toMatchFileSnapshot("../../../docs/rules.md");
});
