import { codeOf, firstOffence, offenceName, type Offence } from "./characters.ts";
import { hasCodePoint, noCodePoints, unpackCodePoints, type CodePoints } from "./code-points.ts";
import { shippedFontCoverage } from "./font-coverage.ts";

/**
 * What the printing browser can print: it looks a character up in all fonts of its folder, so the union of the
 * shipped ones counts, and whatever a licensed font of the office adds.
 */

const shipped = unpackCodePoints(shippedFontCoverage.join(""));

const isPrivate = (character: string): boolean => /\p{Co}/u.test(character);
const isSelector = (character: string): boolean => /\p{Variation_Selector}/u.test(character);
/** What HTML makes white space of. */
const isBreak = (character: string): boolean => /[\t\n\r]/u.test(character);
/** A selector changes the form of what is before it, and only a sign or an ideograph has another form. */
const isSelected = (before: string | undefined): boolean =>
  before !== undefined && !/[\0-\u{7f}\s\p{Variation_Selector}]/u.test(before);

function isPrintable(character: string, before: string | undefined, licensed: CodePoints): boolean {
  const codePoint = character.codePointAt(0) ?? 0;
  if (isSelector(character)) return isSelected(before);
  return (
    isBreak(character) || hasCodePoint(shipped, codePoint) || hasCodePoint(licensed, codePoint)
  );
}

/** Every character that would print as an empty box, each once, where it first is. */
export function unprintableIn(text: string, licensed: CodePoints = noCodePoints): Offence[] {
  const found = new Map<string, Offence>();
  // A text of a million characters has a few thousand different ones.
  const printable = new Set<string>();
  let index = 0;
  let before: string | undefined;
  for (const character of text) {
    if (!printable.has(character) && !found.has(character)) {
      if (!isPrintable(character, before, licensed)) {
        found.set(character, { codePoint: character.codePointAt(0) ?? 0, index });
      } else if (!isSelector(character)) printable.add(character);
    }
    index += character.length;
    before = character;
  }
  return [...found.values()];
}

/** What of a font counts: a character that is seen. Marks and directions are never printed by themselves. */
export const isSeen = (codePoint: number): boolean =>
  !/[\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}]/u.test(String.fromCodePoint(codePoint));

interface Unprintable {
  /** U+1F680 “🚀”（表情符号）. */
  readonly name: string;
  /** What to do about it, without full stop. */
  readonly mend: string;
}

const withFont = "由财政部门把含有此字、有使用授权的字库文件放入系统的字库文件夹并重新启动";

/** Names a character that cannot be printed, and the way out for its kind. */
export function unprintableWords({ codePoint }: Pick<Offence, "codePoint">): Unprintable {
  const character = String.fromCodePoint(codePoint);
  const shown = `${codeOf(codePoint)}“${character}”`;
  const refused = firstOffence(character, "one");
  if (refused !== undefined) return { name: offenceName(refused), mend: "删去这个字符" };
  if (isPrivate(character)) {
    return {
      name: `${codeOf(codePoint)}（自造字，别的机器上看不到或看到别的字）`,
      mend: `改用国家标准里的字，或写同音字并注明；必须用此字的，${withFont}`,
    };
  }
  if (
    /[\p{Extended_Pictographic}\p{Emoji_Presentation}\p{Regional_Indicator}\p{Emoji_Modifier}]/u.test(
      character,
    )
  ) {
    return { name: `${shown}（表情符号）`, mend: "删去，或改写为文字" };
  }
  if (/\p{Ideographic}/u.test(character)) {
    return {
      name: `${shown}（现有字库没有的生僻字）`,
      mend: `核对是否为规范字，改用通用字；人名、地名必须用此字的，${withFont}`,
    };
  }
  if (isSelector(character) || /[\u{200c}\u{200d}\u{180b}-\u{180f}]/u.test(character)) {
    return { name: `${codeOf(codePoint)}（不可见的连接或变体符）`, mend: "删去这个字符" };
  }
  if (/\p{M}/u.test(character)) {
    return {
      name: `${codeOf(codePoint)}（附加在前一个字上的符号）`,
      mend: "改用带符号的整个字，如“ü”，或删去",
    };
  }
  return {
    name: `${shown}（现有字库没有的符号）`,
    mend: `改用通用的文字或符号；必须用的，${withFont}`,
  };
}
