import type { ReportView } from "../../../shared/contract/responses.ts";
import { useSentenceText } from "./use-sentence-text.ts";
import { WordChange } from "./word-change.tsx";

/** That a sentence reads otherwise than when a remark was made on it, with the words that changed marked. */
export function SentenceChange({
  report,
  sentence,
  text,
}: {
  report: ReportView;
  sentence: string;
  text: string;
}) {
  const now = useSentenceText(report, sentence);
  if (now === undefined || now.slice(0, text.length) === text) return null;
  return (
    <p className="remark-change">
      <span className="chip approved">已修改</span> <WordChange old={text} now={now} />
    </p>
  );
}
