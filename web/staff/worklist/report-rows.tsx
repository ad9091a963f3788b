import { roleName } from "../../../shared/workflow/roles.ts";
import type { WorklistRow } from "../../../shared/workflow/worklist-row.ts";
import { DataTable, type Column } from "../app/data-table.tsx";
import { Due } from "../app/due.tsx";
import { RowLink } from "../app/row-link.tsx";
import { stateText, stateTone } from "../app/words.ts";
import { daysWaiting, dueOf, type ListName } from "./worklist-search.ts";

/** Rows drawn at once: more than anybody reads, few enough to be there at once. */
const rowsAtOnce = 200;

/** Reports of one list; `today` is a day (YYYY-MM-DD, Asia/Shanghai). */
export function ReportRows({
  label,
  list,
  rows,
  today,
}: {
  label: string;
  list: ListName;
  rows: readonly WorklistRow[];
  today: string;
}) {
  return (
    <DataTable
      label={label}
      rows={rows}
      empty="没有符合条件的报告。"
      keyOf={({ id }) => id}
      rowsAtOnce={rowsAtOnce}
      columns={[
        { title: "单位", cell: (row) => <Unit row={row} list={list} /> },
        { title: "年度", width: 64, cell: ({ year }) => year },
        { title: "状态", width: 140, cell: (row) => <State row={row} /> },
        ...(list === "others" ? [turnColumn] : []),
        ...(list === "done" ? [] : waitingColumns(today)),
        ...(list === "mine" ? [changedColumn] : []),
        { title: "退回", width: 56, align: "right", cell: ({ returns }) => countText(returns) },
      ]}
    />
  );
}

function Unit({ row, list }: { row: WorklistRow; list: ListName }) {
  return (
    <RowLink id={row.id} part={firstPart(row, list)}>
      {row.orgName}
    </RowLink>
  );
}

/** Where a report opens: on what changed for whoever decides on it, on what is to be mended, or on its first table. */
function firstPart({ failure, status, takeDownAsked }: WorklistRow, list: ListName): string {
  if (failure !== undefined || takeDownAsked !== undefined) return "publication";
  return list === "mine" && status === "in_review" ? "changes" : "t01";
}

function State({ row }: { row: WorklistRow }) {
  return (
    <>
      <span className={`chip ${stateTone(row)}`}>{stateText(row)}</span>
      {row.correcting && row.status !== "draft" && <span className="chip">更正</span>}
      {row.takeDownAsked !== undefined && <span className="chip returned">撤下待确认</span>}
      {row.failure !== undefined && <div className="late">{row.failure.cause}</div>}
    </>
  );
}

const turnColumn: Column<WorklistRow> = {
  title: "等谁处理",
  width: 130,
  cell: ({ turn }) => (turn === undefined ? "—" : roleName[turn.role]),
};

const waitingColumns = (today: string): readonly Column<WorklistRow>[] => [
  {
    title: "等待",
    width: 64,
    align: "right",
    cell: (row) => {
      const days = daysWaiting(row, today);
      return days === undefined ? "—" : `${String(days)} 天`;
    },
  },
  { title: "期限", width: 160, cell: (row) => <Due date={dueOf(row)} /> },
  {
    title: "错误",
    width: 56,
    align: "right",
    cell: ({ check }) => countText(check?.errors, "late"),
  },
  { title: "警告", width: 56, align: "right", cell: ({ check }) => countText(check?.warnings) },
  { title: "意见", width: 56, align: "right", cell: ({ openRemarks }) => countText(openRemarks) },
];

/** 变动: since this person last looked. */
const changedColumn: Column<WorklistRow> = {
  title: "变动",
  width: 88,
  cell: ({ changedParts }) => {
    if (changedParts === undefined) return "—";
    if (changedParts === null) return <span className="chip unseen-report">没看过</span>;
    if (changedParts === 0) return <span className="quiet">无变动</span>;
    return <span className="chip returned">{changedParts} 部分</span>;
  },
};

/** What is not known is not zero. */
const countText = (count: number | undefined, tone?: string) => {
  if (count === undefined) return <span className="quiet">—</span>;
  if (count === 0) return <span className="quiet">0</span>;
  return tone === undefined ? count : <span className={tone}>{count}</span>;
};
