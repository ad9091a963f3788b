import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFString,
} from "@cantoo/pdf-lib";

/** Unpacked once for all runs of the tests; git and npm leave it alone. */
export const cacheDir = fileURLToPath(
  new URL("../../../node_modules/.cache/juesuan", import.meta.url),
);

export const metadata = { title: "某部门2022年度部门决算", createdAt: "2023-09-01T02:00:00Z" };

export const page = (body: string, style = "", head = "") =>
  `<!doctype html><html lang="zh-CN"><head><meta charset="utf-8"><title>决算</title>${head}` +
  `<style>${style}</style></head><body>${body}</body></html>`;

export const open = (bytes: Uint8Array) => PDFDocument.load(bytes, { updateMetadata: false });

/** Titles of the bookmarks, indented by their depth. */
export function bookmarks(pdf: PDFDocument): readonly string[] {
  const titles: string[] = [];
  const walk = (parent: PDFDict | undefined, depth: number) => {
    let item = parent?.lookupMaybe(PDFName.of("First"), PDFDict);
    while (item) {
      const title = item.lookup(PDFName.of("Title"));
      if (title instanceof PDFString || title instanceof PDFHexString) {
        titles.push("  ".repeat(depth) + title.decodeText());
      }
      walk(item, depth + 1);
      item = item.lookupMaybe(PDFName.of("Next"), PDFDict);
    }
  };
  walk(pdf.catalog.lookupMaybe(PDFName.of("Outlines"), PDFDict), 0);
  return titles;
}

const dictionaries = (pdf: PDFDocument) =>
  pdf.context
    .enumerateIndirectObjects()
    .map(([, object]) => object)
    .filter((object) => object instanceof PDFDict);

/** How often each structure type (H1, Table, TH, …) is in the structure tree. */
export function structureTypes(pdf: PDFDocument): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const element of dictionaries(pdf)) {
    if (element.get(PDFName.of("Type")) !== PDFName.of("StructElem")) continue;
    const type = element.lookup(PDFName.of("S"), PDFName).decodeText();
    counts[type] = (counts[type] ?? 0) + 1;
  }
  return counts;
}

type EmbeddedFont = { name: string; isEmbedded: boolean; characters: ReadonlySet<string> };

/** Every font of the file with the characters its ToUnicode map knows. */
export function fonts(pdf: PDFDocument): readonly EmbeddedFont[] {
  return dictionaries(pdf)
    .filter((font) => font.get(PDFName.of("Type")) === PDFName.of("Font"))
    .filter((font) => !String(font.get(PDFName.of("Subtype"))).startsWith("/CIDFont"))
    .map((font) => {
      const below = font.lookupMaybe(PDFName.of("DescendantFonts"), PDFArray);
      const descriptor = (below?.lookup(0, PDFDict) ?? font).lookupMaybe(
        PDFName.of("FontDescriptor"),
        PDFDict,
      );
      return {
        name: String(font.get(PDFName.of("BaseFont"))).replace(/^\/[A-Z]{6}\+/, ""),
        isEmbedded: ["FontFile", "FontFile2", "FontFile3"].some((key) =>
          descriptor?.has(PDFName.of(key)),
        ),
        characters: mappedCharacters(font.lookup(PDFName.of("ToUnicode"))),
      };
    });
}

function mappedCharacters(map: unknown): ReadonlySet<string> {
  const characters = new Set<string>();
  if (!(map instanceof PDFRawStream)) return characters;
  const text = Buffer.from(decodePDFRawStream(map).decode()).toString("latin1");
  const utf16 = (hex: string) => Buffer.from(hex, "hex").swap16().toString("utf16le");
  for (const [, block = ""] of text.matchAll(/beginbfchar([^]*?)endbfchar/g)) {
    for (const [, , to = ""] of block.matchAll(/<(\w+)>\s*<(\w+)>/g)) characters.add(utf16(to));
  }
  for (const [, block = ""] of text.matchAll(/beginbfrange([^]*?)endbfrange/g)) {
    for (const [, from = "", last = "", to = ""] of block.matchAll(
      /<(\w+)>\s*<(\w+)>\s*<(\w+)>/g,
    )) {
      const first = utf16(to).codePointAt(0) ?? 0;
      const count = Number.parseInt(last, 16) - Number.parseInt(from, 16);
      for (let step = 0; step <= count; step += 1) {
        characters.add(String.fromCodePoint(first + step));
      }
    }
  }
  return characters;
}

export const has = (program: string): boolean => {
  try {
    execFileSync("which", [program], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
};

/** What a program of poppler or qpdf says about the file, given as its last but one argument. */
export function ask(program: string, bytes: Uint8Array, ...more: readonly string[]): string {
  const folder = mkdtempSync(join(tmpdir(), "juesuan-pdf-"));
  try {
    const file = join(folder, "report.pdf");
    writeFileSync(file, bytes);
    return execFileSync(program, [file, ...more], { encoding: "utf8" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
