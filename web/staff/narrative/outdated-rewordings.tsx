import { Button } from "antd";
import { useMemo } from "react";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { printTokens, type Rewriting } from "../../../shared/narrative/rewriting.ts";
import { partText, sentenceText } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";

/** Rewordings that the figures have overtaken, each with its old words to start from. */
export function OutdatedRewordings({
  whole,
  rewordings,
  editable,
  onGo,
  onReword,
  onDrop,
}: {
  whole: Report;
  rewordings: readonly Rewriting[];
  editable: boolean;
  onGo: (id: string) => void;
  onReword: (id: string) => void;
  onDrop: (id: string) => void;
}) {
  const figures = useMemo(() => readFigures(whole), [whole]);
  return (
    <section className="panel outdated" aria-label="已失效的改写">
      <h2>
        已失效的改写 <span className="quiet">{rewordings.length}</span>
      </h2>
      <p className="quiet">
        报表变动后，下列句子的法定表述已与改写时不同，现按法定表述印出。请重新改写，或者放弃原来的改写。
      </p>
      {rewordings.map(({ sentence, parts, statutory }) => (
        <div key={sentence} className="outdated-rewording">
          <p>
            <del>{printTokens(figures, parts).map(partText).join("")}</del>
            {statutory === undefined ? (
              <ins>（不再有这一句）</ins>
            ) : (
              <ins>
                <button type="button" className="link" onClick={() => onGo(sentence)}>
                  {sentenceText(statutory)}
                </button>
              </ins>
            )}
          </p>
          {editable && (
            <div className="sentence-acts">
              {statutory !== undefined && (
                <Button size="small" onClick={() => onReword(sentence)}>
                  重新改写
                </Button>
              )}
              <Button size="small" onClick={() => onDrop(sentence)}>
                放弃改写
              </Button>
            </div>
          )}
        </div>
      ))}
    </section>
  );
}
