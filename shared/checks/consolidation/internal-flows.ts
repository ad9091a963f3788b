import type { Report } from "../../report/report.ts";
import { proposeEliminations, flowNames, flowColumns } from "../../consolidation/eliminations.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import { printExact } from "../../money.ts";
import type { Rule } from "../rule.ts";

/** What units show as paid to each other is taken off, or it is explained why it is not the same money. */
function pairsConfirmed({ units = [], sections }: Report) {
  const { pairs } = proposeEliminations(units);
  const confirmed = new Set(sections.adjustments.entries.map(({ pair }) => pair));
  const nameOf = (code: string) => units.find(({ orgCode }) => orgCode === code)?.orgName ?? code;
  return judged(
    pairs.map(({ id, kind, fen, payer, payee }): SectionFault | undefined => {
      if (confirmed.has(id)) return undefined;
      const names = flowNames[kind];
      const amount = `${printExact(fen, "wan", { thousands: true })}万元`;
      return {
        section: "adjustments",
        path: `adjustments.entries.${id.replaceAll(".", "_")}`,
        cells: [`t02/total/${flowColumns[kind].payee}`, `t03/total/${flowColumns[kind].payer}`],
        actual: amount,
        expected: "0万元",
        what: `${nameOf(payer.orgCode)}的${names.payer}与${nameOf(payee.orgCode)}的${names.payee}各有${amount}，汇总时没有抵销，收入和支出可能重复计算`,
        mend: "在“汇总”中确认抵销；不是同一笔往来的，填写说明",
      };
    }),
    "condition_not_met",
  );
}

export const internalFlowRules: readonly Rule[] = [
  {
    id: "R306",
    statement: "所属单位之间的补助和上缴在汇总时抵销，不抵销的说明原因",
    basis: "《部门决算管理办法》（财库〔2021〕36号）",
    severity: "warning",
    tolerance: "none",
    sections: { scope: "units", readsUnits: true, run: pairsConfirmed },
  },
];
