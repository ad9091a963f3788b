import { readFile } from "node:fs/promises";
import { format } from "prettier";
import { describe, expect, it } from "vitest";
import { prepareFonts, type Fonts } from "../../../functions/render/fonts.ts";
import { coveredCodePoints } from "../../../functions/render/sfnt.ts";
import {
  codePointsOf,
  unpackCodePoints,
  type CodePoints,
} from "../../../shared/text/code-points.ts";
import { isSeen } from "../../../shared/text/printable.ts";
import { packCodePoints } from "../../shared/text/pack-code-points.ts";
import { cacheDir } from "./printed.ts";

const command = "npx vitest run tests/functions/render/font-coverage.test.ts -u";

const source = (packed: string) => `/**
 * What the shipped fonts can print, packed as \`unpackCodePoints\` reads it. Generated from the fonts' own tables;
 * after an update of a font package: ${command}
 */
export const shippedFontCoverage: readonly string[] = ${JSON.stringify(packed.match(/.{1,90}/gu))};
`;

/**
 * What can be printed with the shipped fonts, whichever of them has it. The private use area does not count: the
 * picture a font has there is not the 造字 somebody means. A combining mark counts where every font has it, since it
 * is drawn by the font of its letter.
 */
async function shippedCoverage({ faces }: Fonts): Promise<CodePoints> {
  const sets: ReadonlySet<number>[] = [];
  // One after the other: each file is some 15 MB.
  for (const { path } of faces) sets.push(coveredCodePoints(await readFile(path)));
  const counts = (codePoint: number) => {
    const character = String.fromCodePoint(codePoint);
    if (!isSeen(codePoint) || /\p{Co}/u.test(character)) return false;
    return !/\p{M}/u.test(character) || sets.every((set) => set.has(codePoint));
  };
  return codePointsOf([...new Set(sets.flatMap((set) => [...set]))].filter(counts));
}

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
