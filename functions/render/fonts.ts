import { createHash, randomUUID } from "node:crypto";
import { existsSync, statSync } from "node:fs";
import {
  constants,
  copyFile,
  mkdir,
  readFile,
  readdir,
  rename,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { extname, join } from "node:path";
import { codePointsOf, noCodePoints, type CodePoints } from "../../shared/text/code-points.ts";
import { isSeen } from "../../shared/text/printable.ts";
import { prepareFolder } from "./prepared-folder.ts";
import { coveredCodePoints, familyNames, woffToSfnt } from "./sfnt.ts";
import { errorMessage } from "../platform/errors.ts";

export type FontFace = { families: readonly string[]; weight: 400 | 700; path: string };

/** What a browser needs to print with our fonts only: a fontconfig file, or the faces themselves. */
export type Fonts = { configFile: string; faces: readonly FontFace[]; hasFangSong: boolean };

export type FontSettings = {
  /** Writable; survives as long as it likes, everything in it can be made again. */
  cacheDir: string;
  /** A folder that holds the shipped .ttf files already, as in a bundle without node_modules. */
  shippedDir?: string;
  /** A folder where the office puts a licensed 仿宋 as .ttf or .otf; it may be empty or absent. */
  licensedDir?: string;
};

const require = createRequire(import.meta.url);

const shippedFonts = [
  {
    file: "noto-serif-sc-400.ttf",
    locate: () =>
      require.resolve("@expo-google-fonts/noto-serif-sc/400Regular/NotoSerifSC_400Regular.ttf"),
    family: "Noto Serif SC",
    weight: 400,
  },
  {
    file: "noto-serif-sc-700.ttf",
    locate: () =>
      require.resolve("@expo-google-fonts/noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf"),
    family: "Noto Serif SC",
    weight: 700,
  },
  {
    file: "noto-sans-sc-400.ttf",
    locate: () =>
      require.resolve("@expo-google-fonts/noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf"),
    family: "Noto Sans SC",
    weight: 400,
  },
  {
    file: "noto-sans-sc-700.ttf",
    locate: () => require.resolve("@expo-google-fonts/noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf"),
    family: "Noto Sans SC",
    weight: 700,
  },
  {
    // Published as weight 500; by its own names it is the Regular of LXGW WenKai.
    file: "lxgw-wenkai-400.ttf",
    locate: () =>
      require.resolve("@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-500-normal.woff"),
    family: "LXGW WenKai",
    weight: 400,
  },
  {
    // A bold that Chromium thickens by itself ends in the PDF as Type 3 glyphs without a text map.
    file: "lxgw-wenkai-700.ttf",
    locate: () =>
      require.resolve("@fontsource/lxgw-wenkai/files/lxgw-wenkai-latin-700-normal.woff"),
    family: "LXGW WenKai",
    weight: 700,
  },
] as const;

/** The names Chinese office documents and browsers ask for, by the kind of letter they mean. */
const requestedNames = {
  song: ["宋体", "SimSun", "NSimSun", "新宋体", "STSong", "华文宋体", "方正小标宋简体", "serif"],
  hei: ["黑体", "SimHei", "Microsoft YaHei", "微软雅黑", "STHeiti", "sans-serif", "monospace"],
  kai: ["楷体", "KaiTi", "楷体_GB2312", "KaiTi_GB2312", "STKaiti", "华文楷体"],
  fangSong: ["仿宋", "FangSong", "仿宋_GB2312", "FangSong_GB2312", "STFangsong", "华文仿宋"],
} as const;

/** Families Chromium requests from fontconfig when a page names only serif, sans-serif or monospace. */
const browserDefaults = { song: ["Times New Roman"], hei: ["Arial", "Courier New"] } as const;

/** Gathers the shipped fonts in one folder of the cache and writes the fontconfig file for them. */
export async function prepareFonts(settings: FontSettings): Promise<Fonts> {
  const folder = settings.shippedDir ?? (await gatherShipped(settings.cacheDir));
  const licensed = await licensedFaces(settings.licensedDir);
  const fangSong = licensed.length > 0 ? licensed.flatMap(({ families }) => families) : [];
  const preferred = {
    song: ["Noto Serif SC"],
    hei: ["Noto Sans SC"],
    kai: ["LXGW WenKai"],
    fangSong: [...fangSong, "LXGW WenKai"],
  };
  const directories = [folder, ...(licensed.length > 0 ? [settings.licensedDir ?? ""] : [])];
  const config = fontConfig({
    directories,
    cacheDir: join(settings.cacheDir, "fontconfig"),
    aliases: [
      ...[...requestedNames.song, ...browserDefaults.song].map(
        (name) => [name, preferred.song] as const,
      ),
      ...[...requestedNames.hei, ...browserDefaults.hei].map(
        (name) => [name, preferred.hei] as const,
      ),
      ...requestedNames.kai.map((name) => [name, preferred.kai] as const),
      ...requestedNames.fangSong.map((name) => [name, preferred.fangSong] as const),
    ],
  });
  const fangSongNames = licensed.length > 0 ? [] : requestedNames.fangSong;
  const namesOf = {
    "Noto Serif SC": requestedNames.song,
    "Noto Sans SC": requestedNames.hei,
    "LXGW WenKai": [...requestedNames.kai, ...fangSongNames],
  };
  return {
    configFile: await writeOnce(settings.cacheDir, config),
    faces: [
      ...shippedFonts.map(({ family, weight, file }) => ({
        families: [family, ...namesOf[family]],
        weight,
        path: join(folder, file),
      })),
      ...licensed.map((face) => ({
        ...face,
        families: [...new Set([...face.families, ...requestedNames.fangSong])],
      })),
    ],
    hasFangSong: licensed.length > 0,
  };
}

async function gatherShipped(cacheDir: string): Promise<string> {
  const sources = shippedFonts.map(({ file, locate }) => {
    const source = locate();
    return { file, source, sizeBytes: statSync(source).size };
  });
  // Places and sizes are in the key: a moved project or a newer font gathers afresh.
  const key = fingerprint(JSON.stringify(sources));
  const folder = join(cacheDir, `fonts-${key}`);
  await prepareFolder(folder, async (unfinished) => {
    for (const { file, source } of sources) {
      const target = join(unfinished, file);
      if (extname(source) === ".woff") {
        await writeFile(target, woffToSfnt(await readFile(source)), { flush: true });
      } else {
        await symlink(source, target).catch(() =>
          copyFile(source, target, constants.COPYFILE_FICLONE),
        );
      }
    }
  });
  return folder;
}

async function licensedFaces(folder: string | undefined): Promise<readonly FontFace[]> {
  if (folder === undefined || !existsSync(folder)) return [];
  const names = (await readdir(folder)).filter((name) => /\.(ttf|otf)$/i.test(name)).sort();
  return Promise.all(
    names.map(async (name) => {
      const path = join(folder, name);
      try {
        return { families: familyNames(await readFile(path)), weight: 400 as const, path };
      } catch (error) {
        throw new FontUnusable(
          `The font file ${path} cannot be used: ${errorMessage(error)} Put a .ttf or .otf of 仿宋 there, or remove the file.`,
        );
      }
    }),
  );
}

/**
 * What the office's own fonts add. Characters of the private use area count in the first font alone, which is the one
 * the printed pages name; the browser looks for all others in every font. No font, no usable font: nothing is added,
 * and the printer reports what is wrong with the file.
 */
export async function licensedCoverage(folder: string): Promise<CodePoints> {
  const faces = await licensedFaces(folder).catch((error: unknown) => {
    if (error instanceof FontUnusable) return [];
    throw error;
  });
  const covered = new Set<number>();
  for (const [index, { path }] of faces.entries()) {
    for (const codePoint of coveredCodePoints(await readFile(path))) {
      const isPrivate = /\p{Co}/u.test(String.fromCodePoint(codePoint));
      if (isSeen(codePoint) && (index === 0 || !isPrivate)) covered.add(codePoint);
    }
  }
  return covered.size === 0 ? noCodePoints : codePointsOf(covered);
}

export class FontUnusable extends Error {
  override readonly name = "FontUnusable";
}

type FontConfig = {
  directories: readonly string[];
  cacheDir: string;
  aliases: readonly (readonly [requested: string, preferred: readonly string[]])[];
};

/** `binding="same"`: Chromium trusts a substitute only when it is bound as strongly as the name. */
function fontConfig({ directories, cacheDir, aliases }: FontConfig): string {
  const escape = (text: string) =>
    text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<!DOCTYPE fontconfig SYSTEM "fonts.dtd">',
    "<fontconfig>",
    ...directories.map((directory) => `  <dir>${escape(directory)}</dir>`),
    `  <cachedir>${escape(cacheDir)}</cachedir>`,
    ...aliases.map(
      ([requested, preferred]) =>
        `  <alias binding="same"><family>${escape(requested)}</family><prefer>` +
        `${preferred.map((family) => `<family>${escape(family)}</family>`).join("")}</prefer></alias>`,
    ),
    "</fontconfig>",
    "",
  ].join("\n");
}

/** Named by its content, so a running browser never sees its configuration change. */
async function writeOnce(cacheDir: string, config: string): Promise<string> {
  const path = join(cacheDir, `fonts-${fingerprint(config)}.conf`);
  if (existsSync(path)) return path;
  await mkdir(cacheDir, { recursive: true });
  const unfinished = `${path}.${randomUUID()}.unfinished`;
  try {
    await writeFile(unfinished, config, { flush: true });
    await rename(unfinished, path);
  } finally {
    await rm(unfinished, { force: true });
  }
  return path;
}

function fingerprint(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 12);
}
