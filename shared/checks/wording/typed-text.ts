import { readText } from "../../narrative/read/read-text.ts";
import type { Report } from "../../report/report.ts";
import { faultsInText } from "../text/faults-in-text.ts";
import { textContext, type TextContext } from "../text/text-context.ts";
import { brokenOffRules } from "./broken-off.ts";
import { doubledWordRules } from "./doubled-words.ts";
import { templateResidueRules } from "./template-residue.ts";
import { tradeTermRules } from "./trade-terms.ts";
import { freeTexts, type FreeText } from "../sections/free-texts.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import { isOver, type Rule } from "../rule.ts";

/**
 * Typed words outside the narrative: 自评表, 部门评价报告, names of files. Those in the narrative are read with
 * its sentences (`own-text.ts`); years are looked for in all of them.
 */

/** 100% and 12件 are values, unless a blank of the template was left in them. */
const hasWords = /\p{Script=Han}{4}|[xXＸ×*_]{2}/u;

/** Read once for all rules of a check. */
const readings = new WeakMap<Report, readonly { one: FreeText; context: TextContext }[]>();

function readingsOf(report: Report) {
  const known = readings.get(report);
  if (known !== undefined) return known;
  const contexts = new Map<string, TextContext>();
  const contextOf = (text: string): TextContext => {
    const context = contexts.get(text) ?? textContext(readText(text));
    contexts.set(text, context);
    return context;
  };
  const read = freeTexts(report)
    .filter(({ inNarrative, text }) => !inNarrative && hasWords.test(text))
    .map((one) => ({ one, context: contextOf(one.text) }));
  readings.set(report, read);
  return read;
}

function read(report: Report, rules: readonly Rule[]) {
  return judged(
    readingsOf(report).flatMap(({ one, context }): (SectionFault | undefined)[] => {
      const faults = rules.filter(isOver("text")).flatMap((rule) => faultsInText(rule, context));
      return faults.length === 0
        ? [undefined]
        : faults.map(({ quote, actual, expected, what, mend }) => ({
            section: one.section,
            path: one.path,
            quote,
            ...(actual === undefined ? {} : { actual }),
            ...(expected === undefined ? {} : { expected }),
            what: `${one.name}：${what}`,
            mend,
          }));
    }),
  );
}

/** A comparison with a year that is not the one before, an account of a year that is not this one's. */
function strangeYears(report: Report) {
  const { year } = report.identity;
  return judged(freeTexts(report).map((one) => strangeYear(one, year)));
}

function strangeYear(
  { section, path, name, text }: FreeText,
  year: number,
): SectionFault | undefined {
  const plain = text.normalize("NFKC").replace(/\s/gu, "");
  const compared = [...plain.matchAll(/[较比](20\d\d)年(?:度|末|底)?/gu)].find(
    ([, stated]) => Number(stated) !== year - 1,
  );
  const accounted = [...plain.matchAll(/(20\d\d)年(?:度)?(?:部门|单位)?决算/gu)].find(
    ([, stated]) => Number(stated) !== year && Number(stated) !== year - 1,
  );
  const found = compared ?? accounted;
  if (found === undefined) return undefined;
  const right = compared === undefined ? year : year - 1;
  return {
    section,
    path,
    quote: found[0],
    actual: `${found[1] ?? ""}年`,
    expected: `${String(right)}年`,
    what:
      compared === undefined
        ? `${name}写作“${found[0]}”，本报告是${String(year)}年度决算`
        : `${name}写作“${found[0]}”，${String(year)}年度决算应与${String(year - 1)}年比较`,
    mend: `核对年度，疑为从往年报告复制；确为${found[1] ?? ""}年的，填写说明`,
  };
}

export const typedTextRules: readonly Rule[] = [
  {
    id: "S501",
    statement: "自评表、部门评价报告和附件名称没有模板残留和备选词",
    severity: "error",
    tolerance: "none",
    sections: { scope: "sections", run: (report) => read(report, templateResidueRules) },
  },
  {
    id: "S502",
    statement: "自评表和部门评价报告不用已取消的名词，不照抄中央部门的表述",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: (report) => read(report, tradeTermRules) },
  },
  {
    id: "S503",
    statement: "自评表和部门评价报告没有重复的字词",
    severity: "hint",
    tolerance: "none",
    sections: { scope: "sections", run: (report) => read(report, doubledWordRules) },
  },
  {
    id: "S504",
    statement: "自评表和部门评价报告文字完整，没有缺漏和误粘贴",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: (report) => read(report, brokenOffRules) },
  },
  {
    id: "S505",
    statement: "填写的文字与上一年比较，所说的决算是本年度的",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "sections", run: strangeYears },
  },
];
