import { jiangxi2022 } from "../../../shared/editions/jiangxi-2022/edition.ts";
import type { Edition, Form, TableId } from "../../../shared/forms/form.ts";

/**
 * An edition of no real city: thirteen tables, three of them in no shipped edition, in an order, under titles and with a
 * glossary of its own. Whatever works with it works with any edition; nothing outside this folder knows of it.
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
  codeNames: jiangxi2022.functionCodes,
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

const order: readonly TableId[] = [
  ...(["t01", "t02", "t03", "t11", "t04", "t05", "t12"] as const),
  ...(["t06", "t09", "t07", "t08", "t13", "t10"] as const),
];
const forms = new Map(
  [...jiangxi2022.forms, assets, purchases, research].map((form) => [form.id, form]),
);

export const madeEdition: Edition = {
  ...jiangxi2022,
  id: "made-2022",
  name: "甲市2022年度部门决算公开",
  forms: order.flatMap((id) => forms.get(id) ?? []),
  glossary: [
    { term: "课题支出", meaning: "为完成本年课题研究任务发生的支出。" },
    ...jiangxi2022.glossary,
  ],
};

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
      { key: "2010301", cells: { initial: 8_000_00 * share, final: 7_500_00 * share } },
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
