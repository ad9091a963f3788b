import { Tooltip } from "antd";
import { useId, useMemo, useRef, useState, type ClipboardEvent, type KeyboardEvent } from "react";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { HeadCell } from "../../../shared/forms/form.ts";
import type { PrintedCell, PrintedTable } from "../../../shared/forms/layout.ts";
import { parseClipboard } from "./paste.ts";
import { moveFrom, positionsOf, type Move, type Position } from "./positions.ts";
import "./form-grid.css";

/** What the grid shows on a cell besides its value. */
export interface CellMark {
  readonly severity?: "error" | "warning" | "hint";
  readonly message?: string;
  readonly comments?: number;
  readonly changed?: boolean;
}

/** A text somebody typed or pasted for a cell; the page reads it as an amount or a count. */
export interface TypedCell {
  readonly position: Position;
  readonly text: string;
}

interface FormGridProps {
  readonly printed: PrintedTable;
  readonly label: string;
  readonly editable: boolean;
  readonly marks: ReadonlyMap<CellAddress, CellMark>;
  /** Typed texts that could not be read; shown as they are until mended. */
  readonly unread: ReadonlyMap<CellAddress, string>;
  readonly selected: CellAddress | undefined;
  /** The text an editor starts with, in the unit of entry. */
  readonly editText: (position: Position) => string;
  readonly onSelect: (position: Position) => void;
  readonly onType: (cells: readonly TypedCell[]) => void;
}

const moves: Readonly<Partial<Record<string, Move>>> = {
  ArrowUp: "up",
  ArrowDown: "down",
  ArrowLeft: "left",
  ArrowRight: "right",
  Home: "row_start",
  End: "row_end",
};

