import { App } from "antd";
import { useState } from "react";
import type { FindingView } from "../../../shared/contract/responses.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { withoutRewordings, withRewording, withText } from "../editing/narrative-edit.ts";
import type { useSectionEditor } from "../report/use-section-editor.ts";
import { warningAt, type Blank, type Words } from "./blank.ts";
import { wordsOf, type NarrativeText } from "./use-narrative-text.ts";

export type NarrativeEditor = ReturnType<typeof useSectionEditor<"narrative">>;

/** What is being written: a reason or purpose between the figures, or the words around them. */
export type Writing =
  | Blank
  /** The reason of a warning is its explanation; the sentence prints it. */
  | { readonly kind: "explanation"; readonly finding: FindingView }
  | { readonly kind: "words"; readonly words: Words };

/** What people do to the text: give reasons, word sentences anew, go back to the statutory words. */
export function useNarrativeWriting(
  { editable, change }: NarrativeEditor,
  narrative: Narrative,
  text: NarrativeText,
) {
  const { modal } = App.useApp();
  const [writing, setWriting] = useState<Writing>();
  return {
    writing,
    close: () => setWriting(undefined),
    /** A reason that a warning needs is saved as its explanation, which the server checks. */
    write: (blank: Blank) => {
      const finding = warningAt(blank, text.reported);
      setWriting(finding === undefined ? blank : { kind: "explanation", finding });
    },
    /** An explanation replaces the narrative's reason, which would otherwise come back when the figure changes. */
    onExplained: ({ slot = "" }: FindingView) => {
      if (narrative.reasons[slot] !== undefined) {
        change(withText(narrative, "reasons", slot, ""));
      }
    },
    /** Opens the words of a sentence; undefined where nobody may word it. */
    reword: (id: string | undefined) => {
      const words = id === undefined || !editable ? undefined : wordsOf(text, id);
      return words === undefined ? undefined : () => setWriting({ kind: "words", words });
    },
    add: (chapter: string) => {
      const index = narrative.additions[chapter]?.length ?? 0;
      setWriting({ kind: "words", words: { kind: "addition", chapter, index } });
    },
    restore: (id: string) => change(withRewording(narrative, id, undefined)),
    rebuild: () =>
      void modal.confirm({
        title: "全部重新生成文字说明？",
        content: `${String(text.rewordings.size)} 处改写将去掉，所有句子恢复法定表述；已填写的原因、用途和补充说明保留。`,
        okText: "全部重新生成",
        onOk: () => change(withoutRewordings(narrative)),
      }),
  };
}
