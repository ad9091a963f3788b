import { Button, Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { omit } from "../../../shared/omit.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import { freeKey, replaced, type FormData } from "./changed-data.ts";
import { ListActs } from "./list-acts.tsx";

export type FixedRow = Exclude<FormData["blocks"][number]["rows"], "by-function-code">[number];

/** The fixed rows of a block, one line each: name, key, code, what is typed there, and how it is printed. */
export function RowsEditor({
  rows,
  columns,
  codes,
  onChange,
}: {
  rows: readonly FixedRow[];
  columns: FormData["blocks"][number]["columns"];
  codes: EditionData["economicCodes"];
  onChange: (rows: readonly FixedRow[]) => void;
}) {
  const [hasMore, setMore] = useState(false);
  const change = (index: number, row: FixedRow, member: Partial<FixedRow>) =>
    onChange(replaced(rows, index, { ...row, ...member }));
  return (
    <>
      <Checkbox checked={hasMore} onChange={({ target }) => setMore(target.checked)}>
        显示划线的栏、名称并入左边和空行
      </Checkbox>
      <div className="data-table-frame">
        <table className="data-table edition-rows" aria-label="行">
          <thead>
            <tr>
              {[...usual, ...(hasMore ? more : []), ""].map((title) => (
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
                {hasMore && (
                  <MoreOfRow
                    row={row}
                    columns={columns}
                    name={`第 ${String(index + 1)} 行`}
                    onChange={(next) => onChange(replaced(rows, index, next))}
                  />
                )}
                <td>
                  <ListActs
                    name={`第 ${String(index + 1)} 行`}
                    list={rows}
                    index={index}
                    least={1}
                    onChange={onChange}
                  />
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

const usual = ["名称", "编号", "科目编码", "内容", "缩进", "合计", "不印"];
const more = ["划线不填的栏", "名称跨左边栏组", "行下空行"];

/** What few rows have. */
function MoreOfRow({
  row,
  columns,
  name,
  onChange,
}: {
  row: FixedRow;
  columns: FormData["blocks"][number]["columns"];
  name: string;
  onChange: (row: FixedRow) => void;
}) {
  return (
    <>
      <td>
        <Select
          size="small"
          mode="multiple"
          className="edition-dashes"
          aria-label={`${name}划线的栏`}
          value={[...(row.dashes ?? [])]}
          options={columns.map(({ key, name: label }) => ({ value: key, label }))}
          onChange={(dashes: string[]) =>
            onChange(dashes.length === 0 ? omit(row, "dashes") : { ...row, dashes })
          }
        />
      </td>
      <td>
        <Checkbox
          aria-label={`${name}的名称跨左边栏组`}
          checked={row.joinsPrevious === true}
          onChange={({ target }) =>
            onChange(target.checked ? { ...row, joinsPrevious: true } : omit(row, "joinsPrevious"))
          }
        />
      </td>
      <td>
        <InputNumber
          size="small"
          min={0}
          max={60}
          aria-label={`${name}下的空行`}
          value={row.blankLines ?? 0}
          onChange={(lines) =>
            onChange(
              lines === null || lines === 0
                ? omit(row, "blankLines")
                : { ...row, blankLines: lines },
            )
          }
        />
      </td>
    </>
  );
}
