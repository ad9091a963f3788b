import { DeleteOutlined } from "@ant-design/icons";
import { Link } from "@tanstack/react-router";
import { Button } from "antd";
import type { ReactNode } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { cellAddress, type CellAddress, type CellRef } from "../../../shared/forms/cell.ts";
import { formulaWords } from "../../../shared/forms/computed/formula-words.ts";
import { againstLastYear } from "../../../shared/comparison/against-last-year.ts";
import { printWan } from "../../../shared/money.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { cellName, isCount, printFigure } from "../../../shared/forms/place-name.ts";
import type { ComputedTable } from "../editing/computed-table.ts";

/**
 * What is known of the cell that is selected: its name and figure, what it is computed from, what can be done. As high
 * whichever cell it is, for the table below must not move under the mouse.
 */
export function CellBar({
  report,
  edition,
  cell,
  hint,
  corner,
  figure,
  lastYear,
  editable,
  computed,
  onUnlock,
  onFollow,
  onRemoveCode,
}: {
  report: ReportView;
  edition: Edition;
  cell: CellRef | undefined;
  /** Shown while no cell is selected. */
  hint: string;
  /** 金额单位. */
  corner: ReactNode;
  figure: number | undefined;
  /** Last year's figure in this cell. */
  lastYear: number | undefined;
  editable: boolean;
  computed: ComputedTable;
  onUnlock: () => void;
  /** Writes what the formula gives. */
  onFollow: (value: number | undefined) => void;
  /** Undefined where no code can be taken out. */
  onRemoveCode: (() => void) | undefined;
}) {
  return (
    <div className="cell-bar">
      <div className="cell-line">
        {cell === undefined ? (
          <span className="quiet">{hint}</span>
        ) : (
          <>
            <strong>{cellName(cellAddress(cell), edition)}</strong>
            <span className="cell-figure">{figureText(figure, cellAddress(cell), edition)}</span>
            {lastYear !== undefined && (
              <span className="quiet">
                {againstLastYear({ now: figure, before: lastYear }, (value) =>
                  isCount(cellAddress(cell), edition) ? String(value) : printWan(value),
                )}
              </span>
            )}
            {report.kind === "department" && (
              <Link
                to="/reports/$id/$part"
                params={{ id: report.id, part: "consolidation" }}
                search={{ cell: cellAddress(cell) }}
              >
                由哪些单位组成
              </Link>
            )}
          </>
        )}
        <span className="quiet unit">{corner}</span>
      </div>
      {editable && (
        <div className="cell-line">
          {cell !== undefined && (
            <FormulaNote {...{ edition, cell, figure, computed, onUnlock, onFollow }} />
          )}
          {cell !== undefined && onRemoveCode !== undefined && (
            <Button size="small" icon={<DeleteOutlined />} onClick={onRemoveCode}>
              删除 {cell.row}
              {cell.row.length < 7 ? " 及其下级" : ""}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** 自动计算 or 预填 with its formula in words; of a cell that holds another figure, what the formula gives. */
function FormulaNote({
  edition,
  cell,
  figure,
  computed,
  onUnlock,
  onFollow,
}: {
  edition: Edition;
  cell: CellRef;
  figure: number | undefined;
  computed: ComputedTable;
  onUnlock: () => void;
  onFollow: (value: number | undefined) => void;
}): ReactNode {
  const formula = computed.formulaOf(cell);
  if (formula === undefined) return null;
  const words = formulaWords(edition, cell, formula);
  const result = computed.resultOf(formula);
  if (computed.isLocked(cell)) {
    return (
      <>
        <span className="cell-formula" title={words}>
          自动计算 ＝ {words}
        </span>
        <Button size="small" onClick={onUnlock}>
          改为手填
        </Button>
      </>
    );
  }
  if (figure === result) return <span className="cell-formula">预填 ＝ {words}，可以修改</span>;
  if (result === undefined) return null;
  return (
    <>
      <span className="cell-formula" title={words}>
        {formula.isPreset ? "通常" : "应"}为 {printFigure(result, cellAddress(cell), edition)} ＝{" "}
        {words}
      </span>
      <Button size="small" onClick={() => onFollow(result)}>
        按计算填入
      </Button>
    </>
  );
}

const figureText = (figure: number | undefined, address: CellAddress, edition: Edition): string =>
  figure === undefined ? "（空）" : printFigure(figure, address, edition);
