import { cellAddress, type CellAddress } from "../forms/cell.ts";
import { parentCode } from "../forms/codes/code-table.ts";
import type { TableId } from "../forms/form.ts";
import type { UnitSubmission } from "../report/report.ts";
import type { TableData } from "../forms/table-data.ts";
import type { AdjustmentEntry } from "../report/sections.ts";
import { tableIn } from "../report/section-ids.ts";

/**
 * Money that moves between units of one department is income of one and expense of the other; the department neither
 * received nor spent it. subsidy: 对附属单位补助支出 ↔ 上级补助收入 · remittance: 上缴上级支出 ↔ 附属单位上缴收入.
 */
export type FlowKind = "subsidy" | "remittance";

/** The cells of a flow: the payer's column of 公开03表, the payee's of 公开02表 (its row of 公开01表 has the same key). */
export const flowColumns = {
  subsidy: { payer: "to_affiliate", payee: "superior" },
  remittance: { payer: "to_superior", payee: "affiliate" },
} as const satisfies Record<FlowKind, { payer: string; payee: string }>;

export const flowNames = {
  subsidy: { payer: "对附属单位补助支出", payee: "上级补助收入" },
  remittance: { payer: "上缴上级支出", payee: "附属单位上缴收入" },
} as const satisfies Record<FlowKind, { payer: string; payee: string }>;

/** One side of a flow: a unit's most detailed row that holds it. */
export interface FlowEnd {
  readonly orgCode: string;
  /** In that unit's report. */
  readonly cell: CellAddress;
}

/** The same money seen by payer and payee, as far as amounts tell; a person confirms it. */
export interface EliminationPair {
  /** Names both rows and the amount: when one of them changes, it is another pair. */
  readonly id: string;
  readonly kind: FlowKind;
  /** Negative where both sides booked a refund (红字). */
  readonly fen: number;
  readonly payer: FlowEnd;
  readonly payee: FlowEnd;
  /** Why it is proposed: equal amounts of one code, equal amounts, or a share of equal sums. */
  readonly match: "same_code" | "same_amount" | "same_sum";
}

/** What one side shows and no other unit does: paid to or by somebody outside, or booked wrongly. */
export interface UnmatchedFlow extends FlowEnd {
  readonly kind: FlowKind;
  readonly side: "payer" | "payee";
  readonly fen: number;
}

export interface ProposedEliminations {
  readonly pairs: readonly EliminationPair[];
  readonly unmatched: readonly UnmatchedFlow[];
}

/** Pairs by equal amounts, the surest first; every amount is used once, what is left is unmatched on its side. */
export function proposeEliminations(units: readonly UnitSubmission[]): ProposedEliminations {
  const pairs: EliminationPair[] = [];
  const unmatched: UnmatchedFlow[] = [];
  for (const kind of ["subsidy", "remittance"] as const) {
    const payers = units.flatMap((unit) => flowsOf(unit, "t03", flowColumns[kind].payer));
    const payees = units.flatMap((unit) => flowsOf(unit, "t02", flowColumns[kind].payee));
    const settle = (match: EliminationPair["match"], payer: Flow, payee: Flow, fen: number) => {
      payer.left -= fen;
      payee.left -= fen;
      pairs.push(pairOf(kind, match, payer, payee, fen));
    };
    const ofRow = ({ row }: Flow) => row;
    settleEqual(payers, payees, ofRow, (...pair) => settle("same_code", ...pair));
    settleEqual(
      payers,
      payees,
      () => "",
      (...pair) => settle("same_amount", ...pair),
    );
    const payeesOfRow = grouped(payees, ofRow);
    for (const [row, some] of grouped(payers, ofRow)) {
      settleSum(some, payeesOfRow.get(row) ?? [], (...pair) => settle("same_sum", ...pair));
    }
    settleSum(payers, payees, (...pair) => settle("same_sum", ...pair));
    unmatched.push(
      ...payers.filter(isOpen).map((flow) => unmatchedOf(kind, "payer", flow)),
      ...payees.filter(isOpen).map((flow) => unmatchedOf(kind, "payee", flow)),
    );
  }
  return { pairs, unmatched };
}

/**
 * Takes a confirmed pair off both sides in every cell that its money went into, so that all relations that held in the
 * units hold in the department: 公开02表 and 公开03表 from the row up to 合计, 公开01表 from the row up to 总计.
 */
export function eliminationEntry(
  { id, kind, fen, payer, payee }: EliminationPair,
  nameOf: (orgCode: string) => string,
): AdjustmentEntry {
  const columns = flowColumns[kind];
  const [paid, received] = [rowOfCell(payer.cell), rowOfCell(payee.cell)];
  const classOf = paid === "total" ? [] : [paid.slice(0, 3)];
  const cells = [
    ...[columns.payee, "income_total", "income_sum"].map((row) => t01(row)),
    ...lineage(received).flatMap((row) => inRow("t02", row, [columns.payee, "total"])),
    ...[...classOf, "expense_total", "expense_sum"].map((row) => t01(row)),
    ...lineage(paid).flatMap((row) => inRow("t03", row, [columns.payer, "total"])),
  ];
  const names = flowNames[kind];
  return {
    id,
    cells: cells.map((cell) => ({ cell, fen: -fen })),
    reason: `抵销内部往来：${nameOf(payer.orgCode)}${names.payer}与${nameOf(payee.orgCode)}${names.payee}`,
    pair: id,
  };
}

