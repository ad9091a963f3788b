import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";
import { shanghai2024 } from "../shanghai-2024/edition.ts";

/** Shanghai's edition of 2024 goes on, with the year's new codes. */
export const shanghai2025 = derivedEdition(shanghai2024.data, {
  id: "shanghai-2025",
  name: "上海市2025年度部门决算公开",
  year: 2025,
  functionCodes: newFunctionCodes(2025),
});
