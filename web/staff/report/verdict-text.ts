import { useState } from "react";
import { useKeptText } from "../editing/use-kept-text.ts";

/** A refusal closes the dialog, for the report is another by now; what was written comes back with it. */
export const stays = () => undefined;

/** What was written, kept until the act is done; required once somebody tries to act without it. */
export function useVerdictText(report: string, place: string) {
  const kept = useKeptText(report, place);
  const [isRequested, setRequested] = useState(false);
  const text = kept.text.trim();
  const isMissing = text.length < 2;
  return {
    text,
    kept,
    isMissing: isMissing && isRequested,
    dialog: { isWritten: kept.isWritten, onDiscard: kept.clear },
    /** Acts with the text, or what stands for it where nothing is written, or asks for it. */
    act: (act: (text: string) => void, otherwise = "") => {
      setRequested(true);
      const given = isMissing ? otherwise : text;
      if (given.length >= 2) act(given);
    },
  };
}

export const missingProps = (isMissing: boolean, words: string) =>
  isMissing ? ({ validateStatus: "error", help: words } as const) : {};
