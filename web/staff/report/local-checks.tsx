import { useEffect, useEffectEvent } from "react";
import { checkCells } from "../../../shared/checks/check-draft.ts";
import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { recompute } from "../../../shared/forms/computed/recompute.ts";
import type { TableId } from "../../../shared/forms/form.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import type { Report } from "../../../shared/report/report.ts";
import type { Tables } from "../../../shared/report/sections.ts";
import type { LocalFindings } from "./use-cell-marks.ts";
import { useReportContent } from "./use-report-content.ts";

/** So long after a key the cells are checked, that the key itself is on the screen before. */
const pauseMs = 20;

/** Checks the cells of a report in the browser while a table of it is typed, before anything is saved; draws nothing. */
export function LocalChecks({
  report,
  id,
  table,
  onChecked,
}: {
  report: ReportView;
  id: TableId;
  table: TableData;
  onChecked: (found: LocalFindings) => void;
}) {
  const content = useReportContent(report);
  const check = useEffectEvent((whole: Report) => onChecked(findingsWith(whole, id, table)));
  useEffect(() => {
    if (content === undefined) return undefined;
    const timer = setTimeout(() => check(content), pauseMs);
    return () => clearTimeout(timer);
  }, [content, id, table]);
  return null;
}

/** With the table as it is typed, and what follows from it in the other tables. */
function findingsWith(report: Report, id: TableId, table: TableData): LocalFindings {
  const { edition, sections } = report;
  const before: Tables = Object.fromEntries(
    edition.forms.map((form) => [form.id, sections[form.id] ?? { rows: [] }]),
  );
  const tables = recompute(edition, { before, after: { ...before, [id]: table } });
  const { findings, rules } = checkCells({ ...report, sections: { ...sections, ...tables } });
  return {
    table,
    rules,
    at: Date.now(),
    findings: findings
      .filter(({ cells }) => cells.some((cell) => cell.startsWith(`${id}/`)))
      .map(({ statedText: _stated, explanation, place, ...finding }): FindingView => {
        const view = { ...finding, cells: [...finding.cells], ...omitUndefined({ place }) };
        return { ...view, ...omitUndefined({ explanation: explanation.valid }) };
      }),
  };
}
