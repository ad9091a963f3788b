import type { ConsolidationView } from "../../../shared/contract/responses.ts";
import { DataTable } from "../app/data-table.tsx";
import { Nothing } from "../app/placeholders.tsx";
import { CellButton, type Figures } from "./figures.tsx";
import { Panel } from "./panel.tsx";

/** Figures of the department that units have changed since it was added up. */
export function MovedCells({
  moved: { count, cells },
  figures,
}: {
  moved: ConsolidationView["moved"];
  figures: Figures;
}) {
  if (count === 0) return null;
  return (
    <Panel title="汇总之后变动的数字" count={count}>
      <DataTable
        label="汇总之后变动的数字"
        rows={cells}
        empty=""
        keyOf={({ cell }) => cell}
        columns={[
          { title: "位置", cell: (at) => <CellButton at={at} figures={figures} /> },
          {
            title: "汇总时",
            align: "right",
            width: 150,
            cell: ({ was, cell }) => figures.text(was, cell),
          },
          {
            title: "现在",
            align: "right",
            width: 150,
            cell: ({ is, cell }) => figures.text(is, cell),
          },
          { title: "单位", width: 120, cell: ({ orgCodes }) => orgCodes.join("、") },
        ]}
      />
      {count > cells.length && <Nothing>{`只列出前 ${String(cells.length)} 个。`}</Nothing>}
    </Panel>
  );
}
