import { budgetOfCode, spentAsOnly, type Budget } from "../forms/codes/budget-of-code.ts";
import type { Edition } from "../forms/form.ts";
import { fixedRows } from "../forms/layout.ts";
import type { Random } from "./random.ts";

/** The money of one 项 from one source: from these all statutory tables of a sample report follow. */
export interface Flow {
  readonly code: string;
  readonly source: Budget | "own";
  readonly opening: number;
  readonly income: Readonly<Record<string, number>>;
  readonly spent: Readonly<Record<string, number>>;
}

/** What every department pays, whatever it does: pensions, health insurance, housing. */
const staffCodes = ["2080505", "2101101", "2210201"];

/** A department of middle size with money of every kind that the edition has codes for. */
export function flowsOf(edition: Edition, random: Random): Flow[] {
  const { general: main, fund, capital } = codesOf(edition);
  const own = main[0];
  const staff = staffCodes.filter((code) => edition.functionCodes.has(code));
  const others = [...new Set(pick(main, 4, random))].filter((code) => !staff.includes(code));
  return [
    ...[...others, ...staff].map((code, index) =>
      appropriated(edition, random, { code, source: "general", isBasic: index === 0 }),
    ),
    ...pick(fund, 1, random).map((code) =>
      appropriated(edition, random, { code, source: "fund", isBasic: false }),
    ),
    ...pick(capital, 1, random).map((code) =>
      appropriated(edition, random, { code, source: "capital", isBasic: false }),
    ),
    ...(own === undefined ? [] : [ownFlow(own, random)]),
  ];
}

/** 项 of the edition by the budget that pays them, of 类 that 收入支出决算总表 has. */
function codesOf(edition: Edition): Readonly<Record<Budget, readonly string[]>> {
  const form = edition.forms.find(({ id }) => id === "t01");
  const classes = new Set((form === undefined ? [] : fixedRows(form)).map(({ key }) => key));
  const items = [...edition.functionCodes.keys()].filter(
    (code) => code.length === 7 && classes.has(code.slice(0, 3)),
  );
  const of = (budget: Budget | undefined) =>
    items.filter((code) => budgetOfCode(code, edition.year) === budget);
  return { general: of(undefined), fund: of("fund"), capital: of("capital") };
}

/** Some of the codes, spread over all, the first always among them. */
function pick(codes: readonly string[], count: number, random: Random): string[] {
  const step = Math.max(1, Math.floor(codes.length / count));
  return Array.from({ length: Math.min(count, codes.length) }, (_, index) => {
    const at = index === 0 ? 0 : index * step + random.int(0, step - 1);
    return codes[Math.min(at, codes.length - 1)] ?? "";
  });
}

function appropriated(
  edition: Edition,
  random: Random,
  { code, source, isBasic }: Pick<Flow, "code" | "source"> & { readonly isBasic: boolean },
): Flow {
  const opening = random.amount(1, 30);
  const fiscal = random.amount(120, 900);
  const closing = random.amount(1, 20);
  const paid = opening + fiscal - closing;
  const only = spentAsOnly(code, edition.functionCodes.get(code) ?? "");
  const share = source === "general" ? random.amount(60, 100) : random.amount(5, 20);
  const basic = only === "basic" ? paid : only === "project" ? 0 : isBasic ? paid - share : share;
  return { code, source, opening, income: { fiscal }, spent: { basic, project: paid - basic } };
}

function ownFlow(code: string, random: Random): Flow {
  const income = {
    superior: random.amount(10, 40),
    business: random.amount(50, 300),
    operating: random.amount(60, 90),
    affiliate: random.amount(1, 20),
    other: random.amount(1, 20),
  };
  const spent = {
    basic: random.amount(10, 30),
    project: random.amount(10, 30),
    to_superior: random.amount(1, 5),
    operating: random.amount(20, 50),
    to_affiliate: random.amount(1, 5),
  };
  return { code, source: "own", opening: random.amount(1, 20), income, spent };
}
