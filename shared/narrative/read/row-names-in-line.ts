import { comparable, type TableLine } from "./table-line.ts";

export interface FoundName {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** Its end is on the next line. */
  readonly isTorn: boolean;
}

/** Names of rows in a line, longest first, whatever white space and quotes are in them. */
export function namesIn({ tokens }: TableLine, names: readonly string[]): FoundName[] {
  const letters = tokens.flatMap(({ text, start }) =>
    Array.from(text, (letter, index) => ({ letter: comparable(letter), at: start + index })).filter(
      ({ letter }) => letter !== "",
    ),
  );
  const text = letters.map(({ letter }) => letter).join("");
  const found: FoundName[] = [];
  const isApart = (index: number) =>
    (letters[index]?.at ?? Infinity) > (letters[index - 1]?.at ?? -2) + 1;
  const runEnd = (from: number): number => {
    let end = from + 1;
    while (end < text.length && !isApart(end) && !/\d/u.test(text[end] ?? "")) end += 1;
    return end;
  };
  let index = 0;
  while (index < text.length) {
    let length = 1;
    if (isApart(index) || !isInsideWord(text, index)) {
      const whole = names.find((one) => text.startsWith(one, index));
      const name = whole ?? tornName(text.slice(index, runEnd(index)), names);
      if (name !== undefined) {
        length = whole === undefined ? runEnd(index) - index : name.length;
        found.push({
          name,
          start: letters[index]?.at ?? 0,
          end: (letters[index + length - 1]?.at ?? 0) + 1,
          isTorn: whole === undefined,
        });
      }
    }
    index += length;
  }
  return found;
}

/** 七、文化旅游体育与传媒支 is the beginning of one name alone. */
function tornName(run: string, names: readonly string[]): string | undefined {
  if (!/^[一二三四五六七八九十]{1,3}、.{4,}/u.test(run)) return undefined;
  const [name, another] = names.filter((one) => one.startsWith(run));
  return another === undefined ? name : undefined;
}

/** 总计 within 收入总计; but a figure may come right before a name. */
const isInsideWord = (text: string, index: number): boolean =>
  index > 0 &&
  /[\p{Script=Han}、（）]/u.test(text[index - 1] ?? "") &&
  !/^[一二三四五六七八九十]+、/u.test(text.slice(index));
