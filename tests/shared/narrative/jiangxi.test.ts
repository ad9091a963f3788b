import { describe, expect, it } from "vitest";
import { narrativeText } from "../../examples/narrative-text.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import {
  jiangxi,
  reads,
  sentences,
  table,
  wan,
  withAllReasons,
  withCell,
  withFacts,
  withNarrative,
  without,
  withPerformance,
  withPrior,
  withSections,
} from "./reports.ts";

const reasons = (given: Record<string, string>) => withNarrative(jiangxi, { reasons: given });

describe("the published figures, written anew", () => {
  const text = narrativeText(writeNarrative(withAllReasons(jiangxi)));

  it.each([
    "90.93%",
    "114.60%",
    "280.91%",
    "108.63%",
    "115.90%",
    "8.58%",
    "67.95%",
    "57.24%",
    "22.22%",
    "71.26%",
    "58.89%",
    "39.73%",
  ])("come out right: %s", (right) => {
    expect(text).toContain(right);
  });

  it.each([
    "1002.25",
    "53.4%",
    "279.61",
    "108.68",
    "7.9%",
    "211.98",
    "140%",
    "28.57",
    "247.90",
    "58.88%",
    "115.89",
    "增加（减少）",
    "增长（下降）",
    "增下降",
    "待填",
  ])("do not carry the published fault %s", (wrong) => {
    expect(text).not.toContain(wrong);
  });

  it("keep the nine statutory chapters in order", () => {
    expect(writeNarrative(jiangxi).chapters.map(({ id }) => id)).toEqual([
      "income",
      "expense",
      "fiscal",
      "basic",
      "three_public",
      "operating_cost",
      "procurement",
      "assets",
      "performance",
    ]);
  });
});

describe("income and expense", () => {
  it("tell the total with its difference and without a rate", () => {
    expect(reads(jiangxi, "income.total")).toBe(
      "本部门2022年度收入总计4914.2万元，较2021年减少113.45万元。",
    );
  });

  it("speak of the unit in a unit's report", () => {
    const unit = { ...jiangxi, identity: { ...jiangxi.identity, kind: "unit" as const } };
    expect(reads(unit, "expense.total")).toMatch(/^本单位2022年度支出总计/);
    expect(narrativeText(writeNarrative(unit))).not.toContain("本部门");
  });

  it("follow a changed cell", () => {
    const changed = withCell(jiangxi, "t01/income_total/final", wan(2000));
    expect(reads(changed, "income.year")).toMatch(
      /^本年收入合计2000万元，较2021年减少169.06万元，下降7.79%，/,
    );
  });

  it("call an unchanged figure 持平, without rate and reason even when one is stored", () => {
    const same = withPrior(reasons({ "income.year": "增收" }), {
      "t01/income_total/final": wan(4654.86),
    });
    expect(reads(same, "income.year")).toBe("本年收入合计4654.86万元，与2021年持平。");
  });

  it("call a change below 0.01 万元 基本持平", () => {
    const near = withPrior(jiangxi, { "t01/income_total/final": wan(4654.86) + 4_000 });
    expect(reads(near, "income.year")).toBe("本年收入合计4654.86万元，与2021年基本持平。");
  });

  it("print no rate on a prior year of 0", () => {
    const first = withPrior(jiangxi, { "t01/income_total/final": 0 });
    expect(reads(first, "income.year")).toMatch(
      /较2021年增加4654.86万元（2021年无此项，增减率不可比），主要原因是：/,
    );
  });

  it("print no rate across negative carry-overs", () => {
    const negative = withCell(jiangxi, "t01/closing/final", wan(-5));
    expect(reads(negative, "expense.closing")).toMatch(
      /^年末结转和结余-5万元，较2021年减少257.14万元（数据含负数，增减率不可比）/,
    );
  });

  it("mark a missing figure and a missing prior figure, and print neither as 0", () => {
    const prior = without(jiangxi.sections.facts.prior, "t01/opening/final");
    const withoutPrior = withFacts(jiangxi, { prior });
    expect(reads(withoutPrior, "income.opening")).toBe(
      "其中：年初结转和结余259.34万元，较2021年〔待填：2021年年初结转和结余〕；",
    );
    const withoutTotal = withCell(jiangxi, "t01/income_sum/final", undefined);
    expect(reads(withoutTotal, "income.total")).toBe("本部门2022年度收入总计〔待填：收入总计〕。");
  });

  it("say that there is no opening balance when a filled table leaves it blank", () => {
    const none = withPrior(withCell(jiangxi, "t01/opening/final", undefined), {
      "t01/opening/final": 0,
    });
    expect(reads(none, "income.opening")).toBe("其中：无年初结转和结余，与2021年持平；");
  });

  it("list every kind of income that is not 0, so that the shares make up 100%", () => {
    const more = withSections(jiangxi, {
      t02: table("t02", {
        total: { total: 100, fiscal: 50, superior: 20, business: 10, affiliate: 15, other: 5 },
      }),
    });
    expect(reads(more, "income.composition")).toBe(
      "本年收入的具体构成为：财政拨款收入50万元，占50%；上级补助收入20万元，占20%；" +
        "事业收入10万元，占10%；附属单位上缴收入15万元，占15%；其他收入5万元，占5%；无经营收入。",
    );
  });

  it("give no shares of a year without income", () => {
    const nothing = withSections(jiangxi, {
      t02: table("t02", { total: { total: 0, fiscal: 0 } }),
    });
    expect(reads(nothing, "income.composition")).toBe(
      "本年收入的具体构成为：财政拨款收入0万元；无事业收入、经营收入、其他收入。",
    );
  });

  it("add up 上缴上级 and 对附属单位 as 其他支出", () => {
    const more = withSections(jiangxi, {
      t03: table("t03", { total: { total: 10, basic: 6, to_superior: 1, to_affiliate: 3 } }),
    });
    expect(reads(more, "expense.composition")).toContain(
      "其他支出（对附属单位补助支出、上缴上级支出）4万元，占40%",
    );
  });
});

