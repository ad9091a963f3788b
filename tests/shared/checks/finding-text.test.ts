import { describe, expect, it } from "vitest";
import { checkReport } from "../../../shared/checks/check-report.ts";
import type { Finding } from "../../../shared/checks/finding.ts";
import { findingWords } from "../../../shared/checks/finding-words.ts";
import {
  findingSentence,
  ledgerReasonText,
  ruleStatement,
} from "../../../shared/checks/finding-text.ts";
import { cellName, tableName } from "../../../shared/forms/place-name.ts";
import { rulesOver } from "../../../shared/checks/rule-book.ts";
import { variedEditions } from "../../examples/varied-editions.ts";
import { jiangxi2022, shanghai2024 } from "../../examples/editions.ts";
import { casesOf } from "../../case-count.ts";
import type { Report } from "../../../shared/report/report.ts";
import { caseBook } from "./case-book.ts";
import {
  digit,
  replaced,
  shifted,
  soundReport,
  soundShanghaiReport,
  type Change,
} from "./sound-report.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

const sound = soundReport();
const shanghai = soundShanghaiReport();

/** How the rule's first finding reads. */
function sentence(report: Report, rule: string): string {
  const finding = checkReport(report).findings.find((each) => each.rule === rule);
  if (finding === undefined) throw new Error(`${rule} found nothing`);
  return findingSentence(finding, report.edition);
}

const moved = (change: Change, rule: string) => sentence(shifted(sound, change), rule);
const set = (change: Change, rule: string) => sentence(replaced(sound, change), rule);

describe("a finding in words", () => {
  it("says where, what was found, what is right and how far apart, in 万元", () => {
    expect(moved({ "t01/income_total/final": 55 * digit }, "R101")).toBe(
      "公开01表 第27行 本年收入合计：填列为967.74万元，应为967.19万元（公开02表 合计 本年收入合计），多0.55万元。" +
        "请核对本数与公开02表 合计 本年收入合计，改正有误的一处。",
    );
  });

  it("spells a sum out, and what is taken away from it", () => {
    expect(moved({ "t04/closing/fund": 100 * digit }, "R037")).toContain(
      "填列为9.00万元，应为8.00万元（= 90.00 + 5.50 − 87.50），多1.00万元",
    );
  });

  it("counts the terms of a long sum instead of listing all", () => {
    expect(moved({ "t01/income_total/final": 55 * digit }, "R001")).toContain("… 共8项）");
  });

  it("calls an empty cell not filled", () => {
    expect(set({ "t02/201/total": null }, "R010")).toContain(
      "公开02表 201 一般公共服务支出 本年收入合计：未填列，应为758.87万元",
    );
  });

  it("shows as many decimals as a difference in 分 needs", () => {
    const report = shifted(soundReport({ enteredIn: "yuan" }), { "t01/closing/final": -1 });
    expect(sentence(report, "R004")).toContain("多0.000001万元");
  });

  it("names what exceeds what, without naming the table twice", () => {
    expect(moved({ "t09/domestic_batches/final": 300 }, "R086")).toBe(
      "公开09表 第15行 5.国内公务接待批次（个） 决算数：305超过第17行 6.国内公务接待人次（人） 决算数33，超出272。" +
        "请核对本数及其相关各数，改正有误的一处；确属实际情况的，填写说明。",
    );
  });

  it("says which figure asks for another", () => {
    expect(set({ "t09/abroad_groups/final": null }, "R084")).toContain(
      "未填列或为0，而第2行 1.因公出国（境）费 决算数有数。请补填本数",
    );
    expect(set({ "t09/vehicle_purchase/final": null }, "R085")).toContain(
      "填列为1，而第4行 （1）公务用车购置费 决算数未填列或为0",
    );
  });

  it("asks for last year's figure or a reason when the years do not join", () => {
    expect(moved({ "t01/opening/final": 720_0000 }, "R190")).toContain(
      "（上年公开01表 第60行 年末结转和结余），多7.20万元。请核对上年年末数；年初数经调整的，说明调整的原因和依据",
    );
  });

  it("words rounding as what it is", () => {
    expect(moved({ "t01/expense_sum/final": digit }, "R004")).toContain(
      "与应有数相差0.01万元，为四舍五入尾差",
    );
  });

  it("words faults of form like the import does", () => {
    expect(set({ "t09/reception_domestic/initial": 0 }, "R089")).toContain(
      "公开09表 第7行 （1）国内接待费 年初预算数：此格不填数",
    );
    expect(set({ "t01/invented/final": 5 }, "F002")).toContain("公开01表 invented：表中没有这一行");
  });

  it.each([
    ["F008", "公开03表 20805 行政事业单位养老支出：科目名称“行政事业单位离退休”只用到2019年度"],
    ["F009", "科目“社会工作事务”自2024年度起才设立"],
    ["R038", "“一般公共服务支出”是一般公共预算的支出科目，不列在此处"],
    ["R042", "“国有土地使用权出让收入安排的支出”是政府性基金预算的支出科目"],
    ["R043", "“一般行政管理事务”填列了0.000001万元，该科目只列项目支出"],
    ["R095", "按第13行 3.公务用车购置数（辆） 决算数平均为50.000001万元，超过通常的50.00万元"],
    ["R118", "填列为0.000001万元，而所列单位均为行政单位"],
    ["R196", "上年公开01表 第27行 本年收入合计："],
    ["R231", "500,000.00万元与上年数50.00万元相差约10000倍"],
  ])("says what is wrong with codes, averages and other years: %s", (id, words) => {
    const [failing] = caseBook[id]?.failing ?? [];
    if (failing === undefined) throw new Error(`${id} has no case.`);
    expect(sentence(failing.report, id)).toContain(words);
  });

  it.each(Object.entries(caseBook))("leaves no blank open: %s", (id, { failing }) => {
    for (const { report } of failing) {
      expect(sentence(report, id)).not.toMatch(/[{}]|undefined|NaN|：，|，，/u);
    }
  });

  it("names both sides' 总计 differently", () => {
    expect(cellName("t01/income_sum/final", shanghai2024)).toBe("《收入支出决算总表》 收入总计");
    expect(cellName("t01/expense_sum/final", shanghai2024)).toBe("《收入支出决算总表》 支出总计");
    expect(cellName("t04/general/final", shanghai2024)).toBe(
      "《财政拨款收入支出决算总表》 一、一般公共预算财政拨款",
    );
    expect(cellName("t04/opening_general/final", shanghai2024)).toBe(
      "《财政拨款收入支出决算总表》 年初财政拨款结转和结余 一、一般公共预算财政拨款",
    );
  });

  it("names tables as the edition does, in rules too", () => {
    expect(tableName("t09", shanghai2024)).toBe("《财政拨款“三公”经费支出决算表》");
    expect(ruleStatement("R005", jiangxi2022)).toBe("公开01表：收入总计 = 支出总计");
    expect(ruleStatement("R005", shanghai2024)).toBe("《收入支出决算总表》：收入总计 = 支出总计");
    for (const { id } of rulesOver("cells")) {
      expect(ruleStatement(id, shanghai2024)).not.toMatch(/公开\d|t\d\d/u);
    }
  });
});

