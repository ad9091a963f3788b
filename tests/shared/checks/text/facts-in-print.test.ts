import { describe, expect, it } from "vitest";
import { jiangxi2022 } from "../../../examples/editions.ts";
import { checkText } from "../../../examples/check-text.ts";

/** What a text states of the facts (基本情况) is judged as what people type into the form. */

const under = (heading: string, text: string) =>
  `第三部分 2022年度部门决算情况说明\n${heading}\n${text}`;
const about = (heading: string, text: string, rule: string) =>
  checkText(under(heading, text)).filter((finding) => finding.rule === rule);

const assets = "八、国有资产占用情况说明";
const purchases = "七、政府采购支出情况说明";
const costs = "六、机关运行经费支出情况说明";
const basicExpenditure = "五、一般公共预算财政拨款基本支出决算情况说明";
const overview = "一、部门基本情况";

describe("facts in print", () => {
  it("have cars of other kinds (其他用车) with what they are used for", () => {
    const found = about(assets, "其中，车辆中的其他用车车辆数为2辆。", "R213");
    expect(found).toMatchObject([{ severity: "error", line: 3, actual: "未填" }]);
    expect(found[0]?.message).toContain("其他用车2辆，没有说明用途");
  });

  it("have no use of cars that there are none of", () => {
    const found = about(assets, "其中，其他用车车辆数为0，主要用于：送取文件。", "R213");
    expect(found).toMatchObject([{ severity: "warning", quote: "送取文件", actual: "0辆" }]);
  });

  it.each([
    "其中，车辆中的其他用车车辆数为2辆，主要用于：送取文件。",
    "其中，车辆中的其他用车车辆数为2辆，主要用于：〔待填：其他用车的用途〕。",
    "其中，车辆中的其他用车车辆数为0。",
    "本部门共有车辆3辆，其中：机要通信用车1辆、应急保障用车0辆、其他用车2辆。",
  ])("are right about other cars in %s", (text) => {
    expect(about(assets, text, "R213")).toEqual([]);
  });

  it("have one fault where the table counts other cars otherwise", () => {
    const text = under(assets, "其中，车辆中的其他用车车辆数为2辆。");
    const tables = { value: () => 0, has: () => true, codes: () => [], edition: jiangxi2022 };
    const found = checkText(text, tables).filter(({ rule }) => rule === "R213");
    expect(found.map(({ actual, expected }) => [actual, expected])).toEqual([["2", "0"]]);
  });

  it("list 本级 once, before the other units", () => {
    const listed = (...names: string[]) =>
      about(
        overview,
        `纳入汇编范围的单位共${String(names.length)}个，包括：${names.join("、")}。`,
        "R214",
      ).map(({ message }) => message);
    expect(listed("甲局（本级）", "甲市乙中心", "甲市丙站")).toEqual([]);
    expect(listed("甲局", "甲市乙中心", "甲市丙站")).toEqual([]);
    expect(listed("甲市乙中心", "甲局（本级）", "甲市丙站").join()).toContain("没有列在最前");
    expect(listed("甲局（本级）", "甲市乙中心（本级）").join()).toContain("有2个本级");
  });

  it("give 中小企业 no more in reserved and open projects than they were granted", () => {
    const won = (granted: string) =>
      about(
        purchases,
        `政府采购支出总额100万元。${granted}在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的，采购金额60万元；在其他政府采购项目中，由中小企业供应商中标或成交的，采购金额30万元。`,
        "S211",
      ).map(({ actual, expected }) => [actual, expected]);
    expect(won("授予中小企业合同金额85万元，占政府采购支出总额的85%。")).toEqual([
      ["90.00万元", "不超过85万元"],
    ]);
    expect(won("授予中小企业合同金额90万元，占政府采购支出总额的90%。")).toEqual([]);
    expect(won("")).toEqual([]);
  });

  it("say by how much, and quote amounts as they are printed", () => {
    const text = `一般公共预算财政拨款基本支出100万元，其中：人员经费20万元，公用经费80万元。\n${costs}\n2022年度机关运行经费支出90.5万元。`;
    const [found] = about(basicExpenditure, text, "R210");
    expect(found).toMatchObject({ line: 5, actual: "90.5万元", expected: "不超过80.00万元" });
    expect(found?.message).toContain("超出10.50万元");
  });

  it("add up within what rounding explains, however many parts there are", () => {
    const apart = (whole: string, ...parts: string[]) =>
      about(
        purchases,
        `政府采购支出总额${whole}万元，其中：政府采购货物支出${parts[0] ?? ""}万元、政府采购工程支出${parts[1] ?? ""}万元${parts.length > 2 ? `、政府采购服务支出${parts[2] ?? ""}万元` : ""}。`,
        "R208",
      ).map(({ severity }) => severity);
    expect(apart("100.01", "60", "40")).toEqual(["hint"]);
    expect(apart("99.98", "60", "40")).toEqual(["error"]);
    expect(apart("100.02", "60", "20", "20")).toEqual(["hint"]);
    expect(apart("100.03", "60", "20", "20")).toEqual(["error"]);
  });
});
