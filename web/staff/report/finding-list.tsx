import { Button } from "antd";
import { useState } from "react";
import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { FindingCard } from "./finding-card.tsx";

/** Findings drawn at first, and with each press of the button below. */
const findingsAtOnce = 50;

/** Findings in words, those at the cell at hand first; each leads to its place. */
export function FindingList({
  report,
  findings,
  failed,
  here,
  onGo,
}: {
  report: ReportView;
  /** Undefined while they are not here. */
  findings: readonly FindingView[] | undefined;
  /** Why there are none, where the report could not be checked. */
  failed?: string | undefined;
  /** The selected cell. */
  here?: string | undefined;
  onGo: (cell: string) => void;
}) {
  const isHere = ({ cells }: FindingView) => here !== undefined && cells[0] === here;
  const found = findings ?? [];
  const [shown, setShown] = useState(findingsAtOnce);
  const ordered = [...found.filter(isHere), ...found.filter((one) => !isHere(one))];
  return (
    <section className="panel" aria-label="审核结果">
      <h2>审核结果 {found.length > 0 && <span className="quiet">{found.length}</span>}</h2>
      {failed !== undefined && <p className="quiet">没有核对：{failed}</p>}
      {findings?.length === 0 && <p className="quiet">没有发现问题。</p>}
      {ordered.slice(0, shown).map((finding, index) => {
        const [cell] = finding.cells;
        return (
          <FindingCard
            key={finding.id ?? index}
            report={report}
            finding={finding}
            here={isHere(finding)}
            onGo={() => cell !== undefined && onGo(cell)}
          />
        );
      })}
      {ordered.length > shown && (
        <Button size="small" onClick={() => setShown(shown + findingsAtOnce)}>
          再显示 {Math.min(findingsAtOnce, ordered.length - shown)} 条
        </Button>
      )}
    </section>
  );
}
