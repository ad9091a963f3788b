import { Modal, Radio, Table } from "antd";
import { useMemo, useState } from "react";
import { parseCellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import { printWan } from "../../../shared/money.ts";
import type { TableData } from "../../../shared/report/sections.ts";
import { mergeTables, withCell } from "./edit-table.ts";
import type { Conflict } from "./use-section-editor.ts";

/** Somebody saved this table meanwhile: their cells and mine side by side, nothing lost until chosen. */
export function ConflictDialog({
  tableId,
  conflict,
  nameOf,
  onSettle,
}: {
  tableId: CellRef["table"];
  conflict: Conflict<TableData>;
  nameOf: (cell: CellAddress) => string;
  onSettle: (conflict: Conflict<TableData>, value: TableData) => void;
}) {
  const { merged, conflicts } = useMemo(() => mergeTables(tableId, conflict), [tableId, conflict]);
  const [mine, setMine] = useState<ReadonlySet<CellAddress>>(new Set());
  const settle = () => {
    const settled = conflicts
      .filter(({ cell }) => mine.has(cell))
      .reduce((table, { cell, mine: value }) => {
        const ref = parseCellAddress(cell);
        return ref === undefined ? table : withCell(table, ref, value);
      }, merged);
    onSettle(conflict, settled);
  };
  const print = (fen: number | undefined) => (fen === undefined ? "（空）" : printWan(fen));
  return (
    <Modal
      open
      width={720}
      closable={false}
      title={`${conflict.byName}刚刚保存了这张表`}
      okText={conflicts.length === 0 ? "合并两人的改动" : "按所选保存"}
      cancelButtonProps={{ style: { display: "none" } }}
      onOk={settle}
    >
      {conflicts.length === 0 ? (
        <p>你们改的是不同的格子，可以直接合并，不会丢失任何一方的改动。</p>
      ) : (
        <Table
          size="small"
          rowKey="cell"
          pagination={false}
          dataSource={conflicts}
          columns={[
            {
              title: "位置",
              render: (_, { cell }) => nameOf(cell),
            },
            {
              title: "保留哪一个（万元）",
              render: (_, { cell, mine: my, theirs }) => (
                <Radio.Group
                  value={mine.has(cell) ? "mine" : "theirs"}
                  onChange={(event) => {
                    const next = new Set(mine);
                    if (event.target.value === "mine") next.add(cell);
                    else next.delete(cell);
                    setMine(next);
                  }}
                  options={[
                    { value: "theirs", label: `${conflict.byName}：${print(theirs)}` },
                    { value: "mine", label: `我：${print(my)}` },
                  ]}
                />
              ),
            },
          ]}
        />
      )}
    </Modal>
  );
}
