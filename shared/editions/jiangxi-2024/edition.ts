import { listedTables, nineTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { newFunctionCodes } from "../national/codes/yearly-changes.ts";
import { jiangxi2023 } from "../jiangxi-2023/edition.ts";

/** Ten tables and nine texts as before, with a note on rounding under the contents. */
export const jiangxi2024 = derivedEdition(jiangxi2023.data, {
  id: "jiangxi-2024",
  name: "江西省2024年度部门决算公开",
  year: 2024,
  contents: { note: "注：本报告因金额单位转换原因可能存在尾数误差。" },
  functionCodes: newFunctionCodes(2024),
  sources: {
    documents: {
      chaisang: {
        title: "九江市柴桑区工商业联合会2024年度部门决算",
        address:
          "https://www.chaisang.gov.cn/zwgk/xzwgk/glgk/czxxly/qtzzczyjsjsgjf/202510/t20251017_7033810.html",
      },
    },
    tables: listedTables("chaisang", ...nineTables, "t10"),
    layout: [
      {
        printed: "chaisang",
        note: "目录十表、情况说明九项的次序和目录下的尾差说明；该单位第九项题为“预算绩效情况说明”，本版式沿用2022年的题名",
      },
    ],
  },
});
