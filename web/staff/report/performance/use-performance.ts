import type { ReportView } from "../../../../shared/contract/responses.ts";
import type { Performance } from "../../../../shared/report/sections.ts";
import { useSigned } from "../../app/session-context.ts";
import { moveEntryTexts } from "../../editing/entry-texts.ts";
import { unreadablePrefix } from "../../editing/drafts.ts";
import { useSectionEditor } from "../use-section-editor.ts";
import { useUndoNotice } from "../use-undo-notice.tsx";

/** What the panels of 预算绩效 show and change. */
export interface PerformanceDesk {
  readonly performance: Performance;
  readonly disabled: boolean;
  /** Where a field writes, by its path in the section with slashes. */
  readonly field: (place: string) => {
    readonly report: string;
    readonly section: "performance";
    readonly place: string;
    readonly disabled: boolean;
  };
  /** Changes what is there at that moment. */
  readonly update: (by: (performance: Performance) => Performance) => void;
  /** The same, with a notice that offers to take it back. */
  readonly updateUndoably: (words: string, by: (performance: Performance) => Performance) => void;
  /** Keeps a text that its box cannot hold, to be mended there; undefined forgets it. */
  readonly keepUnread: (place: string, text: string | undefined) => void;
  /** Moves the kept texts of a list's entries; `list` is its place with slashes. */
  readonly moveTexts: (list: string, placeAfter: (index: number) => number | undefined) => void;
}

export function usePerformance(report: ReportView) {
  const {
    drafts: { texts },
  } = useSigned();
  const editor = useSectionEditor(report, "performance");
  const offerUndo = useUndoNotice();
  const { value: performance, update } = editor;
  if (performance === undefined) return { editor, desk: undefined };
  const prefix = unreadablePrefix("performance");
  const disabled = !editor.editable;
  const desk: PerformanceDesk = {
    ...{ performance, disabled, update },
    field: (place) => ({ report: report.id, section: "performance", place, disabled }),
    updateUndoably: (words, by) => {
      const kept = [...texts.under(report.id, prefix)];
      const step = { before: performance, after: performance, isUndone: false };
      update((now) => {
        step.before = now;
        step.after = by(now);
        return step.after;
      });
      offerUndo(words, () => {
        update((now) => {
          step.isUndone = now === step.after;
          return step.isUndone ? step.before : now;
        });
        if (!step.isUndone) return false;
        for (const [place] of texts.under(report.id, prefix))
          texts.set(report.id, prefix + place, undefined);
        for (const [place, text] of kept) texts.set(report.id, prefix + place, text);
        return true;
      });
    },
    keepUnread: (place, text) => texts.set(report.id, prefix + place, text),
    moveTexts: (list, placeAfter) => {
      moveEntryTexts(texts, report.id, `${prefix}${list}/`, placeAfter);
    },
  };
  return { editor, desk };
}
