import type { Report } from "../../report/report.ts";
import { tableIn } from "../../report/section-ids.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

/** 纳入决算编制范围的单位, 年末人员, and what kind of report it is. */

const isDepartment = ({ identity }: Report): boolean => identity.kind === "department";

/** 某局（本级） and 某局 are one unit. */
export const bareName = (name: string): string =>
  name
    .normalize("NFKC")
    .replace(/\s/gu, "")
    .replace(/\(?(?:本级|机关)\)?$/u, "");

function namedTwice(report: Report) {
  const { units } = report.sections.facts;
  return judged(
    units.map(({ name }, index): SectionFault | undefined => {
      const first = units.findIndex((other) => bareName(other.name) === bareName(name));
      if (first === index) return undefined;
      return {
        section: "facts",
        path: `facts.units.${String(index)}`,
        quote: name,
        actual: `第${String(index + 1)}个与第${String(first + 1)}个相同`,
        what: `“${name}”在单位名单里列了两次，单位个数因此多计`,
        mend: "删去重复的一个，或改正名称",
      };
    }),
  );
}

function ownName(report: Report) {
  const { identity, sections } = report;
  const [own] = sections.facts.units;
  if (!isDepartment(report) || own?.kind !== "own_office") return judged([], "condition_not_met");
  return judged([
    bareName(own.name) === bareName(identity.orgName)
      ? undefined
      : {
          section: "facts",
          path: "facts.units.0.name",
          quote: own.name,
          actual: own.name,
          expected: identity.orgName,
          what: `本级写作“${own.name}”，报告的编制单位是“${identity.orgName}”`,
          mend: "本级用编制单位的全称",
        },
  ]);
}

/** The units whose editions were added up are the ones the text names. */
function listed(report: Report) {
  const { units } = report;
  if (units === undefined) return judged([], "condition_not_met");
  const named = report.sections.facts.units;
  const names = new Set(named.map(({ name }) => bareName(name)));
  const added = new Set(units.map(({ orgName }) => bareName(orgName)));
  return judged([
    ...units.map(({ orgName }): SectionFault | undefined =>
      names.has(bareName(orgName))
        ? undefined
        : {
            section: "facts",
            path: "facts.units",
            quote: orgName,
            actual: "未列",
            expected: orgName,
            what: `汇总了“${orgName}”的决算，单位名单里没有它`,
            mend: "在单位名单里补列该单位",
          },
    ),
    ...named.map(({ name }, index): SectionFault | undefined =>
      added.has(bareName(name))
        ? undefined
        : {
            section: "facts",
            path: `facts.units.${String(index)}`,
            quote: name,
            actual: name,
            what: `单位名单里的“${name}”没有汇总的决算`,
            mend: "汇总该单位的决算；免报的，说明原因",
          },
    ),
  ]);
}

/** People paid 工资 are somebody. */
function peoplePaid(report: Report) {
  const { people } = report.sections.facts;
  if (people === undefined) return judged([]);
  const paid =
    tableIn(report.sections, "t06").rows.find(({ key }) => key === "30101")?.cells["final"] ?? 0;
  if (paid <= 0) return judged([], "condition_not_met");
  return judged([
    people.active > 0
      ? undefined
      : {
          section: "facts",
          path: "facts.people.active",
          cells: ["t06/30101/final"],
          actual: "0人",
          expected: "大于0",
          what: "有基本工资支出，年末在职人员却是0人",
          mend: "填写年末在职人数；年内全部转走的，填写说明",
        },
  ]);
}

function kindOfReport(report: Report) {
  const { entries, basis } = report.sections.adjustments;
  if (entries.length === 0 && basis === undefined) return judged([undefined]);
  const fault = isDepartment(report)
    ? basis === undefined
      ? "没有汇总过的报告里有调整分录，调整表应与所属单位的汇总一起"
      : undefined
    : "单户表不汇总其他单位，不应有调整表";
  return judged([
    fault === undefined
      ? undefined
      : {
          section: "adjustments",
          path: "adjustments.entries",
          actual: `调整分录${String(entries.length)}笔`,
          expected: "0笔",
          what: fault,
          mend: "在“汇总”中重新汇总，或删去调整分录",
        },
  ]);
}

export const unitListRules: readonly Rule[] = [
  {
    id: "R305",
    statement: "单户表没有调整分录；调整表与叠加汇总表一起（部门决算报表类型）",
    basis: "部门决算报表类型：单户表、汇总录入表、经费差额表、调整表、叠加汇总表",
    severity: "error",
    tolerance: "none",
    sections: { scope: "units", run: kindOfReport },
  },
  {
    id: "S201",
    statement: "纳入决算编制范围的单位不重复列示",
    severity: "error",
    tolerance: "none",
    sections: { scope: "sections", run: namedTwice },
  },
  {
    id: "S202",
    statement: "单位名单里的本级名称与报告的编制单位一致",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: ownName },
  },
  {
    id: "S203",
    statement: "单位名单与汇总所用的所属单位决算一致",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", readsUnits: true, run: listed },
  },
  {
    id: "S204",
    statement: "有基本工资支出的，年末在职人员大于0",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: peoplePaid },
  },
];
