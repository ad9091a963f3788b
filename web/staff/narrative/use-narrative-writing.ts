import { useMemo, useState } from "react";
import type { FindingView } from "../../../shared/contract/responses.ts";
import type { Narrative } from "../../../shared/report/sections.ts";
import { modal } from "../app/feedback.tsx";
import { withoutRewordings, withRewording, withText } from "../editing/narrative-edit.ts";
import type { useSectionEditor } from "../report/use-section-editor.ts";
import { additionOf, isWordable } from "../editing/sentence-mends.ts";
import type { NarrativeText } from "./use-narrative-text.ts";

export type NarrativeEditor = ReturnType<typeof useSectionEditor<"narrative">>;

/** A sentence to be worded, or a paragraph to be added to a chapter. */
export type Words =
  | { readonly kind: "sentence"; readonly id: string }
  | { readonly kind: "addition"; readonly chapter: string; readonly index: number };

/** How reasons and mends get into the narrative. */
export interface NarrativeWriter {
  readonly change: (narrative: Narrative) => void;
  /** An explanation replaces the narrative's reason, which would otherwise come back when the figure changes. */
  readonly onExplained: (finding: FindingView) => void;
}

/** What people do to the text. */
export interface NarrativeActs extends NarrativeWriter {
  /** What is being worded. */
  readonly words: Words | undefined;
  readonly close: () => void;
  /** Opens the words of a sentence; undefined where nobody may word it. */
  readonly reword: (id: string) => (() => void) | undefined;
  readonly add: (chapter: string) => void;
  readonly restore: (id: string) => void;
  readonly rebuild: () => void;
}

/** Reasons are written in their sentences; the words of a sentence, and paragraphs of people's own, apart. */
export function useNarrativeWriting(
  { editable, change }: NarrativeEditor,
  narrative: Narrative,
  text: NarrativeText,
): NarrativeActs {
  const [words, setWords] = useState<Words>();
  return useMemo(
    () => ({
      ...{ words, change },
      close: () => setWords(undefined),
      onExplained: ({ slot = "" }) => {
        if (narrative.reasons[slot] !== undefined) change(withText(narrative, "reasons", slot, ""));
      },
      reword: (id) => {
        const at = editable ? text.sentences.get(id) : undefined;
        const addition = additionOf(id);
        if (at === undefined || !(text.rewordings.has(id) || isWordable(at))) return undefined;
        return () =>
          setWords(
            addition === undefined ? { kind: "sentence", id } : { kind: "addition", ...addition },
          );
      },
      add: (chapter) =>
        setWords({ kind: "addition", chapter, index: narrative.additions[chapter]?.length ?? 0 }),
      restore: (id) => change(withRewording(narrative, id, undefined)),
      rebuild: () =>
        modal.confirm({
          title: "全部重新生成文字说明？",
          content: `${String(text.rewordings.size)} 处改写将去掉，所有句子恢复法定表述；已填写的原因、用途和补充说明保留。`,
          okText: "全部重新生成",
          onOk: () => change(withoutRewordings(narrative)),
        }),
    }),
    [words, change, editable, narrative, text],
  );
}
