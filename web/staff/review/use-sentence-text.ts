import { useMemo } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import { sentencesOf, sentenceText } from "../../../shared/narrative/written.ts";
import { useReportContent } from "../report/use-report-content.ts";

/** A sentence as the report's content writes it now; empty where it is gone, undefined until the content has come. */
export function useSentenceText(report: ReportView, id: string): string | undefined {
  const content = useReportContent(report);
  return useMemo(() => {
    if (content === undefined) return undefined;
    const found = [writeOverview(content), writeNarrative(content)]
      .flatMap(sentencesOf)
      .find(({ sentence }) => sentence.id === id);
    return found === undefined ? "" : sentenceText(found.sentence);
  }, [content, id]);
}
