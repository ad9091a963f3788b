import { useRouterState } from "@tanstack/react-router";
import { useCallback, useMemo, useState, type KeyboardEvent } from "react";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import { cellName } from "../../../shared/forms/place-name.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { unitName, type AmountUnit } from "../../../shared/money.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { withCell, withCodes, withoutCode } from "../editing/edit-table.ts";
import { isSaved } from "../editing/section-draft.ts";
import { lockedCells } from "../editing/computed-table.ts";
import { FormGrid } from "../grid/form-grid.tsx";
import { positionsOf, type Position } from "../grid/positions.ts";
import { CellBar } from "./cell-bar.tsx";
import { TableBar, TableOptions } from "./table-bar.tsx";
import { TableNotices } from "./table-notices.tsx";
import { TableSide } from "./table-side.tsx";
import { UnitCorner } from "./unit-corner.tsx";
import { useCellMarks, type LocalFindings } from "./use-cell-marks.ts";
import { useGridActs } from "./use-grid-acts.tsx";
import { inYuan, printedAs } from "./shown-figures.ts";
import { useLastYear } from "./use-last-year.ts";
import { useOfferedCodes } from "./use-offered-codes.ts";
import { useSectionEditor } from "./use-section-editor.ts";
import { useTableValues, type TableEditor, type TableOnPage } from "./use-table-values.ts";

const FindBar = lazyPart(async () => (await import("./find-bar.tsx")).FindBar, "dialog");
const LocalChecks = lazyPart(async () => (await import("./local-checks.tsx")).LocalChecks, "extra");
const TableConflict = lazyPart(
  async () => (await import("./section-conflict.tsx")).TableConflict,
  "dialog",
);

const nothingLocked: ReadonlySet<CellAddress> = new Set();

/** One statutory table: the form to fill in, its findings at their cells, its comments beside it. */
export function TablePart(at: TableOnPage) {
  const editor = useSectionEditor(at.report, at.form.id);
  const facts = useSectionEditor(at.report, "facts");
  if (editor.value === undefined) {
    return editor.error ? <Failure error={editor.error} /> : <Loading />;
  }
  const unit = facts.value?.enteredIn ?? "wan";
  return <TableDesk {...at} {...{ editor, unit }} table={editor.value} />;
}

