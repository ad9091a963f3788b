import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";
import { jiangxi2024 } from "../jiangxi-2024/edition.ts";

/** Jiangxi's edition of 2024 goes on, with the year's new codes. */
export const jiangxi2025 = derivedEdition(jiangxi2024.data, {
  id: "jiangxi-2025",
  name: "江西省2025年度部门决算公开",
  year: 2025,
  functionCodes: newFunctionCodes(2025),
});
