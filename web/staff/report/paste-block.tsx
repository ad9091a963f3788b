import { Checkbox, Modal } from "antd";
import { useEffect, useState } from "react";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { readPastedBlock, type UnknownRow } from "../../../shared/forms/pasted-block.ts";
import { cellName, printFigure } from "../../../shared/forms/place-name.ts";
import { unitName } from "../../../shared/money.ts";
import { DataTable } from "../app/data-table.tsx";
import {
  isDoubtful,
  planByRows,
  planInPlace,
  type PasteDesk,
  type PastePlan,
} from "../editing/paste-plan.ts";
import type { TypedTable } from "../editing/typed-cells.ts";
import type { PasteAct } from "../grid/grid-state.ts";
import { layOver } from "../grid/paste.ts";
import type { Position } from "../grid/positions.ts";
import { Foldable, Lines } from "./plan-lines.tsx";

/** Cells listed at once. */
const cellsAtOnce = 100;

/**
 * Finds out what goes where of a block that was pasted. One that fits is taken at once; of any other is shown first what
 * would become of it.
 */
export function PasteBlock({
  desk,
  rows,
  act,
  onApply,
  onClose,
}: {
  desk: PasteDesk;
  rows: readonly (readonly Position[])[];
  act: PasteAct;
  onApply: (after: TypedTable, plan: PastePlan) => void;
  onClose: () => void;
}) {
  const [plan] = useState(() => planOf(desk, rows, act));
  const isAsked = isDoubtful(plan);
  useEffect(() => {
    if (isAsked) return;
    onApply(plan.after, plan);
    onClose();
    // Once, when the block was read.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, []);
  return isAsked ? <PastePreview {...{ desk, act, plan, onApply, onClose }} /> : null;
}

function planOf(
  desk: PasteDesk,
  rows: readonly (readonly Position[])[],
  { block, at }: PasteAct,
): PastePlan {
  const { edition, form, now } = desk;
  const from = rows[at.row]?.find(({ column }) => column === at.column)?.ref.column;
  const named = readPastedBlock(block, { edition, form, table: now.table, from });
  return named === undefined
    ? planInPlace(desk, layOver(rows, at, block))
    : planByRows(desk, named);
}

function PastePreview({
  desk,
  act: { block },
  plan,
  onApply,
  onClose,
}: {
  desk: PasteDesk;
  act: PasteAct;
  plan: PastePlan;
  onApply: (after: TypedTable, plan: PastePlan) => void;
  onClose: () => void;
}) {
  const [asPasted, setAsPasted] = useState(false);
  const { edition } = desk;
  const count = plan.filled.length + (asPasted ? plan.computed.length : 0);
  const nameOf = (address: CellAddress) => cellName(address, edition);
  const printed = (value: number | undefined, address: CellAddress) =>
    value === undefined ? "（空）" : printFigure(value, address, edition);
  return (
    <Modal
      open
      width={860}
      title="粘贴前请核对"
      okText={count === 0 ? "没有能填入的" : `填入 ${String(count)} 格`}
      okButtonProps={{ disabled: count === 0 }}
      cancelText="取消"
      mask={{ closable: false }}
      onOk={() => {
        onApply(asPasted ? plan.asPasted : plan.after, plan);
        onClose();
      }}
      onCancel={onClose}
    >
      <div className="accounts-plan">
        <p>
          粘贴的内容有 {block.length} 行，可以填入 {plan.filled.length} 格
          {plan.newCodes.length > 0 && `，增加 ${String(plan.newCodes.length)} 个科目`}
          。现在还没有改动，填入后可以用 Ctrl+Z 整体撤销。
        </p>
        {plan.otherUnit !== undefined && (
          <p className="notice warning">
            这一块写明金额单位是“{unitName[plan.otherUnit]}”，本报告按“{unitName[desk.unit]}
            ”录入：将按
            {unitName[plan.otherUnit]}换算。
          </p>
        )}
        {plan.isGuessed && (
          <p className="notice warning">
            粘贴的内容没有表头，列数与本表不同，各列按下面所列的次序填入，请核对。
          </p>
        )}
        {plan.outside > 0 && (
          <p className="notice warning">
            有 {plan.outside} 处内容落在项目名称、不填列的格或表外，放不下，不会填入。
          </p>
        )}
        <Lines title="表中没有的行，不填入" lines={plan.unknown.map(unknownLine)} open />
        <Lines
          title="表中没有的列，不填入"
          lines={plan.unknownColumns.map((where) => ({ where, message: "本表没有这一栏。" }))}
          open
        />
        <Lines
          title="与自动计算不同的数"
          lines={plan.computed
            .slice(0, cellsAtOnce)
            .map(({ position: { address }, text, result }) => ({
              where: nameOf(address),
              message: `粘贴的是“${text}”，按其他格计算应为${printed(result, address)}。`,
            }))}
          further={Math.max(0, plan.computed.length - cellsAtOnce)}
          open
        />
        {plan.computed.length > 0 && (
          <Checkbox checked={asPasted} onChange={({ target }) => setAsPasted(target.checked)}>
            这 {plan.computed.length} 格按粘贴的数填入，改为手填
          </Checkbox>
        )}
        <Lines
          title="不是金额，保留原文"
          lines={plan.unreadable.map(({ position, text }) => ({
            where: nameOf(position.address),
            message: `“${text}”`,
          }))}
        />
        <Filled desk={desk} plan={plan} printed={printed} />
      </div>
    </Modal>
  );
}

function Filled({
  desk: { edition, now },
  plan,
  printed,
}: {
  desk: PasteDesk;
  plan: PastePlan;
  printed: (value: number | undefined, address: CellAddress) => string;
}) {
  const figures = new Map(now.table.rows.map((row) => [row.key, row.cells]));
  return (
    <Foldable
      label={
        <>
          <strong>填入的格</strong>
          <span className="accounts-counts">{plan.filled.length} 格</span>
        </>
      }
    >
      <DataTable
        label="填入的格"
        rows={plan.filled}
        rowsAtOnce={cellsAtOnce}
        empty="没有。"
        keyOf={({ position }) => position.address}
        columns={[
          { title: "位置", cell: ({ position }) => cellName(position.address, edition) },
          {
            ...{ title: "现在", width: 170, align: "right" },
            cell: ({ position: { ref, address } }) =>
              printed(figures.get(ref.row)?.[ref.column], address),
          },
          {
            ...{ title: "粘贴", width: 170, align: "right" },
            cell: ({ text }) => (text === "" ? "（空）" : text),
          },
        ]}
      />
    </Foldable>
  );
}

const whyUnknown = {
  unknown_code: "当年科目中没有这个编码。请核对编码，或先向财政部门确认后增加。",
  unknown_name: "本表没有这个编码或名称的行。",
  ambiguous_name: "同名的行不止一个，无法确定是哪一行。请补上编码，或依次列出全部同名的行。",
  repeated: "与前面的行重复，按前面的行填入。",
} as const satisfies Record<UnknownRow["why"], string>;

const unknownLine = ({ line, text, why }: UnknownRow) => ({
  where: `第 ${String(line)} 行 ${text}`,
  message: whyUnknown[why],
});
