import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { prepareFonts, shippedCoverage } from "../../../functions/render/fonts.ts";
import { packCodePoints, unpackCodePoints } from "../../../shared/text/code-points.ts";
import { cacheDir } from "./printed.ts";

const command = "npx vitest run tests/functions/render/font-coverage.test.ts -u";

const source = (packed: string) => `/**
 * What the shipped fonts can print, packed by \`packCodePoints\`. Generated from the fonts' own tables; after an update
 * of a font package: ${command}
 */
export const shippedFontCoverage: readonly string[] = ${JSON.stringify(packed.match(/.{1,90}/gu))};
`;

describe("the coverage of the shipped fonts", () => {
  it("is kept as the fonts installed have it", async () => {
    const covered = await shippedCoverage(await prepareFonts({ cacheDir }));
    const packed = packCodePoints(covered);
    expect(unpackCodePoints(packed)).toEqual(covered);
    expect(packed.length).toBeLessThan(12_000);
    const printed = await format(source(packed), { parser: "typescript", printWidth: 100 });
    await expect(printed).toMatchFileSnapshot("../../../shared/text/font-coverage.ts");
  });
});
