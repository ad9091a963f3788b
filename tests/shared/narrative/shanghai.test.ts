import { describe, expect, it } from "vitest";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import {
  reads,
  sentences,
  shanghai,
  table,
  wan,
  withCell,
  withFacts,
  withNarrative,
  without,
  withPerformance,
  withPrior,
  withSections,
} from "./reports.ts";

const spending = withSections(shanghai, {
  t09: table("t09", {
    total: { initial: 20, final: 16 },
    abroad: { initial: 8, final: 8 },
    vehicles: { initial: 10, final: 6 },
    vehicle_running: { initial: 10, final: 6 },
    reception: { initial: 2, final: 2 },
    reception_domestic: { final: 1.5 },
    reception_domestic_foreign: { final: 0.5 },
    reception_overseas: { final: 0.5 },
    abroad_groups: { final: 1 },
    abroad_persons: { final: 3 },
    vehicles_kept: { final: 4 },
    domestic_batches: { final: 6 },
    domestic_persons: { final: 40 },
    domestic_batches_foreign: { final: 1 },
    domestic_persons_foreign: { final: 5 },
    overseas_batches: { final: 1 },
    overseas_persons: { final: 2 },
  }),
  facts: {
    ...shanghai.sections.facts,
    prior: {
      ...shanghai.sections.facts.prior,
      "t09/total/final": wan(12),
      "t09/abroad/final": 0,
      "t09/vehicles/final": wan(10),
      "t09/reception/final": wan(2),
    },
  },
});

describe("the Shanghai narrative", () => {
  it("keeps the eleven statutory chapters in order", () => {
    expect(writeNarrative(shanghai).chapters.map(({ id }) => id)).toEqual([
      "overall",
      "income",
      "expense",
      "fiscal",
      "general",
      "basic",
      "three_public",
      "fund",
      "capital",
      "performance",
      "other",
    ]);
  });

  it("names the department and compares totals with the prior year", () => {
    expect(reads(shanghai, "overall.total")).toMatch(
      /^示例区财政局2024年度收入支出总计2995.39万元，较2023年减少56.95万元，下降1.87%，主要原因是：/,
    );
    expect(reads(shanghai, "fiscal.total")).toBe(
      "示例区财政局2024年度财政拨款收入支出总计2961.68万元，与2023年持平。",
    );
  });

  it("lists only the kinds of income and expense that occur", () => {
    expect(reads(shanghai, "income.composition")).toBe(
      "本年收入合计2946.25万元，其中：财政拨款收入2940.05万元，占99.79%；其他收入6.2万元，占0.21%。",
    );
    const nothing = withSections(shanghai, { t02: table("t02", { total: { total: 0 } }) });
    expect(reads(nothing, "income.composition")).toBe("本年收入合计0万元。");
  });

  it("takes the share of every class in the whole, where a published report had 71.73%", () => {
    expect(reads(shanghai, "general.composition")).toContain(
      "一般公共服务支出（类）2106.66万元，占71.65%",
    );
  });

  it("itemises every 项 with purpose, budget, final and verdict", () => {
    const complete = withNarrative(shanghai, {
      reasons: { "class.2010601": "人员变动。" },
      purposes: { 2010601: "局机关开支。" },
    });
    expect(reads(complete, "general.item.2010601")).toBe(
      "一般公共服务支出（类）财政事务（款）行政运行（项）。主要用于：局机关开支。" +
        "年初预算为1560.05万元，支出决算为1511.89万元。决算数小于预算数的主要原因：人员变动。",
    );
    expect(reads(complete, "general.item.2010602")).toMatch(
      /主要用于：〔待填：.*的主要用途〕。年初预算为10万元，支出决算为10万元。决算数与预算数持平。$/,
    );
    const items = [...sentences(complete).keys()].filter((id) => id.startsWith("general.item."));
    expect(items.map((id) => id.slice(-7))).toEqual(["2010601", "2010602", "2010608", "2080501"]);
  });

  it("states a 项 without a budget, and one that was not spent on", () => {
    const unplanned = withCell(shanghai, "t05/2010699/total", wan(3));
    expect(reads(unplanned, "general.item.2010699")).toMatch(
      /。无年初预算，支出决算为3万元。决算数大于预算数的主要原因：/,
    );
    const unspent = withFacts(shanghai, {
      initialBudget: { total: wan(3000), byCode: { 2101101: wan(62.29) } },
    });
    expect(reads(unspent, "general.item.2101101")).toMatch(
      /年初预算为62.29万元，无支出决算。决算数小于预算数的主要原因：/,
    );
  });

  it("keeps budgets of the other funds out of the general budget", () => {
    const funds = withFacts(
      withSections(shanghai, {
        t07: table("t07", {
          total: { income: 100, total: 90 },
          212: { total: 90 },
          21208: { total: 90 },
          2120899: { total: 90 },
        }),
      }),
      {
        initialBudget: {
          total: wan(1100),
          byCode: { 2010601: wan(1000), 2120899: wan(80), 2230105: wan(20) },
        },
      },
    );
    expect(reads(funds, "general.budget")).toContain("年初预算为1000万元");
    expect(sentences(funds).has("general.item.2120899")).toBe(false);
    expect(reads(funds, "fund.total")).toBe(
      "政府性基金预算财政拨款收入100万元，支出90万元，支出具体情况如下：",
    );
    expect(reads(funds, "fund.item.2120899")).toMatch(/年初预算为80万元，支出决算为90万元。/);
    expect(reads(funds, "capital.item.2230105")).toMatch(/年初预算为20万元/);
  });

  it("says that there are no other funds when their tables are empty", () => {
    expect(reads(shanghai, "fund.total")).toBe(
      "示例区财政局2024年度无政府性基金预算财政拨款收入和支出。",
    );
    expect(reads(shanghai, "capital.total")).toBe(
      "示例区财政局2024年度无国有资本经营预算财政拨款收入和支出。",
    );
  });

  it("names the economic items that have a figure and no other", () => {
    expect(reads(shanghai, "basic.total")).toBe(
      "一般公共预算财政拨款基本支出2336.91万元，其中：人员经费2152.26万元，主要包括：" +
        "基本工资、津贴补贴、退休费、奖励金；公用经费184.65万元，主要包括：办公费、办公设备购置。",
    );
  });
});

