import { cellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import type { Edition, Form } from "../../../shared/forms/form.ts";
import type { PastedBlock, UnknownRow } from "../../../shared/forms/pasted-block.ts";
import { isCount } from "../../../shared/forms/place-name.ts";
import type { AmountUnit } from "../../../shared/money.ts";
import type { Pasted } from "../grid/paste.ts";
import { withCodes } from "./edit-table.ts";
import { readCell, withTypedCells, type CellText, type TypedTable } from "./typed-cells.ts";
import type { ComputedTable } from "./computed-table.ts";

/** What a paste would do, before anything is changed. */
export interface PastePlan {
  /** The table with it, totals computed. */
  readonly after: TypedTable;
  /** The same with the totals as they were pasted. */
  readonly asPasted: TypedTable;
  /** Cells that get what was pasted; of these, texts that are no amount. */
  readonly filled: readonly CellText[];
  readonly unreadable: readonly CellText[];
  /** Computed cells for which another figure was pasted than follows from the rest. */
  readonly computed: readonly (CellText & { readonly result: number | undefined })[];
  readonly newCodes: readonly string[];
  /** Lines and columns of the block that are not filled in. */
  readonly unknown: readonly UnknownRow[];
  readonly unknownColumns: readonly string[];
  /** Texts that fall on names, on cells that take nothing, or beside the table. */
  readonly outside: number;
  /** The unit that the block states, where it is another than the one typed in. */
  readonly otherUnit: AmountUnit | undefined;
  /** Which column is which was guessed. */
  readonly isGuessed: boolean;
}

/** Nobody is asked about a paste that fits. */
export const isDoubtful = (plan: PastePlan): boolean =>
  plan.computed.length > 0 ||
  plan.unknown.length > 0 ||
  plan.unknownColumns.length > 0 ||
  plan.outside > 0 ||
  plan.otherUnit !== undefined ||
  plan.isGuessed;

/** The table that is pasted into. */
export interface PasteDesk {
  readonly form: Form;
  readonly edition: Edition;
  readonly now: TypedTable;
  readonly unit: AmountUnit;
  readonly computed: Pick<ComputedTable, "follow" | "formulaIn">;
  readonly locked: ReadonlySet<CellAddress>;
  /** Names that the list of the year lacks, by code. */
  readonly names: ReadonlyMap<string, string>;
}

/** A block that is laid over the table place by place. */
export function planInPlace(desk: PasteDesk, { cells, skipped }: Pasted): PastePlan {
  return planned(desk, cells, { ...nothingElse, outside: skipped });
}

/** A block that names its rows. */
export function planByRows(desk: PasteDesk, block: PastedBlock): PastePlan {
  const { edition, unit } = desk;
  const cells = block.cells.map(({ ref, text }): CellText => {
    const address = cellAddress(ref);
    return {
      position: { ref, address, kind: isCount(address, edition) ? "count" : "money" },
      text,
    };
  });
  const { newCodes, unknown, unknownColumns, isGuessed } = block;
  const otherUnit = block.unit === unit ? undefined : block.unit;
  return planned(desk, cells, {
    newCodes,
    unknown,
    unknownColumns,
    isGuessed,
    otherUnit,
    outside: 0,
  });
}

type Remarks = Omit<PastePlan, "after" | "asPasted" | "filled" | "unreadable" | "computed">;
const nothingElse: Remarks = {
  newCodes: [],
  unknown: [],
  unknownColumns: [],
  outside: 0,
  otherUnit: undefined,
  isGuessed: false,
};

function planned(desk: PasteDesk, cells: readonly CellText[], remarks: Remarks): PastePlan {
  const { form, now, computed, names } = desk;
  const unit = remarks.otherUnit ?? desk.unit;
  const isLocked = lockIn(desk, remarks.newCodes);
  const options = { unit, isByCode: isByCode(form), names };
  const followed = (typed: readonly CellText[]): TypedTable => {
    const { table, unread } = withTypedCells(now, typed, options);
    return { table: table === now.table ? table : computed.follow(table), unread };
  };
  const figureNow = figuresIn(now);
  const free = cells.filter(
    ({ position, text }) =>
      !isLocked(position) &&
      (text !== "" || figureNow(position.ref) !== undefined || now.unread.has(position.address)),
  );
  const withFree = followed(free);
  const known = figuresIn(withFree);
  // A computed cell of which nothing is known yet takes what is pasted, as anybody would type it.
  const unknown = cells.filter(
    ({ position, text }) => isLocked(position) && text !== "" && known(position.ref) === undefined,
  );
  const filled = [...free, ...unknown];
  const after = unknown.length === 0 ? withFree : followed(filled);
  const results = figuresIn(after);
  const taken = new Set(filled);
  const differing = cells.flatMap((cell) => {
    if (taken.has(cell) || !isLocked(cell.position)) return [];
    const result = results(cell.position.ref);
    const read = readCell(cell.text, cell.position.kind, unit);
    const isSame = read.ok && (read.value === undefined || read.value === result);
    return isSame ? [] : [{ ...cell, result }];
  });
  return {
    ...remarks,
    ...{ after, filled, computed: differing },
    asPasted: differing.length === 0 ? after : followed([...filled, ...differing]),
    unreadable: filled.filter(({ position, text }) => !readCell(text, position.kind, unit).ok),
  };
}

function figuresIn({ table }: TypedTable): (ref: CellRef) => number | undefined {
  const rows = new Map(table.rows.map((row) => [row.key, row.cells]));
  return ({ row, column }) => rows.get(row)?.[column];
}

/** A row that a paste adds has computed cells as well. */
function lockIn(
  { now, computed, locked }: PasteDesk,
  newCodes: readonly string[],
): (position: { readonly ref: CellRef; readonly address: CellAddress }) => boolean {
  if (newCodes.length === 0) return ({ address }) => locked.has(address);
  const added = new Set(newCodes);
  const table = withCodes(now.table, newCodes);
  const formulaOf = computed.formulaIn(table);
  return ({ ref, address }) =>
    added.has(ref.row) ? formulaOf(ref)?.isPreset === false : locked.has(address);
}
