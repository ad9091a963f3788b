import type { FigureSource } from "../../report/figure-source.ts";
import type { ReportFigures } from "../report-figures.ts";
import type { SentenceBook } from "./book.ts";

/** What a template is written in: the edition's names, the figures of one report, the entry of a list. */
export interface Scope {
  readonly book: SentenceBook;
  readonly figures: ReportFigures;
  /** The entry being written, inside a list. */
  readonly entry?: Entry;
  /** What no entry changes, looked up once a report. */
  readonly ofReport: {
    readonly quantities: Map<string, Quantity>;
    readonly lists: Map<string, List>;
  };
  /** Quantities of the entry. */
  readonly ofEntry: Map<string, Quantity>;
}

/** The scope of one report, outside any list. */
export const openScope = (book: SentenceBook, figures: ReportFigures): Scope => ({
  ...{ book, figures },
  ofReport: { quantities: new Map(), lists: new Map() },
  ofEntry: new Map(),
});

export const within = ({ book, figures, ofReport }: Scope, entry: Entry): Scope => ({
  ...{ book, figures, entry, ofReport },
  ofEntry: new Map(),
});

/** A named quantity in one report: its source, and what it is called where it is missing. */
export interface Quantity {
  readonly source: FigureSource;
  readonly label: string;
  /** Unit of a count. */
  readonly unit?: string;
  /** The same of last year. */
  readonly prior?: FigureSource;
}

export interface List {
  readonly entries: readonly Entry[];
  /** Path of the facts that the entries are of, e.g. `facts.units`. */
  readonly path?: string;
}

export interface Entry {
  /** Code, row, or place in a list of facts from 0: what `*` of a quantity stands for. */
  readonly key: string;
  /** As printed. */
  readonly name: string;
  /** From 1, among the entries that are written. */
  readonly number: number;
  readonly isLast: boolean;
  /** Of a list of quantities: the name of this one. */
  readonly quantity?: string;
  /** Kept whatever the list's condition says. */
  readonly always: boolean;
}

/** The entry of the list a template is in; that there is one was checked when the edition was loaded. */
export function entryOf({ entry }: Scope): Entry {
  if (entry === undefined) throw new Error("A template outside a list names an entry of one.");
  return entry;
}

/** A key or id of a template with `*` and `#` filled in from the entry. */
export function fillIn(pattern: string, { entry }: Pick<Scope, "entry">): string {
  if (entry === undefined) return pattern;
  const keyed = pattern.replaceAll("*", entry.key);
  return keyed.includes("#") ? keyed.replaceAll("#", `${entry.number}`) : keyed;
}
