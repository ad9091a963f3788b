import { useMemo } from "react";
import type { FindingView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { refusalText, useFindings, useThreads } from "../api/queries.ts";
import type { CellMark } from "../grid/grid-row.tsx";
import { stateOf } from "./finding-place.ts";

/** What the rules over cells find in a table as it is typed. */
export interface LocalFindings {
  readonly findings: readonly FindingView[];
  /** Ids of the rules that were run here. */
  readonly rules: ReadonlySet<string>;
  readonly table: TableData;
  /** Milliseconds, as of `Date.now()`. */
  readonly at: number;
}

/** What was found in a table, and the mark of each cell that a finding or an open remark is about. */
export function useCellMarks(
  reportId: string,
  table: TableId,
  {
    local,
    now,
    isUnsent,
  }: {
    readonly local: LocalFindings | undefined;
    /** The table as it is on the screen. */
    readonly now: TableData;
    readonly isUnsent: boolean;
  },
): {
  /** Undefined while they are not here. */
  readonly findings: readonly FindingView[] | undefined;
  /** Why there are none, where the report could not be checked. */
  readonly failed: string | undefined;
  readonly marks: ReadonlyMap<CellAddress, CellMark>;
} {
  const found = useFindings(reportId);
  const threads = useThreads(reportId).data;
  // Found here while nobody else knows what is typed, and until the report was checked with it.
  const isHere =
    local !== undefined &&
    (isUnsent ? local.table === now : local.at > Math.max(found.dataUpdatedAt, 0));
  const here = isHere ? local : undefined;
  const findings = useMemo(() => {
    const stored = found.data?.findings.filter((finding) =>
      finding.cells.some((cell) => cell.startsWith(`${table}/`)),
    );
    if (here === undefined || stored === undefined) return stored;
    return [...here.findings, ...stored.filter(({ rule }) => !here.rules.has(rule))];
  }, [found.data, table, here]);
  const marks = useMemo(() => {
    const marked = new Map<CellAddress, CellMark>();
    for (const finding of [...(findings ?? [])].reverse()) {
      const [cell] = finding.cells;
      if (cell === undefined || finding.explanation !== undefined) continue;
      marked.set(cell as CellAddress, { severity: stateOf(finding), message: finding.message });
    }
    for (const thread of threads?.items ?? []) {
      if (thread.anchor.kind !== "cell" || thread.status === "resolved") continue;
      const cell = thread.anchor.cell;
      const mark = marked.get(cell);
      marked.set(cell, { ...mark, comments: (mark?.comments ?? 0) + 1 });
    }
    return marked;
  }, [findings, threads]);
  return { findings, failed: found.isError ? refusalText(found.error) : undefined, marks };
}
