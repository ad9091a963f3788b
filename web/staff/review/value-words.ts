import type { Edition } from "../../../shared/forms/form.ts";
import { parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { exactWan, printFigure } from "../../../shared/forms/place-name.ts";
import { printHundredths } from "../../../shared/money.ts";

const countKeys: readonly string[] = [
  ...["projects", "found", "mended", "mending", "level", "year"],
  ...["active", "retiredCadres", "retired", "others", "students", "pensioned"],
];
/** Scores and weights are in hundredths of a point. */
const pointKeys: readonly string[] = ["score", "weight", "fundsWeight", "fundsScore", "totalScore"];

const words: Readonly<Record<string, string>> = {
  wan: "万元",
  yuan: "元",
  administration: "行政单位",
  institution: "事业单位",
};

/** A value of the facts or of the performance part as people read it, by its dotted path from the section on. */
export function valueWords(path: string, value: unknown, edition: Edition): string {
  if (value === undefined || value === null || value === "") return "（空）";
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "string") return words[value] ?? value;
  if (typeof value === "number") return numberWords(path, value, edition);
  const parts = Object.entries(value).flatMap(([key, inner]) => {
    const text = valueWords(`${path}.${key}`, inner, edition);
    return text === "（空）" || text === "" ? [] : [text];
  });
  return parts.join("，");
}

function numberWords(path: string, value: number, edition: Edition): string {
  const steps = path.split(".");
  const key = steps.at(-1) ?? "";
  if (parseCellAddress(key) !== undefined) return printFigure(value, key as CellAddress, edition);
  if (countKeys.includes(key)) return String(value);
  if (pointKeys.includes(key)) return `${printHundredths(value, { trim: true })}分`;
  return `${exactWan(value)}万元`;
}
