import { useMemo } from "react";
import { cellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { printedValue, type PrintedTable } from "../../../shared/forms/layout.ts";
import { printExact } from "../../../shared/money.ts";
import { useKeptText } from "../editing/use-kept-text.ts";

/** Last year's figures under this year's, where somebody wants to see them; the choice is kept on this machine. */
export function useLastYear(
  figures: Readonly<Record<string, number>>,
  printed: PrintedTable,
): {
  /** Some figure of the table is known. */
  readonly isAny: boolean;
  readonly isShown: boolean;
  readonly setShown: (isShown: boolean) => void;
  /** As they are printed, in the unit of the table. */
  readonly shown: ReadonlyMap<CellAddress, string> | undefined;
} {
  const { text, write } = useKeptText("grid", "last-year");
  const known = useMemo(() => {
    const isYuan = !printed.unitLabel.includes("万元");
    return new Map(
      printed.body.flat().flatMap((cell): [CellAddress, string][] => {
        if (cell.kind !== "value") return [];
        const address = cellAddress(cell.ref);
        const figure = figures[address];
        if (figure === undefined) return [];
        const isExact = isYuan && cell.valueKind === "money";
        const print = isExact
          ? printExact(figure, "yuan", { thousands: true })
          : printedValue(cell.valueKind, figure);
        return [[address, print]];
      }),
    );
  }, [figures, printed]);
  const isAny = known.size > 0;
  const isShown = text === shownText;
  return {
    isAny,
    isShown,
    setShown: (isWanted) => write(isWanted ? shownText : ""),
    shown: isAny && isShown ? known : undefined,
  };
}

const shownText = "shown";
