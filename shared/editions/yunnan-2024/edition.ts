import { derivedEdition } from "../load-edition.ts";
import { assets, operatingCost, procurement } from "../national/chapters.ts";
import { capitalFlows } from "../national/further-tables/capital-flows.ts";
import { generalProjects } from "../national/further-tables/details.ts";
import { generalThreePublic } from "../national/further-tables/three-public.ts";
import { national2024 } from "../national-2024/edition.ts";
import { yunnanRelations } from "./relations.ts";
import { yunnanSources } from "./sources.ts";

const finalOnly = { dashes: ["initial", "full"] };
const flowHead = capitalFlows.form.head;
const flowColumns = {
  opening: { key: "opening", name: "年初结转和结余" },
  income: { key: "income", name: "本年收入" },
  closing: { key: "closing", name: "年末结转和结余" },
  $order: ["opening", "income", "total", "basic", "project", "closing"],
} as const;

/** Eleven tables; income is beside the expense of every budget, and the cover bears 监督索引号. */
export const yunnan2024 = derivedEdition(national2024.data, {
  id: "yunnan-2024",
  name: "云南省2024年度部门决算公开",
  year: 2024,
  words: { places: ["云南"] },
  cover: { above: "监督索引号{监督索引号}" },
  parts: {
    overview: { title: "{部门}概况" },
    other: {
      ...{ id: "other", title: "其他重要事项及相关口径情况说明", holds: "narrative" },
      chapters: ["operating_cost", "assets", "procurement", "performance", "definitions"],
    },
    $order: ["overview", "tables", "narrative", "other", "glossary"],
  },
  forms: {
    t01: { title: "收入支出决算表" },
    t04: { title: "财政拨款收入支出决算表" },
    t05: {
      title: "一般公共预算财政拨款收入支出决算表",
      orientation: "landscape",
      head: flowHead,
      blocks: { 0: { columns: flowColumns } },
      notes: ["注：本表反映部门本年度一般公共预算财政拨款的收支和年初、年末结转结余情况。"],
    },
    t17: { ...generalProjects.form, number: "公开07表" },
    t07: { number: "公开08表" },
    t08: {
      number: "公开09表",
      title: "国有资本经营预算财政拨款收入支出决算表",
      orientation: "landscape",
      head: flowHead,
      blocks: { 0: { columns: { ...flowColumns, total: { name: "小计" } } } },
      notes: ["注：本表反映部门本年度国有资本经营预算财政拨款的收支和年初、年末结转结余情况。"],
      blankNote: { text: "说明：当此表数据为空时，即本部门无国有资本经营预算财政拨款收入支出。" },
    },
    t09: {
      number: "公开10表",
      title: "财政拨款“三公”经费、行政参公单位机关运行经费情况表",
      blocks: {
        0: {
          rows: {
            operating_cost: {
              ...{ key: "operating_cost", name: "三、机关运行经费", total: true, ...finalOnly },
            },
            operating_cost_administrative: {
              ...{ key: "operating_cost_administrative", name: "（一）行政单位", indent: 1 },
              ...finalOnly,
            },
            operating_cost_civil: {
              ...{ key: "operating_cost_civil", name: "（二）参照公务员法管理事业单位", indent: 1 },
              ...finalOnly,
            },
          },
        },
      },
    },
    t20: { ...generalThreePublic.form, number: "公开11表" },
    $order: [
      ...["t01", "t02", "t03", "t04", "t05", "t06", "t17", "t07", "t08", "t09", "t20", "t10"],
    ],
  },
  relations: yunnanRelations,
  sentences: {
    quantities: {
      国有资本经营预算财政拨款收入: "t08/total/income",
      国有资本经营预算财政拨款支出: { of: "t08/total/total", label: "支出" },
    },
    overview: {
      duties: { heading: "一、主要职责" },
      profile: { heading: "二、基本情况" },
    },
    narrative: {
      overall: null,
      income: { heading: "一、收入决算情况说明" },
      expense: { heading: "二、支出决算情况说明" },
      fiscal: null,
      general: { heading: "三、一般公共预算财政拨款支出决算情况说明" },
      basic: null,
      three_public: { heading: "四、财政拨款“三公”经费支出决算情况说明" },
      fund: null,
      capital: null,
      operating_cost: {
        id: "operating_cost",
        heading: "一、机关运行经费支出情况",
        paragraphs: operatingCost,
      },
      assets: { id: "assets", heading: "二、国有资产占用情况", paragraphs: assets },
      procurement: {
        id: "procurement",
        heading: "三、政府采购支出情况",
        paragraphs: procurement,
      },
      performance: { heading: "四、{部门}绩效自评情况" },
      definitions: {
        id: "definitions",
        heading: "五、相关口径说明",
        paragraphs: [
          {
            label: "（一）",
            sentences: [
              {
                id: "definitions.basic",
                text: [
                  "基本支出中的人员经费包括工资福利支出和对个人和家庭的补助，",
                  "公用经费包括商品和服务支出、资本性支出等人员经费以外的支出。",
                ],
              },
            ],
          },
          {
            label: "（二）",
            sentences: [
              {
                id: "definitions.operating_cost",
                text: [
                  "机关运行经费指行政单位和参照公务员法管理的事业单位",
                  "用一般公共预算财政拨款安排的基本支出中的公用经费。",
                ],
              },
            ],
          },
        ],
      },
      other: null,
      $order: [
        ...["income", "expense", "general", "three_public", "operating_cost", "assets"],
        ...["procurement", "performance", "definitions"],
      ],
    },
  },
  sources: yunnanSources,
});
