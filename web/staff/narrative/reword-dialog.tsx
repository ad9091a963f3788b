import { Button, Select } from "antd";
import { useMemo, useRef, useState } from "react";
import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { FigureSource } from "../../../shared/report/figure-source.ts";
import {
  bindingOffers,
  knownFigures,
  type TypedFigure,
} from "../../../shared/narrative/known-figures.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { leftOut, printTokens } from "../../../shared/narrative/rewriting.ts";
import { sourceName } from "../../../shared/narrative/source-name.ts";
import { tokensSchema, type Token } from "../../../shared/report/token.ts";
import { partText, sentenceText, type Sentence } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { WritingDialog } from "../app/writing-dialog.tsx";
import { sameTokens, tidyTokens, withBinding } from "../editing/narrative-edit.ts";
import { useKeptText } from "../editing/use-kept-text.ts";
import { TokenField, type FieldValue } from "./token-field.tsx";

/** Words one sentence or added paragraph anew; figures are chips that keep following the tables. */
export function RewordDialog({
  report,
  kept: { report: reportId, place },
  title,
  chapter,
  sentence,
  before,
  statutory,
  outdated,
  onWrite,
  onRemove,
  onClose,
}: {
  report: Report;
  /** Where the words are kept until they are written. */
  kept: { readonly report: string; readonly place: string };
  title: string;
  chapter: string;
  /** The sentence at hand; absent for a new paragraph. */
  sentence?: string;
  /** The current tokens; none of a new paragraph. */
  before: readonly Token[];
  /** The sentence in the form's own words; absent for a paragraph that people add. */
  statutory?: Sentence;
  /** A void rewording, to start from. */
  outdated?: readonly Token[];
  onWrite: (tokens: readonly Token[]) => void;
  /** Back to the statutory words, or away with the paragraph; absent where there is nothing to remove. */
  onRemove?: () => void;
  onClose: () => void;
}) {
  const kept = useKeptText(reportId, place);
  const [value, show] = useState<FieldValue>(() => ({
    tokens: readTokens(kept.text) ?? before,
  }));
  const setValue = (next: FieldValue) => {
    show(next);
    const isAsBefore = sameTokens(tidyTokens(next.tokens), tidyTokens(before));
    kept.write(isAsBefore ? "" : JSON.stringify(next.tokens));
  };
  const caret = useRef<{ before: readonly Token[]; behind: readonly Token[] }>({
    ...{ before: [], behind: [] },
  });
  const figures = useMemo(() => readFigures(report), [report]);
  const known = useMemo(() => knownFigures(report), [report]);
  const tokens = useMemo(() => tidyTokens(value.tokens), [value]);
  const printed = (token: Token) => printTokens(figures, [token], statutory).map(partText).join("");
  const nameOf = (token: Token): string => {
    if ("figure" in token) return sourceName(token.figure, report);
    if ("reason" in token) return "主要原因";
    return "purpose" in token ? "主要用途" : "";
  };
  const typed = value.tokens.flatMap((token, index) =>
    "text" in token
      ? bindingOffers(token.text, known, [...(sentence === undefined ? [] : [sentence]), chapter])
          .filter(({ unit, offers }) => offers.length > 0 || unit === "money" || unit === "percent")
          .map((figure) => ({ index, figure }))
      : [],
  );
  const dropped = statutory === undefined ? [] : leftOut(statutory, tokens);
  /** Where the caret was last, as long as the text is the same. */
  const put = (token: Token) => {
    const { before: first, behind } = caret.current;
    const isSplit = sameTokens(tidyTokens([...first, ...behind]), tokens);
    const [start, end] = isSplit ? [first, behind] : [value.tokens, []];
    setValue({ tokens: [...start, token, ...end], caretAfter: start.length });
  };
  return (
    <WritingDialog
      isWritten={kept.isWritten}
      onDiscard={kept.clear}
      width={760}
      title={title}
      okText="写入"
      okButtonProps={{ disabled: tokens.length === 0 || sameTokens(tokens, before) }}
      onClose={onClose}
      onOk={() => {
        kept.clear();
        onWrite(tokens);
      }}
      footer={(_, { OkBtn, CancelBtn }) => (
        <>
          {onRemove !== undefined && (
            <Button
              danger
              style={{ float: "left" }}
              onClick={() => {
                kept.clear();
                onRemove();
              }}
            >
              {statutory === undefined ? "删除这一段" : "恢复法定表述"}
            </Button>
          )}
          <CancelBtn />
          <OkBtn />
        </>
      )}
    >
      {statutory !== undefined && (
        <p className="quiet reword-source">法定表述：{sentenceText(statutory)}</p>
      )}
      {outdated !== undefined && (
        <p className="reword-source outdated">
          原来的改写（已失效）：{printTokens(figures, outdated).map(partText).join("")}{" "}
          <Button size="small" onClick={() => setValue({ tokens: outdated })}>
            以此为底稿
          </Button>
        </p>
      )}
      <TokenField
        label={title}
        value={value}
        faceOf={(token) => ({ text: printed(token), name: nameOf(token) })}
        onChange={(next) => setValue({ tokens: next })}
        onLeave={(first, behind) => (caret.current = { before: first, behind })}
      />
      <p className="quiet hint-line">
        方框中的数字、原因随报表和填写的内容变动，不能改字，可以整个删除；其余文字可以随意修改。
      </p>
      <ul className="typed-figures" aria-label="数字的来源" aria-live="polite">
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
      <Select<number>
        aria-label="插入报表中的数字"
        placeholder="插入报表中的数字：输入科目、栏目或金额查找"
        className="figure-search"
        showSearch={{ optionFilterProp: "label" }}
        value={null}
        options={known.map((one, index) => ({ value: index, label: `${one.name} ${one.text}` }))}
        onChange={(index) => {
          const chosen = known[index];
          if (chosen !== undefined) put({ figure: chosen.source });
        }}
      />
    </WritingDialog>
  );
}

/** Kept words of an earlier visit; of another shape they are of no use. */
function readTokens(text: string): readonly Token[] | undefined {
  if (text === "") return undefined;
  try {
    return tokensSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
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
