import type { LedgerOutcome, Severity } from "./finding.ts";

/** Names of severities and outcomes, apart from the rule book so that a screen need not load it. */

export const severityName = {
  error: "错误",
  warning: "需说明",
  hint: "提示",
} as const satisfies Record<Severity, string>;

export const outcomeName = {
  passed: "通过",
  failed: "未通过",
  explained: "已说明",
  not_applicable: "不适用",
  could_not_run: "无法核对",
} as const satisfies Record<LedgerOutcome, string>;
