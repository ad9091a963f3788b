import { memo, type CSSProperties, type ReactNode } from "react";
import { cellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import type { HeadCell } from "../../../shared/forms/form.ts";
import type { PrintedCell } from "../../../shared/forms/layout.ts";
import type { HeadPlace } from "./columns.ts";
import { columnsOfRow, type Position, type Range } from "./positions.ts";
import type { ColumnWidths } from "./use-column-widths.ts";

/** What the grid shows on a cell besides its value. */
export interface CellMark {
  readonly severity?: "error" | "warning" | "unfilled" | "hint";
  readonly message?: string;
  readonly comments?: number;
}

interface BodyRowProps {
  readonly gridId: string;
  readonly row: number;
  readonly ariaRow: number;
  readonly cells: readonly PrintedCell[];
  readonly marks: ReadonlyMap<CellAddress, CellMark>;
  readonly unread: ReadonlyMap<CellAddress, string>;
  readonly locked: ReadonlySet<CellAddress>;
  readonly editable: boolean;
  readonly pale: boolean;
  readonly active: CellAddress | undefined;
  readonly range: Range | undefined;
  readonly editor: ReactNode;
  readonly edited: CellAddress | undefined;
  /** Columns from the left that stay in sight. */
  readonly frozen: number;
  /** Last year's figures as printed, where they are shown under this year's. */
  readonly lastYear: ReadonlyMap<CellAddress, string> | undefined;
}

/** Drawn again only when its own cells, marks or selection change: moving about touches two rows. */
export const BodyRow = memo(function BodyRow(props: BodyRowProps) {
  const { ariaRow, cells, pale, frozen } = props;
  const columns = columnsOfRow(cells);
  return (
    <tr aria-rowindex={ariaRow} className={pale ? "pale" : undefined}>
      {cells.map((cell, index) =>
        cell.kind === "value" ? (
          <ValueCell key={index} cell={cell} column={columns[index] ?? 0} of={props} />
        ) : (
          <LabelCell key={index} cell={cell} {...frozenAt(columns[index] ?? 0, frozen)} />
        ),
      )}
    </tr>
  );
}, isUnchanged);

function ValueCell({
  cell,
  column,
  of: { gridId, row, marks, unread, locked, editable, active, range, editor, edited, lastYear },
}: {
  cell: Extract<PrintedCell, { kind: "value" }>;
  column: number;
  of: BodyRowProps;
}) {
  const address = cellAddress(cell.ref);
  const mark = marks.get(address);
  const isIn = range !== undefined && column >= range.left && column <= range.right;
  return (
    <td
      id={cellId(gridId, { row, column })}
      data-cell={address}
      title={mark?.message}
      className={cellClass(mark, {
        active: address === active,
        chosen: isIn,
        total: cell.total === true,
        unread: unread.has(address),
        computed: editable && locked.has(address),
      })}
      aria-colindex={column + 1}
      aria-selected={isIn || address === active}
      aria-invalid={mark?.severity === "error" || unread.has(address)}
      aria-readonly={!editable || locked.has(address)}
    >
      {address === edited ? editor : (unread.get(address) ?? cell.text)}
      {lastYear !== undefined && (
        <small className="last-year">{lastYear.get(address) ?? "\u00a0"}</small>
      )}
    </td>
  );
}

function isUnchanged(before: BodyRowProps, after: BodyRowProps): boolean {
  return (
    before.editor === undefined &&
    after.editor === undefined &&
    before.cells === after.cells &&
    before.marks === after.marks &&
    before.unread === after.unread &&
    hasSameLocks(before, after) &&
    before.editable === after.editable &&
    before.pale === after.pale &&
    before.active === after.active &&
    before.range === after.range &&
    before.frozen === after.frozen &&
    before.lastYear === after.lastYear &&
    before.ariaRow === after.ariaRow
  );
}

const hasSameLocks = (before: BodyRowProps, after: BodyRowProps): boolean =>
  before.locked === after.locked ||
  after.cells.every((cell) => {
    if (cell.kind !== "value") return true;
    const address = cellAddress(cell.ref);
    return before.locked.has(address) === after.locked.has(address);
  });

export function HeadRow({
  cells,
  places,
  index,
  frozen,
  edge,
  numbers = false,
}: {
  cells: readonly HeadCell[];
  places: readonly HeadPlace[];
  index: number;
  frozen: number;
  edge: ColumnWidths["edge"];
  numbers?: boolean;
}) {
  return (
    <tr className={numbers ? "column-numbers" : undefined} aria-rowindex={index}>
      {cells.map((cell, at) => {
        const { column = 0, isLowest = false } = places[at] ?? {};
        const { className, style } = frozenAt(column, frozen);
        return (
          <th
            key={at}
            scope={(cell.colspan ?? 1) > 1 ? "colgroup" : "col"}
            colSpan={cell.colspan}
            rowSpan={cell.rowspan}
            className={className}
            style={style}
          >
            {cell.text}
            {isLowest && (
              <span
                className="column-edge"
                data-edge={column + (cell.colspan ?? 1) - 1}
                title="拖动调整列宽，双击恢复"
                {...edge}
              />
            )}
          </th>
        );
      })}
    </tr>
  );
}

/** Its place from the left while the table is scrolled sideways: the second frozen column begins where the first ends. */
function frozenAt(
  column: number,
  frozen: number,
): { readonly className?: string; readonly style?: CSSProperties } {
  if (column >= frozen) return {};
  return { className: "frozen", style: { left: column === 0 ? 0 : "var(--first-column)" } };
}

function LabelCell({
  cell,
  className = "",
  style,
}: {
  cell: Exclude<PrintedCell, { kind: "value" }>;
  className?: string;
  style?: CSSProperties;
}) {
  if (cell.kind === "dash") return <td className="dash">{cell.text}</td>;
  const classes = `${cell.kind}${cell.total === true ? " total" : ""} ${className}`.trimEnd();
  if (cell.kind !== "name") {
    return (
      <td className={classes} colSpan={cell.colspan} style={style}>
        {cell.text}
      </td>
    );
  }
  return (
    <th
      scope="row"
      className={classes}
      colSpan={cell.colspan}
      style={{ ...style, paddingLeft: `${0.6 + (cell.indent ?? 0)}em` }}
      title={cell.text}
    >
      {cell.text}
    </th>
  );
}

export const cellId = (gridId: string, { row, column }: Pick<Position, "row" | "column">) =>
  `${gridId}-${String(row)}-${String(column)}`;

function cellClass(
  mark: CellMark | undefined,
  {
    active,
    chosen,
    total,
    unread,
    computed,
  }: { active: boolean; chosen: boolean; total: boolean; unread: boolean; computed: boolean },
): string {
  return [
    "value",
    total && "total",
    computed && "computed",
    (mark?.severity === "error" || unread) && "has-error",
    mark?.severity === "warning" && "has-warning",
    mark?.severity === "unfilled" && "unfilled",
    (mark?.comments ?? 0) > 0 && "commented",
    chosen && "chosen",
    active && "active",
  ]
    .filter((name) => name !== false)
    .join(" ");
}
