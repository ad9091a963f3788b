import { severityName } from "../../../shared/checks/names.ts";
import type { FindingView } from "../../../shared/contract/responses.ts";

/** Findings in words, those at the cell at hand first; each leads to its place. */
export function FindingList({
  findings,
  here,
  onGo,
}: {
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
          <button
            type="button"
            key={index}
            className={`finding ${finding.severity}${isHere(finding) ? " here" : ""}`}
            onClick={() => cell !== undefined && onGo(cell)}
          >
            <strong>
              {severityName[finding.severity]} <small>{finding.rule}</small>
            </strong>
            {finding.message}
          </button>
        );
      })}
    </section>
  );
}
