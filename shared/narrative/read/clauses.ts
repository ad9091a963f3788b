export interface Clause {
  readonly text: string;
  /** Sign before it; none at the beginning. */
  readonly before: string;
}

/** Of words without a stop between them no more than these, the last, are read as one clause. */
const longestClause = 200;

/** Splits at ，。；：、 outside brackets; a bracket that does not close within the text splits too. */
export function clausesOf(text: string): Clause[] {
  const clauses: Clause[] = [];
  const lastClose = text.lastIndexOf("）");
  let before = "";
  let start = 0;
  const cut = (at: number, sign: string) => {
    clauses.push({ text: text.slice(Math.max(start, at - longestClause), at), before });
    start = at + 1;
    before = sign;
  };
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? "";
    if (sign === "（") {
      if (at > lastClose) cut(at, sign);
      else at = text.indexOf("）", at);
    } else if ("，。；：、）→".includes(sign) && !isOneName(text, at)) {
      cut(at, sign);
    }
  }
  cut(text.length, "");
  return clauses;
}

/** The words since the last stop before a place. */
export function clauseBefore(text: string, at: number): string {
  let from = at;
  const earliest = Math.max(0, at - longestClause);
  while (from > earliest && !"，。；：".includes(text.charAt(from - 1))) from -= 1;
  return text.slice(from, at);
}

/** The words up to the first stop. */
export const beginningOf = (text: string): string =>
  /^[^，。；：]*/u.exec(text.slice(0, longestClause))?.[0] ?? "";

export function withoutStops(text: string): string {
  let end = text.length;
  while (end > 0 && "，：；。".includes(text.charAt(end - 1))) end -= 1;
  return text.slice(0, end);
}

/** 收、支总计 and 收入、支出总计 are one name. */
const isOneName = (text: string, at: number): boolean =>
  text[at] === "、" &&
  text[at + 1] === "支" &&
  (text[at - 1] === "收" || text.startsWith("收入", at - 2));

export function lastIndexOf(pattern: RegExp, text: string): number {
  if (text.search(pattern) < 0) return -1;
  let last = -1;
  for (const match of text.matchAll(pattern)) last = match.index;
  return last;
}
