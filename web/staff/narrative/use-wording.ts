import { useMemo, useRef, useState } from "react";
import { slipsIn } from "../../../shared/checks/wording/slips.ts";
import { bindingOffers, knownFigures } from "../../../shared/narrative/known-figures.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { leftOut, printTokens } from "../../../shared/narrative/rewriting.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import { partText, type Sentence } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { tokensSchema, type Token } from "../../../shared/report/token.ts";
import { sameTokens, tidyTokens } from "../editing/narrative-edit.ts";
import { mendedTokens, type Mend } from "../editing/sentence-mends.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import type { FieldValue } from "./token-field.tsx";

/** The words of one sentence or paragraph while they are written. */
export interface Worded {
  readonly report: Report;
  /** Where the words are kept until they are written. */
  readonly kept: { readonly report: string; readonly place: string };
  readonly chapter: string;
  /** The sentence at hand; absent for a new paragraph. */
  readonly sentence?: string;
  /** The current tokens; none of a new paragraph. */
  readonly before: readonly Token[];
  /** The sentence in the form's own words; absent for a paragraph that people add. */
  readonly statutory?: Sentence;
}

export type Wording = ReturnType<typeof useWording>;

/** What is written so far, and what is to be said about it: figures typed, figures left out, slips of the pen. */
export function useWording({ report, kept: at, chapter, sentence, before, statutory }: Worded) {
  const kept = useKeptText(at.report, at.place);
  const [value, show] = useState<FieldValue>(() => ({ tokens: readTokens(kept.text) ?? before }));
  const setValue = (next: FieldValue) => {
    show(next);
    const isAsBefore = sameTokens(tidyTokens(next.tokens), tidyTokens(before));
    kept.write(isAsBefore ? "" : JSON.stringify(next.tokens));
  };
  const caret = useRef<{ before: readonly Token[]; behind: readonly Token[] }>({
    ...{ before: [], behind: [] },
  });
  const figures = useMemo(() => readFigures(report), [report]);
  const known = useMemo(() => knownFigures(report), [report]);
  const tokens = useMemo(() => tidyTokens(value.tokens), [value]);
  const parts = printTokens(figures, tokens, statutory);
  const near = [...(sentence === undefined ? [] : [sentence]), chapter];
  return {
    ...{ value, setValue, tokens, known },
    isChanged: !sameTokens(tokens, before),
    isWritten: kept.isWritten,
    discard: kept.clear,
    printed: (token: Token) => printTokens(figures, [token], statutory).map(partText).join(""),
    nameOf: (token: Token): string => {
      if ("figure" in token) return sourceName(token.figure, report);
      if ("reason" in token) return "主要原因";
      return "purpose" in token ? "主要用途" : "";
    },
    /** Figures in digits, with what they may be bound to. */
    typed: value.tokens.flatMap((token, index) =>
      "text" in token
        ? bindingOffers(token.text, known, near)
            .filter(
              ({ unit, offers }) => offers.length > 0 || unit === "money" || unit === "percent",
            )
            .map((figure) => ({ index, figure }))
        : [],
    ),
    dropped: statutory === undefined ? [] : leftOut(statutory, tokens),
    slips: slipsIn(parts.map(partText).join("")),
    mend: (mend: Mend) => {
      const next = mendedTokens(tokens, parts, mend);
      if (next !== undefined) setValue({ tokens: next });
    },
    leaveAt: (first: readonly Token[], behind: readonly Token[]) => {
      caret.current = { before: first, behind };
    },
    /** Where the caret was last, as long as the text is the same. */
    put: (token: Token) => {
      const { before: first, behind } = caret.current;
      const isSplit = sameTokens(tidyTokens([...first, ...behind]), tokens);
      const [start, end] = isSplit ? [first, behind] : [value.tokens, []];
      setValue({ tokens: [...start, token, ...end], caretAfter: start.length });
    },
  };
}

/** Kept words of an earlier visit; of another shape they are of no use. */
function readTokens(text: string): readonly Token[] | undefined {
  if (text === "") return undefined;
  try {
    return tokensSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