function TableDesk({
  editor,
  table,
  unit,
  ...at
}: TableOnPage & {
  editor: TableEditor;
  table: TableData;
  unit: AmountUnit;
}) {
  const { report, form, edition } = at;
  const { editable } = editor;
  const { selected, setSelected, named } = useSelectedCell();
  const values = useTableValues(at, { editor, table, unit });
  const { computed, unread, change } = values;
  const offered = useOfferedCodes(at, { table, editable, elsewhere: computed.codesElsewhere });
  const [local, setLocal] = useState<LocalFindings>();
  const isUnsent = !isSaved(editor.state);
  const { findings, failed, marks } = useCellMarks(report.id, form.id, {
    ...{ local, now: table, isUnsent },
  });
  const { year, orgName } = report;
  const { shown, empty } = offered;
  const printed = useMemo(() => {
    const whole = layoutForm(editable ? entryForm(form) : form, shown, { year, unit: orgName });
    return editable && unit === "yuan" ? inYuan(whole) : whole;
  }, [form, shown, editable, unit, year, orgName]);
  const lastYear = useLastYear(offered.lastFigures, printed);
  const [isFinding, setFinding] = useState(false);
  const rows = useMemo(() => positionsOf(printed), [printed]);
  const { locked, unlock } = useLockedCells(values, { rows, editable });
  const { onAct, dialog } = useGridActs(at, { values, rows, locked, names: offered.names });
  const nameOf = useCallback((address: CellAddress) => cellName(address, edition), [edition]);
  const cell = selected === undefined ? undefined : parseCellAddress(selected);
  const isCoded = isByCode(form);

  const addCode = (code: string) => {
    change(withCodes(table, [code]));
    const [column] = form.blocks[0]?.columns ?? [];
    if (column) setSelected(`${form.id}/${code}/${column.key}`);
  };
  const removeCode = (code: string) => {
    setSelected(undefined);
    change(computed.follow(withoutCode(table, code)));
  };

  return (
    <div className="with-side">
      <section
        className="table-part"
        aria-label={form.title}
        onKeyDown={(event) => {
          if (!isFindKey(event)) return;
          event.preventDefault();
          setFinding(true);
        }}
      >
        <TableBar {...at} {...{ editor, values }} onAddCode={addCode} />
        <TableNotices {...at} {...{ editor, unread, nameOf }} onGo={setSelected} />
        <TableOptions {...{ offered, lastYear }} />
        <CellBar
          {...{ report, edition, cell, editable, computed }}
          hint={editable ? `点选单元格开始填写，按${unitName[unit]}录入` : "点选单元格查看"}
          corner={<UnitCorner {...{ report, printed, unit, editable }} />}
          figure={cell && values.figureOf(cellAddress(cell))}
          lastYear={cell && offered.lastFigures[cellAddress(cell)]}
          onUnlock={() => {
            if (selected !== undefined) unlock(selected);
          }}
          onFollow={(figure) => {
            if (cell !== undefined) change(computed.follow(withCell(table, cell, figure)));
          }}
          onRemoveCode={
            editable &&
            isCoded &&
            cell !== undefined &&
            cell.row !== "total" &&
            !empty.has(cell.row)
              ? () => removeCode(cell.row)
              : undefined
          }
        />
        {isFinding && (
          <FindBar
            {...{ printed, selected }}
            onGo={setSelected}
            onClose={() => {
              setFinding(false);
              document.querySelector<HTMLElement>("[role=grid]")?.focus({ preventScroll: true });
            }}
          />
        )}
        <FormGrid
          {...{ printed, rows, editable, marks, unread, locked, selected, nameOf, onAct }}
          label={form.title}
          pale={empty}
          focusedFor={named}
          lastYear={lastYear.shown}
          printedAs={(position, text) => printedAs(position.kind, text, unit)}
          editText={values.editText}
          onSelect={setSelected}
        />
      </section>
      <TableSide {...at} {...{ findings, failed, selected, nameOf }} onGo={setSelected} />
      {dialog}
      {isUnsent && <LocalChecks {...{ report, table }} id={form.id} onChecked={setLocal} />}
      {editor.conflict !== undefined && (
        <TableConflict
          tableId={form.id}
          edition={edition}
          conflict={editor.conflict}
          onSettle={editor.settle}
        />
      )}
    </div>
  );
}

/** Ctrl+F, or ⌘F on a Mac. */
const isFindKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === "f" && (ctrlKey || metaKey) && !altKey;

/** The cell at hand; a finding leads to its cell by `?cell=`, from elsewhere and from the same table. */
function useSelectedCell() {
  const named = cellIn(useRouterState({ select: ({ location }) => location.searchStr }));
  const [selected, setSelected] = useState(named);
  const [followed, setFollowed] = useState(named);
  if (named !== followed) {
    setFollowed(named);
    if (named !== undefined) setSelected(named);
  }
  return { selected, setSelected, named };
}

function cellIn(search: string): CellAddress | undefined {
  const ref = parseCellAddress(new URLSearchParams(search).get("cell") ?? "");
  return ref && cellAddress(ref);
}

/** Computed cells, but for those that somebody chose to type in. */
function useLockedCells(
  { computed }: Pick<ReturnType<typeof useTableValues>, "computed">,
  { rows, editable }: { rows: readonly (readonly Position[])[]; editable: boolean },
) {
  const [unlocked, setUnlocked] = useState(nothingLocked);
  const locked = useMemo(
    () =>
      editable
        ? lockedCells(
            computed,
            rows.flatMap((row) => row.map(({ ref }) => ref)),
            unlocked,
          )
        : nothingLocked,
    [editable, rows, computed, unlocked],
  );
  return {
    locked,
    unlock: (address: CellAddress) => setUnlocked(new Set([...unlocked, address])),
  };
}
