import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ruleById } from "../../../../shared/checks/rule-book.ts";
import type { Report } from "../../../../shared/report/report.ts";
import type { Facts, SelfEvaluation } from "../../../../shared/report/sections.ts";
import { the, completeReport } from "./complete-report.ts";
import { caseCount } from "../../../case-count.ts";

/** 0.01 万元 in 分, the last digit that people print. */
const digit = 10_000;
const rounded = (fen: number): number => Math.floor(fen / digit + 0.5) * digit;

const yuan = fc.integer({ min: 0, max: 900_000_000_00 });
const parts = (least: number, most: number) =>
  fc.array(yuan, { minLength: least, maxLength: most });
const sum = (amounts: readonly number[]) => amounts.reduce((all, amount) => all + amount, 0);

const withFacts = (facts: Partial<Facts>): Report => ({
  ...completeReport,
  sections: { ...completeReport.sections, facts: { ...completeReport.sections.facts, ...facts } },
});
const withTable = (table: Partial<SelfEvaluation>): Report => {
  const { performance } = completeReport.sections;
  const [first] = performance.selfEvaluations;
  return {
    ...completeReport,
    sections: {
      ...completeReport.sections,
      performance: { ...performance, selfEvaluations: [{ ...the(first), ...table }] },
    },
  };
};
const faults = (rule: string, report: Report): number =>
  the(ruleById(rule)?.sections).run(report).faults.length;

const codes = Array.from({ length: 40 }, (_, index) => String(2010101 + index * 100));
const budget = (total: number, amounts: readonly number[]) =>
  withFacts({
    initialBudget: {
      total,
      byCode: Object.fromEntries(amounts.map((amount, index) => [codes[index] ?? "", amount])),
    },
  });

const funds = (amounts: readonly [number, number, number], total: number) => {
  const money = (amount: number) => ({ initial: amount, full: amount, executed: amount });
  const [fiscal, carriedOver, other] = amounts;
  return withTable({
    funds: {
      total: money(total),
      fiscal: money(fiscal),
      carriedOver: money(carriedOver),
      other: money(other),
    },
  });
};

const procured = (amounts: readonly number[], sme: number) => {
  const [smeGoods = 0, smeWorks = 0, smeServices = 0] = amounts;
  return withFacts({
    procurement: {
      ...{ goods: smeGoods, works: smeWorks, services: smeServices, sme, micro: 0 },
      ...{ smeGoods, smeWorks, smeServices },
    },
  });
};

const families: readonly (readonly [
  string,
  fc.Arbitrary<readonly number[]>,
  (amounts: readonly number[], total: number) => Report,
])[] = [
  ["R208", parts(1, 40), (amounts, total) => budget(total, amounts)],
  ["R405", parts(3, 3), ([a = 0, b = 0, c = 0], total) => funds([a, b, c], total)],
  ["S210", parts(3, 3), procured],
];

describe.each(families)("%s on amounts rounded to 0.01 万元", (rule, amounts, reportOf) => {
  it("never flags the truth, rounded amount by amount", () => {
    fc.assert(
      fc.property(amounts, (exact) => {
        expect(faults(rule, reportOf(exact.map(rounded), rounded(sum(exact))))).toBe(0);
      }),
      { seed: 20_221_101, numRuns: caseCount(10_000) },
    );
  });

  it("always flags an error beyond what rounding explains", () => {
    const cases = fc.tuple(amounts, fc.integer({ min: 1, max: 1_000_000 }), fc.boolean());
    fc.assert(
      fc.property(cases, ([exact, digits, isUp]) => {
        const envelope = Math.max(1, Math.ceil((exact.length + 1) / 2));
        const error = (envelope + digits) * digit * (isUp ? 1 : -1);
        const total = sum(exact.map(rounded)) + error;
        expect(faults(rule, reportOf(exact.map(rounded), total))).toBeGreaterThan(0);
      }),
      { seed: 20_221_102, numRuns: caseCount(10_000) },
    );
  });
});

describe("R404 on any funds", () => {
  /** 分值×执行率 by an oracle of its own: whole-number long division in hundredths of a point. */
  const dueBy = (weight: number, full: bigint, executed: bigint): number => {
    const capped = executed > full ? full : executed;
    const [quotient, rest] = [(BigInt(weight) * capped) / full, (BigInt(weight) * capped) % full];
    return Number(quotient) + (rest * 2n >= full ? 1 : 0);
  };
  const drawn = fc.tuple(fc.integer({ min: 1, max: 900_000_000_00 }), yuan);
  const report = (full: number, executed: number, fundsScore: number) =>
    withTable({
      funds: { total: { initial: full, full, executed } },
      fundsWeight: 10_00,
      fundsScore,
    });

  it("takes the score with two decimals or with one", () => {
    fc.assert(
      fc.property(drawn, ([full, executed]) => {
        const due = dueBy(10_00, BigInt(full), BigInt(executed));
        expect(faults("R404", report(full, executed, due))).toBe(0);
        const oneDecimal = Math.min(10_00, Math.floor(due / 10 + 0.5) * 10);
        expect(faults("R404", report(full, executed, oneDecimal))).toBeLessThanOrEqual(
          Math.abs(oneDecimal - due) === 5 ? 1 : 0,
        );
      }),
      { seed: 20_221_103, numRuns: caseCount(10_000) },
    );
  });

  it("flags any other", () => {
    fc.assert(
      fc.property(drawn, fc.integer({ min: 7, max: 900 }), ([full, executed], off) => {
        const due = dueBy(10_00, BigInt(full), BigInt(executed));
        expect(faults("R404", report(full, executed, due + off))).toBe(1);
        expect(faults("R404", report(full, executed, due - off))).toBe(1);
      }),
      { seed: 20_221_104, numRuns: caseCount(10_000) },
    );
  });
});
