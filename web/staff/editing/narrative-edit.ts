import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { FigureSource } from "../../../shared/report/figure-source.ts";
import type { Token } from "../../../shared/report/token.ts";
import type { Narrative } from "../../../shared/report/sections.ts";

/** What editors do to a narrative and to the words of one sentence; nothing here keeps a digit of a figure. */

type Rewording = NonNullable<Narrative["rewritten"]>[string];
type OwnToken = Exclude<Token, { reason: string } | { purpose: string }>;

/** The narrative with a sentence reworded, or in its statutory words again. */
export function withRewording(
  { rewritten = {}, ...narrative }: Narrative,
  id: string,
  rewording: Rewording | undefined,
): Narrative {
  const others = Object.entries(rewritten).filter(([existing]) => existing !== id);
  const entries = rewording === undefined ? others : [...others, [id, rewording] as const];
  return entries.length === 0
    ? narrative
    : { ...narrative, rewritten: Object.fromEntries(entries) };
}

/** The narrative in its statutory words throughout; reasons, purposes and additions stay. */
export const withoutRewordings = ({ reasons, purposes, additions }: Narrative): Narrative => ({
  ...{ reasons, purposes, additions },
});

/** The narrative with one added paragraph set, appended (at the end of the list), or taken out. */
export function withAddition(
  narrative: Narrative,
  chapter: string,
  index: number,
  tokens: readonly Token[] | undefined,
): Narrative {
  const paragraphs = narrative.additions[chapter] ?? [];
  const own = (tokens ?? []).filter(
    (token): token is OwnToken => "text" in token || "figure" in token,
  );
  const set = tokens === undefined ? [] : [own];
  const next = [...paragraphs.slice(0, index), ...set, ...paragraphs.slice(index + 1)];
  const others = Object.entries(narrative.additions).filter(([existing]) => existing !== chapter);
  const entries = next.length === 0 ? others : [...others, [chapter, next] as const];
  return { ...narrative, additions: Object.fromEntries(entries) };
}

/** The tokens of an added paragraph; one kept as plain text has nothing bound. */
export const ownTokens = (paragraph: string | readonly Token[] | undefined): readonly Token[] =>
  typeof paragraph === "string"
    ? [{ text: paragraph.replace(/\s*\n\s*/gu, "") }]
    : (paragraph ?? []);

/** The narrative with a reason or purpose set; an emptied one is taken out. */
export function withText(
  narrative: Narrative,
  kind: "reasons" | "purposes",
  key: string,
  text: string,
): Narrative {
  const others = Object.entries(narrative[kind]).filter(([existing]) => existing !== key);
  const entries = text === "" ? others : [...others, [key, text] as const];
  return { ...narrative, [kind]: Object.fromEntries(entries) };
}

/** Neighbouring texts joined, empty ones and the blanks around the sentence left out. */
export function tidyTokens(tokens: readonly Token[]): Token[] {
  const joined: Token[] = [];
  for (const token of tokens) {
    const last = joined.at(-1);
    if ("text" in token && last !== undefined && "text" in last) {
      joined[joined.length - 1] = { text: last.text + token.text };
    } else {
      joined.push(token);
    }
  }
  return joined
    .map((token, index) => {
      if (!("text" in token)) return token;
      const start = index === 0 ? token.text.trimStart() : token.text;
      return { text: index === joined.length - 1 ? start.trimEnd() : start };
    })
    .filter((token) => !("text" in token) || token.text !== "");
}

/** A typed figure, from `start` to `end` of the text at `index`, replaced by its source. */
export function withBinding(
  tokens: readonly Token[],
  at: { readonly index: number; readonly start: number; readonly end: number },
  source: FigureSource,
): Token[] {
  return tokens.flatMap((token, index): Token[] =>
    index !== at.index || !("text" in token)
      ? [token]
      : [
          ...textToken(token.text.slice(0, at.start)),
          { figure: source },
          ...textToken(token.text.slice(at.end)),
        ],
  );
}

const textToken = (text: string): Token[] => (text === "" ? [] : [{ text }]);

export const sameTokens = (one: readonly Token[], other: readonly Token[]): boolean =>
  canonicalJson(one) === canonicalJson(other);
