import { plain, sentence, type Pen } from "../pen.ts";
import { fact } from "../sources.ts";
import type { Chapter } from "../written.ts";

/** 六、机关运行经费支出情况说明: of the administrative units, against last year. */
export function operatingCostChapter(pen: Pen): Chapter {
  const current = fact("facts.operatingCost.current");
  const base = fact("facts.operatingCost.prior");
  const { units, operatingCost } = pen.report.sections.facts;
  const noneAdministrative = units.length > 0 && units.every((unit) => !unit.administrative);
  const what = "机关运行经费支出";
  const told =
    operatingCost === undefined && noneAdministrative
      ? sentence(
          "operating_cost",
          pen.self,
          { figure: "无", source: fact("facts.units") },
          `行政单位和参照公务员法管理事业单位，${pen.year}年度无机关运行经费支出。`,
        )
      : sentence(
          "operating_cost",
          `${pen.self}${pen.year}年度机关运行经费支出`,
          pen.amount(current, what),
          "（与部门决算中行政单位和参照公务员法管理事业单位财政拨款基本支出中公用经费之和一致）",
          pen.change({ of: { current, base }, what, subject: "决算数" }),
          pen.reason({
            slot: "operating_cost",
            what,
            current,
            base,
            against: `${pen.priorYear}年`,
          }),
          "。",
        );
  return {
    id: "operating_cost",
    heading: "六、机关运行经费支出情况说明",
    paragraphs: [plain(told)],
  };
}
