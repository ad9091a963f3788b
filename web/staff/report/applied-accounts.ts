import type { TableId } from "../../../shared/forms/form.ts";
import { useKeptText } from "../editing/use-kept-text.ts";

/** The last import of the accounts into a report, as this machine keeps it: by its plan it can be taken back. */
export interface AppliedAccounts {
  readonly plan: string;
  readonly fileName: string;
  readonly tables: readonly TableId[];
}

export function useAppliedAccounts(reportId: string): {
  readonly applied: AppliedAccounts | undefined;
  readonly keep: (applied: AppliedAccounts) => void;
  readonly forget: () => void;
} {
  const { text, keep, clear } = useKeptText(reportId, "import/accounts");
  return {
    applied: text === "" ? undefined : parsed(text),
    keep: (applied) => keep(JSON.stringify(applied)),
    forget: clear,
  };
}

/** Undefined for what an older version of the page kept. */
function parsed(text: string): AppliedAccounts | undefined {
  try {
    const kept = JSON.parse(text) as Partial<AppliedAccounts>;
    const isWhole = kept.plan !== undefined && kept.fileName !== undefined && kept.tables?.[0];
    return isWhole ? (kept as AppliedAccounts) : undefined;
  } catch {
    return undefined;
  }
}
