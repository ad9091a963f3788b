import { listedTables, nineTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { nationalParagraphs } from "../national/chapters.ts";
import { capitalFlows } from "../national/further-tables/capital-flows.ts";
import {
  fiscalDetails,
  generalDetails,
  generalProjects,
} from "../national/further-tables/details.ts";
import { numbered } from "../national/further-tables/further-table.ts";
import { national2024 } from "../national-2024/edition.ts";

const listed = [{ listed: "quxian", note: "表名和次序" }] as const;

/** Thirteen tables, which come last: text, terms and attachments are before them. */
export const sichuan2024 = derivedEdition(national2024.data, {
  id: "sichuan-2024",
  name: "四川省2024年度部门决算公开",
  year: 2024,
  words: { places: ["四川"] },
  parts: [
    { id: "overview", title: "{部门}概况", holds: "overview" },
    { id: "narrative", title: "{年}年度{部门}决算情况说明", holds: "narrative" },
    { id: "glossary", title: "名词解释", holds: "glossary" },
    { id: "attachments", title: "附件", holds: "attachments" },
    { id: "tables", title: "附表", holds: "tables" },
  ],
  forms: {
    t15: { ...fiscalDetails.form, number: "公开05表" },
    t05: { number: "公开06表" },
    t16: { ...generalDetails.form, number: "公开07表" },
    t06: { number: "公开08表", title: "一般公共预算财政拨款基本支出决算明细表" },
    t17: { ...generalProjects.form, number: "公开09表" },
    t07: { number: "公开10表" },
    t18: { ...capitalFlows.form, number: "公开11表" },
    t08: { number: "公开12表" },
    t09: { number: "公开13表" },
    $order: [
      ...["t01", "t02", "t03", "t04", "t15", "t05", "t16", "t06", "t17", "t07", "t18", "t08"],
      ...["t09", "t10"],
    ],
  },
  relations: numbered(fiscalDetails, generalDetails, generalProjects, capitalFlows),
  sentences: {
    overview: {
      duties: { heading: "一、主要职责" },
      profile: { heading: "二、机构设置" },
    },
    narrative: {
      overall: {
        paragraphs: {
          0: {
            sentences: {
              "overall.total": {
                text: [
                  "{年}年度收、支总计均为{金额 收入支出总计}{较上年 收入支出总计}",
                  "{原因 overall.total 收入支出总计 引=。主要变动原因是}。",
                ],
              },
            },
          },
        },
      },
      fund: { heading: "八、政府性基金预算支出决算情况说明" },
      capital: { heading: "九、国有资本经营预算支出决算情况说明" },
      other: {
        heading: "十、其他重要事项的情况说明",
        paragraphs: [
          ...nationalParagraphs("other"),
          { id: "other.heading.performance", subheading: "（四）预算绩效管理情况" },
          ...nationalParagraphs("performance"),
        ],
      },
      performance: null,
    },
  },
  sources: {
    documents: {
      quxian: {
        title: "渠县农业综合技术服务中心2024年度单位决算",
        address: "http://www.quxian.gov.cn/xxgk-show-64159.html",
      },
      luzhou: {
        title: "泸州市中医医院2023年度单位决算",
        address: "http://www.lzszyyy.com/content/3654.html",
      },
    },
    layout: [
      { listed: "quxian", note: "五个部分、十三张表、十项说明的题名和次序" },
      { listed: "luzhou", note: "同上，2023年度" },
      { unverified: "第十项之下四个小标题的次序" },
    ],
    tables: {
      ...listedTables("quxian", ...nineTables),
      t15: [...listed, { accounts: "财政拨款支出决算明细表，只列类级" }],
      t16: [...listed, { accounts: "一般公共预算财政拨款支出决算明细表，只列类级" }],
      t17: [...listed, { accounts: "一般公共预算财政拨款项目支出决算明细表，只列类级" }],
      t18: [...listed, { accounts: "国有资本经营预算财政拨款收入支出决算表" }],
    },
    sentences: {
      "overall.total": { printed: "quxian", note: "“收、支总计均为”；变动原因的写法未见" },
    },
  },
});
