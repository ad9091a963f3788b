import { listedTables, nineTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";
import { national2023 } from "../national-2023/edition.ts";

/** The nine tables of 2024, with the year's new codes. */
export const national2024 = derivedEdition(national2023.data, {
  id: "national-2024",
  name: "全国2024年度部门决算公开",
  year: 2024,
  functionCodes: newFunctionCodes(2024),
  sources: {
    documents: { central: { title: "中央部门2024年度部门决算的目录（九张表）" } },
    tables: listedTables("central", ...nineTables),
  },
});
