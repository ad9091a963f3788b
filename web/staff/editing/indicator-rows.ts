import { boxCharacters, proseCharacters } from "../../../shared/report/section-bounds.ts";
import type { SelfEvaluation } from "../../../shared/report/sections.ts";
import { parsePoints } from "../../../shared/report/self-evaluation.ts";

/** Rows of the 绩效指标 of a 自评表 as one edits them: added, moved, and pasted as a block from a spreadsheet. */

export type Indicator = SelfEvaluation["indicators"][number];

/** In the order they are printed in. */
export const indicatorColumns = [
  ...(["level1", "level2", "level3", "target", "actual"] as const),
  ...(["weight", "score", "deviation"] as const),
] as const;
export type IndicatorColumn = (typeof indicatorColumns)[number];

export const indicatorHeads = {
  ...{ level1: "一级指标", level2: "二级指标", level3: "三级指标" },
  ...{ target: "年度指标值", actual: "实际完成值", weight: "分值", score: "得分" },
  deviation: "偏差原因分析及改进措施",
} as const satisfies Record<IndicatorColumn, string>;

export const blankIndicator: Indicator = {
  ...{ level1: "", level2: "", level3: "" },
  ...{ target: "", actual: "" },
};

export const mostIndicators = 200;

export interface PastedIndicators {
  readonly indicators: readonly Indicator[];
  /** Every box that was pasted into; `text` where it cannot hold what fell on it. */
  readonly boxes: readonly {
    readonly row: number;
    readonly column: IndicatorColumn;
    readonly text: string | undefined;
  }[];
  readonly filled: number;
  /** Texts beyond the last column or the last row that a table may have. */
  readonly skipped: number;
}

const heads = /^(?:[一二三]级指标|年度?指标值|实际完成值|分值|得分|偏差原因.*)$/u;

/**
 * Lays a pasted block over the rows from a box on and adds the rows it needs. Its head, blank rows and 总分 are left out.
 * A 一级 or 二级指标 that is blank continues the row above, as it does where the boxes are merged.
 */
export function pasteIndicators(
  before: readonly Indicator[],
  at: { readonly row: number; readonly column: number },
  block: readonly (readonly string[])[],
): PastedIndicators {
  const indicators = [...before];
  const boxes: { row: number; column: IndicatorColumn; text: string | undefined }[] = [];
  let [filled, skipped] = [0, 0];
  const rows = block.filter((texts) => !isAside(texts));
  for (const [down, texts] of rows.entries()) {
    const row = at.row + down;
    const written = texts.filter((text) => text.trim() !== "").length;
    if (row >= mostIndicators) {
      skipped += written;
      continue;
    }
    let indicator = indicators[row] ?? blankIndicator;
    for (const [right, raw] of texts.entries()) {
      const column = indicatorColumns[at.column + right];
      const text = raw.trim();
      if (column === undefined) {
        skipped += Number(text !== "");
        continue;
      }
      const above = indicators[row - 1];
      const isMerged = text === "" && (column === "level1" || column === "level2") && down > 0;
      const read = readBox(column, isMerged ? (above?.[column] ?? "") : text);
      boxes.push({ row, column, text: read === undefined ? text : undefined });
      if (read === undefined) continue;
      indicator = { ...indicator, ...read };
      filled += Number(text !== "");
    }
    indicators[row] = indicator;
  }
  return { indicators, boxes, filled, skipped };
}

/** What a text fills its box with; undefined where it cannot. */
export function readBox(column: IndicatorColumn, text: string): Partial<Indicator> | undefined {
  switch (column) {
    case "weight":
    case "score": {
      const points = parsePoints(text);
      return points.ok ? { [column]: points.value } : undefined;
    }
    case "deviation":
      return text.length > proseCharacters ? undefined : { deviation: text || undefined };
    case "level1":
    case "level2":
    case "level3":
    case "target":
    case "actual":
      return text.length > boxCharacters ? undefined : { [column]: text };
  }
}

/** A head that was copied along, a blank row, the row of sums. */
function isAside(texts: readonly string[]): boolean {
  const written = texts.map((text) => text.replace(/\s/gu, "")).filter((text) => text !== "");
  return (
    written.length === 0 ||
    written.every((text) => heads.test(text)) ||
    /^(?:总分|合计)$/u.test(written[0] ?? "")
  );
}