describe("a reason", () => {
  it("is printed where the figures differ, with one full stop and on one line", () => {
    const given = reasons({ "income.year": "主要原因是：新增专项\n资金。。" });
    expect(reads(given, "income.year")).toMatch(/，主要原因是：新增专项资金。$/);
  });

  it("is marked where it is required and missing, or says nothing", () => {
    expect(reads(jiangxi, "income.year")).toContain("〔待填：本年收入合计较2021年变动的主要原因〕");
    expect(reads(reasons({ "income.year": "。" }), "income.year")).toContain("〔待填：");
  });

  it("is left out where it is optional and missing", () => {
    expect(reads(jiangxi, "income.opening")).toMatch(/下降90.93%；$/);
    expect(reads(reasons({ "income.opening": "上年集中支付" }), "income.opening")).toMatch(
      /，主要原因是：上年集中支付；$/,
    );
  });

  it("is text, whatever it looks like", () => {
    const markup = "<b>增收</b>{{x}}";
    const sentence = sentences(reasons({ "income.year": markup })).get("income.year");
    expect(sentence?.parts).toContainEqual({ reason: markup, slot: "income.year" });
  });
});

describe("fiscal expense by class", () => {
  it("lists every class with a budget or a final figure, with the right completion", () => {
    const ids = [...sentences(jiangxi).keys()].filter((id) => id.startsWith("fiscal.class."));
    expect(ids).toEqual(["201", "208", "210", "215", "221"].map((c) => `fiscal.class.${c}`));
    expect(reads(jiangxi, "fiscal.class.201")).toMatch(
      /^一般公共服务支出年初预算数为1571.75万元，决算数为1707.45万元，完成年初预算的108.63%，主要/,
    );
  });

  it("prints no completion without a budget, and asks why", () => {
    expect(reads(jiangxi, "fiscal.class.215")).toMatch(
      /^资源勘探工业信息等支出无年初预算，决算数为2910.73万元，主要原因是：〔待填/,
    );
    const zero = withFacts(jiangxi, {
      initialBudget: { total: wan(1689.1), byCode: { 215: 0 } },
    });
    expect(reads(zero, "fiscal.class.215")).toMatch(/^资源勘探工业信息等支出无年初预算，/);
  });

  it("states a class that was budgeted and not spent", () => {
    const unspent = withFacts(jiangxi, {
      initialBudget: { total: wan(1689.1), byCode: { 224: wan(3) } },
    });
    expect(reads(unspent, "fiscal.class.224")).toMatch(
      /^灾害防治及应急管理支出年初预算数为3万元，无决算支出，完成年初预算的0%，主要原因是：/,
    );
  });

  it("asks for no reason where the budget was met exactly", () => {
    expect(reads(jiangxi, "fiscal.class.210")).toBe(
      "卫生健康支出年初预算数为24.95万元，决算数为24.95万元，完成年初预算的100%。",
    );
  });

  it("leaves out a class of 0 and 0", () => {
    const zero = withCell(jiangxi, "t04/205/total", 0);
    expect(sentences(zero).has("fiscal.class.205")).toBe(false);
  });

  it("sums budgets that are given by 项", () => {
    const byItem = withFacts(jiangxi, {
      initialBudget: { total: wan(5), byCode: { 2010301: wan(2), 2010302: wan(3), 20103: wan(5) } },
    });
    expect(reads(byItem, "fiscal.class.201")).toContain("年初预算数为5万元");
  });

  it("marks the budget when none was given at all", () => {
    const facts = without(jiangxi.sections.facts, "initialBudget");
    const none = withSections(jiangxi, { facts });
    expect(reads(none, "fiscal.total")).toContain("〔待填：财政拨款本年支出年初预算数〕");
    expect(reads(none, "fiscal.class.201")).toContain("〔待填：一般公共服务支出年初预算数〕");
    expect(reads(none, "fiscal.class.201")).not.toContain("%");
  });
});

