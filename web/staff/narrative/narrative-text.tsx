import { Button } from "antd";
import { Fragment, memo } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import type { Chapter, Sentence } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { SentenceText } from "./sentence-text.tsx";
import type { NarrativeText } from "./use-narrative-text.ts";
import type { NarrativeActs, Words } from "./use-narrative-writing.ts";

const WordsEditor = lazyPart(async () => (await import("./words-editor.tsx")).WordsEditor);

/** Everything that a sentence is shown and written with. */
export interface Desk {
  readonly report: ReportView;
  readonly whole: Report;
  readonly text: NarrativeText;
  readonly acts: NarrativeActs;
  /** Somebody may write, and what was found is known. */
  readonly editable: boolean;
  readonly onSelect: (id: string) => void;
  /** To what was found about a sentence, and where its figures come from. */
  readonly onDetails: (id: string) => void;
  readonly onGo: (href: string) => void;
}

/** The chapters as people read them, each with what may be added at its end. */
export function NarrativeChapters({
  desk,
  selected,
}: {
  desk: Desk;
  selected: string | undefined;
}) {
  const { text, acts, editable } = desk;
  const entry = selected ?? text.order[0];
  return (
    <div className="panel narrative-text">
      {text.chapters.map((chapter) => (
        <section key={chapter.id} aria-label={chapter.heading}>
          <h2>{chapter.heading}</h2>
          {chapter.paragraphs.map((paragraph, index) => (
            <Fragment key={index}>
              <p>
                {paragraph.label}
                {paragraph.sentences.map((sentence) => (
                  <OneSentence
                    key={sentence.id}
                    desk={desk}
                    chapter={chapter}
                    sentence={sentence}
                    isHere={sentence.id === selected}
                    isEntry={sentence.id === entry}
                  />
                ))}
              </p>
              {paragraph.sentences.some(({ id }) => id === idOf(acts.words)) && (
                <WordsAtHand desk={desk} />
              )}
            </Fragment>
          ))}
          {isNew(acts.words, chapter) && <WordsAtHand desk={desk} />}
          {editable && (
            <Button type="link" size="small" onClick={() => acts.add(chapter.id)}>
              补充说明
            </Button>
          )}
        </section>
      ))}
    </div>
  );
}

/** The sentence that is worded, or the one that an added paragraph is or will be. */
const idOf = (words: Words | undefined): string | undefined =>
  words === undefined || words.kind === "sentence"
    ? words?.id
    : `${words.chapter}.addition.${String(words.index + 1)}`;

/** A paragraph that is not in the text yet. */
const isNew = (words: Words | undefined, { id, paragraphs }: Chapter): boolean =>
  words?.kind === "addition" &&
  words.chapter === id &&
  !paragraphs.some(({ sentences }) => sentences.some((one) => one.id === idOf(words)));

const WordsAtHand = ({ desk: { report, whole, acts } }: { desk: Desk }) =>
  acts.words !== undefined && (
    <WordsEditor
      key={idOf(acts.words)}
      reportId={report.id}
      words={acts.words}
      whole={whole}
      narrative={whole.sections.narrative}
      onClose={acts.close}
      onWrite={acts.change}
    />
  );

/** A choice of another sentence draws two of them anew, not the whole text. */
const OneSentence = memo(function OneSentence(props: {
  desk: Desk;
  chapter: Chapter;
  sentence: Sentence;
  isHere: boolean;
  isEntry: boolean;
}) {
  return <SentenceText {...props} />;
});
