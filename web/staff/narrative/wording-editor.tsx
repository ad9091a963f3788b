import { Button, Select } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { printTokens } from "../../../shared/narrative/rewriting.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import { partText, sentenceText } from "../../../shared/narrative/written.ts";
import type { Token } from "../../../shared/report/token.ts";
import { modal } from "../app/feedback.tsx";
import { giveUpQuestion } from "../app/give-up-question.ts";
import { TokenField } from "./token-field.tsx";
import { useWording, type Worded } from "./use-wording.ts";
import { WordingFaults } from "./wording-faults.tsx";

/** Words one sentence or added paragraph anew at its place in the text; figures are chips that keep following the tables. */
export function WordingEditor({
  title,
  outdated,
  onWrite,
  onRemove,
  onClose,
  ...worded
}: Worded & {
  title: string;
  /** A void rewording, to start from. */
  outdated?: readonly Token[];
  onWrite: (tokens: readonly Token[]) => void;
  /** Back to the statutory words, or away with the paragraph; absent where there is nothing to remove. */
  onRemove?: () => void;
  onClose: () => void;
}) {
  const { report, statutory } = worded;
  const wording = useWording(worded);
  const { value, setValue, tokens, slips } = wording;
  const leave = useLeave(wording, onClose);
  const [wasKept] = useState(wording.isWritten);
  const isWritable = tokens.length > 0 && wording.isChanged;
  const write = () => {
    if (!isWritable) return;
    wording.discard();
    onWrite(tokens);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (event.key === "Escape") leave();
    else if (event.key === "Enter" && event.ctrlKey) write();
    else return;
    event.preventDefault();
    // The question that Esc opens would take the same key for its answer.
    event.stopPropagation();
  };
  const place = useRef<HTMLElement>(null);
  useEffect(() => place.current?.scrollIntoView({ block: "nearest" }), []);
  return (
    <section ref={place} className="wording" aria-label={title} onKeyDown={onKeyDown}>
      {wasKept && (
        <p className="kept-note" role="status">
          已恢复上次没有写入的内容
        </p>
      )}
      {statutory !== undefined && (
        <p className="quiet reword-source">法定表述：{sentenceText(statutory)}</p>
      )}
      {outdated !== undefined && (
        <p className="reword-source outdated">
          原来的改写（已失效）：
          {printTokens(readFigures(report), outdated).map(partText).join("")}{" "}
          <Button size="small" onClick={() => setValue({ tokens: outdated })}>
            以此为底稿
          </Button>
        </p>
      )}
      <TokenField
        label={title}
        value={value}
        marked={slips.map(({ start, end }) => ({ start, end, severity: "warning" }))}
        faceOf={(token) => ({ text: wording.printed(token), name: wording.nameOf(token) })}
        onChange={(next) => setValue({ tokens: next })}
        onLeave={wording.leaveAt}
      />
      <p className="quiet hint-line">
        方框中的数字、原因随报表和填写的内容变动，不能改字，可以整个删除；其余文字可以随意修改。Ctrl+Enter
        写入，Esc 取消。
      </p>
      <WordingFaults wording={wording} />
      <FigureSearch {...wording} />
      <div className="wording-acts">
        {onRemove !== undefined && (
          <Button
            danger
            onClick={() => {
              wording.discard();
              onRemove();
            }}
          >
            {statutory === undefined ? "删除这一段" : "恢复法定表述"}
          </Button>
        )}
        <span />
        <Button onClick={leave}>取消</Button>
        <Button type="primary" disabled={!isWritable} onClick={write}>
          写入
        </Button>
      </div>
    </section>
  );
}

/** Asks before words are given up that nobody wrote into the report. */
function useLeave(
  { isWritten, discard }: Pick<ReturnType<typeof useWording>, "isWritten" | "discard">,
  onClose: () => void,
): () => void {
  return () => {
    if (!isWritten) {
      onClose();
      return;
    }
    modal.confirm(
      giveUpQuestion({
        title: "放弃已填写的内容？",
        content: "填写的内容还没有写入，放弃后不能恢复。",
        keep: "继续填写",
        onGiveUp: () => {
          discard();
          onClose();
        },
      }),
    );
  };
}

const FigureSearch = ({ known, put }: Pick<ReturnType<typeof useWording>, "known" | "put">) => (
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
);
