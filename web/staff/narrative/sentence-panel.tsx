import { Link, useNavigate } from "@tanstack/react-router";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { FindingView, ReportView } from "../../../shared/contract/responses.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import { sourceCells } from "../../../shared/narrative/sources.ts";
import type { Sentence } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { FindingCard } from "../report/finding-card.tsx";

/** A reason is given at its place in the sentence. */
const toReason = (slot = ""): void =>
  document.querySelector<HTMLElement>(`[data-slot="${CSS.escape(slot)}"]`)?.focus();

/** The sentence at hand: what was found about it, and where its figures come from. */
export function SentencePanel({
  report,
  whole,
  sentence,
  isReworded,
  findings,
  onExplained,
}: {
  report: ReportView;
  whole: Report;
  sentence: Sentence;
  isReworded: boolean;
  findings: readonly FindingView[];
  onExplained: (finding: FindingView) => void;
}) {
  const navigate = useNavigate();
  const { id } = report;
  const wayTo = (cell: string) => () =>
    void navigate({
      to: "/reports/$id/$part",
      params: { id, part: cell.split("/")[0] ?? "" },
      search: { cell },
    });
  const figures = new Map(
    sentence.parts.flatMap((part) =>
      "figure" in part ? [[canonicalJson(part.source), part] as const] : [],
    ),
  );
  return (
    <section className="panel" aria-label="选中的句子">
      <h2>选中的句子 {isReworded && <span className="chip answered">已改写</span>}</h2>
      {figures.size === 0 && <p className="quiet">这一句没有取自报表的数字。</p>}
      <ul className="sources">
        {[...figures].map(([key, { figure, source }]) => {
          const [cell] = sourceCells(source);
          const name = sourceName(source, whole);
          return (
            <li key={key}>
              <b>{figure}</b>{" "}
              {cell === undefined ? (
                <span className="quiet">{name}</span>
              ) : (
                <Link
                  to="/reports/$id/$part"
                  params={{ id, part: cell.split("/")[0] ?? "" }}
                  search={{ cell }}
                >
                  {name}
                </Link>
              )}
            </li>
          );
        })}
      </ul>
      {findings.length > 0 && (
        <div className="sentence-findings">
          {findings.map((finding) => (
            <FindingCard
              key={`${finding.rule} ${finding.message}`}
              report={report}
              finding={finding}
              onGo={finding.cells[0] === undefined ? undefined : wayTo(finding.cells[0])}
              onExplain={finding.slot === undefined ? undefined : () => toReason(finding.slot)}
              onExplained={onExplained}
            />
          ))}
        </div>
      )}
    </section>
  );
}
