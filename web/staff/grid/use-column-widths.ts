import { useMemo, useRef, useState, type PointerEvent, type RefObject } from "react";
import { useKeptText } from "../editing/use-kept-text.ts";

/** Narrower than this no figure can be read. */
const leastPx = 36;

/** Widths of a table's columns in px; undefined while the browser may set them by their content. */
export interface ColumnWidths {
  readonly widths: readonly number[] | undefined;
  /** For the right edge of a head cell: it is dragged, and a double click gives all widths up. */
  readonly edge: {
    readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
    readonly onPointerUp: () => void;
    readonly onDoubleClick: () => void;
  };
}

/** Column widths as somebody dragged them, kept on this machine by person and form. */
export function useColumnWidths(
  table: RefObject<HTMLTableElement | null>,
  formId: string,
  { count, usual }: { readonly count: number; readonly usual: readonly number[] | undefined },
): ColumnWidths {
  const { text, write, clear } = useKeptText("grid", `widths/${formId}`);
  const kept = useMemo(() => readWidths(text, count), [text, count]);
  const [dragged, setDragged] = useState<readonly number[]>();
  const drag = useRef<{
    readonly column: number;
    readonly startX: number;
    readonly start: readonly number[];
  }>(undefined);
  return {
    widths: dragged ?? kept ?? usual,
    edge: {
      onPointerDown: (event) => {
        const columns = [...(table.current?.querySelectorAll("col") ?? [])];
        const start = columns.map((column) => column.getBoundingClientRect().width);
        const column = Number(event.currentTarget.dataset["edge"]);
        event.currentTarget.setPointerCapture(event.pointerId);
        event.preventDefault();
        event.stopPropagation();
        drag.current = { column, startX: event.clientX, start };
      },
      onPointerMove: ({ clientX }) => {
        if (drag.current === undefined) return;
        const { column, startX, start } = drag.current;
        setDragged(
          start.map((width, index) =>
            Math.round(index === column ? Math.max(leastPx, width + clientX - startX) : width),
          ),
        );
      },
      onPointerUp: () => {
        drag.current = undefined;
        if (dragged !== undefined) write(JSON.stringify(dragged));
        setDragged(undefined);
      },
      onDoubleClick: clear,
    },
  };
}

/** Undefined where nothing is kept, or it was kept for another shape of the form. */
function readWidths(text: string, count: number): readonly number[] | undefined {
  if (text === "") return undefined;
  try {
    const widths: unknown = JSON.parse(text);
    if (!Array.isArray(widths) || widths.length !== count) return undefined;
    return widths.every((width) => typeof width === "number" && width >= leastPx)
      ? (widths as readonly number[])
      : undefined;
  } catch {
    return undefined;
  }
}
