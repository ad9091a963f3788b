import { describe, expect, it } from "vitest";
import { jiangxi2022 } from "../../examples/editions.ts";
import { memberName } from "../../../shared/report/member-name.ts";
import { recordIds } from "../../../shared/report/section-ids.ts";
import { loadExample } from "../../examples/load-example.ts";

const edition = jiangxi2022;

/** The path of every figure and text in a section. */
function paths(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => paths(inner, [...path, key]));
}

describe("the name of a member of a section", () => {
  it("is that of the screen it is typed on", () => {
    const name = (...path: string[]) => memberName("facts", path, { edition, firstIs: 0 });
    expect(name("people", "active")).toBe("年末人员 在职人员");
    expect(name("prior", "t01/opening/final")).toBe("上年数 公开01表 第29行 年初结转和结余");
    expect(name("initialBudget", "byCode", "208")).toBe(
      "财政拨款支出年初预算 按科目 208 社会保障和就业支出",
    );
    expect(name("units", "0", "name")).toBe("纳入决算编制范围的单位 第 1 项 单位名称");
    expect(name()).toBe("基本情况与补充数据");
  });

  it("counts list entries from one, from where the path counts them", () => {
    const path = ["selfEvaluations", "2", "indicators", "1", "actual"];
    expect(memberName("performance", path, { edition, firstIs: 0 })).toBe(
      "项目支出绩效自评表 第 3 项 绩效指标 第 2 项 实际完成值",
    );
    expect(memberName("performance", path, { edition, firstIs: 1 })).toBe(
      "项目支出绩效自评表 第 2 项 绩效指标 第 1 项 实际完成值",
    );
  });

  it("never is a word of the code, for whatever two whole reports hold", () => {
    for (const report of [loadExample("jingdezhen-2022"), loadExample("putuo-2024")]) {
      for (const section of recordIds.filter((id) => !/narrative|explanations/u.test(id))) {
        for (const path of paths(report.sections[section])) {
          const name = memberName(section, path, { edition: report.edition, firstIs: 0 });
          expect(name, path.join(".")).not.toMatch(/[A-Za-z_]{2,}|\w\.\w|^$/u);
        }
      }
    }
  });
});
