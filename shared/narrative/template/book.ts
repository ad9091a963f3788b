import type { Phrase } from "../phrase.ts";
import type { SourceTemplate, Definition, Extent } from "./quantities.ts";
import type { ListDefinition } from "../../forms/sentences-schema.ts";
import type { Scope } from "./scope.ts";

/** An edition's sentences, parsed, compared with its forms and linked to the operators that write them. */
export interface SentenceBook {
  readonly quantities: ReadonlyMap<string, CompiledQuantity>;
  readonly lists: ReadonlyMap<string, CompiledList>;
  readonly overview: readonly CompiledChapter[];
  readonly narrative: readonly CompiledChapter[];
}

export type WritePhrase = (scope: Scope) => Phrase;
export type WriteText = (scope: Scope) => string;
export type Holds = (scope: Scope) => boolean;

export interface CompiledQuantity {
  readonly definition: Definition;
  readonly label: WriteText;
  readonly source: SourceTemplate;
  readonly prior?: SourceTemplate;
  /** What its source or label depends on. */
  readonly extent: Extent;
}

export interface CompiledList {
  readonly definition: ListDefinition;
  readonly when?: Holds;
}

export interface CompiledChapter {
  readonly id: string;
  readonly heading: WriteText;
  readonly paragraphs: readonly CompiledParagraph[];
}

export type CompiledParagraph =
  | { readonly kind: "subheading"; readonly id: string; readonly text: WriteText }
  | { readonly kind: "own_chapters" }
  | {
      readonly kind: "sentences";
      readonly each?: string;
      readonly when?: Holds;
      readonly label?: WriteText;
      readonly sentences: readonly (CompiledSentence | CompiledPattern)[];
    };

/** Sentences that several paragraphs have alike, for one entry of their list. */
export interface CompiledPattern {
  readonly list: string;
  readonly entry: string;
  readonly sentences: readonly CompiledSentence[];
}

export interface CompiledSentence {
  readonly id: string;
  readonly when?: Holds;
  readonly text: WritePhrase;
}
