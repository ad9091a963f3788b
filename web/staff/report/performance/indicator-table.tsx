import { Button } from "antd";
import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent } from "react";
import { gradeOf } from "../../../../shared/narrative/figures.ts";
import { printHundredths } from "../../../../shared/money.ts";
import { knownSum, pointsColumn, wholeSum } from "../../../../shared/report/self-evaluation.ts";
import { message } from "../../app/feedback.tsx";
import { afterInsertion, afterMove, afterRemoval } from "../../editing/entry-texts.ts";
import {
  blankIndicator,
  indicatorColumns,
  indicatorHeads,
  mostIndicators,
  pasteIndicators,
  type Indicator,
  type PastedIndicators,
} from "../../editing/indicator-rows.ts";
import { moved } from "../../editions/changed-data.ts";
import { parseClipboard } from "../../grid/paste.ts";
import { goToNextRow } from "../box-field.tsx";
import { fieldName } from "../finding-place.ts";
import { focusField } from "../field-findings.tsx";
import { ComputedPoints } from "./computed-points.tsx";
import { IndicatorRow, type RowActs } from "./indicator-row.tsx";
import type { TableDesk } from "./self-evaluation-form.tsx";

/** 绩效指标 in three levels with their points, their sums, and the grade. */
export function IndicatorTable({ desk }: { desk: TableDesk }) {
  const { table, disabled } = desk;
  const { indicators } = table;
  const rows = useIndicatorRows(desk);
  return (
    <>
      <div className="paper-scroll" tabIndex={0} role="region" aria-label="绩效指标">
        <table
          className="paper indicators"
          aria-label={`${table.project}：绩效指标`}
          onKeyDown={disabled ? undefined : rows.onKeyDown}
          onPaste={disabled ? undefined : rows.onPaste}
        >
          <thead>
            <tr>
              {indicatorColumns.map((column) => (
                <th key={column} scope="col" className={column}>
                  {indicatorHeads[column]}
                </th>
              ))}
              {!disabled && (
                <th scope="col" className="acts">
                  操作
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {indicators.map((indicator, index) => (
              <IndicatorRow
                key={index}
                desk={desk}
                index={index}
                indicator={indicator}
                isLast={index === indicators.length - 1}
                rows={rows}
              />
            ))}
            <SumRow desk={desk} />
          </tbody>
        </table>
      </div>
      {!disabled && (
        <div className="paper-acts">
          <Button
            data-field={fieldName(`performance.${desk.field("indicators").place}`)}
            disabled={indicators.length >= mostIndicators}
            onClick={() => rows.insert(indicators.length)}
          >
            增加指标
          </Button>
          <small className="quiet">
            可从 Excel 整块粘贴。回车到下一行，Alt+↑↓ 移动一行，Ctrl+回车 在下面插入一行，Alt+Delete
            移除一行。
          </small>
        </div>
      )}
    </>
  );
}

/** Adding, removing, moving and pasting rows, by button and by key; the focus goes with the row. */
function useIndicatorRows(desk: TableDesk) {
  const next = useRef<string>(undefined);
  useEffect(() => {
    if (next.current === undefined) return;
    focusField(next.current);
    next.current = undefined;
  });
  const { change, changeUndoably, moveTexts, field } = desk;
  const focusNext = (row: number, column = "level1") => {
    next.current = fieldName(`performance.${field(`indicators/${String(row)}/${column}`).place}`);
  };
  const insert = (index: number, column?: string) => {
    if (desk.table.indicators.length >= mostIndicators) return;
    change((now) => ({
      ...now,
      indicators: now.indicators.toSpliced(index, 0, likeAbove(now.indicators[index - 1])),
    }));
    moveTexts("indicators", afterInsertion(index));
    focusNext(index, column ?? (index === 0 ? "level1" : "level3"));
  };
  const remove = (index: number, column?: string) => {
    changeUndoably(`已移除第 ${String(index + 1)} 项指标。`, (now) => ({
      ...now,
      indicators: now.indicators.toSpliced(index, 1),
    }));
    moveTexts("indicators", afterRemoval(index));
    focusNext(Math.max(0, Math.min(index, desk.table.indicators.length - 2)), column);
  };
  const move = (index: number, by: -1 | 1, column?: string) => {
    const to = index + by;
    if (to < 0 || to >= desk.table.indicators.length) return;
    change((now) => ({ ...now, indicators: [...moved(now.indicators, index, by)] }));
    moveTexts("indicators", afterMove(index, to));
    focusNext(to, column);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const at = placeOf(event.target);
    if (at === undefined || event.nativeEvent.isComposing) return;
    const act = rowAct(event, { insert, remove, move }, at);
    if (act === undefined) {
      goToNextRow(event);
      return;
    }
    event.preventDefault();
    // What is typed in the box is taken over before its row moves away.
    (event.target as HTMLElement).blur();
    act();
  };
  const onPaste = (event: ClipboardEvent<HTMLElement>) => {
    const at = placeOf(event.target);
    const text = event.clipboardData.getData("text/plain");
    if (at === undefined || !/[\t\n]/u.test(text.trimEnd())) return;
    event.preventDefault();
    (event.target as HTMLElement).blur();
    const column = indicatorColumns.findIndex((one) => one === at.column);
    const block = parseClipboard(text);
    const pasted = pasteIndicators(desk.table.indicators, { row: at.row, column }, block);
    changeUndoably(pasteWords(pasted), (now) => ({
      ...now,
      indicators: [...pasteIndicators(now.indicators, { row: at.row, column }, block).indicators],
    }));
    for (const { row, column: box, text: typed } of pasted.boxes) {
      desk.keepUnread(`indicators/${String(row)}/${box}`, typed);
    }
    if (pasted.skipped > 0) {
      message.warning(`${String(pasted.skipped)} 格落在表外，没有填入。`);
    }
    focusNext(at.row, at.column);
  };
  return { insert, remove, move, onKeyDown, onPaste };
}

/** What a key does with the row that it is pressed in. */
function rowAct(
  { key, altKey, ctrlKey, metaKey }: KeyboardEvent,
  { insert, remove, move }: RowActs,
  { row, column }: { readonly row: number; readonly column: string },
): (() => void) | undefined {
  if (altKey && key === "ArrowUp") return () => move(row, -1, column);
  if (altKey && key === "ArrowDown") return () => move(row, 1, column);
  if ((ctrlKey || metaKey) && key === "Enter") return () => insert(row + 1);
  if (altKey && key === "Delete") return () => remove(row, column);
  return undefined;
}

/** The row and column of the box that an event is in. */
function placeOf(target: EventTarget) {
  const name = target instanceof HTMLElement ? target.dataset["field"] : undefined;
  const [, row, column] = /\.indicators\.(\d+)\.(\w+)$/u.exec(name ?? "") ?? [];
  return row === undefined || column === undefined ? undefined : { row: Number(row), column };
}

/** A new row goes on under the 一级 and 二级指标 above it. */
const likeAbove = (above: Indicator | undefined): Indicator => ({
  ...blankIndicator,
  level1: above?.level1 ?? "",
  level2: above?.level2 ?? "",
});

const pasteWords = ({ filled, boxes }: PastedIndicators): string => {
  const unread = boxes.filter(({ text }) => text !== undefined).length;
  return `已填入 ${String(filled)} 格${unread > 0 ? `，${String(unread)} 格读不出，已标红` : ""}。`;
};

/** 总分: weights come to 100, scores to the total, which has a grade. */
function SumRow({ desk: { table, disabled, change, field } }: { desk: TableDesk }) {
  const weights = knownSum(pointsColumn(table, "weight"));
  const isFull = weights === 100_00;
  const due = wholeSum(table, "score");
  return (
    <tr className="sum">
      <th scope="row" colSpan={5}>
        总分{table.totalScore !== undefined && `，等级“${gradeOf(table.totalScore)}”`}
        <small className="quiet">（含预算执行率）</small>
      </th>
      <td className="weight computed" title="各项分值（含预算执行率）之和，应为 100">
        {printHundredths(weights, { trim: true })}
        {!isFull && <small className="quiet">应为 100</small>}
      </td>
      <td className="score computed">
        <ComputedPoints
          label="总分"
          place={field("totalScore").place}
          stored={table.totalScore}
          due={due}
          tolerance={0}
          disabled={disabled}
          onFollow={(totalScore) => change((now) => ({ ...now, totalScore }))}
        />
      </td>
      <td colSpan={disabled ? 1 : 2}>
        {due === undefined && <small className="quiet">各项得分填齐后算出总分</small>}
      </td>
    </tr>
  );
}
