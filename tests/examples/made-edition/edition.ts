import { jiangxi2022 } from "../editions.ts";
import type { EditionChanges } from "../../../shared/editions/derive.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { derivedEdition } from "../../../shared/editions/load-edition.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import type { Edition } from "../../../shared/forms/form.ts";

type Form = EditionData["forms"][number];

/**
 * An edition of no real city: thirteen tables, three of them in no shipped edition, with relations, parts, titles and
 * sentences of its own and in its own order. Whatever works with it works with any edition; nothing outside this folder
 * knows of it.
 */

/** 公开11表: fixed rows of money and of counts. */
const assets: Form = {
  id: "t11",
  number: "公开11表",
  title: "固定资产分类表",
  unitLabel: "金额单位：万元",
  orientation: "portrait",
  head: [[{ text: "项目" }, { text: "年末原值" }, { text: "年末净值" }]],
  blocks: [
    {
      lead: ["name"],
      columns: [
        { key: "original", name: "年末原值" },
        { key: "net", name: "年末净值" },
      ],
      rows: [
        { key: "buildings", name: "房屋和构筑物" },
        { key: "equipment", name: "设备" },
        { key: "collections", name: "文物和陈列品" },
        { key: "total", name: "合计", total: true },
      ],
    },
  ],
  notes: ["注：本表反映{unit}{year}年末固定资产情况。"],
};

/** 公开12表: rows by 支出功能分类. */
const purchases: Form = {
  id: "t12",
  number: "公开12表",
  title: "政府购买服务支出表",
  unitLabel: "金额单位：万元",
  orientation: "landscape",
  totalRow: "last",
  head: [[{ text: "科目编码" }, { text: "科目名称" }, { text: "预算数" }, { text: "决算数" }]],
  blocks: [
    {
      lead: ["code", "name"],
      columns: [
        { key: "initial", name: "预算数" },
        { key: "final", name: "决算数" },
      ],
      rows: "by-function-code",
    },
  ],
  notes: [],
  blankNote: { text: "说明：{unit}没有政府购买服务支出。", when: "empty" },
};

/** 公开13表: one count, one amount. */
const research: Form = {
  id: "t13",
  number: "公开13表",
  title: "课题研究情况表",
  unitLabel: "金额单位：万元",
  orientation: "portrait",
  head: [[{ text: "项目" }, { text: "本年数" }]],
  blocks: [
    {
      lead: ["name"],
      columns: [{ key: "final", name: "本年数" }],
      rows: [
        { key: "projects", name: "课题数（个）", kind: "count" },
        { key: "spent", name: "课题支出" },
      ],
    },
  ],
  notes: [],
};

