import { describe, expect, it } from "vitest";
import { checkPrintedReport } from "../../shared/checks/text/check-printed-report.ts";
import { checkText } from "../examples/check-text.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

import { shippedEditions } from "../../shared/editions/shipped-editions.ts";
import { generateReport } from "./generate.ts";
import { printedOf } from "./realise.ts";

/** Errors and warnings of a text, as rule ids with what they quote as wrong. */
const raised = (...lines: readonly string[]) =>
  checkText(lines.join("\n"))
    .filter(({ severity }) => severity !== "hint")
    .map(({ rule, actual = "" }) => `${rule} ${actual}`.trim());

const travel = "五、财政拨款“三公”经费支出决算情况说明";

describe("a sentence about nothing spent", () => {
  it("is not reckoned with the figures of the sentence before", () => {
    expect(
      raised(
        travel,
        "（三）公务用车购置及运行维护费支出3.98万元，其中：公务用车购置支出本年无预算和支出，决算数较2021年减少0.9万元，下降100%，主要原因是：上年已更新车辆。",
      ),
    ).toEqual([]);
    expect(
      raised(
        travel,
        "“三公”经费财政拨款支出年初预算为49.25万元，支出决算为34.94万元，完成预算的70.94%，其中：因公出国（境）费支出无决算，完成预算的0%。决算数小于预算数的主要原因：团组取消。",
      ),
    ).toEqual([]);
  });

  it("fell by all there was", () => {
    expect(
      raised(
        travel,
        "（一）因公出国（境）支出本年无预算和支出，决算数较2021年减少5.3万元，下降53.21%，主要原因是：团组取消。",
      ),
    ).toEqual(["R203 53.21%"]);
  });
});

describe("a list of more than 99 items", () => {
  it("is read item by item", () => {
    const item = (n: number) =>
      `${String(n)}、教育支出（类）普通教育（款）小学教育（项）。年初预算为${String(n)}.5万元，支出决算为${String(n)}.25万元。决算数小于预算数的主要原因：第${String(n)}所学校推迟开工。`;
    expect(
      raised(
        "五、一般公共预算财政拨款支出决算情况说明",
        ...Array.from({ length: 120 }, (_, index) => item(index + 1)),
      ),
    ).toEqual([]);
  });
});

describe("rows that an edition keeps and does not print", () => {
  it("are not missing from its printed tables", () => {
    const { report } = generateReport(2);
    expect(tableIn(report.sections, "t09").rows.map(({ key }) => key)).toContain("abroad_groups");
    const checked = checkPrintedReport(printedOf(report, ""), shippedEditions.all);
    expect(checked.ok && checked.value.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });
});

describe("a wrong part of a sum", () => {
  it("is reported in its own sentence with the right amount, not in that of the sum", () => {
    const [finding, ...others] = checkText(
      [
        "二、支出决算情况说明",
        "本部门2022年度支出总计4213.08万元。其中：本年支出合计3854.86万元；年末结转和结余358.22万元。",
        "本年支出的具体构成为：基本支出1075.68万元，占27.90%；项目支出2797.18万元，占72.10%。",
      ].join("\n"),
    ).filter(({ severity }) => severity !== "hint");
    expect(others).toEqual([]);
    expect(finding).toMatchObject({
      line: 3,
      quote: "项目支出2797.18万元，占72.10%",
      actual: "2797.18万元",
      expected: "2,779.18万元",
    });
  });
});

describe("what was missed", () => {
  it.each([
    [
      "a sentence that occurs twice",
      "W08 本部门2022年度收入总计5550.34万元，较2021年增加1069.79万元。",
      "一、收入决算情况说明",
      "本部门2022年度收入总计5550.34万元，较2021年增加1069.79万元。本部门2022年度收入总计5550.34万元，较2021年增加1069.79万元。",
    ],
    [
      "a trade word that occurs twice",
      "W03 预算数预算数",
      "三、财政拨款支出决算情况说明",
      "（一）卫生健康支出年初预算数预算数为116.75万元，决算数为116.75万元，完成年初预算的100%。",
    ],
    [
      "money without its unit",
      "R220 794.53",
      "三、财政拨款支出决算情况说明",
      "（一）教育支出年初预算数为794.53，决算数为794.53万元，完成年初预算的100%。",
    ],
    [
      "grades of more projects than there are",
      "R215 6个",
      "九、预算绩效评价情况说明",
      "本部门2022年度6个项目绩效自评平均得分86.54分，绩效等级为“良”，其中：评价等级为“优”的项目3个；评价等级为“良”的项目2个；评价等级为“中”的项目4个。",
    ],
    [
      "an increase above the amount",
      "R203 137.42万元",
      "二、支出决算情况说明",
      "年末结转和结余23.95万元，较2021年增加137.42万元，增长85.16%，主要原因是：上年一次性安排水质监测站。",
    ],
    [
      "an only part that is not the whole",
      "R208 4753.33万元",
      "二、支出决算情况说明",
      "本年支出合计4753.33万元。\n本年支出的具体构成为：基本支出2524.66万元，占53.11%；无经营支出、其他支出。",
    ],
    [
      "money without its unit before a bracket",
      "R220 4.51",
      travel,
      "公务接待费支出4.51（2021年无此项）。",
    ],
    [
      "a phrase for a reason",
      "R217 据实列支",
      "四、一般公共预算财政拨款基本支出决算情况说明",
      "（一）工资福利支出3454.44万元，较2021年减少1638.32万元，下降32.17%，主要原因是：据实列支。",
    ],
    [
      "a change without a reason beside one that has its own",
      "R217 31.68%",
      "二、支出决算情况说明",
      "本年支出合计15959.24万元，较2021年增加3839.56万元，增长31.68%；年末结转和结余32.02万元，较2021年减少92.22万元，下降74.23%，主要原因是：水质监测站已完工。",
    ],
  ])("is found: %s", (_, expected, ...lines) => {
    expect(raised(...lines)).toEqual([expected]);
  });

  it("is found: guests counted otherwise than in the table", () => {
    const rows =
      "其中：外事接待批次（个） 1\n其中：外事接待人次（人） 3\n8.国（境）外公务接待人次（人） 2";
    expect(
      raised(
        "财政拨款“三公”经费支出决算表\n公开09表\n编制单位：某局",
        rows,
        "第三部分 2022年度部门决算情况说明",
        travel,
        "全年国内公务接待70批，累计接待560人次，其中外事接待1批，累计接待4人次，国（境）外公务接待1批，累计接待7人次。",
      ),
    ).toEqual(["R213 4", "R213 7"]);
  });
});

describe("a table of wrong names", () => {
  it("is read by its codes, and its names are reported once", () => {
    const { report } = generateReport(17);
    const t05 = tableIn(report.sections, "t05").rows.map((row) =>
      row.key.length === 7 ? { ...row, name: "无此科目" } : row,
    );
    const wrong = { ...report, sections: { ...report.sections, t05: { rows: t05 } } };
    const checked = checkPrintedReport(printedOf(wrong, ""), shippedEditions.all);
    const rules = checked.ok
      ? checked.value.filter(({ severity }) => severity !== "hint").map(({ rule }) => rule)
      : [];
    expect(new Set(rules)).toEqual(new Set(["F007"]));
  });
});
