import { Button } from "antd";
import { useSeasonRows } from "../api/queries.ts";
import { Failure, Loading } from "../app/placeholders.tsx";
import { NodeCells, NodeName } from "./department-table.tsx";
import type { SeasonSearch } from "./season-search.ts";

/** Nodes of the whole region that match what is looked for. */
export function NodeTable({
  region,
  year,
  search,
}: {
  region: string;
  year: number;
  search: SeasonSearch;
}) {
  const found = useSeasonRows(region, year, search);
  if (found.data === undefined) {
    return found.isError ? <Failure error={found.error} /> : <Loading />;
  }
  const rows = found.data.pages.flatMap(({ items }) => items);
  return (
    <>
      {rows.length === 0 && !found.hasNextPage ? (
        <p className="nothing">没有符合条件的单位。</p>
      ) : (
        <div className="data-table-frame">
          <table className="data-table season" aria-label="符合条件的单位">
            <thead>
              <tr>
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
                  <td>{row.orgCode}</td>
                  <td>
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
      {found.hasNextPage && (
        <Button loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          继续查找
        </Button>
      )}
    </>
  );
}
