import { useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import type { ReportView, UnsentView } from "../../../shared/contract/responses.ts";
import { useEdition } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { useSigned } from "../app/session-context.ts";
import { writtenTexts } from "./text-places.ts";

const UnsentDialog = lazyPart(
  async () => (await import("./unsent-dialog.tsx")).UnsentDialog,
  "dialog",
);

/** How long an act waits for requests that are under way; what is still unsent then is shown. */
const longestWaitMs = 5_000;

const unsentTexts = (texts: ReadonlyMap<string, string>, gathers: boolean) =>
  writtenTexts(texts).filter(({ place }) => !gathers || !place.startsWith("comment/"));

interface Waiting {
  readonly act: string;
  readonly handsOn: boolean;
  readonly others: readonly UnsentView[];
  readonly goOn: () => void;
}

/**
 * Lets an act on a report go on only when nothing of it is unsent on this machine, and nobody is known to have
 * typed elsewhere, or the person has decided about it.
 */
export function useUnsentGuard(report: ReportView): {
  /**
   * `act` in a word (提交); `goOn` once nothing is unsent. An act that hands the report on also asks
   * about what others have typed and about texts nobody has sent; one that `gathers` drafted remarks sends them itself.
   */
  readonly guard: (
    act: string,
    goOn: () => void,
    options?: { readonly handsOn: boolean; readonly gathers?: boolean },
  ) => Promise<void>;
  readonly dialog: ReactNode;
} {
  const { api, drafts, device } = useSigned();
  const queries = useQueryClient();
  const [waiting, setWaiting] = useState<Waiting>();
  const edition = useEdition(report.edition).data;

  /** Others' changes are for those who draw the report up; unknown (offline) is none. */
  const others = async (): Promise<readonly UnsentView[]> => {
    if (!report.allowedActions.includes("edit")) return [];
    try {
      const { items } = await api.get(`/reports/${report.id}/unsent`, "unsentResponse");
      return items.filter((item) => item.device !== device);
    } catch {
      return [];
    }
  };
  return {
    guard: async (act, goOn, { handsOn, gathers = false } = { handsOn: true }) => {
      drafts.commitEditors();
      // A text that is on its way is neither unsent nor gone yet.
      for (let waitedMs = 0; queries.isMutating() > 0 && waitedMs < longestWaitMs; waitedMs += 50) {
        await new Promise((resume) => setTimeout(resume, 50));
      }
      const elsewhere = handsOn ? await others() : [];
      const isFree =
        drafts.unsent(report.id).length === 0 &&
        elsewhere.length === 0 &&
        (!handsOn || unsentTexts(drafts.texts.under(report.id, ""), gathers).length === 0);
      if (isFree) goOn();
      else setWaiting({ act, handsOn, others: elsewhere, goOn });
    },
    dialog: waiting !== undefined && edition !== undefined && (
      <UnsentDialog
        report={report}
        edition={edition}
        act={waiting.act}
        handsOn={waiting.handsOn}
        others={waiting.others}
        onGoOn={() => {
          setWaiting(undefined);
          waiting.goOn();
        }}
        onClose={() => setWaiting(undefined)}
      />
    ),
  };
}
