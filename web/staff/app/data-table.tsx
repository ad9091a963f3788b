import { Button } from "antd";
import { useState, type ReactNode } from "react";

export interface Column<Row> {
  readonly title: string;
  readonly width?: number;
  readonly align?: "right";
  readonly cell: (row: Row, index: number) => ReactNode;
}

/** A plain list as a table; `empty` is shown when it has no rows. */
export function DataTable<Row>({
  label,
  rows,
  keyOf,
  columns,
  empty,
  rowsAtOnce = Infinity,
}: {
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
  columns: readonly Column<Row>[];
  empty: string;
  /** Rows drawn at first, and with each press of the button below; all of them when left out. */
  rowsAtOnce?: number;
}) {
  const [shown, setShown] = useState(rowsAtOnce);
  if (rows.length === 0) return <p className="nothing">{empty}</p>;
  return (
    <div className="data-table-frame">
      <table className="data-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map(({ title, width, align }) => (
              <th key={title} scope="col" style={{ width, textAlign: align }}>
                {title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.slice(0, shown).map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map(({ title, align, cell }) => (
                <td key={title} data-title={title} style={{ textAlign: align }}>
                  {cell(row, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {rows.length > shown && (
        <p>
          <Button size="small" onClick={() => setShown(shown + rowsAtOnce)}>
            再显示 {Math.min(rowsAtOnce, rows.length - shown)} 行（还有 {rows.length - shown} 行）
          </Button>
        </p>
      )}
    </div>
  );
}
