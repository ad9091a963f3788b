import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import { useState } from "react";
import type { z } from "zod";
import type { diffResponse } from "../../../shared/contract/responses.ts";
import { parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { Edition, Form } from "../../../shared/forms/form.ts";
import { columnName, exactWan, isCount, rowLabel } from "../../../shared/forms/place-name.ts";

export type ChangedCell = z.infer<typeof diffResponse>["cells"][number];

/** Rows of one table drawn at first; last year's comparison has all of them. */
const rowsAtOnce = 40;

interface ChangedRow {
  readonly row: string;
  readonly label: string;
  readonly cells: ReadonlyMap<string, ChangedCell>;
}

/** The rows of one table that changed, with the old figure above the new one in each changed cell. */
export function ChangedCells({
  reportId,
  form,
  cells,
  edition,
}: {
  reportId: string;
  form: Form;
  cells: readonly ChangedCell[];
  edition: Edition;
}) {
  const [shown, setShown] = useState(rowsAtOnce);
  const { rows, columns } = arrange(cells, form, edition);
  return (
    <div className="data-table-frame">
      <table className="data-table changed-cells" aria-label={`${form.title}变动的数字`}>
        <thead>
          <tr>
            <th scope="col">
              项目 <span className="quiet">（金额：万元）</span>
            </th>
            {columns.map(({ key, name }) => (
              <th key={key} scope="col">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map(({ row, label, cells: changed }) => (
            <tr key={row}>
              <th scope="row">{label}</th>
              {columns.map(({ key }) => {
                const cell = changed.get(key);
                return (
                  <td key={key}>
                    {cell && <ChangeInCell reportId={reportId} change={cell} edition={edition} />}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <p>
          <Button size="small" onClick={() => setShown(rows.length)}>
            显示其余 {rows.length - shown} 行
          </Button>
        </p>
      )}
    </div>
  );
}

function ChangeInCell({
  reportId,
  change,
  edition,
}: {
  reportId: string;
  change: ChangedCell;
  edition: Edition;
}) {
  const { cell, label, old, new: now } = change;
  const isWhole = isCount(cell as CellAddress, edition);
  const text = (value: number | undefined) =>
    value === undefined ? "（空）" : isWhole ? String(value) : exactWan(value);
  const difference = (now ?? 0) - (old ?? 0);
  return (
    <Link
      className="cell-change"
      data-change={cell}
      title={label}
      to="/reports/$id/$part"
      params={{ id: reportId, part: cell.split("/")[0] ?? "" }}
      search={{ cell }}
    >
      <del>
        <span className="unseen">原</span>
        {text(old)}
      </del>
      <ins>
        <span className="unseen">现</span>
        {text(now)}
      </ins>
      {old !== undefined && now !== undefined && (
        <small>
          {difference > 0 ? "+" : "−"}
          {text(Math.abs(difference))}
        </small>
      )}
    </Link>
  );
}

/** Changed cells by row, in the order of the first change, and by column, in that of the form. */
function arrange(cells: readonly ChangedCell[], form: Form, edition: Edition) {
  const printed = form.blocks.flatMap((block) => block.columns.map(({ key }) => key));
  const rows = new Map<string, { label: string; cells: Map<string, ChangedCell> }>();
  const columns = new Map<string, string>();
  for (const change of cells) {
    const address = change.cell as CellAddress;
    const ref = parseCellAddress(address);
    if (ref === undefined) continue;
    const row = rows.get(ref.row) ?? { label: rowLabel(address, edition), cells: new Map() };
    row.cells.set(ref.column, change);
    rows.set(ref.row, row);
    if (!columns.has(ref.column)) columns.set(ref.column, columnName(address, edition));
  }
  return {
    rows: [...rows].map(([row, rest]): ChangedRow => ({ row, ...rest })),
    columns: [...new Set([...printed, ...columns.keys()])].flatMap((key) => {
      const name = columns.get(key);
      return name === undefined ? [] : [{ key, name }];
    }),
  };
}
