import type { AccountsMapping } from "../../../forms/accounts-mapping.ts";

type Sheet = AccountsMapping["sheets"][number];

/**
 * Where the sheets of the departmental accounts were seen: no workbook of a unit is public, so the evidence is what
 * public programs and manuals that handle such workbooks name.
 */
export const accountsDocuments: AccountsMapping["documents"] = {
  "z01-reader": {
    title: "公开的读取程序（2018年度部门决算工作簿，读“Z01 收入支出决算总表(财决01表)”）",
  },
  "z01-form": { title: "公开的报表程序所印的“收入支出决算总表”（财决01表，单位：元）" },
  "z03-writer": { title: "公开的报表程序所写的“收入决算表”（财决03表，2019年度，金额单位：元）" },
  "sheet-names": {
    title: "公开的统计程序所列的部门决算工作表名（2019、2020年度，Z03 至 Z08_2、F01、F03）",
  },
  "z05-reader": { title: "公开的读取程序（读“Z05 支出决算明细表(财决05表)”的各栏）" },
  "statistics-form": {
    title: "公开的程序所印的“部门决算相关信息统计表”（2017年度，机构运行信息表的前身）",
  },
  manual: {
    title: "2014年度部门决算报表编制说明",
    address: "https://max.book118.com/html/2025/0327/8044143026007046.shtm",
  },
  handbook: {
    title: "2022年度部门决算工作手册（预算单位版）的目录",
    address: "https://m.bdocx.com/doc/11523948.html",
  },
};

const handbook = { listed: "handbook" } as const;
const named = { listed: "sheet-names", note: "表名和编号" } as const;
/** The part of a report that 机关运行经费, 政府采购 and 年初预算 by code are filled in at. */
const facts = "基本情况与补充数据";
const initialBudgets = { 年初预算数: facts };
const unseen = (unverified: string) => ({ unverified });
const heads = unseen("各栏按全国部门决算报表，未见工作簿");

/** What carry-overs are made of, which no statutory table distinguishes. */
const carryOvers = [
  ...["基本支出结转", "基本支出结转和结余", "项目支出结转和结余", "项目支出结转", "项目支出结余"],
  ...["经营结余", "财政拨款结转", "财政拨款结余", "非财政拨款结转", "非财政拨款结余"],
  ...["使用专用结余", "专用结余", "提取专用结余", "交纳所得税", "交纳企业所得税", "转入事业基金"],
  ...["事业单位转入非财政拨款结余", "归集上缴和缴回资金", "归集调入", "归集调出", "单位内部调剂"],
];

