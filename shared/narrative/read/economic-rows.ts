import type { FixedRow, Form } from "../../forms/form.ts";
import type { ReadRow, ReadRows } from "./fixed-rows.ts";
import { comparable, type TableLine } from "./table-line.ts";

interface RowPosition {
  readonly row: FixedRow;
  readonly block: number;
  readonly at: number;
}

/** 公开06表: several groups of 经济分类 code, name and figure are printed side by side. */
export function readEconomicRows(form: Form, lines: readonly TableLine[]): ReadRows {
  const places = form.blocks.flatMap(({ rows }, block) =>
    rows === "by-function-code"
      ? []
      : rows.flatMap((row, at): RowPosition[] => ("key" in row ? [{ row, block, at }] : [])),
  );
  const byCode = new Map(
    places.flatMap((place) =>
      place.row.code === undefined ? [] : [[place.row.code, place] as const],
    ),
  );
  const byName = new Map<string, RowPosition | undefined>();
  for (const place of places) {
    const name = comparable(place.row.name);
    byName.set(name, byName.has(name) ? undefined : place);
  }
  const met = new Map<string, ReadRow>();
  let isWhole = true;
  let isBody = false;
  let pending: RowPosition | undefined;
  for (const line of lines) {
    let current: RowPosition | undefined;
    let words = "";
    let isUnknown = false;
    const [first, second] = line.tokens;
    const unfinished = first?.kind === "number" && /\.\d/u.test(first.text) ? pending : undefined;
    pending = undefined;
    const meet = (place: RowPosition, figure?: string) => {
      const known = met.get(place.row.key);
      if (known !== undefined && known.figures.length > 0) {
        isWhole = false;
        return;
      }
      met.set(place.row.key, {
        key: place.row.key,
        line,
        figures: figure === undefined ? [] : [figure],
        values: new Map(figure === undefined ? [] : [["final", figure]]),
      });
    };
    for (const [index, { kind, text }] of line.tokens.entries()) {
      if (kind === "words") {
        words += comparable(text);
        isUnknown = false;
        const named = byName.get(words);
        if (current === undefined && named !== undefined) current = named;
        else if (current !== undefined && !comparable(current.row.name).includes(words))
          isUnknown = true;
        else if (current === undefined) isUnknown = true;
        continue;
      }
      if (kind === "dash") continue;
      const isCode = /^\d{3}(?:\d{2})?$/u.test(text) && byCode.has(text);
      const joined: string =
        (current?.row.code?.length === 3 && words === "" ? current.row.code : "") + text;
      if (isCode || (/^\d{2}$/u.test(text) && byCode.has(joined))) {
        if (current !== undefined && !isUnknown) meet(current);
        current = byCode.get(isCode ? text : joined);
        words = "";
        isBody = true;
        isUnknown = false;
        continue;
      }
      if (!/\.\d/u.test(text)) {
        if (isBody && !/^0$|^\d{2,3}$/u.test(text)) isWhole = false;
        if (text !== "0") {
          if (isBody) isWhole = false;
          words = "";
          current = undefined;
          continue;
        }
      }
      if (current !== undefined && !isUnknown) meet(current, text);
      else if (index === 0 && unfinished !== undefined && second !== undefined) {
        const neighbour = byCode.get(second.text) ?? byName.get(comparable(second.text));
        if (neighbour?.block === unfinished.block + 1 && neighbour.at === unfinished.at)
          meet(unfinished, text);
        isWhole = false;
      } else if (isBody) isWhole = false;
      current = undefined;
      words = "";
    }
    const isBare = line.tokens.every(({ kind }) => kind === "words");
    // A name on a line of its own: the table was taken apart column by column.
    if (isBare && current !== undefined && isBody) isWhole = false;
    else if (current !== undefined && !isUnknown && !met.has(current.row.key)) meet(current);
    pending = current !== undefined && !isUnknown ? current : undefined;
  }
  const hasAll = places.every(({ row }) => row.unprinted === true || met.has(row.key));
  return { rows: [...met.values()], isWhole: isWhole && hasAll };
}
