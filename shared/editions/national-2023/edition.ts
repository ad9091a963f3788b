import { listedTables, nineTables } from "../listed-tables.ts";
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
    documents: {
      central: { title: "中央部门2023年度部门决算的目录（九张表）" },
    },
    tables: {
      ...listedTables("central", ...nineTables),
      t01: [
        { listed: "central", note: "表名和次序" },
        { unverified: "“含专用结余”见于上海市2024年度印本，2023年度未见" },
      ],
    },
  },
});
