import { useMemo } from "react";
import type { ConsolidationView } from "../../../shared/contract/responses.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import { readPending, type Entry, type Pending } from "./pending-entries.ts";

/** Pairs to take off and entries by hand, as the next 汇总 will use them: what was chosen here, else what the draft has. */
export function usePendingEntries(reportId: string, view: ConsolidationView | undefined) {
  const kept = useKeptText(reportId, "entries/consolidation/");
  const { chosen, typed } = useMemo(() => readPending(kept.text), [kept.text]);
  const keep = (change: Pending) => kept.write(JSON.stringify({ chosen, typed, ...change }));
  const inDraft = view?.pairs.filter((pair) => pair.confirmed).map(({ id }) => id) ?? [];
  const confirmed = new Set(chosen ?? inDraft);
  const byHand = typed ?? view?.entries.filter(({ pair }) => pair === undefined) ?? [];
  return {
    confirmed,
    byHand,
    confirm: (id: string, isConfirmed: boolean) =>
      keep({
        chosen: isConfirmed ? [...confirmed, id] : [...confirmed].filter((other) => other !== id),
      }),
    add: (entry: Entry) => keep({ typed: [...byHand, entry] }),
    remove: (index: number) => keep({ typed: byHand.filter((_, other) => other !== index) }),
    clear: kept.clear,
  };
}
