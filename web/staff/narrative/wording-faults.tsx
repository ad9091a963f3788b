import { Button } from "antd";
import { useState } from "react";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { TypedFigure } from "../../../shared/narrative/known-figures.ts";
import type { FigureSource } from "../../../shared/report/figure-source.ts";
import { withBinding } from "../editing/narrative-edit.ts";
import { mendName } from "../editing/sentence-mends.ts";
import type { Wording } from "./use-wording.ts";

/** What is to be mended in the words at hand, each with its mend. */
export function WordingFaults({ wording }: { wording: Wording }) {
  const { value, setValue, typed, dropped, slips, mend, put, nameOf, printed } = wording;
  return (
    <ul className="typed-figures" aria-label="写法和数字的来源" aria-live="polite">
      {slips.map((slip) => (
        <li key={`slip ${String(slip.start)}`} className="loose">
          <span>{slip.what}</span>
          {slip.instead !== undefined && (
            <Button size="small" onClick={() => mend(slip)}>
              {mendName(slip)}
            </Button>
          )}
        </li>
      ))}
      {typed.map(({ index, figure }) => (
        <TypedFigureLine
          key={`${String(index)}:${String(figure.start)}`}
          figure={figure}
          onBind={(source) =>
            setValue({
              tokens: withBinding(value.tokens, { index, ...figure }, source),
              caretAfter: index + (figure.start > 0 ? 1 : 0),
            })
          }
        />
      ))}
      {dropped.map((token) => (
        <li key={canonicalJson(token)} className="loose">
          <span>
            改写漏了 {nameOf(token)} <b>{printed(token)}</b>
          </span>
          <Button size="small" aria-label={`放回 ${nameOf(token)}`} onClick={() => put(token)}>
            放回
          </Button>
        </li>
      ))}
    </ul>
  );
}

/** 4914.2万元 与 公开01表 收入总计 相同 [绑定], or that it comes from nowhere. */
function TypedFigureLine({
  figure: { text, offers },
  onBind,
}: {
  figure: TypedFigure;
  onBind: (source: FigureSource) => void;
}) {
  const [isOpen, setOpen] = useState(false);
  const [best, ...others] = offers;
  if (best === undefined) {
    return (
      <li className="loose">
        <span>
          <b>{text}</b> 没有取自报表，提交前须核对并说明出处
        </span>
      </li>
    );
  }
  return (
    <li>
      {[best, ...(isOpen ? others : [])].map((offer) => (
        <div key={canonicalJson(offer.source)}>
          <span>
            <b>{text}</b> 与 {offer.name}{" "}
            {offer.exact ? "相同" : `（${offer.text}）相近，绑定后按 ${offer.text} 印出`}
          </span>
          <Button
            size="small"
            aria-label={`把 ${text} 绑定到 ${offer.name}`}
            onClick={() => onBind(offer.source)}
          >
            绑定
          </Button>
        </div>
      ))}
      {others.length > 0 && !isOpen && (
        <button type="button" className="link" onClick={() => setOpen(true)}>
          还有 {others.length} 个相同的数字
        </button>
      )}
    </li>
  );
}
