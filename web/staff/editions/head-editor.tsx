import { Button, Input, InputNumber } from "antd";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { replaced, without, type FormData } from "./changed-data.ts";

type Head = FormData["head"];
type Cell = Head[number][number];

/** The printed head, line by line: each cell with its words and how many columns and lines it spans. */
export function HeadEditor({ head, onChange }: { head: Head; onChange: (head: Head) => void }) {
  const change = (line: number, cells: Head[number]) =>
    onChange(cells.length === 0 ? without(head, line) : replaced(head, line, cells));
  return (
    <fieldset className="edition-block">
      <legend>表头</legend>
      <table className="edition-head" aria-label="表头">
        <tbody>
          {head.map((cells, line) => (
            <tr key={line}>
              {cells.map(({ text, colspan, rowspan }, index) => (
                <th key={index} colSpan={colspan ?? 1} rowSpan={rowspan ?? 1} scope="col">
                  {text}
                </th>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {head.map((cells, line) => (
        <div key={line} className="edition-head-line">
          <span className="quiet">第 {line + 1} 行</span>
          {cells.map((cell, index) => (
            <HeadCell
              key={index}
              cell={cell}
              name={`表头第 ${String(line + 1)} 行第 ${String(index + 1)} 格`}
              onChange={(next) => change(line, replaced(cells, index, next))}
              onRemove={() => change(line, without(cells, index))}
            />
          ))}
          <Button size="small" onClick={() => change(line, [...cells, { text: "" }])}>
            增加一格
          </Button>
        </div>
      ))}
      <Button size="small" onClick={() => onChange([...head, [{ text: "" }]])}>
        增加一行
      </Button>
    </fieldset>
  );
}

function HeadCell({
  cell,
  name,
  onChange,
  onRemove,
}: {
  cell: Cell;
  name: string;
  onChange: (cell: Cell) => void;
  onRemove: () => void;
}) {
  const { text, colspan, rowspan } = cell;
  const spanning = (spans: { colspan?: number | undefined; rowspan?: number | undefined }) =>
    onChange({ text, ...omitUndefined({ colspan, rowspan, ...spans }) });
  const span = (value: number | null) => (value === null || value === 1 ? undefined : value);
  return (
    <span className="edition-head-cell">
      <Input
        size="small"
        aria-label={name}
        value={text}
        onChange={({ target }) => onChange({ ...cell, text: target.value })}
      />
      <InputNumber
        size="small"
        min={1}
        max={30}
        aria-label={`${name}跨的列数`}
        prefix="列"
        value={colspan ?? 1}
        onChange={(value) => spanning({ colspan: span(value) })}
      />
      <InputNumber
        size="small"
        min={1}
        max={6}
        aria-label={`${name}跨的行数`}
        prefix="行"
        value={rowspan ?? 1}
        onChange={(value) => spanning({ rowspan: span(value) })}
      />
      <Button size="small" aria-label={`删去${name}`} onClick={onRemove}>
        ×
      </Button>
    </span>
  );
}
