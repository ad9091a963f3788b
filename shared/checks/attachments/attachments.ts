import type { Report } from "../../report/report.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

function attachmentYears(report: Report) {
  const { year } = report.identity;
  const { files } = report.sections.attachments;
  return judged(
    files.flatMap(({ name }, index): (SectionFault | undefined)[] => {
      const years = [...name.normalize("NFKC").matchAll(/(?<!\d)(20\d\d)(?=年|\D|$)/gu)].map(
        (match) => Number(match[1]),
      );
      if (years.length === 0) return [];
      const other = years.includes(year) ? undefined : years[0];
      if (other === undefined) return [undefined];
      return [
        {
          section: "attachments",
          path: `attachments.files.${String(index)}.name`,
          quote: name,
          actual: `${String(other)}年`,
          expected: `${String(year)}年`,
          what: `附件“${name}”写的是${String(other)}年，本报告是${String(year)}年度决算`,
          mend: "换成本年度的附件；确为往年材料的，填写说明",
        },
      ];
    }),
    "condition_not_met",
  );
}

export const attachmentRules: readonly Rule[] = [
  {
    id: "S214",
    statement: "附件名称里的年度是报告年度",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: attachmentYears },
  },
];
