import type { PriorYearView, ReportView } from "../../../../shared/contract/responses.ts";
import { printHundredths, printWan, type AmountUnit } from "../../../../shared/money.ts";
import { limitAt } from "../../../../shared/report/fact-limits.ts";
import type { Report } from "../../../../shared/report/report.ts";
import type { Facts } from "../../../../shared/report/sections.ts";
import { usePriorYear } from "../../api/queries.ts";
import { useSigned } from "../../app/session-context.ts";
import { unreadablePrefix } from "../../editing/drafts.ts";
import { afterRemoval, moveEntryTexts } from "../../editing/entry-texts.ts";
import type { FigureNotes } from "../amount-input.tsx";
import { useReportContent } from "../use-report-content.ts";
import { useSectionEditor } from "../use-section-editor.ts";
import { useUndoNotice } from "../use-undo-notice.tsx";
import { comparedWords } from "./compared.ts";

/** What the groups of 基本情况 show and change. */
export interface FactsDesk {
  readonly report: ReportView;
  /** The whole report with the facts as they are typed. */
  readonly content: Report;
  readonly facts: Facts;
  readonly disabled: boolean;
  readonly unit: AmountUnit;
  readonly lastYear: PriorYearView | undefined;
  readonly stored: PriorYearView["stored"];
  /** A sum over several nodes is proposed; who draws the report up may put it right. */
  readonly isProposed: boolean;
  /** Nobody saved anything yet: what had to be rolled forward is missing on the whole page. */
  readonly isUntouched: boolean;
  readonly field: (place: string) => {
    readonly report: string;
    readonly section: "facts";
    readonly place: string;
    readonly disabled: boolean;
  };
  /** Changes what is there at that moment. */
  readonly update: (by: (facts: Facts) => Partial<Facts>) => void;
  /** The limit of a figure, and last year's beside it; `place` with dots. */
  readonly notes: (
    place: string,
    now: number | undefined,
    unit: AmountUnit | "count",
  ) => FigureNotes;
  readonly removeUnit: (index: number) => void;
}

export function useFacts(report: ReportView) {
  const loaded = useReportContent(report);
  const {
    drafts: { texts },
  } = useSigned();
  const editor = useSectionEditor(report, "facts");
  const offerUndo = useUndoNotice();
  const lastYear = usePriorYear(report.id).data;
  const { value: facts, update: updateSection } = editor;
  if (loaded === undefined || facts === undefined) return { editor, desk: undefined };
  const content: Report = { ...loaded, sections: { ...loaded.sections, facts } };
  const { stored } = lastYear ?? {};
  const disabled = !editor.editable;
  const update: FactsDesk["update"] = (by) => updateSection((now) => ({ ...now, ...by(now) }));
  const desk: FactsDesk = {
    ...{ report, content, facts, disabled, lastYear, stored, update },
    unit: facts.enteredIn,
    isProposed: stored?.addedFrom !== undefined,
    isUntouched: editor.pointer === undefined,
    field: (place) => ({ report: report.id, section: "facts", place, disabled }),
    notes: (place, now, unit) => notesOf({ content, stored, unit }, place, now),
    removeUnit: (index) => {
      const removed = facts.units[index];
      if (removed === undefined) return;
      update((now) => ({ units: now.units.filter((_, at) => at !== index) }));
      moveEntryTexts(texts, report.id, `${unreadablePrefix("facts")}units/`, afterRemoval(index));
      offerUndo(`已移除“${removed.name}”。`, () => {
        update((now) => ({ units: now.units.toSpliced(index, 0, removed) }));
        return true;
      });
    },
  };
  return { editor, desk };
}

/** 0.01 万元: amounts that are typed in 万元 may be that far off by rounding. */
const printedDigit = 10_000;

function notesOf(
  {
    content,
    stored,
    unit,
  }: {
    readonly content: Report;
    readonly stored: PriorYearView["stored"];
    readonly unit: AmountUnit | "count";
  },
  place: string,
  now: number | undefined,
): FigureNotes {
  const then = stored?.facts[place];
  const limit = limitAt(content, place);
  const print =
    unit === "yuan" ? (fen: number) => printHundredths(fen) : (fen: number) => printWan(fen);
  return {
    ...(then === undefined ? {} : { compared: comparedWords({ now, then, year: "上年", unit }) }),
    ...(limit === undefined
      ? {}
      : {
          limit: {
            words: `不超过${limit.name} ${print(limit.most)} ${unit === "yuan" ? "元" : "万元"}`,
            isExceeded: now !== undefined && now - limit.most > (unit === "wan" ? printedDigit : 0),
          },
        }),
  };
}
