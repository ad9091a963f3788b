import { listedTables, nineTables } from "../listed-tables.ts";
import type { EditionSources, Source } from "../../forms/edition-sources.ts";

const listed: Source = { listed: "baoshan", note: "表名和次序" };

export const yunnanSources: EditionSources = {
  documents: {
    baoshan: {
      title: "保山市水务局2024年度部门决算",
      address: "https://baoshan.gov.cn/info/4635/10278094.htm",
    },
    nync: {
      title: "云南省乡村振兴局2024年度部门决算",
      address: "https://nync.yn.gov.cn/html/2025/caizhenggongkai_0808/1420758.html",
    },
  },
  layout: [
    { printed: "baoshan", note: "目录前的监督索引号" },
    {
      listed: "baoshan",
      note: "五个部分、十一张表、各项说明的题名和次序；本版式没有“重点工作概述”和“其他重要事项情况说明”两项，由部门自行补充",
    },
    { listed: "nync", note: "同上" },
  ],
  tables: {
    ...listedTables("baoshan", ...nineTables),
    t05: [listed, { accounts: "一般公共预算财政拨款收入支出决算表，只列合计级" }],
    t08: [listed, { accounts: "国有资本经营预算财政拨款收入支出决算表" }],
    t09: [listed, { accounts: "机构运行信息表（“三公”经费、机关运行经费）" }],
    t17: [listed, { accounts: "一般公共预算财政拨款项目支出决算明细表，只列类级" }],
    t20: [listed, { unverified: "各行各栏未见印本，与财政拨款“三公”经费相同" }],
  },
  chapters: {
    definitions: { unverified: "题名见于印本目录，句子未见印本" },
  },
};
