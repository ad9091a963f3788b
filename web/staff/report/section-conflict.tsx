import { Modal, Radio } from "antd";
import { useMemo, useState } from "react";
import type { Json } from "../../../shared/canonical-json.ts";
import { parseCellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { cellName, printFigure } from "../../../shared/forms/place-name.ts";
import type { TableData } from "../../../shared/forms/table-data.ts";
import { DataTable } from "../app/data-table.tsx";
import { mergeComputed, withCell } from "../editing/edit-table.ts";
import { mergeValues, withMember } from "../editing/merge-values.ts";
import type { Conflict } from "../editing/section-draft.ts";

/** Somebody saved this section meanwhile: what both changed is shown side by side, nothing lost until chosen. */

interface Disputed {
  readonly key: string;
  readonly place: string;
  readonly mine: string;
  readonly theirs: string;
}

export function TableConflict({
  tableId,
  edition,
  conflict,
  onSettle,
}: {
  tableId: CellRef["table"];
  edition: Edition;
  conflict: Conflict<TableData>;
  onSettle: (value: TableData) => void;
}) {
  const { merged, conflicts, follow } = useMemo(
    () => mergeComputed(edition, tableId, { ...conflict, theirs: conflict.theirs.value }),
    [edition, tableId, conflict],
  );
  const print = (figure: number | undefined, cell: CellAddress) =>
    figure === undefined ? "（空）" : printFigure(figure, cell, edition);
  return (
    <ConflictDialog
      byName={conflict.byName}
      disputed={conflicts.map(({ cell, mine, theirs }) => ({
        key: cell,
        place: cellName(cell, edition),
        mine: print(mine, cell),
        theirs: print(theirs, cell),
      }))}
      onSettle={(chosen) =>
        onSettle(
          follow(
            conflicts
              .filter(({ cell }) => chosen.has(cell))
              .reduce((table, { cell, mine }) => {
                const ref = parseCellAddress(cell);
                return ref === undefined ? table : withCell(table, ref, mine);
              }, merged),
          ),
        )
      }
    />
  );
}

/** For sections that are records: facts, narrative, performance, attachments. */
export function ValueConflict<Value>({
  conflict,
  nameOf,
  onSettle,
}: {
  conflict: Conflict<Value>;
  nameOf: (path: readonly string[]) => string;
  onSettle: (value: Value) => void;
}) {
  const { merged, conflicts } = useMemo(
    () =>
      mergeValues({
        base: conflict.base as Json,
        mine: conflict.mine as Json,
        theirs: conflict.theirs.value as Json,
      }),
    [conflict],
  );
  return (
    <ConflictDialog
      byName={conflict.byName}
      disputed={conflicts.map(({ path, mine, theirs }) => ({
        key: path.join("."),
        place: nameOf(path),
        mine: valueText(mine),
        theirs: valueText(theirs),
      }))}
      onSettle={(chosen) =>
        onSettle(
          conflicts
            .filter(({ path }) => chosen.has(path.join(".")))
            .reduce((value, { path, mine }) => withMember(value, path, mine), merged) as Value,
        )
      }
    />
  );
}

function valueText(value: Json | undefined): string {
  if (value === undefined || value === "") return "（空）";
  if (Array.isArray(value))
    return `共 ${String(value.length)} 项：${value.map(valueText).join("；")}`;
  if (typeof value === "object" && value !== null)
    return Object.values(value).map(valueText).join(" ");
  return String(value);
}

function ConflictDialog({
  byName,
  disputed,
  onSettle,
}: {
  byName: string;
  disputed: readonly Disputed[];
  onSettle: (mine: ReadonlySet<string>) => void;
}) {
  const [mine, setMine] = useState<ReadonlySet<string>>(new Set());
  return (
    <Modal
      open
      width={760}
      closable={false}
      keyboard={false}
      mask={{ closable: false }}
      title={`${byName}刚刚也保存了这一部分`}
      okText={disputed.length === 0 ? "合并双方的改动" : "按所选保存"}
      cancelButtonProps={{ style: { display: "none" } }}
      onOk={() => onSettle(mine)}
    >
      {disputed.length === 0 ? (
        <p>双方改动的内容互不重叠，可以直接合并，不会丢失任何一方的改动。</p>
      ) : (
        <>
          <p>下列内容双方都改了，请逐项选定保留哪一个；其余改动自动合并，双方的都保留。</p>
          <DataTable
            label="双方都改动的内容"
            empty=""
            rows={disputed}
            keyOf={({ key }) => key}
            columns={[
              { title: "位置", cell: ({ place }) => place },
              {
                title: "保留哪一个",
                cell: ({ key, place, mine: my, theirs }) => (
                  <Radio.Group
                    aria-label={place}
                    vertical
                    value={mine.has(key) ? "mine" : "theirs"}
                    onChange={(event) => {
                      const next = new Set(mine);
                      if (event.target.value === "mine") next.add(key);
                      else next.delete(key);
                      setMine(next);
                    }}
                    options={[
                      { value: "theirs", label: `${byName}：${theirs}` },
                      { value: "mine", label: `我：${my}` },
                    ]}
                  />
                ),
              },
            ]}
          />
        </>
      )}
    </Modal>
  );
}
