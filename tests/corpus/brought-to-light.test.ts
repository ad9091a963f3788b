import { describe, expect, it } from "vitest";
import { checkPrintedReport } from "../../shared/checks/text/check-printed-report.ts";
import { checkText } from "../../shared/checks/text/check-text.ts";

import { editions } from "../../shared/forms/editions.ts";
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
    expect(report.sections.t09.rows.map(({ key }) => key)).toContain("abroad_groups");
    const checked = checkPrintedReport(printedOf(report, ""), editions);
    expect(checked.ok && checked.value.filter(({ severity }) => severity !== "hint")).toEqual([]);
  });
});
