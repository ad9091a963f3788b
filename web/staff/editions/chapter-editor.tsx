import { Button, Select } from "antd";
import type {
  ChapterTemplate,
  ParagraphTemplate,
  Sentences,
} from "../../../shared/forms/sentences-schema.ts";
import type { SentencesFault } from "../../../shared/narrative/template/compiler.ts";
import { ListActs } from "./list-acts.tsx";
import { templateOf, templateText } from "./sentence-places.ts";
import {
  newParagraph,
  newSentence,
  newSubheading,
  withChapter,
  withChapters,
  withEach,
  withNewChapter,
  type ChapterPlace,
  type SentenceParagraph,
} from "./sentence-structure.ts";
import { marksOf, TemplateInput, type Suggestion } from "./template-input.tsx";
import { modal } from "../app/feedback.tsx";

interface Editing {
  readonly sentences: Sentences;
  readonly suggestions: readonly Suggestion[];
  readonly faults: readonly SentencesFault[];
  readonly onChange: (sentences: Sentences) => void;
}

/** The structure of one chapter: its heading and place, its paragraphs, and what each of them is repeated over. */
export function ChapterEditor({ place, ...editing }: Editing & { place: ChapterPlace }) {
  const { sentences, onChange } = editing;
  const { part, index } = place;
  const chapters = sentences[part];
  const chapter = chapters[index];
  if (chapter === undefined) return null;
  const set = (next: ChapterTemplate) => onChange(withChapter(sentences, place, next));
  const { paragraphs } = chapter;
  const remove = () => {
    modal.confirm({
      title: `删去“${chapter.heading}”一章？`,
      content: "这一章的段落和句子一并删去。可用“放弃修改”恢复。",
      okText: "删去",
      cancelText: "不删",
      onOk: () => onChange(withChapters(sentences, part, chapters.toSpliced(index, 1))),
    });
  };
  const add = (paragraph: ParagraphTemplate) =>
    set({ ...chapter, paragraphs: [...paragraphs, paragraph] });
  return (
    <fieldset className="edition-block">
      <legend>这一章的结构</legend>
      <Words
        label="章的标题"
        value={chapter.heading}
        path={[part, index, "heading"]}
        editing={editing}
        onChange={(heading) => set({ ...chapter, heading })}
      />
      <div className="edition-acts edition-row">
        <ListActs
          name="这一章"
          list={chapters}
          index={index}
          least={1}
          onChange={(next) => onChange(withChapters(sentences, part, next))}
          onRemove={remove}
        />
        <Button size="small" onClick={() => onChange(withNewChapter(sentences, place))}>
          在后面增加一章
        </Button>
        <span className="quiet">编号 {chapter.id}</span>
      </div>
      {paragraphs.map((paragraph, at) => (
        <ParagraphEditor
          key={at}
          {...{ paragraph, place, at, editing }}
          paragraphs={paragraphs}
          chapter={chapter}
          onChange={(next) => set({ ...chapter, paragraphs: next })}
        />
      ))}
      <div className="edition-acts edition-row">
        <Button size="small" onClick={() => add(newParagraph(sentences, chapter.id))}>
          增加一段
        </Button>
        <Button size="small" onClick={() => add(newSubheading(sentences, chapter.id))}>
          增加小标题
        </Button>
        <Button
          size="small"
          disabled={[...sentences.overview, ...sentences.narrative].some((one) =>
            one.paragraphs.some((paragraph) => "ownChapters" in paragraph),
          )}
          onClick={() => add({ ownChapters: true })}
        >
          增加单位自写的绩效章节
        </Button>
      </div>
    </fieldset>
  );
}

function ParagraphEditor({
  paragraph,
  paragraphs,
  at,
  place,
  chapter,
  editing,
  onChange,
}: {
  paragraph: ParagraphTemplate;
  paragraphs: readonly ParagraphTemplate[];
  at: number;
  place: ChapterPlace;
  chapter: ChapterTemplate;
  editing: Editing;
  onChange: (paragraphs: ParagraphTemplate[]) => void;
}) {
  const set = (next: ParagraphTemplate) => onChange(paragraphs.with(at, next));
  const path = [place.part, place.index, "paragraphs", at] as const;
  return (
    <div className="edition-paragraph">
      <div className="edition-acts edition-row">
        <strong>第 {at + 1} 段</strong>
        <ListActs
          name={`第 ${String(at + 1)} 段`}
          list={paragraphs}
          index={at}
          least={1}
          onChange={(next) => onChange([...next])}
        />
      </div>
      {"ownChapters" in paragraph ? (
        <p className="quiet">单位自己写的绩效自评结果，按它写的章节印出。</p>
      ) : "subheading" in paragraph ? (
        <Words
          label="小标题"
          value={paragraph.subheading}
          path={[...path, "subheading"]}
          editing={editing}
          onChange={(subheading) => set({ ...paragraph, subheading })}
        />
      ) : (
        <SentencesOf {...{ paragraph, path, chapter, editing }} onChange={set} />
      )}
    </div>
  );
}

