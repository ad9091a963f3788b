import type { CellAddress } from "../../forms/cell.ts";
import type { Block } from "../../narrative/read/flow.ts";
import type { Severity } from "../finding.ts";

/** What is wrong in a text: the sentence as it stands, where, and what would be right. */
export interface TextFinding {
  readonly rule: string;
  readonly severity: Severity;
  readonly quote: string;
  /** Line of the source, from 1, where the fault stands. */
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

/** The clause around a place of a block, up to the sentence's ends, and its line. */
export function quoteAt(block: Block, at: number): Pick<TextFinding, "quote" | "line"> {
  const before = block.text.slice(0, at);
  const stop = Math.max(...["。", "；", "："].map((sign) => before.lastIndexOf(sign))) + 1;
  // A heading that ran together with the lines above it.
  const from = Math.max(stop, before.search(/第[一二三四五六]部分(?!.*第[一二三四五六]部分)/u));
  const ends = ["。", "；"].map((sign) => block.text.indexOf(sign, at)).filter((end) => end >= 0);
  const to = Math.min(block.text.length, ...ends);
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
