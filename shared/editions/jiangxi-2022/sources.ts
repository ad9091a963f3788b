import type { EditionSources, Source } from "../../forms/edition-sources.ts";

const listed: Source = { listed: "contents", note: "表名和次序" };
const note: Source = { unverified: "附注中的“(单位)”按08至10表类推" };
const printed: Source = { printed: "jingdezhen" };

export const jiangxi2022Sources: EditionSources = {
  documents: {
    jingdezhen: { title: "景德镇市政务服务部门2022年度部门决算（08至10表和全部文字）" },
    contents: { title: "江西省三个部门2022年度部门决算的目录" },
  },
  layout: [
    listed,
    { printed: "jingdezhen", note: "四个部分、九项说明；“无”“持平”等另一种情形的写法未见印本" },
  ],
  tables: {
    t01: [listed, note],
    t02: [listed, note],
    t03: [listed, note],
    t04: [listed, note],
    t05: [listed, note],
    t06: [listed, note],
    t07: [listed, note],
    t08: [printed],
    t09: [printed],
    t10: [printed],
  },
  chapters: {
    duties: printed,
    profile: printed,
    income: printed,
    expense: printed,
    fiscal: printed,
    basic: printed,
    three_public: printed,
    operating_cost: printed,
    procurement: printed,
    assets: printed,
    performance: printed,
  },
};