describe("every cell of every edition", () => {
  it.each(variedEditions)("has a name of its own in $id", (edition) => {
    const names = edition.forms.flatMap(({ id, blocks }) =>
      blocks.flatMap(({ rows, columns }) =>
        rows === "by-function-code"
          ? []
          : rows.flatMap((row) =>
              "blank" in row
                ? []
                : columns.map((column) => cellName(`${id}/${row.key}/${column.key}`, edition)),
            ),
      ),
    );
    expect(new Set(names).size).toBe(names.length);
  });
});

describe("whatever the book can find", () => {
  it("can be worded, for any figure of any table gone wrong", () => {
    for (const [report, go] of [
      [sound, (cell: string) => shifted(sound, { [cell]: 333 * digit })],
      [shanghai, (cell: string) => replaced(shanghai, { [cell]: null })],
    ] as const) {
      for (const cell of casesOf(filledCells(report))) {
        const wrong = go(cell);
        for (const finding of checkReport(wrong).findings) expectWorded(finding, wrong);
      }
    }
  }, 60_000);
});

const filledCells = ({ edition, sections }: Report): readonly string[] =>
  edition.forms.flatMap(({ id }) =>
    tableIn(sections, id).rows.flatMap(({ key, cells }) =>
      Object.keys(cells).map((column) => `${id}/${key}/${column}`),
    ),
  );

function expectWorded(finding: Finding, { edition }: Report): void {
  for (const part of [
    ...Object.values<string>({ ...findingWords(finding, edition) }),
    ruleStatement(finding.rule, edition),
  ]) {
    expect(part).not.toMatch(/undefined|NaN|\bt\d\d\/|^$/u);
  }
}

describe("the ledger in words", () => {
  it("says why a rule did not run", () => {
    expect(ledgerReasonText({ kind: "no_prior_year" }, jiangxi2022)).toBe("没有上年数");
    expect(ledgerReasonText({ kind: "duplicate_rows", table: "t03" }, jiangxi2022)).toBe(
      "公开03表有重复的行，改正后才能核对",
    );
  });
});
