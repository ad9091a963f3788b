import type { Rule } from "../rule.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";

/** What the cover bears besides its title is there. */
export const coverRules: readonly Rule[] = [
  {
    id: "S218",
    statement: "封面印监督索引号的，填写财政部门编发的监督索引号",
    severity: "error",
    tolerance: "none",
    sections: {
      scope: "sections",
      run: ({ edition, sections }) => {
        if (edition.cover.above?.includes("{监督索引号}") !== true) {
          return judged([], "condition_not_met");
        }
        const isGiven = sections.facts.supervisionNumber !== undefined;
        const fault: SectionFault = {
          section: "facts",
          path: "facts.supervisionNumber",
          actual: "未填",
          what: "封面要印监督索引号，还没有填写",
          mend: "在“基本情况与补充数据”中填写财政部门编发的监督索引号",
        };
        return judged([isGiven ? undefined : fault]);
      },
    },
  },
];