const changes: EditionChanges = {
  id: "made-2022",
  name: "甲市2022年度部门决算公开",
  year: 2022,
  cover: { title: "{年}年度{部门}决算报告" },
  contents: { note: "本报告各表以万元为单位，由于四舍五入，合计数与分项之和可能有尾差。" },
  parts: [
    { id: "overview", title: "{机构名称}基本情况", holds: "overview" },
    { id: "narrative", title: "{年}年度{部门}决算说明", holds: "narrative" },
    { id: "tables", title: "{年}年度{部门}决算附表", holds: "tables" },
    {
      ...{ id: "results", title: "预算绩效", holds: "narrative" },
      chapters: ["performance"],
    },
    { id: "glossary", title: "名词解释", holds: "glossary" },
    { id: "attachments", title: "附件", holds: "attachments" },
  ],
  forms: {
    t11: assets,
    t12: purchases,
    t13: research,
    $order: [
      ...["t01", "t02", "t03", "t11", "t04", "t05", "t12"],
      ...["t06", "t09", "t07", "t08", "t13", "t10"],
    ],
  },
  relations: [
    {
      ...{ id: "E01", statement: "公开11表合计 = 各类固定资产之和", severity: "error" },
      cell: "t11/total/*",
      equals: { sum: ["t11/buildings/*", "t11/equipment/*", "t11/collections/*"] },
    },
    {
      ...{ id: "E02", statement: "公开11表年末净值不超过年末原值", severity: "error" },
      cell: "t11/*/net",
      notAbove: "t11/*/original",
    },
    {
      ...{ id: "E03", statement: "公开12表按科目逐级相加", severity: "error" },
      sumsByCode: "t12",
    },
    {
      ...{
        id: "E04",
        statement: "公开12表每个科目的决算数不超过公开03表同科目",
        severity: "error",
      },
      cell: "t12/*/final",
      notAbove: "t03/*/total",
    },
    {
      ...{ id: "E05", statement: "公开13表课题支出不超过公开03表项目支出", severity: "warning" },
      cell: "t13/spent/final",
      notAbove: "t03/total/project",
    },
  ],
  sentences: {
    quantities: {
      课题数: { of: "t13/projects/final", unit: "个" },
      课题支出: "t13/spent/final",
      固定资产原值: "t11/total/original",
      固定资产净值: "t11/total/net",
    },
    narrative: {
      income: {
        paragraphs: {
          0: {
            sentences: {
              "income.total": {
                text: "{年}年度{本部门}的收入共计{金额 收入总计}{较上年 收入总计 只写差额}。",
              },
            },
          },
        },
      },
      research: {
        id: "research",
        heading: "三、课题研究和固定资产情况说明",
        paragraphs: [
          {
            sentences: [
              {
                id: "research.total",
                text: [
                  "{若 为零 课题数}{年}年度没有开展课题研究。",
                  "{否则}{年}年度开展课题研究{计数 课题数}，支出{金额 课题支出}，",
                  "占项目支出的{占比 课题支出 项目支出}。{完}",
                ],
              },
              {
                id: "research.assets",
                text: "年末固定资产原值{金额 固定资产原值}，净值{金额 固定资产净值}。",
              },
            ],
          },
        ],
      },
      fiscal: { heading: "四、财政拨款支出决算情况说明" },
      basic: { heading: "五、一般公共预算财政拨款基本支出决算情况说明" },
      three_public: { heading: "六、财政拨款“三公”经费支出决算情况说明" },
      operating_cost: { heading: "七、机关运行经费支出情况说明" },
      procurement: { heading: "八、政府采购支出情况说明" },
      assets: { heading: "九、国有资产占用情况说明" },
      performance: { heading: "预算绩效评价情况说明" },
      $order: [
        ...["income", "expense", "research", "fiscal", "basic", "three_public"],
        ...["operating_cost", "procurement", "assets", "performance"],
      ],
    },
  },
  glossary: [
    { term: "课题支出", meaning: "为完成本年课题研究任务发生的支出。" },
    ...jiangxi2022.glossary,
  ],
};

export const madeEdition: Edition = derivedEdition(() => editionData(jiangxi2022), changes).load();

/** What a unit of the example fills into the three tables, times `share`. */
export const ownTables = (share: number) => ({
  t11: {
    rows: [
      { key: "buildings", cells: { original: 900_000_00 * share, net: 450_000_00 * share } },
      { key: "equipment", cells: { original: 100_000_00 * share, net: 60_000_00 * share } },
      { key: "total", cells: { original: 1_000_000_00 * share, net: 510_000_00 * share } },
    ],
  },
  t12: {
    rows: [
      { key: "201", cells: { initial: 8_000_00 * share, final: 7_500_00 * share } },
      { key: "20103", cells: { initial: 8_000_00 * share, final: 7_500_00 * share } },
      { key: "2010399", cells: { initial: 8_000_00 * share, final: 7_500_00 * share } },
      { key: "total", cells: { initial: 8_000_00 * share, final: 7_500_00 * share } },
    ],
  },
  t13: {
    rows: [
      { key: "projects", cells: { final: 3 * share } },
      { key: "spent", cells: { final: 20_000_00 * share } },
    ],
  },
});
