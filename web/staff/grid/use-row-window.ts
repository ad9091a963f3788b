import { useEffect, useState, type RefObject } from "react";
import { flushSync } from "react-dom";
import { runsOf, type RowRuns } from "./row-runs.ts";

/** Rows from which on only those in sight are drawn: a table of a report has far fewer, a test of the forms has not. */
const longFrom = 200;
/** Height of a row of a long table, by its style sheet: with this year's figures, and with last year's under them. */
export const plainRowPx = 27;
export const doubleRowPx = 42;
/** The window moves by so many rows. */
const pace = 8;

/** Draws of a table with many rows those in sight; all of them where they are few, and on paper. */
export function useRowWindow(
  frame: RefObject<HTMLElement | null>,
  {
    count,
    active,
    rowPx,
  }: { readonly count: number; readonly active: number | undefined; readonly rowPx: number },
): { readonly isLong: boolean; readonly runs: RowRuns; readonly onScroll: () => void } {
  const [view, setView] = useState({ first: 0, inSight: 40 });
  const [isPrinted, setPrinted] = useState(false);
  const isLong = count > longFrom;
  const onScroll = () => {
    if (!isLong || frame.current === null) return;
    const { scrollTop, clientHeight } = frame.current;
    const first = Math.floor(scrollTop / rowPx / pace) * pace;
    const inSight = Math.ceil(clientHeight / rowPx) + pace;
    if (first !== view.first || inSight !== view.inSight) setView({ first, inSight });
  };
  useEffect(() => {
    if (!isLong) return undefined;
    const before = () => flushSync(() => setPrinted(true));
    const after = () => setPrinted(false);
    addEventListener("beforeprint", before);
    addEventListener("afterprint", after);
    return () => {
      removeEventListener("beforeprint", before);
      removeEventListener("afterprint", after);
    };
  }, [isLong]);
  return {
    isLong,
    runs: isLong && !isPrinted ? runsOf(view, count, active) : [[0, count]],
    onScroll,
  };
}