/** Every sheet that may feed a statutory table, then those known to feed none. */
export const accountsSheets: readonly Sheet[] = [
  {
    ...{ number: "财决01", title: "收入支出决算总表", rows: "lines" },
    sources: [
      { printed: "z01-reader", note: "工作表名；三组各五栏：项目、行次和三栏金额" },
      { printed: "z01-form", note: "表头、行次、栏次；合计各行的项目名称横跨两组" },
      unseen("各行的名称按公开01表，全年预算数一栏按全国部门决算报表"),
    ],
    aside: carryOvers,
    asideBlock: "支出性质",
  },
  {
    ...{ number: "财决01-1", title: "财政拨款收入支出决算总表", rows: "lines" },
    sources: [
      { listed: "manual", note: "表名和编号" },
      handbook,
      unseen("决算数下分合计和三项预算，按公开04表和全国部门决算报表"),
    ],
    elsewhere: initialBudgets,
    aside: carryOvers,
    asideBlock: "支出性质",
  },
  {
    ...{ number: "财决02", title: "收入支出决算表", rows: "codes" },
    alsoPublished: true,
    sources: [{ listed: "manual", note: "表名和编号" }, handbook, heads],
  },
  {
    ...{ number: "财决03", title: "收入决算表", rows: "codes" },
    sources: [
      { printed: "z03-writer", note: "表头：编码占三栏；事业收入下分小计和教育收费" },
      named,
    ],
  },
  {
    ...{ number: "财决04", title: "支出决算表", rows: "codes" },
    sources: [named, { listed: "manual" }, heads],
  },
  {
    ...{ number: "财决05", title: "支出决算明细表", rows: "codes" },
    sources: [
      { printed: "z05-reader", note: "编码、名称、合计，各类及其款；类下第一栏为小计" },
      named,
    ],
  },
  {
    ...{ number: "财决05-1", title: "基本支出决算明细表", rows: "codes" },
    sources: [named, { listed: "manual" }, unseen("各栏同财决05表")],
  },
  {
    ...{ number: "财决05-2", title: "项目支出决算明细表", rows: "codes" },
    sources: [named, unseen("各栏同财决05表")],
  },
  {
    ...{ number: "财决07", title: "一般公共预算财政拨款收入支出决算表", rows: "codes" },
    alsoPublished: true,
    sources: [named, handbook, heads],
  },
  {
    ...{ number: "财决08", title: "一般公共预算财政拨款支出决算明细表", rows: "codes" },
    alsoPublished: true,
    sources: [named, handbook, unseen("各栏同财决05表")],
  },
  {
    ...{ number: "财决08-1", title: "一般公共预算财政拨款基本支出决算明细表", rows: "codes" },
    sources: [named, handbook, unseen("各栏同财决05表")],
  },
  {
    ...{ number: "财决08-2", title: "一般公共预算财政拨款项目支出决算明细表", rows: "codes" },
    alsoPublished: true,
    sources: [named, handbook, unseen("各栏同财决05表")],
  },
  {
    ...{ number: "财决09", title: "政府性基金预算财政拨款收入支出决算表", rows: "codes" },
    alsoPublished: true,
    sources: [handbook, unseen("表名和各栏按公开07表和全国部门决算报表")],
  },
  {
    ...{ number: "财决10", title: "政府性基金预算财政拨款支出决算明细表", rows: "codes" },
    sources: [handbook, unseen("表名按全国部门决算报表；各栏同财决05表")],
  },
  {
    ...{ number: "财决10-1", title: "政府性基金预算财政拨款基本支出决算明细表", rows: "codes" },
    sources: [handbook, unseen("表名按全国部门决算报表；各栏同财决05表")],
  },
  {
    ...{ number: "财决11", title: "国有资本经营预算财政拨款收入支出决算表", rows: "codes" },
    alsoPublished: true,
    otherTitles: ["国有资本经营预算财政拨款支出决算表"],
    sources: [unseen("编号逐年不同，按表名识别；各栏按全国部门决算报表")],
  },
  {
    ...{ number: "财决11-1", title: "国有资本经营预算财政拨款支出决算明细表", rows: "codes" },
    sources: [unseen("编号和有无逐年不同，按表名识别；各栏同财决05表")],
  },
  {
    ...{ number: "财决附03", title: "机构运行信息表", rows: "lines" },
    otherTitles: ["部门决算相关信息统计表"],
    sources: [
      {
        printed: "statistics-form",
        note: "“三公”经费各行，预算数和统计数两栏；车辆的分类当年不同",
      },
      named,
      unseen("年初、全年预算数两栏，政府采购各行和现行的车辆分类按全国部门决算报表"),
    ],
    aside: [
      ...["行政单位", "参照公务员法管理事业单位", "国有资产占用情况"],
      ...["政府采购支出信息", "相关统计数", "“三公”经费支出", "政府采购支出合计"],
    ],
    elsewhere: {
      机关运行经费: facts,
      政府采购货物支出: facts,
      政府采购工程支出: facts,
      政府采购服务支出: facts,
      政府采购授予中小企业合同金额: facts,
      "其中：授予小微企业合同金额": facts,
    },
  },
];

/** Sheets of the accounts that no statutory table follows from, by title; their numbers differ from year to year. */
export const furtherAccountsTitles: readonly string[] = [
  ...["收入支出决算批复表", "经营支出决算明细表", "项目收入支出决算表"],
  ...["行政事业类项目收入支出决算表", "基本建设类项目收入支出决算表"],
  ...["政府性基金预算财政拨款项目支出决算明细表", "财政专户管理资金收入支出决算表"],
  ...["国有资本经营预算财政拨款基本支出决算明细表", "资产负债简表", "资产情况表", "基本数字表"],
  ...["预算支出相关信息表", "机构人员情况表", "非税收入征缴情况表", "其他收入明细情况表"],
  ...["年初结转和结余调整表", "部门决算报表封面", "国有资产收益征缴情况表"],
];
