import type { PrintedFigure } from "./printed-figure.ts";

export interface Pair {
  readonly start: number;
  readonly end: number;
  /** What its two figures are of; without a name they are skipped. */
  readonly sides: string[];
}

const pairText =
  /(?<sums>(?:财政拨款)?收入?、支出?总计)?(?:各|分别)(?:是|为|减少|增加|下降|增长|上升|降低)+(?<one>[\d,.]+)(?:万元|%)?[，、和](?<other>[\d,.]+)(?:万元|%)/gu;

/** 收、支总计各是125.50，124.50万元: two figures where 收、支总计 differ. */
export function pairsIn(text: string): Pair[] {
  const firstSum = text.indexOf("总计各");
  return [...text.matchAll(pairText)].flatMap(({ index, 0: all, groups = {} }): Pair[] => {
    const { sums, one, other } = groups;
    if (one === other && /万元[，、和]/u.test(all)) return [];
    const of = sums?.startsWith("财政拨款") === true ? "财政拨款" : "";
    const isAmount = sums !== undefined && /总计(?:各|分别)(?:是|为)/u.test(all);
    if (sums === undefined && (firstSum < 0 || firstSum + 3 > index)) return [];
    return [
      {
        start: index,
        end: index + all.length,
        sides: isAmount ? [`${of}收入总计`, `${of}支出总计`] : [],
      },
    ];
  });
}

/** A figure whose unit is printed behind its neighbour. */
export const inWan = (figure: PrintedFigure): PrintedFigure => ({
  ...figure,
  unit: "money",
  value: Math.round(figure.value * 1_000_000),
  noun: "万元",
  text: `${figure.text}万元`,
});
