import { Button } from "antd";
import { useEffect, useState } from "react";
import { useSeasonRows } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { NodeCells, NodeName } from "./department-table.tsx";
import type { SeasonSearch } from "./season-search.ts";

const RemindDialog = lazyPart(
  async () => (await import("./remind-dialog.tsx")).RemindDialog,
  "dialog",
);

/** So many nodes are looked for before somebody asks for more. */
const firstRows = 50;
/** Nodes that are reminded of at once. */
const mostReminded = 50;

/** Nodes of the whole region that match what is looked for; administrators choose some to remind of. */
export function NodeTable({
  region,
  year,
  search,
  mayRemind,
}: {
  region: string;
  year: number;
  search: SeasonSearch;
  mayRemind: boolean;
}) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isAsking, setAsking] = useState(false);
  const found = useSeasonRows(region, year, search);
  const { hasNextPage, isFetching, fetchNextPage } = found;
  const count = found.data?.pages.reduce((sum, { items }) => sum + items.length, 0) ?? 0;
  useEffect(() => {
    if (hasNextPage && !isFetching && count < firstRows) void fetchNextPage();
  }, [hasNextPage, isFetching, fetchNextPage, count]);
  if (found.data === undefined) {
    return found.isError ? <Failure error={found.error} /> : <Loading />;
  }
  const rows = found.data.pages.flatMap(({ items }) => items);
  const waiting = rows.flatMap(({ orgCode, due }) => (due === undefined ? [] : [orgCode]));
  const reminded = chosen.filter((code) => waiting.includes(code)).slice(0, mostReminded);
  const isAll = waiting.length > 0 && waiting.every((code) => chosen.includes(code));
  return (
    <>
      {rows.length === 0 && !found.hasNextPage ? (
        <p className="nothing">没有符合条件的单位。</p>
      ) : (
        <div className="data-table-frame">
          <table className="data-table season" aria-label="符合条件的单位">
            <thead>
              <tr>
                {mayRemind && (
                  <th scope="col" style={{ width: 40 }}>
                    <input
                      type="checkbox"
                      aria-label="全选"
                      checked={isAll}
                      onChange={() => {
                        setChosen(isAll ? [] : waiting);
                      }}
                    />
                  </th>
                )}
                {[
                  "代码",
                  "单位",
                  "状态",
                  "等谁处理",
                  "期限",
                  "错误",
                  "警告",
                  "未了意见",
                  "退回",
                  "最后办理",
                ].map((title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row) => (
                <tr key={row.orgCode}>
                  {mayRemind && (
                    <td>
                      <input
                        type="checkbox"
                        aria-label={`催办 ${row.orgName}`}
                        disabled={row.due === undefined}
                        checked={chosen.includes(row.orgCode)}
                        onChange={({ target }) => {
                          setChosen(
                            target.checked
                              ? [...chosen, row.orgCode]
                              : chosen.filter((code) => code !== row.orgCode),
                          );
                        }}
                      />
                    </td>
                  )}
                  <td>{row.orgCode}</td>
                  <td className="unit">
                    <NodeName row={row} />
                  </td>
                  <NodeCells row={row} />
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      <p className="quiet" role="status">
        {found.hasNextPage
          ? `已找到 ${String(rows.length)} 个，还有部门没有查找。`
          : `共 ${String(rows.length)} 个。`}
      </p>
      {mayRemind && rows.length > 0 && (
        <p>
          <Button
            type="primary"
            disabled={reminded.length === 0}
            onClick={() => {
              setAsking(true);
            }}
          >
            催办所选 {reminded.length === 0 ? "" : `${String(reminded.length)} 个`}
          </Button>
        </p>
      )}
      {isAsking && (
        <RemindDialog
          region={region}
          year={year}
          orgCodes={reminded}
          onClose={(outcome) => {
            setAsking(false);
            if (outcome === "sent") setChosen([]);
          }}
        />
      )}
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          继续查找
        </Button>
      )}
    </>
  );
}
