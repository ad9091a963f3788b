import type { Buffer } from "node:buffer";

/**
 * How much a workbook holds, found out by the tags of its parts before anything is read. What a reader makes of one
 * tag takes many times the tag's own memory, and a million equal tags pack into nothing.
 */

/** Opening tags. A cell with its value has two, with a formula three; a shared string two, in colours more. */
const tagLimits = {
  /** Of all sheets: 400,000 cells. A report with every row and column filled has 100,000. */
  worksheets: 1_200_000,
  /** 100,000 texts; a report has 5,000. */
  sharedStrings: 200_000,
  styles: 60_000,
  /** Sheets, names, links: everything that is no sheet, text or style. */
  others: 5_000,
} as const;

/** Of one tag with all its attributes. */
const longestTag = 64 * 1024;
/** Texts of all cells together. */
const sharedStringBytes = 12 * 1024 * 1024;

type Kind = keyof typeof tagLimits;

const kindOf = (name: string): Kind => {
  if (/^xl\/worksheets\//iu.test(name)) return "worksheets";
  if (/^xl\/sharedStrings\.xml$/iu.test(name)) return "sharedStrings";
  return /^xl\/styles\.xml$/iu.test(name) ? "styles" : "others";
};

/** Whether the parts together have more than tables need; read no further than the limits. */
export function isOverfull(parts: Iterable<readonly [name: string, part: Buffer]>): boolean {
  const counts = { worksheets: 0, sharedStrings: 0, styles: 0, others: 0 };
  for (const [name, part] of parts) {
    const kind = kindOf(name);
    if (kind === "sharedStrings" && part.length > sharedStringBytes) return true;
    counts[kind] += openingTags(part, tagLimits[kind] - counts[kind]);
    if (counts[kind] > tagLimits[kind]) return true;
  }
  return false;
}

const [open, close, slash] = [0x3c, 0x3e, 0x2f];

/** Infinite when there are more than `most`, or when a tag is longer than any. */
function openingTags(part: Buffer, most: number): number {
  let count = 0;
  for (let at = part.indexOf(open); at >= 0; at = part.indexOf(open, at + 1)) {
    if (part[at + 1] === slash) continue;
    count += 1;
    const end = part.indexOf(close, at);
    if (count > most || (end < 0 ? part.length : end) - at > longestTag) return Infinity;
    at = Math.max(at, end);
  }
  return count;
}

/** With base64 and its envelope within the 6 MB that the API's function takes. */
export const workbookBytes = 4 * 1024 * 1024;
