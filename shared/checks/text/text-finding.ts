import type { CellAddress } from "../../forms/cell.ts";
import type { Block } from "../../narrative/read/flow.ts";
import type { Severity } from "../finding.ts";

/** What is wrong in a text: the sentence as printed, where, and what would be right. */
export interface TextFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly quote: string;
  /** Line of the source, from 1, of the fault. */
  readonly line: number;
  /** Cells that the right value was computed from. */
  readonly cells?: readonly CellAddress[];
  /** What is printed and what should be, as printed. */
  readonly actual?: string;
  readonly expected?: string;
  /** What is wrong, without full stop. */
  readonly what: string;
  /** What to do about it, without full stop. */
  readonly mend: string;
}

/** A fault before its rule is put on it; its severity where it differs from the rule's. */
export type TextFault = Omit<TextFinding, "rule" | "severity"> & { readonly severity?: Severity };

const longestQuote = 120;
const mostLines = 30;

/** Lines as a sentence names them, each once: 3、7、12; of very many the first. */
export function listedLines(lines: readonly number[]): string {
  // More than are shown are looked through only to know that there are more.
  const each = [...new Set(lines.slice(0, 100 * mostLines))];
  return each.length <= mostLines
    ? each.join("、")
    : `${each.slice(0, mostLines).join("、")}等${String(each.length)}`;
}

/** The clause around a place of a block, up to the sentence's ends, and its line. */
export function quoteAt(block: Block, at: number): Pick<TextFinding, "quote" | "line"> {
  // Of a sentence longer than a quote only the words around the place are quoted, whatever it begins with.
  const reach = Math.max(0, at - longestQuote - 1);
  const before = block.text.slice(reach, at);
  const stop = Math.max(...["。", "；", "："].map((sign) => before.lastIndexOf(sign))) + 1;
  // A heading that ran together with the lines above it.
  const heading = [...before.matchAll(/第[一二三四五六]部分/gu)].at(-1)?.index ?? 0;
  const from = reach + Math.max(stop, heading);
  const behind = block.text.slice(at, at + longestQuote + 1);
  const end = behind.search(/[。；]/u);
  const to = at + (end < 0 ? behind.length : end);
  const sentence = block.text.slice(from, to);
  const quote =
    sentence.length <= longestQuote
      ? sentence
      : block.text.slice(
          Math.max(from, at - longestQuote / 2),
          Math.min(to, at + longestQuote / 2),
        );
  return { quote, line: block.lines[at] ?? block.lines[0] ?? 0 };
}