function SentencesOf({
  paragraph,
  path,
  chapter,
  editing,
  onChange,
}: {
  paragraph: SentenceParagraph;
  path: readonly (string | number)[];
  chapter: ChapterTemplate;
  editing: Editing;
  onChange: (paragraph: SentenceParagraph) => void;
}) {
  const { sentences, suggestions, faults } = editing;
  const { each, when, label, sentences: entries } = paragraph;
  const whenFaults = faults.filter((fault) => isAt(fault.path, [...path, "when"]));
  return (
    <>
      <div className="edition-fields edition-top">
        <label>
          逐项重复
          <Select
            className="edition-kind"
            showSearch
            value={each ?? ""}
            options={[
              { value: "", label: "不重复" },
              ...Object.keys(sentences.lists).map((name) => ({ value: name, label: name })),
            ]}
            onChange={(name) =>
              onChange(withEach(sentences, paragraph, name === "" ? undefined : name))
            }
          />
        </label>
        <Words
          label="段前的序号或字样（可不填）"
          value={label ?? ""}
          path={[...path, "label"]}
          editing={editing}
          onChange={(text) => {
            const { label: _, ...rest } = paragraph;
            onChange(text === "" ? rest : { ...rest, label: text });
          }}
        />
        <div className="edition-when edition-grow">
          只在这时印出（可不填）
          <TemplateInput
            label={`第 ${String(Number(path.at(-1)) + 1)} 段的条件`}
            value={templateText(when) ?? ""}
            suggestions={suggestions}
            marks={marksOf(whenFaults)}
            onChange={(text) => {
              const { when: _, ...rest } = paragraph;
              onChange(text === "" ? rest : { ...rest, when: templateOf(text) });
            }}
          />
        </div>
      </div>
      <ul className="edition-list">
        {entries.map((entry, index) => (
          <li key={index}>
            {"pattern" in entry ? (
              <PatternFields
                entry={entry}
                sentences={sentences}
                onChange={(next) =>
                  onChange({ ...paragraph, sentences: entries.with(index, next) })
                }
              />
            ) : (
              <span className="edition-line">{templateText(entry.text)}</span>
            )}
            <ListActs
              name={`第 ${String(index + 1)} 句`}
              list={entries}
              index={index}
              least={1}
              onChange={(next) => onChange({ ...paragraph, sentences: [...next] })}
            />
          </li>
        ))}
      </ul>
      <div className="edition-acts">
        <Button
          size="small"
          onClick={() =>
            onChange({
              ...paragraph,
              sentences: [...entries, newSentence(sentences, chapter.id, each)],
            })
          }
        >
          增加一句
        </Button>
        <AddPattern
          sentences={sentences}
          onAdd={(entry) => onChange({ ...paragraph, sentences: [...entries, entry] })}
        />
      </div>
    </>
  );
}

type Pattern = Extract<SentenceParagraph["sentences"][number], { readonly pattern: string }>;

/** Sentences that several paragraphs have alike (句式), for one entry of their list. */
function PatternFields({
  entry,
  sentences,
  onChange,
}: {
  entry: Pattern;
  sentences: Sentences;
  onChange: (entry: Pattern) => void;
}) {
  return (
    <span className="edition-line edition-acts">
      句式
      <Select
        size="small"
        aria-label="句式"
        value={entry.pattern}
        options={Object.keys(sentences.patterns ?? {}).map((value) => ({ value, label: value }))}
        onChange={(pattern) => onChange({ ...entry, pattern })}
      />
      <Select
        size="small"
        aria-label="句式所写的项"
        className="edition-kind"
        value={entry.entry}
        options={entriesOf(sentences, entry.pattern)}
        onChange={(next) => onChange({ ...entry, entry: next })}
      />
    </span>
  );
}

function AddPattern({
  sentences,
  onAdd,
}: {
  sentences: Sentences;
  onAdd: (entry: Pattern) => void;
}) {
  const [pattern] = Object.keys(sentences.patterns ?? {});
  if (pattern === undefined) return null;
  return (
    <Button
      size="small"
      onClick={() => onAdd({ pattern, entry: entriesOf(sentences, pattern)[0]?.value ?? "" })}
    >
      增加共用的句式
    </Button>
  );
}

function entriesOf({ patterns = {}, lists }: Sentences, pattern: string) {
  const list = lists[patterns[pattern]?.list ?? ""];
  const keys = list !== undefined && "keys" in list ? list.keys : {};
  return Object.entries(keys).map(([value, label]) => ({ value, label }));
}

const isAt = (of: SentencesFault["path"], path: readonly (string | number)[]): boolean =>
  path.every((step, index) => of[index] === step);

/** A heading, label or mark: words alone. */
function Words({
  label,
  value,
  path,
  editing: { suggestions, faults },
  onChange,
}: {
  label: string;
  value: string;
  path: readonly (string | number)[];
  editing: Editing;
  onChange: (text: string) => void;
}) {
  return (
    <div className="edition-when edition-grow">
      {label}
      <TemplateInput
        label={label}
        value={value}
        suggestions={suggestions}
        marks={marksOf(faults.filter((fault) => isAt(fault.path, path)))}
        onChange={onChange}
      />
    </div>
  );
}
