import { derivedEdition } from "../load-edition.ts";
import { jiangxi2022 } from "../jiangxi-2022/edition.ts";

/** Jiangxi's tables and texts of 2022 go on; the surplus used is stated with the earmarked one. */
export const jiangxi2023 = derivedEdition(jiangxi2022.data, {
  id: "jiangxi-2023",
  name: "江西省2023年度部门决算公开",
  year: 2023,
  forms: {
    t01: {
      blocks: { 0: { rows: { surplus_used: { name: "使用非财政拨款结余（含专用结余）" } } } },
    },
  },
  sources: {
    documents: {},
    tables: {
      t01: [
        { unverified: "“含专用结余”是全国的项目名称，见于上海市2024年度印本，江西2023年度未见" },
      ],
    },
  },
});
