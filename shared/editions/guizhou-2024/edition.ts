import { listedTables, nineTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { numbered } from "../national/further-tables/further-table.ts";
import { ownMoney } from "../national/further-tables/own-money.ts";
import { national2024 } from "../national-2024/edition.ts";

/** Ten tables: what was not appropriated has a table of its own, the fifth. */
export const guizhou2024 = derivedEdition(national2024.data, {
  id: "guizhou-2024",
  name: "贵州省2024年度部门决算公开",
  year: 2024,
  words: { places: ["贵州"] },
  forms: {
    t19: { ...ownMoney.form, number: "公开05表" },
    t05: { number: "公开06表" },
    t06: { number: "公开07表" },
    t07: { number: "公开08表" },
    t08: { number: "公开09表" },
    t09: { number: "公开10表" },
    $order: ["t01", "t02", "t03", "t04", "t19", "t05", "t06", "t07", "t08", "t09", "t10"],
  },
  relations: numbered(ownMoney),
  sources: {
    documents: {
      contents: { title: "贵州省部门2024年度决算目录（十表，05为非财政拨款收入支出总表）" },
    },
    layout: [{ listed: "contents", note: "十张表的次序" }],
    tables: {
      ...listedTables("contents", ...nineTables),
      t19: [
        { listed: "contents", note: "表名和次序" },
        { accounts: "收入支出决算总表减财政拨款收入支出决算总表" },
      ],
    },
  },
});
