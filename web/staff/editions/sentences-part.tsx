import { Button, Input } from "antd";
import { useMemo, useState, type ReactNode } from "react";
import type { TracedItem } from "../../../shared/editions/source-list.ts";
import { Nothing } from "../app/placeholders.tsx";
import { ChapterEditor } from "./chapter-editor.tsx";
import {
  faultsAt,
  partName,
  printedBy,
  suggestionsOf,
  templatePlaces,
  withTemplate,
  type TemplatePlace,
} from "./sentence-places.ts";
import { PatternEditor } from "./pattern-editor.tsx";
import { withNewPattern, withNumberedHeadings, type ChapterPlace } from "./sentence-structure.ts";
import { SourceNote } from "./source-note.tsx";
import { sourcesOf, useSources } from "./use-sources.ts";
import { marksOf, TemplateInput, type Suggestion } from "./template-input.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/** Printed sentences shown of a template that is repeated. */
const mostPrinted = 6;

/** The sentence templates, each beside what it prints in the sample report, by chapters that can be changed themselves. */
export function SentencesPart({ desk, loaded }: { desk: EditionDesk; loaded: LoadedEdition }) {
  const { data, change } = desk;
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<string>();
  const sources = useSources(desk);
  const places = useMemo(() => templatePlaces(data), [data]);
  const suggestions = useMemo(() => suggestionsOf(data), [data]);
  const found = places.filter(
    ({ text, id, chapter }) => search === "" || `${chapter} ${id} ${text}`.includes(search),
  );
  const faulty = places.filter((place) => countOf(faultsAt(place, loaded.sentenceFaults)) > 0);
  const row = (place: TemplatePlace) => (
    <SentenceRow
      key={keyOf(place)}
      place={place}
      isOpen={opened === keyOf(place)}
      source={sourcesOf(sources, "sentence", place.id)}
      onOpen={setOpened}
      {...{ desk, loaded, suggestions }}
    />
  );
  return (
    <section className="panel" aria-label="说明文字">
      <h2>
        说明文字 <span className="quiet">{places.length} 句</span>
        <Input.Search
          className="beside edition-search"
          allowClear
          placeholder="按文字、章节或编号查找"
          aria-label="查找句子"
          value={search}
          onChange={({ target }) => setSearch(target.value)}
        />
      </h2>
      <p className="quiet">
        大括号里是数字、列表和写法的名称：键入“{"{"}
        ”后按名称补全，数字和列表在“数字与列表”中增改。右边是样例报告按这个模板印出的句子，随写随变。
        <Button size="small" className="beside" onClick={() => change(withNumberedHeadings(data))}>
          按顺序重编章号
        </Button>
      </p>
      {faulty.length > 0 && (
        <p className="notice error" role="alert">
          {faulty.length} 句有问题：
          {faulty.slice(0, 5).map((place) => (
            <button
              key={keyOf(place)}
              type="button"
              className="link edition-jump"
              onClick={() => {
                setSearch("");
                setOpened(keyOf(place));
              }}
            >
              {place.id}
            </button>
          ))}
        </p>
      )}
      {found.length === 0 && <Nothing>没有找到这样的句子。</Nothing>}
      {(["overview", "narrative"] as const).flatMap((part) =>
        data.sentences[part].map((chapter, index) => {
          const own = found.filter(({ path }) => path[0] === part && path[1] === index);
          if (search !== "" && own.length === 0) return null;
          return (
            <ChapterSection
              key={`${part} ${chapter.id}`}
              place={{ part, index }}
              {...{ desk, loaded, suggestions }}
            >
              {own.map(row)}
            </ChapterSection>
          );
        }),
      )}
      {Object.keys(data.sentences.patterns ?? {}).map((name) => {
        const own = found.filter(({ path }) => path[0] === "patterns" && path[1] === name);
        if (search !== "" && own.length === 0) return null;
        return (
          <PatternSection key={name} name={name} desk={desk}>
            {own.map(row)}
          </PatternSection>
        );
      })}
      <Button
        size="small"
        className="edition-after"
        onClick={() => {
          const next = withNewPattern(data.sentences);
          if (next !== undefined) change({ ...data, sentences: next });
        }}
      >
        增加句式（几段共用的句子）
      </Button>
    </section>
  );
}

const keyOf = ({ part, id }: TemplatePlace) => `${part} ${id}`;
const countOf = ({ text, when }: ReturnType<typeof faultsAt>) => text.length + when.length;

