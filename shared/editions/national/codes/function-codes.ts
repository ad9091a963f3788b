import { ascending } from "../../../forms/codes/code-table.ts";
import { functionCodes2022 } from "./function-2022.ts";
import { functionCodeChanges2024 } from "./function-2024.ts";

const functionCodes2024 = ascending([
  ...functionCodes2022,
  ...Object.entries(functionCodeChanges2024),
]);

/** 支出功能分类 of a year; of years before 2021, which had many other names, none is known. */
export function functionCodesOfYear(year: number): ReadonlyMap<string, string> | undefined {
  if (year < 2021) return undefined;
  return year < 2024 ? functionCodes2022 : functionCodes2024;
}