describe("basic expense", () => {
  it("states 资本性支出 only where there is or was any", () => {
    expect(sentences(jiangxi).has("basic.310")).toBe(false);
    const gone = withPrior(jiangxi, { "t06/310/final": wan(4) });
    expect(reads(gone, "basic.310")).toMatch(
      /^无资本性支出，较2021年减少4万元，下降100%，主要原因是：/,
    );
  });

  it("asks for the prior figure of an item that is spent on this year", () => {
    const bought = withCell(jiangxi, "t06/310/final", wan(4));
    expect(reads(bought, "basic.310")).toBe(
      "资本性支出4万元，较2021年〔待填：2021年资本性支出〕。",
    );
  });
});

describe("“三公” expense", () => {
  it("states completion, change and both reasons", () => {
    const complete = reasons({
      "three_public.reception.prior": "来访减少",
      "three_public.reception.budget": "从严控制。",
    });
    expect(reads(complete, "three_public.reception")).toBe(
      "公务接待费支出全年预算数为2.4万元，决算数为0.7万元，完成全年预算的29.17%，" +
        "决算数较2021年减少0.2万元，下降22.22%，主要原因是：来访减少。",
    );
    expect(reads(complete, "three_public.reception.budget")).toBe(
      "决算数较全年预算数减少的主要原因是：从严控制。",
    );
    expect(reads(complete, "three_public.reception.counts")).toBe(
      "全年国内公务接待5批，累计接待33人次，其中外事接待0批，累计接待0人次。",
    );
  });

  it("takes a reason for the total, and does without", () => {
    expect(reads(jiangxi, "three_public.total")).toMatch(/下降22.22%，其中：$/);
    expect(
      reads(reasons({ "three_public.total.prior": "接待减少" }), "three_public.total"),
    ).toMatch(/下降22.22%，主要原因是：接待减少，其中：$/);
  });

  it("prints no percentage of 0 in 0 and no alternatives", () => {
    expect(reads(jiangxi, "three_public.abroad")).toBe(
      "因公出国（境）支出本年无预算和支出，决算数与2021年持平。",
    );
    expect(sentences(jiangxi).has("three_public.abroad.budget")).toBe(false);
  });

  it("says so when the budget was met, and when there was none for what was spent", () => {
    const met = withCell(jiangxi, "t09/reception/final", wan(2.4));
    expect(reads(met, "three_public.reception.budget")).toBe("决算数与全年预算数持平。");
    const unplanned = withCell(jiangxi, "t09/abroad/final", wan(1));
    expect(reads(unplanned, "three_public.abroad")).toMatch(
      /^因公出国（境）支出无全年预算，决算数为1万元，决算数较2021年增加1万元（2021年无此项/,
    );
    expect(reads(unplanned, "three_public.abroad.budget")).toMatch(/^决算数较全年预算数增加的/);
  });

  it("misses counts only where money was spent", () => {
    const blank = withSections(jiangxi, {
      t09: table("t09", {
        total: { full: 3, final: 3 },
        reception: { full: 3, final: 3 },
        abroad: { full: 0, final: 0 },
      }),
    });
    expect(reads(blank, "three_public.reception.counts")).toBe(
      "全年国内公务接待〔待填：全年国内公务接待〕，累计接待〔待填：全年累计接待〕。",
    );
    expect(sentences(blank).has("three_public.abroad.counts")).toBe(false);
  });
});

