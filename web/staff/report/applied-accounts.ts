import { z } from "zod";
import { tableIdSchema } from "../../../shared/forms/cell-schema.ts";
import { useKeptText } from "../editing/use-kept-text.ts";

/** The last import of the accounts into a report, as this machine keeps it: by its plan it can be taken back. */
const appliedSchema = z.object({
  plan: z.string(),
  fileName: z.string(),
  tables: z.array(tableIdSchema).min(1),
});
export type AppliedAccounts = z.infer<typeof appliedSchema>;

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
    return appliedSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
