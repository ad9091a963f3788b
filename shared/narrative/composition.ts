import { joined, type Pen, type Phrase } from "./pen.ts";
import type { FigureSource } from "../report/figure-source.ts";

export interface Portion {
  readonly name: string;
  readonly source: FigureSource;
  /** Named by the statutory sentence even when there is none of it. */
  readonly always?: true;
}

export type Whole = Portion;

/**
 * 财政拨款收入4654.39万元，占99.99%；…；无事业收入: every portion that is not 0, so that the list
 * is exhaustive, and plainly which of the statutory ones there is none of.
 */
export function composition(pen: Pen, whole: Whole, portions: readonly Portion[]): Phrase {
  const total = pen.value(whole.source);
  if (total === undefined) return pen.amount(whole.source, `${whole.name}构成`);
  const told = portions
    .filter(({ source, always }) => {
      const value = pen.value(source);
      return value !== undefined && (value !== 0 || always === true);
    })
    .map(({ name, source }): Phrase => [
      name,
      pen.amount(source, name),
      total === 0 ? "" : ["，占", pen.share(source, whole.source)],
    ]);
  const absent = portions
    .filter(({ source, always }) => always === true && pen.isNone(source))
    .map(({ name, source }): Phrase => ({ figure: name, source }));
  if (told.length === 0 && absent.length === 0) {
    return [{ figure: "无", source: whole.source }, whole.name];
  }
  return joined([...told, ...(absent.length > 0 ? [["无", joined(absent, "、")]] : [])], "；");
}
