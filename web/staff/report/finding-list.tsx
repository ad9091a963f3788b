import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { FindingCard } from "./finding-card.tsx";

/** Findings in words, those at the cell at hand first; each leads to its place. */
export function FindingList({
  report,
  findings,
  here,
  onGo,
}: {
  report: ReportView;
  findings: readonly FindingView[];
  /** The selected cell. */
  here?: string | undefined;
  onGo: (cell: string) => void;
}) {
  const isHere = ({ cells }: FindingView) => here !== undefined && cells[0] === here;
  const ordered = [...findings.filter(isHere), ...findings.filter((one) => !isHere(one))];
  return (
    <section className="panel" aria-label="审核结果">
      <h2>审核结果 {findings.length > 0 && <span className="quiet">{findings.length}</span>}</h2>
      {findings.length === 0 && <p className="quiet">没有发现问题。</p>}
      {ordered.map((finding, index) => {
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
    </section>
  );
}
