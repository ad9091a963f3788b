import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";
import { national2024 } from "../national-2024/edition.ts";

/** The nine tables of 2025, with the year's new codes. */
export const national2025 = derivedEdition(national2024.data, {
  id: "national-2025",
  name: "全国2025年度部门决算公开",
  year: 2025,
  functionCodes: newFunctionCodes(2025),
});
