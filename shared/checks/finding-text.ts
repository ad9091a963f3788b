import type { Edition, TableId } from "../forms/form.ts";
import { tableName } from "../forms/place-name.ts";
import { assertNever } from "../result.ts";
import type { Finding, LedgerReason } from "./finding.ts";
import { findingWords } from "./finding-words.ts";
import { ruleIn } from "./own-relations.ts";

/** The one catalogue that words findings and ledger for every screen and print. */

/** A finding in one line. */
export function findingSentence(finding: Finding, edition: Edition): string {
  const { where, what, mend } = findingWords(finding, edition);
  return `${where}：${what}。${mend}。`;
}

/** What the rule demands, with its tables named as the edition names them. */
export function ruleStatement(id: string, edition: Edition): string {
  const statement = ruleIn(edition, id)?.statement ?? id;
  return statement.replace(/公开(\d\d)表/gu, (_, number: string) =>
    tableName(`t${number}` as TableId, edition),
  );
}

export function ledgerReasonText(reason: LedgerReason, edition: Edition): string {
  switch (reason.kind) {
    case "not_in_edition":
      return "本版式没有所涉及的表或栏次";
    case "not_in_year":
      return "不适用于本年度";
    case "all_empty":
      return "所涉及的单元格均为空";
    case "condition_not_met":
      return "不属于本规则所针对的情形";
    case "other_texts_only":
      return "只用于核对其他来源的文字，本报告由其他规则核对";
    case "no_prior_year":
      return "没有上年数";
    case "not_consolidated":
      return "本报告不是由所属单位汇总生成的";
    case "units_not_loaded":
      return "没有取得汇总所用的所属单位决算，取得后才能核对";
    case "duplicate_rows":
      return `${tableName(reason.table, edition)}有重复的行，改正后才能核对`;
    case "amounts_too_large":
      return `${tableName(reason.table, edition)}的金额超出可准确计算的范围，请检查金额单位`;
    default:
      return assertNever(reason);
  }
}
