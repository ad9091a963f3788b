import { guangdong2023 } from "../guangdong-2023/edition.ts";
import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";

/** Guangdong's edition of 2023 goes on, with the year's new codes. */
export const guangdong2024 = derivedEdition(guangdong2023.data, {
  id: "guangdong-2024",
  name: "广东省2024年度部门决算公开",
  year: 2024,
  functionCodes: newFunctionCodes(2024),
});
