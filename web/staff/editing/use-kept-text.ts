import { useCallback, useSyncExternalStore } from "react";
import type { SectionId } from "../../../shared/report/section-ids.ts";
import { useSigned } from "../app/session-context.ts";
import { unreadablePrefix } from "./drafts.ts";

/**
 * The text of a field or dialog, kept on this machine from the first key on by person, report and place, until
 * it is sent or given up. A text that is no other than `initial` is not kept.
 */
export function useKeptText(report: string, place: string, initial = "") {
  const {
    drafts: { texts },
  } = useSigned();
  const kept = useSyncExternalStore(texts.subscribe, () => texts.get(report, place));
  return {
    text: kept ?? initial,
    /** Something is written that is neither sent nor given up. */
    isWritten: kept !== undefined,
    write: useCallback(
      (text: string) => texts.set(report, place, text === initial ? undefined : text),
      [texts, report, place, initial],
    ),
    /** Keeps the text whatever it is. */
    keep: useCallback((text: string) => texts.set(report, place, text), [texts, report, place]),
    /** Forgets a text that was sent, unless it was written on meanwhile. */
    sent: useCallback(
      (text: string) => {
        if (texts.get(report, place) === text) texts.set(report, place, undefined);
      },
      [texts, report, place],
    ),
    clear: useCallback(() => texts.set(report, place, undefined), [texts, report, place]),
  };
}

/** Kept texts of a report whose place begins so. */
export function useKeptTexts(report: string, prefix: string): ReadonlyMap<string, string> {
  const {
    drafts: { texts },
  } = useSigned();
  return useSyncExternalStore(texts.subscribe, () => texts.under(report, prefix));
}

/** Texts of a section that are no figures, by their place in it. */
export const useUnreadable = (report: string, section: SectionId) =>
  useKeptTexts(report, unreadablePrefix(section));
