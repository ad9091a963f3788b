import { Segmented } from "antd";
import { useMemo, useState } from "react";
import {
  standingOf,
  type Standing,
  type TracedItem,
} from "../../../shared/editions/source-list.ts";
import { DataTable } from "../app/data-table.tsx";
import { Loading } from "../app/placeholders.tsx";
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
            cell: ({ item, count }) => (
              <>
                {item.title} {count > 1 && <span className="quiet">{count} 句</span>}
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
          { title: "依据", cell: ({ item }) => <SourceNote item={item} /> },
        ]}
      />
    </section>
  );
}

const kindName = { table: "报表", sentence: "句子" } as const;

interface Line {
  readonly item: TracedItem;
  /** Sentences of the chapter of which the same is known. */
  readonly count: number;
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
    lines.set(key, { item: known?.item ?? item, count: (known?.count ?? 0) + 1 });
  }
  return [...lines.values()];
}
