import { useRouterState } from "@tanstack/react-router";
import { App } from "antd";
import { useCallback, useMemo, useState } from "react";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import { cellAddress, parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { entryForm, layoutForm } from "../../../shared/forms/layout.ts";
import { cellName } from "../../../shared/forms/place-name.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { unitName, type AmountUnit } from "../../../shared/money.ts";
import { useSection } from "../api/queries.ts";
import { lazyPart } from "../app/lazy-part.tsx";
import { Failure, Loading } from "../app/placeholders.tsx";
import { withCell, withCode, withoutCode } from "../editing/edit-table.ts";
import { withTypedCells } from "../editing/typed-cells.ts";
import { lockedCells } from "../editing/use-computed-table.ts";
import { FormGrid } from "../grid/form-grid.tsx";
import { positionsOf } from "../grid/positions.ts";
import type { GridActs } from "../grid/use-grid-state.ts";
import { CellBar } from "./cell-bar.tsx";
import { TableBar } from "./table-bar.tsx";
import { TableNotices } from "./table-notices.tsx";
import { TableSide } from "./table-side.tsx";
import { useCellMarks } from "./use-cell-marks.ts";
import { useOfferedCodes } from "./use-offered-codes.ts";
import { useSectionEditor } from "./use-section-editor.ts";
import { useTableValues, type TableEditor, type TableOnPage } from "./use-table-values.ts";

const TableConflict = lazyPart(
  async () => (await import("./section-conflict.tsx")).TableConflict,
  "dialog",
);

const nothingLocked: ReadonlySet<CellAddress> = new Set();

/** One statutory table: the form to fill in, its findings at their cells, its comments beside it. */
export function TablePart(at: TableOnPage) {
  const editor = useSectionEditor(at.report, at.form.id);
  const facts = useSection(at.report.id, "facts");
  if (editor.value === undefined) {
    return editor.error ? <Failure error={editor.error} /> : <Loading />;
  }
  const unit = facts.data?.value.enteredIn ?? "wan";
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
  const { message } = App.useApp();
  const { editable } = editor;
  const { selected, setSelected, named } = useSelectedCell();
  const values = useTableValues(at, { editor, table, unit });
  const { computed, unread, change } = values;
  const offered = useOfferedCodes(at, { table, editable, elsewhere: computed.codesElsewhere });
  const { findings, failed, marks } = useCellMarks(report.id, form.id);
  const { year, orgName } = report;
  const { shown, empty } = offered;
  const printed = useMemo(
    () => layoutForm(editable ? entryForm(form) : form, shown, { year, unit: orgName }),
    [form, shown, editable, year, orgName],
  );
  const { locked, unlock } = useLockedCells(values, { printed, editable });
  const nameOf = useCallback((address: CellAddress) => cellName(address, edition), [edition]);
  const cell = selected === undefined ? undefined : parseCellAddress(selected);
  const isCoded = isByCode(form);

  const onAct: GridActs["onAct"] = (act) => {
    switch (act.kind) {
      case "undo":
        values.undo();
        return;
      case "redo":
        values.redo();
        return;
      case "locked":
        void message.info("这一格由其他格计算得出，不用填写；确需手填的，请先按“改为手填”。");
        return;
      case "type": {
        const after = withTypedCells(values, act.cells, {
          unit,
          isByCode: isCoded,
          names: offered.names,
        });
        change(after.table === table ? table : computed.follow(after.table), after.unread);
        if (act.cells.length + act.skipped > 1) void message.info(filledText(act));
      }
    }
  };
  const addCode = (code: string) => {
    change(withCode(table, code));
    const [column] = form.blocks[0]?.columns ?? [];
    if (column) setSelected(`${form.id}/${code}/${column.key}`);
  };
  const removeCode = (code: string) => {
    setSelected(undefined);
    change(computed.follow(withoutCode(table, code)));
  };

  return (
    <div className="with-side">
      <section className="table-part" aria-label={form.title}>
        <TableBar {...at} {...{ editor, values, offered }} onAddCode={addCode} />
        <TableNotices
          {...at}
          {...{ editor, unread, nameOf }}
          empty={empty.size}
          onGo={setSelected}
        />
        <CellBar
          {...{ report, edition, cell, editable, computed }}
          hint={editable ? `点选单元格开始填写，按${unitName[unit]}录入` : "点选单元格查看"}
          unitLabel={printed.unitLabel}
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
        <FormGrid
          {...{ printed, editable, marks, unread, locked, selected, nameOf, onAct }}
          label={form.title}
          pale={empty}
          focusedFor={named}
          editText={values.editText}
          onSelect={setSelected}
        />
      </section>
      <TableSide {...at} {...{ findings, failed, selected, nameOf }} onGo={setSelected} />
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
  { printed, editable }: { printed: ReturnType<typeof layoutForm>; editable: boolean },
) {
  const [unlocked, setUnlocked] = useState(nothingLocked);
  const locked = useMemo(
    () =>
      editable
        ? lockedCells(
            computed,
            positionsOf(printed).flatMap((row) => row.map(({ ref }) => ref)),
            unlocked,
          )
        : nothingLocked,
    [editable, printed, computed, unlocked],
  );
  return {
    locked,
    unlock: (address: CellAddress) => setUnlocked(new Set([...unlocked, address])),
  };
}

const filledText = ({ cells, skipped }: { cells: readonly unknown[]; skipped: number }): string =>
  `已填入 ${String(cells.length)} 格${skipped > 0 ? `，${String(skipped)} 处落在项目名称、自动计算或不填列的格或表外，已跳过` : ""}。`;
