/** A line of a table as text extraction leaves it, cut into words and figures that keep their columns. */

export interface TableToken {
  readonly kind: "number" | "dash" | "words";
  readonly text: string;
  /** Columns of the line, counted in characters. */
  readonly start: number;
  readonly end: number;
}

export interface TableLine {
  /** Of the source, from 1. */
  readonly line: number;
  /** As printed, runs of white space made one. */
  readonly text: string;
  readonly tokens: readonly TableToken[];
}

const token =
  /(?<number>-?\d[\d,]*(?:\.\d+)?(?![\d.%]))|(?<dash>[─—–－-]+)|[^\s\d─]+?(?=\s|\d|$)|\S/gu;

export function tableLine(raw: string, line: number): TableLine {
  const plain = withPlainSigns(raw);
  const tokens = [...plain.matchAll(token)].map((match): TableToken => {
    const { number, dash } = match.groups ?? {};
    const kind = number === undefined ? (dash === undefined ? "words" : "dash") : "number";
    return { kind, text: match[0], start: match.index, end: match.index + match[0].length };
  });
  return { line, text: plain.replace(/\s+/gu, " ").trim(), tokens };
}

/** Full-width digits and signs made plain, one character for one, so that columns stay. */
const withPlainSigns = (raw: string): string =>
  raw
    .replace(/[\uff10-\uff19．，－％]/gu, (sign) => sign.normalize("NFKC"))
    .replaceAll("(", "（")
    .replaceAll(")", "）");

/** Words without white space, quotes and width, as names are compared. */
export const comparable = (words: string): string =>
  words
    .replace(/[\s“”"‘’']/gu, "")
    .replaceAll("(", "（")
    .replaceAll(")", "）");
