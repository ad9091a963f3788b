import { ascending } from "../../../forms/codes/code-table.ts";
import { functionCodes2022 } from "./function-2022.ts";
import { functionCodeChanges } from "./yearly-changes.ts";

const firstYear = 2021;
const tables = new Map<number, ReadonlyMap<string, string>>();

/** 支出功能分类 of a year; of years before 2021, which had many other names, none is known. */
export function functionCodesOfYear(year: number): ReadonlyMap<string, string> | undefined {
  if (year < firstYear) return undefined;
  const last = functionCodeChanges.findLast((change) => change.year <= year)?.year ?? firstYear;
  const known = tables.get(last);
  if (known !== undefined) return known;
  const changes = functionCodeChanges.filter((change) => change.year <= last);
  const table =
    changes.length === 0
      ? functionCodes2022
      : ascending([...functionCodes2022, ...changes.flatMap(({ codes }) => Object.entries(codes))]);
  tables.set(last, table);
  return table;
}
