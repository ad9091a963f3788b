import { Input, Segmented } from "antd";
import { useMemo, useState } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import {
  standingOf,
  type Standing,
  type TracedItem,
} from "../../../shared/editions/source-list.ts";
import { DataTable } from "../app/data-table.tsx";
import { Loading } from "../app/placeholders.tsx";
import { statedDocument, withDocument } from "./own-sources.ts";
import { SourceNote } from "./source-note.tsx";
import type { EditionDesk } from "./use-edition-desk.ts";
import { useSources } from "./use-sources.ts";

type Known = Exclude<Standing, "taken_over"> | "own";

const knownName = {
  printed: "见于印本",
  listed: "只见于目录",
  accounts: "按财决报表",
  unverified: "未见印本",
  own: "没有注明依据",
} as const satisfies Record<Known, string>;
const knownChip = {
  printed: "approved",
  listed: "in_review",
  accounts: "in_review",
  unverified: "open",
  own: "open",
} as const satisfies Record<Known, string>;

const knownOf = (item: TracedItem): Known => {
  const standing = standingOf(item);
  return standing === "taken_over" ? "own" : standing;
};

/** 依据: of every table and sentence, what was seen in print and what is taken over from the base. */
export function SourcesPart({ desk }: { desk: EditionDesk }) {
  const items = useSources(desk);
  const [shown, setShown] = useState<Known | "all">("all");
  const lines = useMemo(() => (items === undefined ? [] : groupedLines(items)), [items]);
  if (items === undefined) return <Loading />;
  const options = (Object.keys(knownName) as Known[]).flatMap((known) => {
    const count = items.filter((item) => knownOf(item) === known).length;
    return count === 0 ? [] : [{ value: known, label: `${knownName[known]} ${String(count)}` }];
  });
  return (
    <section className="panel edition-scrolling" aria-label="依据">
      <h2>依据</h2>
      <p className="quiet">
        各表和句子在谁的印本里见过，是不是原样沿用基础版式。没有见过印本的，启用前请对照上级文件和往年公开的决算核对。
      </p>
      <Segmented
        className="edition-filter"
        aria-label="筛选依据"
        value={shown}
        options={[{ value: "all" as const, label: `全部 ${String(items.length)}` }, ...options]}
        onChange={setShown}
      />
      <DataTable
        label="依据"
        rows={lines.filter(({ item }) => shown === "all" || knownOf(item) === shown)}
        empty="没有这样的报表和句子。"
        keyOf={({ item }) => `${item.kind} ${item.id}`}
        columns={[
          { title: "类别", width: 80, cell: ({ item }) => kindName[item.kind] },
          {
            title: "报表或章",
            width: 320,
            cell: ({ item, all }) => (
              <>
                {item.title} {all.length > 1 && <span className="quiet">{all.length} 句</span>}
              </>
            ),
          },
          {
            title: "见过没有",
            width: 120,
            cell: ({ item }) => (
              <span className={`chip ${knownChip[knownOf(item)]} nowrap`}>
                {knownName[knownOf(item)]}
              </span>
            ),
          },
          {
            title: "依据",
            cell: ({ item, all }) =>
              isOwn(item, desk.data) ? (
                <StatedDocument
                  key={statedDocument(desk.data, item)}
                  title={statedDocument(desk.data, item)}
                  label={`“${item.title}”的依据`}
                  onState={(title) => desk.change(withDocument(desk.data, all, title))}
                />
              ) : (
                <SourceNote item={item} />
              ),
          },
        ]}
      />
    </section>
  );
}

const kindName = { table: "报表", sentence: "句子" } as const;

/** Worded by the edition itself, which alone can say where it was seen. */
const isOwn = ({ takenFrom, statedIn }: TracedItem, { id }: EditionData): boolean =>
  takenFrom === undefined && (statedIn === undefined || statedIn.id === id);

/** The document that the bureau states; taken over when it is written, not with every key. */
function StatedDocument({
  title,
  label,
  onState,
}: {
  title: string;
  label: string;
  onState: (title: string) => void;
}) {
  const [typed, setTyped] = useState(title);
  const state = () => {
    if (typed.trim() !== title) onState(typed.trim());
  };
  return (
    <Input
      size="small"
      maxLength={300}
      aria-label={label}
      placeholder="本版式自己的写法：见于哪份文件或谁的印本（可不填）"
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      onBlur={state}
      onPressEnter={state}
    />
  );
}

interface Line {
  readonly item: TracedItem;
  /** With the other sentences of the chapter of which the same is known. */
  readonly all: readonly TracedItem[];
}

/** Tables one by one; of a chapter's sentences those of which the same is known together. */
function groupedLines(items: readonly TracedItem[]): Line[] {
  const lines = new Map<string, Line>();
  for (const item of items) {
    const key =
      item.kind === "table"
        ? `table ${item.id}`
        : JSON.stringify([item.title, item.takenFrom, item.statedIn?.id, item.sources]);
    const known = lines.get(key);
    lines.set(key, { item: known?.item ?? item, all: [...(known?.all ?? []), item] });
  }
  return [...lines.values()];
}
