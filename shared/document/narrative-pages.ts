import type { WrittenNarrative } from "../narrative/written.ts";
import type { Report } from "../report/report.ts";
import { chaptersPart } from "./chapters-part.ts";
import { printCss } from "./print-css.ts";
import { chaptersOfPart, partsOf, reportTitle } from "./titles.ts";

/** The pages of the narrative for a screen: the same elements and styles as those the whole report is printed with. */
export interface NarrativePages {
  /** What is printed at the head of every page. */
  readonly runningHead: string;
  readonly css: string;
  /** Finished HTML of the parts that hold the narrative; every sentence is a `[data-sentence]`. */
  readonly html: string;
}

export function narrativePages(
  { identity, edition }: Pick<Report, "identity" | "edition">,
  narrative: WrittenNarrative,
  { isDraft }: { readonly isDraft: boolean },
): NarrativePages {
  const parts = partsOf(edition.parts, identity);
  const runningHead = reportTitle(identity);
  return {
    runningHead,
    css: printCss({ runningHead, isDraft }),
    html: parts
      .filter(({ holds }) => holds === "narrative")
      .map((part) => {
        const chapters = chaptersOfPart(part, parts, narrative.chapters);
        return String(chaptersPart(part, "narrative", chapters, "marked").html);
      })
      .join(""),
  };
}
