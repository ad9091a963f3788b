import { describe, expect, it } from "vitest";
import { checkText } from "../../../examples/check-text.ts";

/** A 自评表 as a PDF leaves it: torn rows, torn words, page breaks. */
const selfEvaluation = ({
  year = 2022,
  project = "热线平台运行经费",
  rate = "80%",
  fundsScore = "8",
  timely = "10 10",
  saved = "20%",
  total = "100 96",
  quality = "100% 10 10",
}: Partial<
  Record<"project" | "rate" | "fundsScore" | "timely" | "saved" | "total" | "quality", string>
> & {
  readonly year?: number;
} = {}) => `
项目支出绩效自评表
（ ${year} 年度）
项目名
称
${project}
主管部
门
某市热线中心 实施单位 某市热线中心
年度资金总额 50 50 40
10 ${rate} ${fundsScore}
其中：当年财政
拨款
50 50 40 — 80% —
产出
指标
受理来电数
量
2万件 1.6万件 20 18 来电少于
预期
受理来电达标率 100% ${quality}
办结及时率 100% 100% ${timely}
成本指标 成本节约率 0% ${saved} 20 20
社会效益 群众诉求解决 提升 提升 20 20
服务对象
满意度 90% 95% 10 10
总分 ${total}
`;

const report = (attachment: string, text = "") => `
第三部分 2022年度部门决算情况说明
九、预算绩效评价情况说明
本部门对2022年度2个项目开展绩效自评，平均得分98分。
（1）热线平台运行经费项目绩效自评得分96分；
（2）宣传经费项目绩效自评得分100分。
${text}
${attachment}`;

const rules = (source: string) =>
  checkText(source)
    .filter(({ severity }) => severity !== "hint")
    .map(({ rule, expected }) => `${rule} ${expected ?? ""}`);

describe("a self-evaluation table in the text", () => {
  it("that is right is blamed for nothing but the quality beside a missed quantity", () => {
    expect(rules(report(selfEvaluation()))).toEqual(["S405 80%"]);
  });

  it.each([
    ["another year", { year: 2021 }, "R218 2022年度"],
    ["another project", { project: "展览馆维护经费" }, "R408 热线平台运行经费"],
    ["a wrong execution rate", { rate: "82%" }, "R404 80%"],
    ["a score that the rate does not give", { fundsScore: "9", total: "100 97" }, "R404 8"],
    ["a full target without full score", { timely: "10 7", total: "100 93" }, "R406 10（总分96）"],
    ["a saving that the money does not show", { saved: "25%" }, "S406 20.0%"],
    ["a total that is no sum", { total: "100 95" }, "R402 96"],
    ["weights that are no hundred", { timely: "8 8", total: "100 94" }, "R401 100"],
    ["more points than the weight", { timely: "10 12", total: "100 98" }, "R403 0至10"],
  ] as const)("with %s is found", (_, change, reported) => {
    expect(rules(report(selfEvaluation(change)))).toContain(reported);
  });
});

describe("performance in the text", () => {
  it("contradicts itself where a poor project met every target", () => {
    const text = report("", "各项目均达到了预期目标。")
      .replace("自评得分96分", "自评得分75分")
      .replace("98分", "87.5分");
    expect(rules(text).map((reported) => reported.slice(0, 4))).toEqual(["S417"]);
  });

  it("counts the projects it lists", () => {
    expect(rules(report("").replace("2个项目", "3个项目"))).toEqual(["R215 2个"]);
  });

  const evaluation = (score: string, rate: string, grade: string) => `
2022年度热线平台运行经费项目支出绩效评价报告
三、综合评价情况及评价结论
经评价，评价得分${score}分，绩效评价等级为“${grade}”。
四、绩效评价指标分析
（一）决策情况
项目决策指标分值共40分，绩效评价得分38分，得分率${rate}。
（二）效益情况
项目效益指标分值共60分，绩效评价得分58分，得分率96.67%。
`;
  it("adds up an evaluation, its rates and its grade", () => {
    expect(rules(report(evaluation("96", "95%", "优")))).toEqual([]);
    expect(rules(report(evaluation("97", "95%", "优")))).toContain("S414 96分");
    expect(rules(report(evaluation("96", "98%", "优")))).toContain("S415 95%");
    expect(rules(report(evaluation("96", "95%", "良")))).toContain("S413 优");
    const tooMany = evaluation("96", "105%", "优").replace("得分38分", "得分42分");
    expect(rules(report(tooMany))).toContain("S415 0至40");
  });
});
