import { Button, Select } from "antd";
import type { Sentences } from "../../../shared/forms/sentences-schema.ts";
import { omit } from "../../../shared/omit.ts";
import { ListActs } from "./list-acts.tsx";
import { templateText } from "./sentence-places.ts";
import { newSentence, patternUses, type Pattern } from "./sentence-structure.ts";

/** Sentences that several paragraphs have alike (句式), each for one entry of a list: their list, number and order. */
export function PatternEditor({
  name,
  pattern,
  sentences,
  onChange,
}: {
  name: string;
  pattern: Pattern;
  sentences: Sentences;
  onChange: (sentences: Sentences) => void;
}) {
  const { patterns = {} } = sentences;
  const set = (next: Pattern) =>
    onChange({ ...sentences, patterns: { ...patterns, [name]: next } });
  const uses = patternUses(sentences, name);
  const { list, sentences: entries } = pattern;
  return (
    <fieldset className="edition-block">
      <legend>句式“{name}”的结构</legend>
      <div className="edition-fields">
        <label>
          每次写哪个列表的一项
          <Select
            className="edition-kind"
            showSearch
            value={list}
            options={Object.keys(sentences.lists).map((value) => ({ value, label: value }))}
            onChange={(next) => set({ ...pattern, list: next })}
          />
        </label>
        <Button
          danger
          disabled={uses > 0}
          onClick={() => onChange({ ...sentences, patterns: omit(patterns, name) })}
        >
          删去句式
        </Button>
        {uses > 0 && (
          <span className="quiet">有 {uses} 处用到，先从那些段落中删去才能删句式。</span>
        )}
      </div>
      <ul className="edition-list">
        {entries.map((entry, index) => (
          <li key={index}>
            <span className="edition-line">{templateText(entry.text)}</span>
            <ListActs
              name={`第 ${String(index + 1)} 句`}
              list={entries}
              index={index}
              least={1}
              onChange={(next) => set({ ...pattern, sentences: [...next] })}
            />
          </li>
        ))}
      </ul>
      <Button
        size="small"
        onClick={() =>
          set({ ...pattern, sentences: [...entries, newSentence(sentences, "shared", list)] })
        }
      >
        增加一句
      </Button>
    </fieldset>
  );
}
