import type { EditionChanges } from "../derive.ts";
import { derivedEdition } from "../load-edition.ts";
import { national2022 } from "../national/edition.ts";
import { jiangxi2022Glossary } from "./glossary.ts";
import { jiangxi2022Sources } from "./sources.ts";
import { jiangxi2022Sentences } from "./sentences.ts";

/** What Jiangxi prints otherwise than the nation, and 公开10表 besides. */
const changes: EditionChanges = {
  id: "jiangxi-2022",
  name: "江西省2022年度部门决算公开",
  year: 2022,
  words: { places: ["江西", "景德镇"] },
  budgetedCodes: { table: "t04", digits: 3 },
  forms: {
    t01: { notes: ["注：本表反映部门(单位)本年度的总收支和年末结转结余情况。"] },
    t02: { notes: ["注：本表反映部门(单位)本年度取得的各项收入情况。"] },
    t03: { notes: ["注：本表反映部门(单位)本年度各项支出情况。"] },
    t04: { notes: ["注：本表反映部门(单位)本年度财政拨款总收支和结转结余情况。"] },
    t05: { notes: ["注：本表反映部门(单位)本年度一般公共预算财政拨款支出情况。"] },
    t06: { notes: ["注：本表反映部门(单位)本年度一般公共预算财政拨款基本支出明细情况。"] },
    t07: {
      notes: ["注：本表反映部门(单位)本年度政府性基金预算财政拨款收入支出及结转和结余情况。"],
      blankNote: {
        text: "说明：当此表数据为空时，即本部门(单位)无政府性基金预算财政拨款收入支出。",
      },
    },
    t08: {
      notes: ["注：本表反映部门(单位)本年度国有资本经营预算财政拨款支出情况。"],
      blankNote: {
        text: "说明：当此表数据为空时，即本部门(单位)无国有资本经营预算财政拨款支出。",
      },
    },
    t09: {
      notes: [
        "注：本表反映部门(单位)本年度财政拨款“三公”经费支出预决算情况。年初预算数指年初“三公”经费部门预算数（省级单位含上年结转数）；全年预算数指按规定程序调整调剂后的全年“三公”经费部门预算数；决算数反映当年预算安排的实际支出数（省级单位含上年结转资金安排的支出数）。",
      ],
    },
    t10: {
      unprinted: null,
      number: "公开10表",
      title: "国有资产占用情况表",
      head: [[{ text: "项目" }, { text: "栏次" }, { text: "决算数" }]],
      blocks: { 0: { lead: ["name", "line"], columns: { final: { name: "决算数" } } } },
      notes: ["注：本表反映截止{year}年12月31日，部门(单位)占用的国有资产情况。"],
      blankNote: {
        text: "说明：当此表数据为空时，即本部门（单位）无相关资产。",
        when: "always",
      },
    },
  },
  sentences: { $whole: jiangxi2022Sentences },
  glossary: jiangxi2022Glossary,
  sources: jiangxi2022Sources,
};

export const jiangxi2022 = derivedEdition(national2022.data, changes);
