import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { NarrativeFinding } from "../../../shared/narrative/narrative-findings.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import { sourceCells } from "../../../shared/narrative/sources.ts";
import type { Sentence } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";

/** The sentence at hand: where its figures come from, and how it may be worded. */
export function SentencePanel({
  id,
  report,
  sentence,
  isReworded,
  findings,
  onReword,
  onRestore,
}: {
  /** The report's, for links to its tables. */
  id: string;
  report: Report;
  sentence: Sentence;
  isReworded: boolean;
  /** What is wrong with its wording. */
  findings: readonly NarrativeFinding[];
  /** Absent where nobody may word it. */
  onReword: (() => void) | undefined;
  onRestore: (() => void) | undefined;
}) {
  const figures = new Map(
    sentence.parts.flatMap((part) =>
      "figure" in part ? [[canonicalJson(part.source), part] as const] : [],
    ),
  );
  return (
    <section className="panel" aria-label="选中的句子">
      <h2>选中的句子 {isReworded && <span className="chip answered">已改写</span>}</h2>
      {(onReword !== undefined || onRestore !== undefined) && (
        <div className="sentence-acts">
          {onReword !== undefined && (
            <Button size="small" type="primary" ghost onClick={onReword}>
              改写
            </Button>
          )}
          {onRestore !== undefined && (
            <Button size="small" onClick={onRestore}>
              恢复法定表述
            </Button>
          )}
        </div>
      )}
      {figures.size === 0 && <p className="quiet">这一句没有取自报表的数字。</p>}
      <ul className="sources">
        {[...figures].map(([key, { figure, source }]) => {
          const [cell] = sourceCells(source);
          const name = sourceName(source, report);
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
        {findings.map(({ rule, quote, what, mend }) => (
          <li key={`${rule} ${quote}`} className="loose">
            {what}。{mend}。
          </li>
        ))}
      </ul>
    </section>
  );
}
