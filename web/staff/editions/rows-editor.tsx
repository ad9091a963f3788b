import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { freeKey, moved, replaced, without, type FormData } from "./changed-data.ts";

export type FixedRow = Exclude<FormData["blocks"][number]["rows"], "by-function-code">[number];

/** The fixed rows of a block, one line each: name, key, code, what is typed there, and how it is printed. */
export function RowsEditor({
  rows,
  codes,
  onChange,
}: {
  rows: readonly FixedRow[];
  codes: EditionData["economicCodes"];
  onChange: (rows: readonly FixedRow[]) => void;
}) {
  const change = (index: number, row: FixedRow, member: Partial<FixedRow>) =>
    onChange(replaced(rows, index, { ...row, ...member }));
  return (
    <>
      <div className="data-table-frame">
        <table className="data-table edition-rows" aria-label="行">
          <thead>
            <tr>
              {["名称", "编号", "科目编码", "内容", "缩进", "合计", "不印", ""].map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index}>
                <td>
                  <Input
                    size="small"
                    aria-label={`第 ${String(index + 1)} 行的名称`}
                    value={row.name}
                    onChange={({ target }) => change(index, row, { name: target.value })}
                  />
                </td>
                <td>
                  <Input
                    size="small"
                    className="edition-key"
                    aria-label={`第 ${String(index + 1)} 行的编号`}
                    value={row.key}
                    onChange={({ target }) => change(index, row, { key: target.value })}
                  />
                </td>
                <td title={row.code === undefined ? undefined : codes[row.code]}>
                  <Input
                    size="small"
                    className="edition-code"
                    aria-label={`第 ${String(index + 1)} 行的科目编码`}
                    value={row.code ?? ""}
                    onChange={({ target }) => {
                      const { code: _, ...rest } = row;
                      const code = target.value === "" ? undefined : target.value;
                      onChange(replaced(rows, index, { ...rest, ...omitUndefined({ code }) }));
                    }}
                  />
                </td>
                <td>
                  <Select
                    size="small"
                    aria-label={`第 ${String(index + 1)} 行的内容`}
                    value={row.kind ?? "money"}
                    options={[
                      { value: "money", label: "金额" },
                      { value: "count", label: "数量" },
                    ]}
                    onChange={(kind) => change(index, row, { kind })}
                  />
                </td>
                <td>
                  <InputNumber
                    size="small"
                    min={0}
                    max={4}
                    aria-label={`第 ${String(index + 1)} 行的缩进`}
                    value={row.indent ?? 0}
                    onChange={(indent) => change(index, row, { indent: indent ?? 0 })}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`第 ${String(index + 1)} 行是合计`}
                    checked={row.total === true}
                    onChange={({ target }) => {
                      const { total: _, ...rest } = row;
                      onChange(
                        replaced(rows, index, target.checked ? { ...rest, total: true } : rest),
                      );
                    }}
                  />
                </td>
                <td>
                  <Checkbox
                    aria-label={`第 ${String(index + 1)} 行不印`}
                    checked={row.unprinted === true}
                    onChange={({ target }) => change(index, row, { unprinted: target.checked })}
                  />
                </td>
                <td className="edition-acts">
                  <Button
                    size="small"
                    aria-label={`上移第 ${String(index + 1)} 行`}
                    disabled={index === 0}
                    onClick={() => onChange(moved(rows, index, -1))}
                  >
                    ↑
                  </Button>
                  <Button
                    size="small"
                    aria-label={`下移第 ${String(index + 1)} 行`}
                    disabled={index === rows.length - 1}
                    onClick={() => onChange(moved(rows, index, 1))}
                  >
                    ↓
                  </Button>
                  <Button
                    size="small"
                    aria-label={`删去第 ${String(index + 1)} 行`}
                    disabled={rows.length === 1}
                    onClick={() => onChange(without(rows, index))}
                  >
                    删
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Button
        size="small"
        onClick={() => onChange([...rows, { key: freeKey(rows, "row"), name: "新的一行" }])}
      >
        增加一行
      </Button>
    </>
  );
}
