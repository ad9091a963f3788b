import type { Report } from "../../report/report.ts";
import { freeTexts } from "../sections/free-texts.ts";
import {
  findAccounts,
  findEmails,
  findHealth,
  findHomes,
  findIdNumbers,
  findMobiles,
  findOldIdNumbers,
  findPermits,
  masking,
  type FoundData,
} from "./personal-data.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

/** 公开前的个人信息扫描: no finding repeats a number or a name in full. */

const basis = "《个人信息保护法》；《政府信息公开条例》第十五条";

/** Most texts hold no sign of any of them, and are not looked at eight times. */
const mayHold =
  /\d{7}|[０-９]|\d[ -]\d{4}|@|＠|[住址籍号室]|[患病癌]|肿瘤|尿毒症|抑郁|艾滋|确诊|残疾|困难|慰问|救助|抚恤|遗属|低保/u;

const readable = (report: Report) => freeTexts(report).filter(({ text }) => text.trim() !== "");

function scan(
  report: Report,
  find: (text: string) => readonly FoundData[],
  kind: string,
  mend: string,
) {
  return judged(
    readable(report).flatMap(({ section, path, name, text }): (SectionFault | undefined)[] => {
      const found = mayHold.test(text) ? find(text) : [];
      if (found.length === 0) return [undefined];
      const wordsAround = masking(text);
      return found.map(({ masked, at, end }) => ({
        section,
        path,
        quote: wordsAround(at, end),
        actual: masked,
        what: `${name}里有${kind}${masked}，公开后任何人都能看到`,
        mend,
      }));
    }),
  );
}

const remove = "删去，或只保留不能识别个人的部分";

const rule = (
  id: string,
  kind: string,
  severity: Rule["severity"],
  find: (text: string) => readonly FoundData[],
  mend = remove,
): Rule => ({
  id,
  statement: `公开的文字里没有${kind}`,
  basis,
  severity,
  tolerance: "none",
  sections: { scope: "sections", run: (report) => scan(report, find, kind, mend) },
});

export const personalDataRules: readonly Rule[] = [
  rule("P001", "居民身份证号码", "error", findIdNumbers),
  rule("P002", "15位居民身份证号码", "error", findOldIdNumbers),
  rule("P003", "手机号码", "warning", findMobiles, "改用办公电话，或删去"),
  rule("P004", "银行账号或卡号", "error", findAccounts),
  rule("P005", "电子邮箱", "warning", findEmails, "改用单位公开的邮箱并说明，或删去"),
  rule("P006", "家庭住址", "warning", findHomes),
  rule("P007", "护照或通行证号码", "error", findPermits),
  rule("P008", "个人的健康或困难情况", "warning", findHealth, "改写为人数和金额，不写姓名"),
];
