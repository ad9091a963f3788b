import { useState, type ReactNode } from "react";
import { isByCode } from "../../../shared/forms/canonical-table.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { message } from "../app/feedback.tsx";
import { lazyPart } from "../app/lazy-part.tsx";
import { isDoubtful, planInPlace, type PastePlan } from "../editing/paste-plan.ts";
import { withTypedCells, type TypedTable } from "../editing/typed-cells.ts";
import type { GridAct, PasteAct } from "../grid/grid-state.ts";
import { layOver, mayNameRows } from "../grid/paste.ts";
import type { Position } from "../grid/positions.ts";
import type { GridActs } from "../grid/use-grid-state.ts";
import type { TableOnPage, TableValues } from "./use-table-values.ts";

const PasteBlock = lazyPart(async () => (await import("./paste-block.tsx")).PasteBlock, "dialog");

/** A table has at most 5,000 rows of 20 columns. */
const mostPasted = 200_000;

/** What comes out of the grid, done to the table; `dialog` is what asks before a paste. */
export function useGridActs(
  { form, edition }: TableOnPage,
  {
    values,
    rows,
    locked,
    names,
  }: {
    readonly values: TableValues;
    readonly rows: readonly (readonly Position[])[];
    readonly locked: ReadonlySet<CellAddress>;
    readonly names: ReadonlyMap<string, string>;
  },
): { readonly onAct: GridActs["onAct"]; readonly dialog: ReactNode } {
  const [pasted, setPasted] = useState<PasteAct>();
  const { table, unread, unit, computed, change } = values;
  const desk = { form, edition, now: { table, unread }, unit, computed, locked, names };
  const type = ({ cells, skipped }: Extract<GridAct, { kind: "type" }>) => {
    const after = withTypedCells(values, cells, { unit, isByCode: isByCode(form), names });
    change(after.table === table ? table : computed.follow(after.table), after.unread);
    if (cells.length + skipped > 1) {
      const rest = skipped > 0 ? `，${String(skipped)} 处落在自动计算的格，已跳过` : "";
      message.info(`已填入 ${String(cells.length)} 格${rest}。`);
    }
  };
  const apply = (after: TypedTable, plan: PastePlan) => {
    change(after.table, after.unread);
    message.info(pastedText(plan));
  };
  const paste = (act: PasteAct) => {
    const cells = act.block.reduce((sum, row) => sum + row.length, 0);
    if (cells > mostPasted) {
      message.error(
        `没有粘贴：内容有 ${String(cells)} 格，一张表放不下。请只复制需要的行和列，或用“导入”读入整个文件。`,
      );
      return;
    }
    const plan = mayNameRows(act.block)
      ? undefined
      : planInPlace(desk, layOver(rows, act.at, act.block));
    if (plan === undefined || isDoubtful(plan)) setPasted(act);
    else apply(plan.after, plan);
  };
  return {
    onAct: (act) => {
      switch (act.kind) {
        case "undo":
          values.undo();
          return;
        case "redo":
          values.redo();
          return;
        case "locked":
          message.info("这一格由其他格计算得出，不用填写；确需手填的，请先按“改为手填”。");
          return;
        case "paste":
          paste(act);
          return;
        case "type":
          type(act);
      }
    },
    dialog: pasted && (
      <PasteBlock
        {...{ desk, rows }}
        act={pasted}
        onApply={apply}
        onClose={() => setPasted(undefined)}
      />
    ),
  };
}

function pastedText({ filled, newCodes, unreadable }: PastePlan): string {
  const parts = [
    `已填入 ${String(filled.length)} 格`,
    ...(newCodes.length === 0 ? [] : [`增加 ${String(newCodes.length)} 个科目`]),
    ...(unreadable.length === 0 ? [] : [`${String(unreadable.length)} 格不是金额，已保留原文`]),
  ];
  return `${parts.join("，")}。`;
}