describe("“三公” in Shanghai", () => {
  it("says that nothing was spent of the budget", () => {
    expect(reads(shanghai, "three_public.budget")).toMatch(
      /^“三公”经费财政拨款支出年初预算为0.95万元，无支出决算，完成预算的0%，/,
    );
    expect(reads(shanghai, "three_public.prior")).toBe(
      "2024年度“三公”经费财政拨款支出决算与2023年持平。",
    );
    expect(reads(shanghai, "three_public.shares")).toBe(
      "示例区财政局2024年度无“三公”经费财政拨款支出。",
    );
    expect(sentences(shanghai).has("three_public.abroad")).toBe(false);
  });

  it("states completions, changes, shares and counts", () => {
    expect(reads(spending, "three_public.budget")).toMatch(
      /支出决算为16万元，完成预算的80%，其中：因公出国（境）费支出决算为8万元，完成预算的100%；公务用车/,
    );
    expect(reads(spending, "three_public.prior")).toMatch(
      new RegExp(
        "^2024年度“三公”经费财政拨款支出决算较2023年增加4万元，增长33.33%。其中：" +
          "因公出国（境）费支出决算较2023年增加8万元（2023年无此项，增减率不可比），主要原因是：.*；" +
          "公务用车购置及运行维护费支出决算较2023年减少4万元，下降40%，主要原因是：.*；" +
          "公务接待费支出决算与2023年持平。$",
      ),
    );
    expect(reads(spending, "three_public.shares")).toContain(
      "因公出国（境）费支出决算8万元，占50%；公务用车购置及运行维护费支出决算6万元，占37.50%；",
    );
    expect(reads(spending, "three_public.abroad")).toMatch(/团组1个、累计3人次。开支内容包括：/);
    expect(reads(spending, "three_public.vehicle_purchase")).toBe("无公务用车购置支出。");
    expect(reads(spending, "three_public.vehicles_kept")).toContain("保有量为4辆");
    expect(reads(spending, "three_public.reception_domestic")).toBe(
      "其中：国内公务接待支出1.5万元（含外宾接待支出0.5万元），国内公务接待6批次、40人次，" +
        "其中：接待外宾1批次、5人次。",
    );
    expect(reads(spending, "three_public.reception_overseas")).toContain("1批次、2人次");
  });

  it("states no domestic reception where all of it was abroad", () => {
    const abroad = withCell(spending, "t09/reception_domestic/final", 0);
    expect(sentences(abroad).has("three_public.reception_domestic")).toBe(false);
  });

  it("prints the prior-year change of the total once it is known", () => {
    const prior = without(spending.sections.facts.prior, "t09/total/final");
    expect(reads(withFacts(spending, { prior }), "three_public.prior")).toContain(
      "较2023年〔待填：2023年“三公”经费财政拨款〕",
    );
    expect(
      reads(withPrior(spending, { "t09/total/final": wan(16) }), "three_public.prior"),
    ).toContain("支出决算与2023年持平");
  });
});

describe("other matters in Shanghai", () => {
  it("tell the operating cost, or that there is none", () => {
    expect(reads(shanghai, "operating_cost")).toMatch(
      /^机关运行经费支出184.65万元，较2023年增加2.55万元，增长1.40%，/,
    );
    const none = withFacts(shanghai, { operatingCost: { current: 0, prior: 0 } });
    expect(reads(none, "operating_cost")).toBe("示例区财政局2024年度无机关运行经费支出。");
  });

  it("state procurement with what was reserved, and mark what was not filled in", () => {
    expect(reads(shanghai, "procurement.total")).toContain("为251.26万元，其中：货物采购金额4.79");
    expect(reads(shanghai, "procurement.reserved")).toContain("预算金额246.47万元");
    const bought = shanghai.sections.facts.procurement;
    if (bought === undefined) throw new Error("fixture");
    const rest = without(bought, "reserved");
    expect(reads(withFacts(shanghai, { procurement: rest }), "procurement.reserved")).toContain(
      "〔待填：",
    );
  });

  it("tell vehicles by kind and equipment", () => {
    expect(reads(shanghai, "assets.vehicles")).toBe(
      "截至2024年12月31日，示例区财政局共有车辆0辆，其中：其他用车0辆。",
    );
    expect(reads(shanghai, "assets.equipment")).toContain("2台（套）");
  });

  it("count projects by grade in Shanghai's words", () => {
    expect(reads(shanghai, "performance.evaluated")).toBe(
      "绩效自评的2024年度项目2个，涉及预算金额598.42万元，平均得分85.75分（其中，" +
        "绩效评级为“优”的项目1个；绩效评级为“良”的项目0个；绩效评级为“合格”的项目1个；" +
        "绩效评级为“不合格”的项目0个）。",
    );
    const performance = without(shanghai.sections.performance, "management");
    const incomplete = withSections(shanghai, { performance });
    expect(sentences(incomplete).has("performance.problems")).toBe(false);
    expect(reads(withPerformance(incomplete, { projects: [] }), "performance.evaluated")).toContain(
      "〔待填：",
    );
  });
});
