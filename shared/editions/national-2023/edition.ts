import { derivedEdition } from "../load-edition.ts";
import { national2022 } from "../national/edition.ts";

/** The nine tables of 2023: the surplus used is stated with the earmarked one. */
export const national2023 = derivedEdition(national2022.data, {
  id: "national-2023",
  name: "全国2023年度部门决算公开",
  year: 2023,
  forms: {
    t01: {
      blocks: { 0: { rows: { surplus_used: { name: "使用非财政拨款结余（含专用结余）" } } } },
    },
  },
  sources: {
    documents: { putuo: { title: "上海市普陀区财政局2024年度部门决算" } },
    tables: {
      t01: [{ printed: "putuo", note: "“含专用结余”见于2024年度印本，2023年度未见" }],
    },
  },
});