describe("operating cost", () => {
  it("is none where no unit is administrative, and missing where one is", () => {
    const facts = without(jiangxi.sections.facts, "operatingCost");
    const incomplete = withSections(jiangxi, { facts });
    expect(reads(incomplete, "operating_cost")).toContain("〔待填：机关运行经费支出〕");
    const service = withFacts(incomplete, {
      units: facts.units.map((unit) => ({ ...unit, administrative: false })),
    });
    expect(reads(service, "operating_cost")).toMatch(/2022年度无机关运行经费支出。$/);
  });
});

describe("procurement", () => {
  const bought = jiangxi.sections.facts.procurement;

  it("prints 不适用 for the share of a kind that was not bought", () => {
    expect(reads(jiangxi, "procurement.sme_by_kind")).toBe(
      "货物采购授予中小企业合同金额29.96万元，占货物支出金额的100%；" +
        "本年无政府采购工程支出，授予中小企业合同金额占比不适用；" +
        "本年无政府采购服务支出，授予中小企业合同金额占比不适用。",
    );
  });

  it("prints no share of 小微 in nothing granted", () => {
    if (bought === undefined) throw new Error("fixture");
    const none = withFacts(jiangxi, {
      procurement: { ...bought, sme: 0, micro: 0, smeGoods: 0 },
    });
    expect(reads(none, "procurement.sme")).toBe(
      "授予中小企业合同金额0万元，占政府采购支出总额的0%，其中：授予小微企业合同金额0万元。",
    );
  });

  it("says that nothing was bought, and marks what nobody filled in", () => {
    if (bought === undefined) throw new Error("fixture");
    const nothing = withFacts(jiangxi, { procurement: { ...bought, goods: 0 } });
    expect(reads(nothing, "procurement.total")).toBe("本部门2022年度无政府采购支出。");
    const facts = without(jiangxi.sections.facts, "procurement");
    const incomplete = withSections(jiangxi, { facts });
    expect(reads(incomplete, "procurement.total")).toContain("〔待填：政府采购支出总额〕");
    expect(sentences(incomplete).has("procurement.sme")).toBe(false);
  });
});

