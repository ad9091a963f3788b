import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { operators } from "../../../../shared/narrative/template/operators/all.ts";
import { predicates } from "../../../../shared/narrative/template/predicates.ts";
import type { Report } from "../../../../shared/report/report.ts";
import { example, printed } from "./written.ts";

/** Template, what it prints in the example, and the list it is repeated over. */
type Case = readonly [template: string, text: string, each?: string];

const words: readonly Case[] = [
  ["{年}年，{上年}年", "2022年，2021年"],
  ["{部门}、{本部门}", "部门、本部门"],
  ["{机构名称}", "景德镇市人民政府行政服务中心管理委员会"],
  [
    "（{一}）（{1}）{名称}{收尾}",
    "（一）（1）工资福利支出；（二）（2）商品和服务支出；（三）（3）对个人和家庭的补助。",
    "经济分类各类",
  ],
];

const figures: readonly Case[] = [
  ["{金额 收入总计}", "4914.2万元"],
  ["{金额或无 收入总计 引=合计}", "合计4914.2万元"],
  ["{金额或无 使用非财政拨款结余}", "无使用非财政拨款结余"],
  ["{金额或无 使用非财政拨款结余 无=这项结余}", "无这项结余"],
  ["{计数 决算编制范围的单位数}", "3个"],
  ["{得分 自评平均得分}{等级 自评平均得分}", "98.69分“优”"],
  ["{引文 部门评价的项目}", "行政服务中心运转经费"],
  ["{字样 无 收入总计}{名目 收入总计}", "无收入总计"],
  ["{待填 收入总计}", "〔待填：收入总计〕"],
  ["{占比 财政拨款收入 本年收入}", "99.99%"],
  ["{项数 所属单位 个}", "2个"],
  [
    "{单位名 单位名称}{收尾}",
    "景德镇市人民政府行政服务中心管理委员会（本级）；景德镇市公共资源交易中心；景德镇市政务服务代办中心。",
    "单位",
  ],
  [
    "{构成 本年收入 收入构成}",
    "财政拨款收入4654.39万元，占99.99%；其他收入0.47万元，占0.01%；无事业收入、经营收入",
  ],
];

const comparisons: readonly Case[] = [
  ["{较上年 本年收入合计}", "，较2021年增加2485.8万元，增长114.60%"],
  ["{较上年 本年收入合计 只写差额 主语=决算数 引=；}", "；决算数较2021年增加2485.8万元"],
  ["{完成 财政拨款本年支出 财政拨款本年支出年初预算数 年初预算}", "，完成年初预算的280.83%"],
  [
    "{完成 财政拨款本年支出 财政拨款本年支出年初预算数 年初预算 列预算数}",
    "，完成年初预算1689.62万元的280.83%",
  ],
  ["{比较 基本支出 项目支出 大于/小于/持平}", "小于"],
  ["{比较 项目支出 基本支出 大于/小于/持平}", "大于"],
  ["{比较 基本支出 基本支出 大于/小于/持平}", "持平"],
  ["{原因 income.none 本年收入合计}", "，主要原因是：〔待填：本年收入合计较2021年变动的主要原因〕"],
  ["{原因 income.none 本年收入合计 可不填}", ""],
  [
    "{原因 income.none 基本支出 比=项目支出 称=项目 引=：}",
    "：〔待填：基本支出较项目变动的主要原因〕",
  ],
];

const texts: readonly Case[] = [
  ["{说明 nothing 开支内容 引=主要用于}", "主要用于〔待填：开支内容〕"],
  ["{补足 部门评价的项目 项目}{补足 部门评价的项目 经费}", "项目"],
];

const conditions: readonly Case[] = [
  ["{若 非零 收入总计}甲{否则}乙{完}", "甲"],
  ["{若 零或空 使用非财政拨款结余}甲{否则}乙{完}", "甲"],
  ["{若 为零 使用非财政拨款结余}甲{否则}乙{完}", "甲"],
  ["{若 填零 使用非财政拨款结余}甲{否则}乙{完}", "乙"],
  ["{若 已填 机关运行经费支出 且 并非 未填 机关运行经费支出}甲{否则}乙{完}", "甲"],
  ["{若 未知 收入总计}甲{否则}乙{完}", "乙"],
  ["{若 留空 使用非财政拨款结余}甲{否则}乙{完}", "甲"],
  ["{若 都已知 基本支出 项目支出}甲{否则}乙{完}", "甲"],
  ["{若 相等 基本支出 项目支出}甲{否则}乙{完}", "乙"],
  ["{若 有差异 基本支出 项目支出}甲{否则}乙{完}", "甲"],
  ["{若 可较上年 收入总计}甲{否则}乙{完}", "甲"],
  ["{若 没有 单位}甲{否则若 有 单位}乙{否则}丙{完}", "乙"],
  ["{若 居前 1}甲{否则}乙{完}", "甲乙乙", "单位"],
  ["{若 是单位}甲{否则}乙{完}", "乙"],
  ["{若 无行政单位}甲{否则}乙{完}", "乙"],
  ["{若 是单位 或 非零 收入总计 且 有 单位}甲{否则}乙{完}", "甲"],
  ["{若 是单位 且 非零 收入总计}甲{完}乙", "乙"],
  ["{逐 单位 分隔=、}{1}{完}", "1、2、3"],
];

describe.each([
  ["words", words],
  ["figures", figures],
  ["comparisons", comparisons],
  ["texts", texts],
  ["conditions", conditions],
] as const)("templates of %s", (_, cases) => {
  it.each(cases.map(([template, text, each]) => ({ template, text, each })))(
    "$template",
    ({ template, text, each }) => {
      expect(printed(template, example, each === undefined ? {} : { each })).toBe(text);
    },
  );
});

describe("in a list", () => {
  it("a text that ends with a stop of its own gets none", () => {
    const duties = ["甲。", "乙"];
    const { sections } = example;
    const report: Report = {
      ...example,
      sections: { ...sections, facts: { ...sections.facts, duties } },
    };
    const text = printed("{引文 一项职责}{收尾于 一项职责}", report, { each: "职责" });
    expect(text).toBe("甲。乙。");
  });

  it("what a code was spent on is printed, and asked for where nobody wrote it", () => {
    const { sections } = example;
    const purposes = { "201": "办公。" };
    const report: Report = {
      ...example,
      sections: { ...sections, narrative: { ...sections.narrative, purposes } },
    };
    const text = printed("{主要用途}{收尾}", report, { each: "支出功能分类各类" });
    expect(text.startsWith("办公；〔待填：公共安全支出的主要用途〕；")).toBe(true);
  });
});

it("every word, operator and condition has a case here and a line in docs/templates.md", () => {
  const cases = readFileSync(import.meta.filename, "utf8");
  const page = readFileSync(new URL("../../../../docs/templates.md", import.meta.url), "utf8");
  const named = (text: string, keyword: string) =>
    new RegExp(`[{\`]${keyword}[ }\`]`, "u").test(text) ||
    new RegExp(`(?:若|且|或|并非) ${keyword}[ }]`, "u").test(text);
  const keywords = [...operators.keys(), ...predicates.keys()];
  expect(keywords.filter((keyword) => !named(cases, keyword))).toEqual([]);
  expect(keywords.filter((keyword) => !named(page, keyword))).toEqual([]);
});