/** The statutory form itself as an entry grid: same head, lines and notes as on paper, keys as in a spreadsheet. */
export function FormGrid(props: FormGridProps) {
  const { printed, label, editable, marks, unread, selected, editText, onSelect, onType } = props;
  const gridId = useId();
  const table = useRef<HTMLTableElement>(null);
  const [editing, setEditing] = useState<{ address: CellAddress; text: string }>();
  const rows = useMemo(() => positionsOf(printed), [printed]);
  const byAddress = useMemo(
    () => new Map(rows.flat().map((position) => [position.address, position])),
    [rows],
  );
  const active = selected === undefined ? undefined : byAddress.get(selected);
  const width = Math.max(...printed.body.map((row) => row.length), 1);

  const select = (position: Position) => {
    onSelect(position);
    document.getElementById(cellId(gridId, position))?.scrollIntoView({ block: "nearest" });
  };
  const go = (move: Move) => {
    const first = rows.flat()[0];
    const next = active === undefined ? first : moveFrom(rows, active, move);
    if (next !== undefined) select(next);
  };
  const startEditing = (position: Position, text: string) => {
    if (editable) setEditing({ address: position.address, text });
  };
  const finish = (then?: Move) => {
    const position = editing === undefined ? undefined : byAddress.get(editing.address);
    setEditing(undefined);
    table.current?.focus();
    if (editing === undefined || position === undefined) return;
    if (editing.text !== (unread.get(editing.address) ?? editText(position))) {
      onType([{ position, text: editing.text }]);
    }
    if (then !== undefined) select(moveFrom(rows, position, then));
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (editing !== undefined) {
      const then: Partial<Record<string, Move>> = {
        Enter: event.shiftKey ? "up" : "down",
        Tab: event.shiftKey ? "left" : "right",
      };
      const move = then[event.key];
      if (event.key === "Escape") {
        setEditing(undefined);
        table.current?.focus();
      } else if (move !== undefined && !event.nativeEvent.isComposing) finish(move);
      else return;
      event.preventDefault();
      return;
    }
    if (event.ctrlKey || event.metaKey) {
      if (event.key === "Home" || event.key === "End") {
        go(event.key === "Home" ? "first" : "last");
        event.preventDefault();
      }
      return;
    }
    const move = moves[event.key];
    if (move !== undefined) go(move);
    else if (active === undefined) return;
    else if (event.key === "Enter" || event.key === "F2") {
      startEditing(active, unread.get(active.address) ?? editText(active));
    } else if ((event.key === "Delete" || event.key === "Backspace") && editable) {
      onType([{ position: active, text: "" }]);
    } else if (/^[\d.\-−（(]$/u.test(event.key)) startEditing(active, event.key);
    else return;
    event.preventDefault();
  };

  const onPaste = (event: ClipboardEvent) => {
    if (!editable || editing !== undefined || active === undefined) return;
    event.preventDefault();
    const pasted = parseClipboard(event.clipboardData.getData("text/plain"));
    const lines = rows.filter((row, index) => index >= active.row && row.length > 0);
    onType(
      pasted.flatMap((texts, down) => {
        const line = (lines[down] ?? []).filter((position) => position.column >= active.column);
        return texts.flatMap((text, right) => {
          const position = line[right];
          return position === undefined ? [] : [{ position, text }];
        });
      }),
    );
  };

  return (
    <div className="form-grid-frame">
      <table
        ref={table}
        className="form-grid"
        role="grid"
        tabIndex={0}
        aria-label={label}
        aria-readonly={!editable}
        aria-rowcount={printed.body.length}
        aria-activedescendant={active === undefined ? undefined : cellId(gridId, active)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      >
        <thead>
          {printed.head.map((cells, row) => (
            <HeadRow key={row} cells={cells} />
          ))}
          {printed.columnNumbers && <HeadRow cells={printed.columnNumbers} numbers />}
        </thead>
        <tbody>
          {printed.body.map((cells, row) => (
            <tr key={row}>
              {cells.map((cell, column) => {
                if (cell.kind !== "value") return <LabelCell key={column} cell={cell} />;
                const position = rows[row]?.find((candidate) => candidate.column === column);
                if (position === undefined) return null;
                const mark = marks.get(position.address);
                return (
                  <td
                    key={column}
                    id={cellId(gridId, position)}
                    data-cell={position.address}
                    className={cellClass(mark, {
                      active: position.address === selected,
                      total: cell.total === true,
                      unread: unread.has(position.address),
                    })}
                    aria-invalid={mark?.severity === "error" || unread.has(position.address)}
                    aria-readonly={!editable}
                    onMouseDown={() => {
                      if (editing !== undefined && editing.address !== position.address) finish();
                      select(position);
                    }}
                    onDoubleClick={() =>
                      startEditing(position, unread.get(position.address) ?? editText(position))
                    }
                  >
                    {editing?.address === position.address ? (
                      <input
                        autoFocus
                        aria-label={position.address}
                        inputMode="decimal"
                        value={editing.text}
                        onChange={(event) =>
                          setEditing({ address: position.address, text: event.target.value })
                        }
                        onBlur={() => finish()}
                      />
                    ) : (
                      <Tooltip title={mark?.message}>
                        <span>{unread.get(position.address) ?? cell.text}</span>
                      </Tooltip>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          {printed.notes.map((note) => (
            <tr key={note}>
              <td colSpan={width}>{note}</td>
            </tr>
          ))}
        </tfoot>
      </table>
    </div>
  );
}

function HeadRow({ cells, numbers = false }: { cells: readonly HeadCell[]; numbers?: boolean }) {
  return (
    <tr className={numbers ? "column-numbers" : undefined}>
      {cells.map((cell, index) => (
        <th
          key={index}
          scope={(cell.colspan ?? 1) > 1 ? "colgroup" : "col"}
          colSpan={cell.colspan}
          rowSpan={cell.rowspan}
        >
          {cell.text}
        </th>
      ))}
    </tr>
  );
}

function LabelCell({ cell }: { cell: Exclude<PrintedCell, { kind: "value" }> }) {
  if (cell.kind === "dash") return <td className="dash">{cell.text}</td>;
  const total = cell.total === true ? " total" : "";
  if (cell.kind !== "name") {
    return (
      <td className={`${cell.kind}${total}`} colSpan={cell.colspan}>
        {cell.text}
      </td>
    );
  }
  return (
    <th
      scope="row"
      className={`name${total}`}
      colSpan={cell.colspan}
      style={{ paddingLeft: `${0.5 + (cell.indent ?? 0)}em` }}
    >
      {cell.text}
    </th>
  );
}

const cellId = (gridId: string, position: Position) =>
  `${gridId}-${String(position.row)}-${String(position.column)}`;

function cellClass(
  mark: CellMark | undefined,
  { active, total, unread }: { active: boolean; total: boolean; unread: boolean },
): string {
  return [
    "value",
    total && "total",
    active && "active",
    (mark?.severity === "error" || unread) && "has-error",
    mark?.severity === "warning" && "has-warning",
    mark?.changed === true && "changed",
    (mark?.comments ?? 0) > 0 && "commented",
  ]
    .filter((name) => name !== false)
    .join(" ");
}
