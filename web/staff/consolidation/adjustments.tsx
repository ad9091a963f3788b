import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import type { ConsolidationView } from "../../../shared/contract/responses.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import { DataTable } from "../app/data-table.tsx";
import { Nothing } from "../app/placeholders.tsx";
import { useKeptText } from "../editing/use-kept-text.ts";
import { CellButton, type Figures } from "./figures.tsx";
import { Panel } from "./panel.tsx";
import type { Entry } from "./pending-entries.ts";

type Difference = ConsolidationView["differences"]["cells"][number];

/** 调整分录 beside those that take flows off. */
export function Entries({
  entries,
  editable,
  figures,
  onRemove,
}: {
  entries: readonly Entry[];
  editable: boolean;
  figures: Figures;
  onRemove: (index: number) => void;
}) {
  return (
    <Panel title="其他调整分录" count={entries.length}>
      <DataTable
        label="其他调整分录"
        rows={entries}
        empty="没有其他调整。"
        keyOf={(_, index) => String(index)}
        columns={[
          { title: "原因", cell: ({ reason }) => reason },
          { title: "调整", cell: ({ cells }) => cells.map(figures.change).join("；") },
          {
            title: "操作",
            width: 80,
            cell: (entry, index) =>
              editable && (
                <Button
                  type="text"
                  size="small"
                  aria-label={`移除调整：${entry.reason}`}
                  onClick={() => onRemove(index)}
                >
                  移除
                </Button>
              ),
          },
        ]}
      />
    </Panel>
  );
}

/** Where the draft differs from its units: overwritten by the next 汇总, or kept as an entry with its reason. */
export function Differences({
  reportId,
  differences: { count, cells },
  editable,
  figures,
  onAdjust,
}: {
  reportId: string;
  differences: ConsolidationView["differences"];
  editable: boolean;
  figures: Figures;
  onAdjust: (entry: Entry) => void;
}) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const choose = (cell: string, isChosen: boolean) =>
    setSelected(
      new Set(isChosen ? [...selected, cell] : [...selected].filter((other) => other !== cell)),
    );
  const chosen = cells.filter(({ cell }) => selected.has(cell));
  const choice = {
    title: "选择",
    width: 60,
    cell: ({ cell, label }: Difference) => (
      <Checkbox
        aria-label={`选择${label}`}
        checked={selected.has(cell)}
        onChange={({ target }) => choose(cell, target.checked)}
      />
    ),
  };
  return (
    <Panel title="与单位合计不一致的数字" count={count}>
      <DataTable
        label="与单位合计不一致的数字"
        rows={cells}
        empty="各数均等于单位合计加调整分录。"
        keyOf={({ cell }) => cell}
        columns={[
          ...(editable ? [choice] : []),
          { title: "位置", cell: (at) => <CellButton at={at} figures={figures} /> },
          {
            title: "单位合计与调整",
            align: "right",
            width: 150,
            cell: ({ expected, cell }) => figures.text(expected, cell),
          },
          {
            title: "本部门填列",
            align: "right",
            width: 150,
            cell: ({ actual, cell }) => figures.text(actual, cell),
          },
        ]}
      />
      {count > cells.length && <Nothing>{`只列出前 ${String(cells.length)} 个。`}</Nothing>}
      {editable && cells.length > 0 && (
        <AdjustmentReason
          reportId={reportId}
          chosen={chosen}
          onAdjust={(entry) => {
            onAdjust(entry);
            setSelected(new Set());
          }}
        />
      )}
    </Panel>
  );
}

/** Why the figures chosen stay as they are. */
function AdjustmentReason({
  reportId,
  chosen,
  onAdjust,
}: {
  reportId: string;
  chosen: readonly Difference[];
  onAdjust: (entry: Entry) => void;
}) {
  const { text: reason, write, clear } = useKeptText(reportId, "adjustment/consolidation/");
  return (
    <div className="line-of-inputs">
      <Input
        aria-label="调整原因"
        placeholder="保留所选数字的原因，如：审计调整、单位漏列"
        value={reason}
        onChange={(event) => write(event.target.value)}
      />
      <Button
        disabled={chosen.length === 0 || reason.trim().length < 2}
        onClick={() => {
          onAdjust({
            cells: chosen.map(({ cell, actual = 0, expected = 0 }) => ({
              cell: cell as CellAddress,
              fen: actual - expected,
            })),
            reason: reason.trim(),
          });
          clear();
        }}
      >
        列为调整分录
      </Button>
    </div>
  );
}