function ChapterSection({
  place,
  desk,
  loaded,
  suggestions,
  children,
}: {
  place: ChapterPlace;
  desk: EditionDesk;
  loaded: LoadedEdition;
  suggestions: readonly Suggestion[];
  children: ReactNode;
}) {
  const { data, change } = desk;
  const sentences = data.sentences;
  const heading = sentences[place.part][place.index]?.heading ?? "";
  return (
    <WithStructure
      of={partName[place.part]}
      title={heading === "" ? "（没有标题）" : heading}
      structure={
        <ChapterEditor
          place={place}
          faults={loaded.sentenceFaults}
          {...{ sentences, suggestions }}
          onChange={(next) => change({ ...data, sentences: next })}
        />
      }
    >
      {children}
    </WithStructure>
  );
}

function PatternSection({
  name,
  desk: { data, change },
  children,
}: {
  name: string;
  desk: EditionDesk;
  children: ReactNode;
}) {
  const sentences = data.sentences;
  const pattern = sentences.patterns?.[name];
  return (
    <WithStructure
      of={partName.patterns}
      title={name}
      structure={
        pattern !== undefined && (
          <PatternEditor
            {...{ name, pattern, sentences }}
            onChange={(next) => change({ ...data, sentences: next })}
          />
        )
      }
    >
      {children}
    </WithStructure>
  );
}

/** A heading with what is printed under it; its structure opens beside it. */
function WithStructure({
  of,
  title,
  structure,
  children,
}: {
  of: string;
  title: string;
  structure: ReactNode;
  children: ReactNode;
}) {
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <h3 className="edition-chapter">
        <span className="quiet">{of}</span> {title}
        <Button
          size="small"
          className="edition-chapter-acts"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "收起结构" : "标题与段落"}
        </Button>
      </h3>
      {isOpen && structure}
      {children}
    </>
  );
}

function SentenceRow({
  place,
  isOpen,
  source,
  onOpen,
  desk,
  loaded,
  suggestions,
}: {
  place: TemplatePlace;
  isOpen: boolean;
  source: TracedItem | undefined;
  onOpen: (key: string | undefined) => void;
  desk: EditionDesk;
  loaded: LoadedEdition;
  suggestions: readonly Suggestion[];
}) {
  const faults = faultsAt(place, loaded.sentenceFaults);
  return (
    <div className={`edition-sentence${isOpen ? " open" : ""}`}>
      <button
        type="button"
        className="disclosure"
        aria-expanded={isOpen}
        onClick={() => onOpen(isOpen ? undefined : keyOf(place))}
      >
        <span className="edition-template">{place.text === "" ? "（空）" : place.text}</span>
        {countOf(faults) > 0 && <span className="chip failed">有问题</span>}
      </button>
      {isOpen && (
        <div className="edition-beside">
          <div>
            <TemplateInput
              label={`句子 ${place.id} 的模板`}
              value={place.text}
              suggestions={suggestions}
              marks={marksOf(faults.text)}
              onChange={(text) => desk.change(withTemplate(desk.data, place, { text }))}
            />
            <div className="edition-when">
              只在这时印出（可不填）
              <TemplateInput
                label={`句子 ${place.id} 的条件`}
                value={place.when ?? ""}
                suggestions={suggestions}
                marks={marksOf(faults.when)}
                onChange={(when) => desk.change(withTemplate(desk.data, place, { when }))}
              />
            </div>
            <p className="quiet">编号 {place.id}：已存报告的修改和说明凭它对应，不能更改。</p>
            {source !== undefined && (
              <p className="quiet">
                <SourceNote item={source} />
              </p>
            )}
          </div>
          <PrintedSentences place={place} loaded={loaded} />
        </div>
      )}
    </div>
  );
}

function PrintedSentences({ place, loaded }: { place: TemplatePlace; loaded: LoadedEdition }) {
  const printed = loaded.sample === undefined ? [] : printedBy(place, loaded.sample.written);
  return (
    <div className="edition-printed" aria-live="polite">
      <h4>样例报告印出</h4>
      {loaded.faults.length > 0 && (
        <p className="quiet">版式有问题，以下是改正前最后一次完整时的样子。</p>
      )}
      {printed.length === 0 ? (
        <p className="quiet">样例报告中没有印出这一句：条件不成立，或列表里没有项目。</p>
      ) : (
        printed.slice(0, mostPrinted).map((sentence, index) => <p key={index}>{sentence}</p>)
      )}
      {printed.length > mostPrinted && (
        <p className="quiet">另有 {printed.length - mostPrinted} 句。</p>
      )}
    </div>
  );
}