describe("assets", () => {
  it("say what other vehicles are used for when there are any", () => {
    const some = withCell(jiangxi, "t10/other_cars/final", 2);
    expect(reads(some, "assets.other_cars")).toContain("车辆数为2辆，主要用于：〔待填：");
    expect(reads(withFacts(some, { otherVehicleUse: "通勤" }), "assets.other_cars")).toBe(
      "其中，车辆中的其他用车车辆数为2辆，主要用于：通勤。",
    );
  });

  it("do not take an unfilled table for none", () => {
    const unfilled = withSections(jiangxi, { t10: { rows: [] } });
    expect(reads(unfilled, "assets.other_cars")).toContain("〔待填：其他用车数量〕");
  });
});

describe("performance", () => {
  it("reckons count, mean, share and grades", () => {
    expect(reads(jiangxi, "performance.scope")).toBe(
      "根据预算绩效管理要求，本部门组织对纳入2022年度部门预算范围的3个二级项目开展绩效自评，" +
        "涉及资金1687.81万元，占项目支出总额的39.73%。",
    );
    expect(reads(jiangxi, "performance.grades")).toBe(
      "本部门2022年度3个项目绩效自评平均得分92.99分，绩效等级为“优”，" +
        "其中：评价等级为“优”的项目2个；评价等级为“中”的项目1个。",
    );
    expect(reads(jiangxi, "performance.project.2")).toBe("印章免费刻制项目绩效自评得分79.1分；");
  });

  it("adds up the projects where no total is filled in, and marks it where one has none", () => {
    const performance = without(jiangxi.sections.performance, "amounts");
    const [first, second] = performance.projects;
    if (first === undefined || second === undefined) throw new Error("fixture");
    const incomplete = withSections(jiangxi, { performance });
    expect(reads(incomplete, "performance.scope")).toContain(
      "涉及资金〔待填：自评项目涉及资金〕。",
    );
    const complete = withPerformance(incomplete, {
      projects: [
        { ...first, amount: wan(1) },
        { ...second, amount: wan(2) },
      ],
    });
    expect(reads(complete, "performance.scope")).toContain("涉及资金3万元，占项目支出总额的0.07%");
  });

  it("misses projects where there was project spending, and needs none where there was none", () => {
    const none = withPerformance(jiangxi, { projects: [] });
    expect(reads(none, "performance.scope")).toContain("〔待填：绩效自评的项目及得分〕");
    const nothing = withCell(none, "t03/total/project", 0);
    expect(reads(nothing, "performance.scope")).toBe(
      "本部门2022年度无项目支出，无纳入绩效自评的项目。",
    );
  });

  it("says plainly that there was no overall evaluation and no evaluated project", () => {
    const performance = without(jiangxi.sections.performance, "overall", "evaluation");
    const neither = withSections(jiangxi, { performance });
    expect(reads(neither, "performance.overall")).toBe("2022年度未组织开展部门整体支出绩效评价。");
    expect(reads(neither, "performance.evaluated")).toBe("本部门2022年度无项目开展部门评价。");
  });

  it("grades the evaluated project by its score", () => {
    expect(reads(jiangxi, "performance.evaluated")).toContain("得分96.02分，绩效等级为“优”");
  });
});

describe("what people add", () => {
  it("follows the statutory paragraphs of its chapter as plain text", () => {
    const added = withNarrative(jiangxi, { additions: { income: ["另有说明。", "<i>二</i>"] } });
    const income = writeNarrative(added).chapters[0];
    expect(income?.paragraphs.slice(-2).map(({ sentences: [s] }) => s?.parts)).toEqual([
      [{ text: "另有说明。" }],
      [{ text: "<i>二</i>" }],
    ]);
  });
});

describe("a report nobody has filled in", () => {
  it("prints no amount and no percentage at all", () => {
    const text = narrativeText(writeNarrative({ ...jiangxi, sections: emptySections }));
    expect(text).not.toMatch(/\d万元|%/);
    expect(text).toContain("〔待填：收入总计〕");
  });
});
