import type { CellAddress } from "../../forms/cell.ts";
import type { Edition } from "../../forms/form.ts";
import type { ReadText } from "../../narrative/read/read-text.ts";
import type { Statement } from "../../narrative/read/statements.ts";
import type { PrintedFigure } from "../../narrative/read/printed-figure.ts";

/** The tables that were handed in with the text. */
export interface TextTables {
  readonly edition: Edition;
  /** Value of a cell, `undefined` when empty. */
  readonly value: (address: CellAddress) => number | undefined;
  /** Whether the table of that cell was handed in. */
  readonly has: (address: CellAddress) => boolean;
  readonly codes: (table: "t05" | "t06" | "t07" | "t08") => readonly string[];
}

export interface TextContext {
  readonly text: ReadText;
  readonly tables?: TextTables;
  /** The first figure stated for a concept, with its statement. */
  readonly firstMention: (concept: string) => FirstMention | undefined;
}

export interface FirstMention {
  readonly statement: Statement;
  readonly figure: PrintedFigure;
}

export function textContext(text: ReadText, tables?: TextTables): TextContext {
  const first = new Map<string, FirstMention>();
  for (const statement of text.statements) {
    const { concept, amount: figure } = statement;
    if (concept === undefined || figure === undefined || first.has(concept.id)) continue;
    first.set(concept.id, { statement, figure });
  }
  return {
    text,
    firstMention: (concept) => first.get(concept),
    ...(tables === undefined ? {} : { tables }),
  };
}
