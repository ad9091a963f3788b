import { useSyncExternalStore } from "react";
import { useSigned } from "../app/session-context.ts";
import type { UnsentSection } from "../editing/drafts.ts";

/** What of a report is not sent from this machine. */
export function useUnsent(reportId: string): readonly UnsentSection[] {
  const { drafts } = useSigned();
  return useSyncExternalStore(drafts.subscribe, () => drafts.unsent(reportId));
}
