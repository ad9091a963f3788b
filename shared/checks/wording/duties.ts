import type { Report } from "../../report/report.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

function repeatedDuties(report: Report) {
  const { duties } = report.sections.facts;
  return judged(
    duties.map((duty, index): SectionFault | undefined => {
      const first = duties.findIndex((other) => bare(other) === bare(duty));
      if (first === index) return undefined;
      return {
        section: "facts",
        path: `facts.duties.${String(index)}`,
        quote: duty,
        actual: `第${String(index + 1)}项与第${String(first + 1)}项相同`,
        what: `主要职责第${String(index + 1)}项与第${String(first + 1)}项的文字相同`,
        mend: "删去重复的一项",
      };
    }),
  );
}

const bare = (text: string): string => text.replace(/[\s。；;，,]/gu, "");

export const dutyRules: readonly Rule[] = [
  {
    id: "S215",
    statement: "主要职责各项不重复",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: repeatedDuties },
  },
];
