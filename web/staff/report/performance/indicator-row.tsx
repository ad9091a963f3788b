import { Button } from "antd";
import { boxCharacters } from "../../../../shared/report/section-bounds.ts";
import {
  indicatorColumns,
  indicatorHeads,
  type Indicator,
  type IndicatorColumn,
} from "../../editing/indicator-rows.ts";
import { PointsBox, TextBox } from "../box-field.tsx";
import type { TableDesk } from "./self-evaluation-form.tsx";

/** What is done with a row; `column` is the box that the focus goes to. */
export interface RowActs {
  readonly insert: (index: number, column?: string) => void;
  readonly remove: (index: number, column?: string) => void;
  readonly move: (index: number, by: -1 | 1, column?: string) => void;
}

/** One 三级指标 with its target, what was reached, and its points. */
export function IndicatorRow({
  desk,
  index,
  indicator,
  isLast,
  rows,
}: {
  desk: TableDesk;
  index: number;
  indicator: Indicator;
  isLast: boolean;
  rows: RowActs;
}) {
  const nth = `第 ${String(index + 1)} 项指标`;
  const set = (part: Partial<Indicator>) =>
    desk.change((now) => ({
      ...now,
      indicators: now.indicators.map((one, at) => (at === index ? { ...one, ...part } : one)),
    }));
  return (
    <tr>
      {indicatorColumns.map((column) => (
        <td key={column} className={column} data-title={indicatorHeads[column]}>
          <IndicatorBox
            {...desk.field(`indicators/${String(index)}/${column}`)}
            label={`${nth}：${indicatorHeads[column]}`}
            column={column}
            indicator={indicator}
            onChange={set}
          />
        </td>
      ))}
      {!desk.disabled && (
        <td className="acts">
          <Button
            type="text"
            size="small"
            aria-label={`上移${nth}`}
            disabled={index === 0}
            onClick={() => rows.move(index, -1)}
          >
            ↑
          </Button>
          <Button
            type="text"
            size="small"
            aria-label={`下移${nth}`}
            disabled={isLast}
            onClick={() => rows.move(index, 1)}
          >
            ↓
          </Button>
          <Button
            type="text"
            size="small"
            aria-label={`移除${nth}`}
            onClick={() => rows.remove(index)}
          >
            移除
          </Button>
        </td>
      )}
    </tr>
  );
}

function IndicatorBox({
  column,
  indicator,
  onChange,
  ...box
}: ReturnType<TableDesk["field"]> & {
  label: string;
  column: IndicatorColumn;
  indicator: Indicator;
  onChange: (part: Partial<Indicator>) => void;
}) {
  if (column === "weight" || column === "score") {
    return (
      <PointsBox
        {...box}
        points={indicator[column]}
        onChange={(points) => onChange({ [column]: points })}
      />
    );
  }
  return (
    <TextBox
      {...box}
      text={indicator[column] ?? ""}
      {...(column === "deviation" ? {} : { most: boxCharacters })}
      onChange={(text) =>
        onChange(column === "deviation" ? { deviation: text || undefined } : { [column]: text })
      }
    />
  );
}
