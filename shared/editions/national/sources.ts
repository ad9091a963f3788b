import type { EditionSources } from "../../forms/edition-sources.ts";

const lines = "行次、栏次的编号和全国式样的表头未见印本（普陀区不印）";

/** Where the national base was found: no report of a central department could be read whole. */
export const nationalSources: EditionSources = {
  documents: {
    putuo: { title: "上海市普陀区财政局2024年度部门决算" },
    template: { title: "上海市普陀区2024年度部门决算公开模板" },
    jingdezhen: { title: "景德镇市政务服务部门2022年度部门决算（08至10表完整）" },
  },
  layout: [
    { printed: "putuo", note: "四个部分的次序；题名“年度部门决算表”等按财预〔2016〕143号" },
    { unverified: "没有读到中央部门完整的决算，表式和文字取自所列地方印本" },
  ],
  tables: {
    t01: [{ printed: "putuo", note: `各行名称；${lines}` }],
    t02: [{ printed: "putuo", note: `各栏名称；${lines}` }],
    t03: [{ printed: "putuo", note: `各栏名称；${lines}` }],
    t04: [{ printed: "putuo", note: `各行各栏名称；${lines}` }],
    t05: [{ printed: "putuo", note: `各栏名称；${lines}` }],
    t06: [
      { printed: "putuo", note: "301、302、303、310各款" },
      { unverified: "307、312、399和三栏的排法按全国科目，未见印本" },
    ],
    t07: [{ printed: "putuo", note: `各栏名称；${lines}` }],
    t08: [{ printed: "jingdezhen" }],
    t09: [{ printed: "jingdezhen" }],
    t10: [{ printed: "jingdezhen", note: "各行；全国九表不印此表，只在说明文字中用" }],
  },
  chapters: {
    duties: { printed: "template" },
    profile: { printed: "template" },
    overall: { printed: "template" },
    income: { printed: "template" },
    expense: { printed: "template" },
    fiscal: { printed: "template" },
    general: { printed: "template" },
    basic: { printed: "template" },
    three_public: { printed: "template" },
    fund: { printed: "template" },
    capital: { printed: "template", note: "有收入的区印“收入支出”，本版式只写支出" },
    performance: { printed: "template" },
    other: { printed: "template" },
  },
};