/** An amount of a unit that another unit may show too, and how much of it has no counterpart yet. */
interface Flow {
  readonly orgCode: string;
  readonly table: TableId;
  readonly row: string;
  readonly column: string;
  left: number;
}

type Settle = (payer: Flow, payee: Flow, fen: number) => void;

const isOpen = ({ left }: Flow): boolean => left !== 0;
const sumOf = (flows: readonly Flow[]): number => flows.reduce((sum, { left }) => sum + left, 0);

/** Equal amounts, and an equal `keyOf`; the first in order where several fit. */
function settleEqual(
  payers: readonly Flow[],
  payees: readonly Flow[],
  keyOf: (flow: Flow) => string,
  settle: Settle,
): void {
  const keyed = (flow: Flow) => `${keyOf(flow)} ${String(flow.left)}`;
  const waiting = grouped(payees.filter(isOpen), keyed);
  for (const payer of payers.filter(isOpen)) {
    const fitting = waiting.get(keyed(payer)) ?? [];
    const at = fitting.findIndex(({ orgCode }) => orgCode !== payer.orgCode);
    const [payee] = at < 0 ? [] : fitting.splice(at, 1);
    if (payee !== undefined) settle(payer, payee, payer.left);
  }
}

/** One booked in a sum what the others booked singly: dealt out in order when both sides sum up to the same. */
function settleSum(payers: readonly Flow[], payees: readonly Flow[], settle: Settle): void {
  const open = { payers: payers.filter(isOpen), payees: payees.filter(isOpen) };
  if (open.payers.length === 0 || sumOf(open.payers) !== sumOf(open.payees)) return;
  // A refund (红字) in a sum could be anybody's.
  if ([...open.payers, ...open.payees].some(({ left }) => left < 0)) return;
  const codes = new Set(open.payers.map(({ orgCode }) => orgCode));
  if (open.payees.some(({ orgCode }) => codes.has(orgCode))) return; // nobody pays itself
  const waiting = open.payees.values();
  let payee = waiting.next().value;
  for (const payer of open.payers) {
    while (payer.left > 0 && payee !== undefined) {
      settle(payer, payee, Math.min(payer.left, payee.left));
      if (payee.left === 0) payee = waiting.next().value;
    }
  }
}

function grouped(flows: readonly Flow[], keyOf: (flow: Flow) => string): Map<string, Flow[]> {
  const groups = new Map<string, Flow[]>();
  for (const flow of flows) {
    const group = groups.get(keyOf(flow));
    if (group) group.push(flow);
    else groups.set(keyOf(flow), [flow]);
  }
  return groups;
}

/** A unit's amounts of a column in its most detailed rows; 合计 where it lists no codes. */
function flowsOf(
  { orgCode, sections }: UnitSubmission,
  table: "t02" | "t03",
  column: string,
): Flow[] {
  return mostDetailed(tableIn(sections, table)).flatMap(({ key, cells }) => {
    const left = cells[column] ?? 0;
    return left === 0 ? [] : [{ orgCode, table, row: key, column, left }];
  });
}

function mostDetailed({ rows }: TableData) {
  const codes = rows.filter(({ key }) => key !== "total");
  const parents = new Set(codes.map(({ key }) => parentCode(key)));
  return codes.length === 0 ? rows : codes.filter(({ key }) => !parents.has(key));
}

function pairOf(
  kind: FlowKind,
  match: EliminationPair["match"],
  payer: Flow,
  payee: Flow,
  fen: number,
): EliminationPair {
  const ends = [payer.orgCode, payer.row, payee.orgCode, payee.row];
  return {
    id: [kind, ...ends, String(fen)].join("."),
    kind,
    fen,
    payer: endOf(payer),
    payee: endOf(payee),
    match,
  };
}

const unmatchedOf = (kind: FlowKind, side: UnmatchedFlow["side"], flow: Flow): UnmatchedFlow => ({
  kind,
  side,
  ...endOf(flow),
  fen: flow.left,
});

const endOf = (flow: Flow): FlowEnd => ({ orgCode: flow.orgCode, cell: cellAddress(flow) });

/** A code and the codes it is summed up in, up to 合计. */
function lineage(code: string): string[] {
  if (code === "total") return ["total"];
  const parent = parentCode(code);
  return parent === undefined ? [code, "total"] : [code, ...lineage(parent)];
}

const t01 = (row: string): CellAddress => cellAddress({ table: "t01", row, column: "final" });

const inRow = (table: TableId, row: string, columns: readonly string[]): CellAddress[] =>
  columns.map((column) => cellAddress({ table, row, column }));

const rowOfCell = (cell: CellAddress): string => cell.split("/")[1] ?? "total";
