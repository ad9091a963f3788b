import { createRequire } from "node:module";
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { FontUnusable, licensedCoverage, prepareFonts } from "../../../functions/render/fonts.ts";
import { createPrinter } from "../../../functions/render/print.ts";
import { familyNames, woffToSfnt } from "../../../functions/render/sfnt.ts";
import { unprintableIn } from "../../../shared/text/printable.ts";
import { cacheDir, fonts, metadata, open, page } from "./printed.ts";

const resolve = createRequire(import.meta.url).resolve;
const woff = () =>
  readFileSync(resolve("@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff"));

describe("a WOFF file turned back into TrueType", () => {
  const sfnt = woffToSfnt(woff());
  const tables = Array.from({ length: sfnt.readUInt16BE(4) }, (_, index) => {
    const entry = 12 + 16 * index;
    const offset = sfnt.readUInt32BE(entry + 8);
    return {
      tag: sfnt.toString("latin1", entry, entry + 4),
      checksum: sfnt.readUInt32BE(entry + 4),
      offset,
      data: sfnt.subarray(offset, offset + sfnt.readUInt32BE(entry + 12)),
    };
  });

  it("holds every table whole: their sums are those the font names", () => {
    const sumOf = (data: Buffer) => {
      const padded = Buffer.concat([data, Buffer.alloc((4 - (data.length % 4)) % 4)]);
      let sum = 0;
      for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
      return sum;
    };
    expect(tables.map(({ tag }) => tag)).toEqual(
      expect.arrayContaining(["cmap", "glyf", "head", "loca"]),
    );
    for (const { tag, checksum, offset, data } of tables) {
      expect(offset % 4, tag).toBe(0);
      // The sum of `head` leaves out its own field for the sum of the whole file.
      const counted = tag === "head" ? Buffer.from(data).fill(0, 8, 12) : data;
      expect(sumOf(counted), tag).toBe(checksum);
    }
  });

  it("keeps the names of its family", () => {
    expect(familyNames(sfnt)).toEqual(expect.arrayContaining(["LXGW WenKai", "霞鹜文楷"]));
  });

  it("is refused when it is no WOFF or is cut short", () => {
    expect(() =>
      woffToSfnt(Buffer.from("wOF2 and so on, long enough to hold a header, but not it")),
    ).toThrow("not a WOFF 1.0 file");
    expect(() => woffToSfnt(woff().subarray(0, 2_000_000))).toThrow();
  });
});

