import type { ReactNode } from "react";

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
}: {
  label: string;
  rows: readonly Row[];
  keyOf: (row: Row, index: number) => string;
  columns: readonly Column<Row>[];
  empty: string;
}) {
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
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)}>
              {columns.map(({ title, align, cell }) => (
                <td key={title} style={{ textAlign: align }}>
                  {cell(row, index)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
