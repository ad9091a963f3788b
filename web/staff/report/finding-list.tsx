import { severityName } from "../../../shared/checks/finding-text.ts";
import type { FindingView } from "../../../shared/contract/responses.ts";

/** Findings in words, worst first; each leads to its first cell. */
export function FindingList({
  findings,
  onGo,
}: {
  findings: readonly FindingView[];
  onGo: (cell: string) => void;
}) {
  return (
    <section className="panel" aria-label="审核结果">
      <h3>审核结果</h3>
      {findings.length === 0 && <p className="quiet">没有发现问题。</p>}
      {findings.map((finding, index) => {
        const cell = finding.cells[0];
        return (
          <div key={index} className={`finding ${finding.severity}`}>
            <button type="button" onClick={() => cell !== undefined && onGo(cell)}>
              <strong>
                {severityName[finding.severity]} {finding.rule}
              </strong>{" "}
              {finding.message}
            </button>
          </div>
        );
      })}
    </section>
  );
}