describe("the font folder", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "juesuan-fonts-"));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is gathered once and is the same for everybody who asks at the same time", async () => {
    const own = join(folder, "cache");
    const [first, second] = await Promise.all([
      prepareFonts({ cacheDir: own }),
      prepareFonts({ cacheDir: own }),
    ]);
    expect(second).toEqual(first);
    expect(await prepareFonts({ cacheDir: own })).toEqual(first);
    expect(readdirSync(own).filter((name) => /unfinished|lock/.test(name))).toEqual([]);
    const [gathered] = readdirSync(own).filter((name) => /^fonts-\w+$/.test(name));
    expect(readdirSync(join(own, gathered ?? "")).sort()).toEqual([
      "lxgw-wenkai-400.ttf",
      "lxgw-wenkai-700.ttf",
      "noto-sans-sc-400.ttf",
      "noto-sans-sc-700.ttf",
      "noto-serif-sc-400.ttf",
      "noto-serif-sc-700.ttf",
    ]);
  });

  it("may be brought along ready made, as in a bundle without packages", async () => {
    const made = dirname((await prepareFonts({ cacheDir })).faces[0]?.path ?? "");
    const fontsFromBundle = await prepareFonts({ cacheDir: join(folder, "tmp"), shippedDir: made });
    expect(readFileSync(fontsFromBundle.configFile, "utf8")).toContain(`<dir>${made}</dir>`);
    expect(readdirSync(join(folder, "tmp")).filter((name) => /^fonts-\w+$/.test(name))).toEqual([]);
  });

  it("takes a licensed 仿宋 from the office's folder, and 楷 stands in without one", async () => {
    const licensedDir = join(folder, "licensed");
    mkdirSync(licensedDir);
    expect(await nameOfPrinted("仿宋", licensedDir)).toEqual(["LXGWWenKai-Regular"]);
    // Any font with a name of its own serves: what counts is that the office's file is taken.
    copyFileSync(
      resolve("@expo-google-fonts/noto-sans-sc/300Light/NotoSansSC_300Light.ttf"),
      join(licensedDir, "office.ttf"),
    );
    expect(await nameOfPrinted("仿宋", licensedDir)).toEqual(["NotoSansSC-Light"]);
    expect(await nameOfPrinted("FangSong_GB2312", licensedDir)).toEqual(["NotoSansSC-Light"]);
    expect(await nameOfPrinted("楷体", licensedDir)).toEqual(["LXGWWenKai-Regular"]);
    expect((await prepareFonts({ cacheDir, licensedDir })).hasFangSong).toBe(true);
  });

  it("prints what a licensed font adds, and the draft check knows of it", async () => {
    const licensedDir = join(folder, "rare");
    mkdirSync(licensedDir);
    const [ideograph, own] = ["\u{323af}", "\u{f0000}"];
    writeFileSync(join(licensedDir, "rare.ttf"), withCharacters([ideograph, own]));
    const text = `甲${ideograph}${own}乙`;
    expect(unprintableIn(text)).toHaveLength(2);
    const licensed = await licensedCoverage(licensedDir);
    expect(unprintableIn(text, licensed)).toEqual([]);

    const printed = async (settings: { licensedDir?: string }) => {
      const printer = createPrinter({ cacheDir, ...settings });
      try {
        const body = `<p>${text}</p>`;
        return await printer.print(page(body, `p { font-family: ${asReportsAre} }`), metadata);
      } finally {
        await printer.close();
      }
    };
    expect((await printed({})).pagesWithMissingGlyphs).toEqual([1]);
    expect((await printed({ licensedDir })).pagesWithMissingGlyphs).toEqual([]);
  });

  it("adds nothing where no font is, or one that cannot be read", async () => {
    expect(await licensedCoverage(join(folder, "absent"))).toEqual([]);
    const broken = join(folder, "unreadable");
    mkdirSync(broken);
    writeFileSync(join(broken, "fangsong.ttf"), "not a font");
    expect(await licensedCoverage(broken)).toEqual([]);
  });

  it("refuses a licensed file that is no font, by its path and with the way out", async () => {
    const licensedDir = join(folder, "broken");
    mkdirSync(licensedDir);
    writeFileSync(join(licensedDir, "fangsong.ttf"), "not a font");
    await expect(prepareFonts({ cacheDir, licensedDir })).rejects.toThrow(
      new FontUnusable(
        `The font file ${join(licensedDir, "fangsong.ttf")} cannot be used: This is not a TrueType or OpenType file. Put a .ttf or .otf of 仿宋 there, or remove the file.`,
      ),
    );
  });
});

/** The families of 宋体 in a printed report, in their order. */
const asReportsAre = /const song = `(.+?)`/u.exec(
  readFileSync(new URL("../../../shared/document/print-css.ts", import.meta.url), "utf8"),
)?.[1];

/** A real font whose last two groups of characters stand for these instead. */
function withCharacters(characters: readonly [string, string]): Buffer {
  const font = readFileSync(
    resolve("@expo-google-fonts/noto-sans-sc/300Light/NotoSansSC_300Light.ttf"),
  );
  const entry = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + 16 * index).find(
    (at) => font.toString("latin1", at, at + 4) === "cmap",
  );
  const cmap = font.readUInt32BE((entry ?? 0) + 8);
  const maps = new Set(
    Array.from({ length: font.readUInt16BE(cmap + 2) }, (_, index) =>
      font.readUInt32BE(cmap + 4 + 8 * index + 4),
    ),
  );
  for (const offset of maps) {
    const map = cmap + offset;
    if (font.readUInt16BE(map) !== 12) continue;
    const groups = font.readUInt32BE(map + 12);
    for (const [index, character] of characters.entries()) {
      const group = map + 16 + 12 * (groups - 2 + index);
      font.writeUInt32BE(character.codePointAt(0) ?? 0, group);
      font.writeUInt32BE(character.codePointAt(0) ?? 0, group + 4);
    }
  }
  return font;
}

async function nameOfPrinted(family: string, licensedDir: string): Promise<readonly string[]> {
  const printer = createPrinter({ cacheDir, licensedDir });
  try {
    const { bytes } = await printer.print(
      page(`<p style="font-family:${family}">决算</p>`),
      metadata,
    );
    return fonts(await open(bytes)).map(({ name }) => name);
  } finally {
    await printer.close();
  }
}
