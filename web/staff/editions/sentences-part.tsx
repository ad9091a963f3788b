import { Input } from "antd";
import { useMemo, useState } from "react";
import type { SentencesFault } from "../../../shared/narrative/template/compiler.ts";
import { Nothing } from "../app/placeholders.tsx";
import {
  faultsAt,
  partName,
  printedBy,
  suggestionsOf,
  templatePlaces,
  withTemplate,
  type TemplatePlace,
} from "./sentence-places.ts";
import { TemplateInput, type TemplateMark } from "./template-input.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";
import type { LoadedEdition } from "./use-loaded-edition.ts";

/** Printed sentences shown of a template that is repeated. */
const mostPrinted = 6;

/** The sentence templates, each beside what it prints in the sample report. */
export function SentencesPart({ desk, loaded }: { desk: EditionDesk; loaded: LoadedEdition }) {
  const [search, setSearch] = useState("");
  const [opened, setOpened] = useState<string>();
  const places = useMemo(() => templatePlaces(desk.data), [desk.data]);
  const suggestions = useMemo(() => suggestionsOf(desk.data), [desk.data]);
  const found = places.filter(
    ({ text, id, chapter }) => search === "" || `${chapter} ${id} ${text}`.includes(search),
  );
  const faulty = places.filter((place) => countOf(faultsAt(place, loaded.sentenceFaults)) > 0);
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
        ”后按名称补全。右边是样例报告按这个模板印出的句子，随写随变。
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
      {found.map((place, index) => (
        <SentenceRow
          key={keyOf(place)}
          place={place}
          isFirst={found[index - 1]?.chapter !== place.chapter}
          isOpen={opened === keyOf(place)}
          onOpen={() => setOpened(opened === keyOf(place) ? undefined : keyOf(place))}
          {...{ desk, loaded, suggestions }}
        />
      ))}
    </section>
  );
}

const keyOf = ({ path }: TemplatePlace) => path.join("/");
const countOf = ({ text, when }: ReturnType<typeof faultsAt>) => text.length + when.length;

function SentenceRow({
  place,
  isFirst,
  isOpen,
  onOpen,
  desk,
  loaded,
  suggestions,
}: {
  place: TemplatePlace;
  isFirst: boolean;
  isOpen: boolean;
  onOpen: () => void;
  desk: EditionDesk;
  loaded: LoadedEdition;
  suggestions: ReturnType<typeof suggestionsOf>;
}) {
  const faults = faultsAt(place, loaded.sentenceFaults);
  return (
    <>
      {isFirst && (
        <h3 className="edition-chapter">
          <span className="quiet">{partName[place.part]}</span> {place.chapter}
        </h3>
      )}
      <div className={`edition-sentence${isOpen ? " open" : ""}`}>
        <button type="button" className="disclosure" aria-expanded={isOpen} onClick={onOpen}>
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
              <label className="edition-when">
                只在这时印出（可不填）
                <TemplateInput
                  label={`句子 ${place.id} 的条件`}
                  value={place.when ?? ""}
                  suggestions={suggestions}
                  marks={marksOf(faults.when)}
                  onChange={(when) => desk.change(withTemplate(desk.data, place, { when }))}
                />
              </label>
              <p className="quiet">编号 {place.id}：已存报告的修改和说明凭它对应，不能更改。</p>
            </div>
            <PrintedSentences place={place} loaded={loaded} />
          </div>
        )}
      </div>
    </>
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

const marksOf = (faults: readonly SentencesFault[]): TemplateMark[] =>
  faults.map(({ at, message }) => ({ at: at ?? { line: 1, column: 1 }, message }));
