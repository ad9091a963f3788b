import { listedTables, nineTables } from "../listed-tables.ts";
import { derivedEdition } from "../load-edition.ts";
import { assets, nationalParagraphs, operatingCost, procurement } from "../national/chapters.ts";
import { fundBasics } from "../national/further-tables/fund-basics.ts";
import { numbered } from "../national/further-tables/further-table.ts";
import {
  procurement as procurementTable,
  servicesBought,
} from "../national/further-tables/purchases.ts";
import { national2024 } from "../national-2024/edition.ts";

const services = {
  id: "services_bought",
  heading: "五、政府购买服务支出说明",
  paragraphs: [
    {
      sentences: [
        {
          id: "services_bought",
          text: [
            "{若 零或空 政府购买服务支出}{年}年度{本部门}{字样 无 政府购买服务支出}政府购买服务支出。",
            "{否则}{年}年度政府购买服务支出{金额 政府购买服务支出}。{完}",
          ],
        },
      ],
    },
  ],
};

/** Tables come first, twelve of them, and performance is a part of its own. */
export const beijing2024 = derivedEdition(national2024.data, {
  id: "beijing-2024",
  name: "北京市2024年度部门决算公开",
  year: 2024,
  words: { places: ["北京"] },
  parts: [
    { id: "tables", title: "{年}年度{部门}决算报表", holds: "tables" },
    { id: "overview", title: "{年}年度{部门}决算说明", holds: "overview" },
    { id: "narrative", title: "{部门}决算说明", holds: "narrative", continues: true },
    {
      ...{ id: "other", title: "{年}年度其他重要事项的情况说明", holds: "narrative" },
      chapters: ["three_public", "operating_cost", "procurement", "assets", "services_bought"],
    },
    { id: "glossary", title: "六、有关名词解释", holds: "glossary", continues: true },
    {
      ...{ id: "results", title: "{年}年度{部门}绩效评价情况", holds: "narrative" },
      chapters: ["performance"],
    },
  ],
  forms: {
    t12: { ...fundBasics.form, number: "公开08表" },
    t08: { number: "公开09表" },
    t09: { number: "公开10表" },
    t13: { ...procurementTable.form, number: "公开11表" },
    t14: { ...servicesBought.form, number: "公开12表" },
    $order: [
      ...["t01", "t02", "t03", "t04", "t05", "t06", "t07", "t12", "t08", "t09", "t13", "t14"],
      "t10",
    ],
  },
  relations: numbered(fundBasics, procurementTable, servicesBought),
  sentences: {
    quantities: {
      货物采购金额: "t13/goods/final",
      工程采购金额: "t13/works/final",
      服务采购金额: "t13/services/final",
      政府采购金额: "t13/total/final",
      政府购买服务支出: "t14/total/total",
    },
    overview: {
      duties: { heading: "一、{部门}基本情况" },
      profile: { heading: "二、{若 是单位}机构设置{否则}决算单位构成{完}" },
    },
    narrative: {
      overall: {
        heading: "三、收入支出决算总体情况说明",
        paragraphs: [
          {
            sentences: [
              {
                id: "overall.total",
                text: [
                  "{年}年度收、支总计{金额 收入支出总计}{较上年 收入支出总计}",
                  "{原因 overall.total 收入支出总计 引=。主要原因：}。",
                ],
              },
            ],
          },
          { id: "overall.heading.income", subheading: "（一）收入决算说明" },
          ...nationalParagraphs("income"),
          { id: "overall.heading.expense", subheading: "（二）支出决算说明" },
          ...nationalParagraphs("expense"),
        ],
      },
      income: null,
      expense: null,
      fiscal: { heading: "四、财政拨款收入支出决算总体情况说明" },
      general: { heading: "五、一般公共预算财政拨款支出决算情况说明" },
      fund: { heading: "六、政府性基金预算财政拨款支出决算情况说明" },
      capital: { heading: "七、国有资本经营预算财政拨款支出决算情况说明" },
      basic: { heading: "八、财政拨款基本支出决算情况说明" },
      three_public: { heading: "一、“三公”经费财政拨款决算情况" },
      operating_cost: {
        id: "operating_cost",
        heading: "二、机关运行经费支出情况",
        paragraphs: operatingCost,
      },
      procurement: {
        id: "procurement",
        heading: "三、政府采购支出情况",
        paragraphs: procurement,
      },
      assets: { id: "assets", heading: "四、国有资产占用情况", paragraphs: assets },
      services_bought: services,
      performance: { heading: "一、预算绩效管理工作开展情况" },
      other: null,
      $order: [
        ...["overall", "fiscal", "general", "fund", "capital", "basic", "three_public"],
        ...["operating_cost", "procurement", "assets", "services_bought", "performance"],
      ],
    },
  },
  sources: {
    documents: {
      park: {
        title: "北京市陶然亭公园管理处2024年度部门决算",
        address: "https://trtpark.com/news/N10119.html",
      },
      chaoyang: { title: "北京市朝阳区公园和绿化建设管理中心2024年度部门决算" },
    },
    layout: [
      { listed: "park", note: "四个部分、十二张表的题名和次序" },
      { unverified: "第二、三部分中各项的次序和题名，除收入支出总体情况外未见印本" },
    ],
    tables: {
      ...listedTables("park", ...nineTables),
      t12: [
        { listed: "park", note: "表名和次序" },
        { accounts: "政府性基金预算财政拨款基本支出决算明细表" },
      ],
      t13: [
        { listed: "park", note: "表名和次序" },
        { accounts: "机构运行信息表（政府采购支出信息）" },
      ],
      t14: [
        { listed: "park", note: "表名和次序" },
        { unverified: "各栏未见印本：按支出功能分类和资金来源" },
      ],
    },
    chapters: {
      services_bought: { unverified: "句子未见印本" },
    },
    sentences: {
      "overall.total": { printed: "chaoyang", note: "印本写“比上年”，本版式写“较{上年}年”" },
    },
  },
});
