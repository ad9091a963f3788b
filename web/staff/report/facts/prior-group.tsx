import { Button } from "antd";
import { useMemo } from "react";
import type { PriorYearView } from "../../../../shared/contract/responses.ts";
import { parseCellAddress, type CellAddress } from "../../../../shared/forms/cell.ts";
import { cellName, isCount } from "../../../../shared/forms/place-name.ts";
import { sourceRoots } from "../../../../shared/narrative/sources.ts";
import { writeNarrative } from "../../../../shared/narrative/write-narrative.ts";
import { cellValue, type Report } from "../../../../shared/report/report.ts";
import { useAct } from "../../api/queries.ts";
import { AmountInput, CountInput } from "../amount-input.tsx";
import { comparedWords } from "./compared.ts";
import { Group } from "./group.tsx";
import type { FactsDesk } from "./use-facts.ts";

/** 取自2021年决算: where last year's figures come from. */
export function takenFrom(lastYear: PriorYearView | undefined): string {
  const of = `${String(lastYear?.year ?? "上")}年决算`;
  const added = lastYear?.stored?.addedFrom;
  return added === undefined ? `取自${of}` : `取自${added.join("、")}${of}之和`;
}

/** Why nothing of last year came over, where it did not. */
export const NotRolled = ({ desk }: { desk: FactsDesk }) =>
  !desk.disabled &&
  desk.lastYear?.notRolled !== undefined && (
    <p className="notice" role="status" style={{ gridColumn: "1 / -1" }}>
      {desk.lastYear.notRolled}
    </p>
  );

/** 上年数 that the text compares with, each beside this year's. */
export function PriorGroup({ desk, isSaving }: { desk: FactsDesk; isSaving: boolean }) {
  const { content, lastYear, stored, isProposed, disabled } = desk;
  const cells = useMemo(() => neededPriorCells(content), [content]);
  return (
    <Group title="上年数" hint={hintOf(desk)}>
      {!desk.isUntouched && <NotRolled desk={desk} />}
      {lastYear !== undefined && !disabled && (
        <TakePriorYear desk={desk} lastYear={lastYear} isSaving={isSaving} />
      )}
      {cells.map((cell) => (
        <PriorCell
          key={cell}
          desk={desk}
          cell={cell}
          isLocked={disabled || (!isProposed && stored?.figures[cell] !== undefined)}
        />
      ))}
      {cells.length === 0 && <p className="quiet">填好报表后列出需要的上年数。</p>}
    </Group>
  );
}

function hintOf({ stored, isProposed, lastYear }: FactsDesk): string {
  if (stored === undefined) return "说明文字与上年比较时使用";
  return isProposed
    ? `${takenFrom(lastYear)}，请核对；口径不同的据实改填`
    : `${takenFrom(lastYear)}，不能另填；上年决算里没有的自行填写`;
}

function PriorCell({
  desk,
  cell,
  isLocked,
}: {
  desk: FactsDesk;
  cell: CellAddress;
  isLocked: boolean;
}) {
  const { content, facts, unit } = desk;
  const value = facts.prior[cell];
  const ref = parseCellAddress(cell);
  const own = ref && cellValue(content.sections, ref);
  const isCounted = isCount(cell, content.edition);
  const set = (figure: number | undefined) =>
    desk.update(({ prior }) => {
      const { [cell]: _, ...others } = prior;
      return { prior: figure === undefined ? others : { ...others, [cell]: figure } };
    });
  const common = {
    ...desk.field(`prior/${cell}`),
    label: cellName(cell, content.edition),
    value,
    disabled: isLocked,
    compared:
      own === undefined
        ? undefined
        : comparedWords({ now: value, then: own, year: "本年", unit: isCounted ? "count" : unit }),
    onChange: set,
  };
  return isCounted ? <CountInput {...common} /> : <AmountInput {...common} unit={unit} />;
}

/** Puts last year's approved figures in, where they are stored and the facts say otherwise yet. */
function TakePriorYear({
  desk: { report, facts },
  lastYear,
  isSaving,
}: {
  desk: FactsDesk;
  lastYear: PriorYearView;
  /** What is typed would meet the figures halfway. */
  isSaving: boolean;
}) {
  const words = takenFrom(lastYear);
  const take = useAct(report.id, "/prior-year", "priorYearResponse", `上年数已${words}`);
  const { stored } = lastYear;
  if (stored === undefined) return null;
  const cost = facts.operatingCost;
  const differing =
    Object.entries(stored.figures).filter(([cell, value]) => facts.prior[cell] !== value).length +
    Number(
      cost !== undefined &&
        stored.operatingCost !== undefined &&
        cost.prior !== stored.operatingCost,
    );
  if (differing === 0) return null;
  return (
    <p className="notice" role="status" style={{ gridColumn: "1 / -1" }}>
      {lastYear.year}年决算已批复，有 {differing} 个上年数尚未取用或与其不同。{" "}
      <Button
        type="primary"
        size="small"
        loading={take.isPending}
        disabled={isSaving}
        onClick={() => take.mutate({})}
      >
        {words}
      </Button>
    </p>
  );
}

/** Last year's cells that the narrative of this report compares with. */
function neededPriorCells(report: Report): CellAddress[] {
  const roots = writeNarrative(report).chapters.flatMap((chapter) =>
    chapter.paragraphs.flatMap((paragraph) =>
      paragraph.sentences.flatMap((sentence) =>
        sentence.parts.flatMap((part) => ("source" in part ? sourceRoots(part.source) : [])),
      ),
    ),
  );
  const needed = roots
    .filter((root) => root.startsWith("prior:"))
    .map((root) => root.slice("prior:".length));
  const stored = Object.keys(report.sections.facts.prior);
  return [...new Set([...needed, ...stored])].sort() as CellAddress[];
}
