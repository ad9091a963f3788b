import { HyperFormula } from "hyperformula";
import { checkReport } from "../../shared/checks/check-report.ts";
import type { Report } from "../../shared/report/report.ts";
import { equationsOf } from "../corpus/equations.ts";
import { loadExample } from "../examples/load-example.ts";
import type { Line } from "./line.ts";
import { median, msOf } from "./quantile.ts";
import { tableIn } from "../../shared/report/section-ids.ts";

/** The version whose licence we may use: this is a tool of the bench and no part of the system (docs/adr/0024). */
const licenseKey = "gpl-v3";
const rounds = 60;

/**
 * A full check beside a spreadsheet that computes the sums of the same tables and nothing else: no findings, no
 * texts, no reasons. Both from a report in hand, in turns.
 */
export async function measureSpreadsheet(): Promise<readonly Line[]> {
  const report = loadExample("jingdezhen-2022");
  const { cells, formulas } = sheetOf(report);
  const times = { check: [] as number[], sheet: [] as number[] };
  for (let round = -20; round < rounds; round += 1) {
    const check = await msOf(() => checkReport(report));
    const sheet = await msOf(() => {
      const engine = HyperFormula.buildFromArray([cells, formulas], { licenseKey });
      const broken = engine.getSheetValues(0)[1]?.filter((difference) => difference !== 0) ?? [];
      engine.destroy();
      if (broken.length > 0) throw new Error(`${String(broken.length)} sums do not hold.`);
    });
    if (round < 0) continue;
    times.check.push(check);
    times.sheet.push(sheet);
  }
  return [
    {
      name: `A full check ÷ ${String(formulas.length)} sums of its tables in HyperFormula`,
      ...{ value: median(times.check) / median(times.sheet), unit: "×", limit: 1 },
    },
  ];
}

/** Row 1: every cell that an equation names; row 2: whole − parts of each, or what it is over where only that counts. */
function sheetOf({ sections, ...report }: Report): { cells: number[]; formulas: string[] } {
  const equations = equationsOf({ ...report, sections });
  const addresses = [...new Set(equations.flatMap(({ whole, parts }) => [...whole, ...parts]))];
  const places = new Map(addresses.map((address, index) => [address, `${columnName(index)}1`]));
  const valueAt = (address: string): number => {
    const [table = "", row, column = ""] = address.split("/");
    return (
      tableIn(sections, table as "t01").rows.find(({ key }) => key === row)?.cells[column] ?? 0
    );
  };
  const sum = (of: readonly string[]) =>
    of.map((address) => places.get(address) ?? "0").join("+") || "0";
  return {
    cells: addresses.map(valueAt),
    formulas: equations.map(({ whole, parts, atMost }) => {
      const difference = `(${sum(whole)})-(${sum(parts)})`;
      return atMost === true ? `=MIN(0,${difference})` : `=${difference}`;
    }),
  };
}

/** A … Z, AA … */
function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26));
  return index < 26 ? letter : `${columnName(Math.floor(index / 26) - 1)}${letter}`;
}
