import { Button } from "antd";
import { afterMove, afterRemoval } from "../../editing/entry-texts.ts";
import { moved } from "../../editions/changed-data.ts";
import { LinesBox, TextBox } from "../box-field.tsx";
import { AddByName } from "./add-by-name.tsx";
import type { PerformanceDesk } from "./use-performance.ts";

export interface Chapter {
  readonly heading: string;
  readonly paragraphs: string[];
  /** 1 for the chief headings; absent where all are alike. */
  readonly level?: number;
}

/** Chapters that people write themselves: headings in their order, a line a paragraph. */
export function ChaptersList<One extends Chapter>({
  desk,
  place,
  name,
  chapters,
  offers = [],
  blank,
  onChange,
}: {
  desk: PerformanceDesk;
  /** Of the list in the section, with slashes. */
  place: string;
  /** What a chapter is called in the names of its fields. */
  name: string;
  chapters: readonly One[];
  /** Headings that such a report usually has. */
  offers?: readonly string[];
  blank: (heading: string) => One;
  onChange: (by: (chapters: readonly One[]) => One[], undoWords?: string) => void;
}) {
  const { disabled } = desk;
  const missing = offers.filter((offer) => !chapters.some(({ heading }) => heading === offer));
  const set = (index: number, part: Partial<Chapter>) =>
    onChange((now) => now.map((one, at) => (at === index ? { ...one, ...part } : one)));
  const move = (index: number, by: -1 | 1) => {
    onChange((now) => [...moved(now, index, by)]);
    desk.moveTexts(place, afterMove(index, index + by));
  };
  const remove = (index: number, heading: string) => {
    onChange((now) => now.toSpliced(index, 1), `已移除“${heading}”。`);
    desk.moveTexts(place, afterRemoval(index));
  };
  return (
    <>
      {chapters.map((chapter, index) => (
        <ChapterFields
          key={index}
          {...{ desk, chapter, disabled }}
          place={`${place}/${String(index)}`}
          name={`${name}第 ${String(index + 1)} 章`}
          isFirst={index === 0}
          isLast={index === chapters.length - 1}
          onSet={(part) => set(index, part)}
          onMove={(by) => move(index, by)}
          onRemove={() => remove(index, chapter.heading)}
        />
      ))}
      {!disabled && (
        <>
          <AddByName
            label={`${name}的标题`}
            button="增加一章"
            field={`performance.${place.replaceAll("/", ".")}`}
            offers={missing}
            onAdd={(heading) => onChange((now) => [...now, blank(heading)])}
          />
          {missing.length > 0 && (
            <Button
              type="link"
              size="small"
              onClick={() => onChange((now) => [...now, ...missing.map(blank)])}
            >
              列出规定的 {missing.length} 个标题
            </Button>
          )}
        </>
      )}
    </>
  );
}

function ChapterFields({
  desk,
  chapter,
  place,
  name,
  disabled,
  isFirst,
  isLast,
  onSet,
  onMove,
  onRemove,
}: {
  desk: PerformanceDesk;
  chapter: Chapter;
  place: string;
  name: string;
  disabled: boolean;
  isFirst: boolean;
  isLast: boolean;
  onSet: (part: Partial<Chapter>) => void;
  onMove: (by: -1 | 1) => void;
  onRemove: () => void;
}) {
  return (
    <div className="chapter" style={{ marginLeft: `${String((chapter.level ?? 1) - 1)}em` }}>
      <div className="chapter-head">
        <TextBox
          {...desk.field(`${place}/heading`)}
          label={`${name}：标题`}
          text={chapter.heading}
          most={200}
          isRequired
          onChange={(heading) => onSet({ heading })}
        />
        {!disabled && (
          <span className="chapter-acts">
            {chapter.level !== undefined && (
              <select
                aria-label={`${name}：层级`}
                value={chapter.level}
                onChange={({ target }) => onSet({ level: Number(target.value) })}
              >
                <option value={1}>一级标题</option>
                <option value={2}>二级标题</option>
                <option value={3}>三级标题</option>
              </select>
            )}
            <Button
              type="text"
              size="small"
              aria-label={`上移${name}`}
              disabled={isFirst}
              onClick={() => onMove(-1)}
            >
              ↑
            </Button>
            <Button
              type="text"
              size="small"
              aria-label={`下移${name}`}
              disabled={isLast}
              onClick={() => onMove(1)}
            >
              ↓
            </Button>
            <Button type="text" size="small" aria-label={`移除${name}`} onClick={onRemove}>
              移除
            </Button>
          </span>
        )}
      </div>
      <LinesBox
        {...desk.field(`${place}/paragraphs`)}
        label={`${name}：正文，每行一段`}
        lines={chapter.paragraphs}
        onChange={(paragraphs) => onSet({ paragraphs })}
      />
    </div>
  );
}
