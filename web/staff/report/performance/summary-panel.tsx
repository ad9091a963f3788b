import type { Performance } from "../../../../shared/report/sections.ts";
import { ChaptersList } from "./chapters-list.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

type Chapter = Performance["summary"][number];

/** 绩效自评结果 in the department's own words, printed in the text. */
export function SummaryPanel({ desk }: { desk: PerformanceDesk }) {
  const change = (by: (chapters: readonly Chapter[]) => Chapter[], undoWords?: string) => {
    const update = (now: Performance) => ({ ...now, summary: by(now.summary) });
    if (undoWords === undefined) desk.update(update);
    else desk.updateUndoably(undoWords, update);
  };
  return (
    <section className="panel" aria-label="绩效自评结果">
      <h2>
        绩效自评结果 <small className="quiet">本部门自己写的章节，印在说明的绩效部分</small>
      </h2>
      <ChaptersList
        desk={desk}
        place="summary"
        name="自评结果"
        chapters={desk.performance.summary}
        blank={(heading) => ({ heading, paragraphs: [] })}
        onChange={change}
      />
    </section>
  );
}
