import { jiangxi2022, shanghai2024 } from "../examples/editions.ts";
import { expenseClasses } from "../../shared/editions/national/row-sets.ts";
import type { Edition } from "../../shared/forms/form.ts";
import { fixedRows } from "../../shared/forms/layout.ts";
import { gradeOf } from "../../shared/narrative/figures.ts";
import { narrativeGaps, reasonSlots } from "../../shared/narrative/gaps.ts";
import type { Report } from "../../shared/report/report.ts";
import {
  factsSchema,
  narrativeSchema,
  performanceSchema,
  type Facts,
  type Narrative,
  type Performance,
  type SelfEvaluation,
} from "../../shared/report/sections.ts";
import { emptySections } from "../../shared/report/section-ids.ts";
import { add, at, digit, toDigit, type Flow, type Ledger } from "../shared/checks/sound-report.ts";
import { isCountCell, ledgerOf, ownIncomes, tablesOf, total } from "./ledger.ts";
import { randomOf, type Random } from "./random.ts";
import {
  accountOf,
  deviations,
  duties,
  indicatorRows,
  orgNames,
  projectNames,
  purposeOf,
  reasonsOf,
  subordinateNames,
} from "./vocabulary.ts";

/** A report that is right in every figure, with what is uncommon about it. */
export interface SyntheticReport {
  readonly seed: number;
  readonly report: Report;
  /** 项 codes it has money under. */
  readonly codes: number;
  /** Rules that rightly ask this report for an explanation: it has one to give. */
  readonly explains: ReadonlySet<string>;
}

export const corpus = (count: number, first = 1): SyntheticReport[] =>
  Array.from({ length: count }, (_, index) => generateReport(first + index));

/** 分 of an amount in 万元 as it is met in life: seldom round. */
const wan = (amount: number): number => Math.round(amount * 1_000_000);

/** From odd seeds Jiangxi 2022, from even ones Shanghai 2024; 5 to 200 项 codes. */
export function generateReport(seed: number): SyntheticReport {
  const random = randomOf(seed);
  const edition = seed % 2 === 1 ? jiangxi2022 : shanghai2024;
  const enteredIn = random.chance(0.6) ? "wan" : "yuan";
  const isAdjusted = random.chance(0.1);
  const isDeficit = random.chance(0.08);
  const codes = Math.min(200, Math.max(5, Math.round(random.logNormal(28, 0.9))));
  const flows = flowsOf(random, edition, { codes, isDeficit });
  const own = flows.filter(({ source }) => source === "own");
  const mayUseSurplus = own.length > 0 && !isDeficit && random.chance(0.6);
  const used = mayUseSurplus ? wan(random.logNormal(20, 0.8)) : 0;
  const distributed = mayUseSurplus && random.chance(0.6) ? Math.round(used * random.next()) : 0;
  const ledger = ledgerOf(flows, edition, { used, distributed });
  const before = ledgerOf(priorFlows(random, flows, isAdjusted), edition, {
    used: 0,
    distributed: 0,
  });
  const travel = travelOf(random, edition);
  enterTravel(ledger, travel.now, edition);
  enterTravel(before, travel.before, edition);
  detailBasic(ledger, edition, random);
  detailBasic(before, edition, random);
  keepSomeUnchanged(random, before, ledger);
  fillZeros(ledger, edition, random);
  const asTyped = (fen: number) => (enteredIn === "wan" ? toDigit(fen) : fen);
  const rounded = (cells: Ledger): Ledger =>
    new Map(
      [...cells].map(([address, amount]) => [
        address,
        isCountCell(address) ? amount : asTyped(amount),
      ]),
    );
  const kind = random.chance(0.35) ? "unit" : "department";
  const orgName = random.pick(orgNames);
  const bare: Report = {
    identity: {
      region: edition === jiangxi2022 ? "360200" : "310107",
      year: edition.year,
      orgCode: "137001",
      orgName,
      kind,
    },
    edition,
    sections: {
      ...emptySections,
      ...tablesOf(rounded(ledger), edition),
      facts: factsOf(random, {
        ...{ edition, ledger, enteredIn, asTyped, orgName, isUnit: kind === "unit" },
        prior: rounded(before),
        budgets: budgetsOf(random, flows, edition),
      }),
    },
  };
  const performed: Report = {
    ...bare,
    sections: {
      ...bare.sections,
      performance: performanceOf(random, bare, { ledger, asTyped }),
    },
  };
  const report = {
    ...performed,
    sections: { ...performed.sections, narrative: narrativeOf(random, performed) },
  };
  return {
    seed,
    report,
    codes: new Set(flows.map(({ code }) => code)).size,
    explains: new Set([
      ...(isAdjusted ? ["R190"] : []),
      ...(isDeficit && own.length > 0 ? ["R006", "R131"] : []),
    ]),
  };
}

const isFundGroup = (name: string): boolean => /安排的支出$|基金支出$/u.test(name);

/** 项 codes of the year by the budget they are paid from. */
function codesOf({ functionCodes }: Edition) {
  const all = [...functionCodes.keys()].filter((code) => code.length === 7);
  const group = (code: string) => functionCodes.get(code.slice(0, 5)) ?? "";
  const classes = new Set<string>(expenseClasses);
  const ordinary = all.filter(
    (code) =>
      classes.has(code.slice(0, 3)) &&
      !isFundGroup(group(code)) &&
      !/^(?:223|231|232|234)/u.test(code),
  );
  return {
    general: ordinary,
    fund: all.filter((code) => isFundGroup(group(code)) && /^(?:212|229)/u.test(code)),
    capital: all.filter((code) => code.startsWith("223")),
  };
}

/** What every department pays whatever it does: pensions, health insurance, housing. */
const staffCodes = ["2080505", "2080506", "2101101", "2210201"];

function flowsOf(
  random: Random,
  edition: Edition,
  { codes, isDeficit }: { readonly codes: number; readonly isDeficit: boolean },
): Flow[] {
  const known = codesOf(edition);
  const main = random.pick(known.general).slice(0, 3);
  const mainCodes = known.general.filter((code) => code.startsWith(main));
  const wanted = random.shuffled(known.general);
  const chosen = [
    ...new Set([
      ...random.shuffled(mainCodes).slice(0, Math.ceil(codes * 0.4)),
      ...staffCodes.filter((code) => edition.functionCodes.has(code)),
      ...wanted,
    ]),
  ].slice(0, Math.max(3, codes));
  const funds = random.chance(0.45) ? random.shuffled(known.fund).slice(0, random.int(1, 4)) : [];
  const capital = random.chance(0.3) ? known.capital.slice(0, 1) : [];
  const ownCodes = random.chance(0.6) ? chosen.slice(0, random.int(1, 3)) : [];
  const general = chosen
    .slice(0, Math.max(3, codes - funds.length - capital.length))
    .map((code, index) => fiscalFlow(random, edition, { code, source: "general", index }));
  return [
    ...general,
    ...funds.map((code, index) => fiscalFlow(random, edition, { code, source: "fund", index })),
    ...capital.map((code, index) =>
      fiscalFlow(random, edition, { code, source: "capital", index }),
    ),
    ...ownCodes.map((code, index) => ownFlow(random, code, isDeficit && index === 0)),
  ];
}

function fiscalFlow(
  random: Random,
  edition: Edition,
  { code, source, index }: Pick<Flow, "code" | "source"> & { readonly index: number },
): Flow {
  const opening = random.chance(0.35) ? wan(random.logNormal(12, 1.2)) : 0;
  const received = random.chance(0.03) && opening > 0 ? 0 : wan(random.logNormal(80, 1.5) + 0.4);
  const left = random.chance(0.65) ? 0 : Math.round((opening + received) * random.next() * 0.25);
  const paid = opening + received - left;
  const isStaff = /行政运行|事业运行/u.test(edition.functionCodes.get(code) ?? "");
  const isBasic = source === "general" && (index === 0 || isStaff || staffCodes.includes(code));
  const share = isBasic ? (random.chance(0.8) ? 1 : 0.7) : random.chance(0.1) ? 0.3 : 0;
  const basic = Math.round(paid * share);
  return {
    ...{ code, source, opening },
    income: { fiscal: received },
    spent: { basic, project: paid - basic },
  };
}

/** Money of its own: 事业, 经营 and other income; a deficit comes of trading at a loss. */
function ownFlow(random: Random, code: string, isDeficit: boolean): Flow {
  const income: Record<string, number> = {};
  for (const kind of ownIncomes) {
    if (kind !== "operating" && random.chance(0.55)) income[kind] = wan(random.logNormal(40, 1.1));
  }
  const hasTrade = isDeficit || random.chance(0.4);
  const trade = hasTrade ? wan(random.logNormal(30, 0.8)) : 0;
  if (hasTrade) income.operating = trade;
  const opening = isDeficit ? 0 : random.chance(0.5) ? wan(random.logNormal(15, 1)) : 0;
  const rest = opening + total(income) - trade;
  const paid = Math.round(rest * (isDeficit || random.chance(0.3) ? 1 : 0.6 + 0.4 * random.next()));
  const parts = { basic: 0, project: 0, to_superior: 0, to_affiliate: 0 };
  parts.basic = Math.round(paid * random.next() * 0.6);
  if (random.chance(0.25)) parts.to_superior = Math.round(paid * 0.1);
  if (random.chance(0.25)) parts.to_affiliate = Math.round(paid * 0.15);
  parts.project = paid - parts.basic - parts.to_superior - parts.to_affiliate;
  const operating = Math.round(trade * (isDeficit ? 1.3 : 0.7 + 0.3 * random.next()));
  return { code, source: "own", opening, income, spent: { ...parts, operating } };
}

/** A year that closed with what this one opened with, but for what was adjusted. */
function priorFlows(random: Random, flows: readonly Flow[], isAdjusted: boolean): Flow[] {
  const isUnchangedYear = random.chance(0.05);
  return flows.map((flow, index): Flow => {
    const adjustment = isAdjusted && index === 0 ? wan(random.logNormal(5, 0.5) + 0.3) : 0;
    const closing = flow.opening + adjustment;
    if (random.chance(0.06)) {
      return { ...flow, opening: closing, income: {}, spent: {} };
    }
    const factor = isUnchangedYear ? 1 : random.logNormal(0.95, 0.35);
    const scaled = (amounts: Flow["income"] | Flow["spent"]) =>
      Object.fromEntries(
        Object.entries(amounts).map(([kind, amount]) => [kind, Math.round(amount * factor)]),
      );
    const spent = scaled(flow.spent);
    const income: Record<string, number> = scaled(flow.income);
    const opening = closing + total(spent) - total(income);
    if (opening >= 0) return { ...flow, opening, income, spent };
    const kind = flow.source === "own" ? "other" : "fiscal";
    const needed = { ...income, [kind]: (income[kind] ?? 0) + opening };
    // Too little came in for what was left: the year opened with nothing and took in less.
    if ((needed[kind] ?? 0) >= 0) return { ...flow, opening: 0, income: needed, spent };
    return { ...flow, opening: closing, income: {}, spent: {} };
  });
}

/** Cells of 公开09表 and 公开10表, budgets included. */
type Travel = Readonly<Record<string, number>>;

interface TravelYears {
  readonly now: Travel;
  readonly before: Travel;
}

/** “三公” of both years: unspent, unplanned, as planned or below; vehicles and equipment of this year. */
function travelOf(random: Random, edition: Edition): TravelYears {
  const now: Record<string, number> = {};
  const before: Record<string, number> = {};
  const parts = ["abroad", "vehicle_purchase", "vehicle_running", "reception"] as const;
  for (const part of parts) {
    const isThere = random.chance(part === "vehicle_running" || part === "reception" ? 0.8 : 0.3);
    const final = isThere
      ? wan(random.logNormal(part === "vehicle_purchase" ? 20 : 4, 0.9) + 0.1)
      : 0;
    const left = random.chance(0.3) ? 0 : random.next() * 0.6;
    const isOnlyPlanned = !isThere && random.chance(0.3);
    const full = isOnlyPlanned ? wan(random.int(1, 20)) : Math.round(final * (1 + left));
    now[`${part}/final`] = final;
    now[`${part}/full`] = full;
    now[`${part}/initial`] =
      edition === jiangxi2022 && random.chance(0.4) ? Math.round(full * 1.1) : full;
    const wasSame = random.chance(0.12);
    const was = random.chance(0.15) ? 0 : wan(random.logNormal(4, 0.9));
    before[`${part}/final`] = wasSame ? final : isThere || random.chance(0.3) ? was : 0;
  }
  if (edition === shanghai2024)
    for (const part of parts) now[`${part}/initial`] = now[`${part}/full`] ?? 0;
  for (const year of [now, before]) {
    for (const column of ["initial", "full", "final"]) {
      const of = (part: string) => year[`${part}/${column}`] ?? 0;
      year[`vehicles/${column}`] = of("vehicle_purchase") + of("vehicle_running");
      year[`total/${column}`] = of("abroad") + of("vehicles") + of("reception");
    }
  }
  Object.assign(now, countsOf(random, now));
  return { now, before };
}

function countsOf(random: Random, now: Travel): Travel {
  const spent = (part: string) => now[`${part}/final`] ?? 0;
  const counts: Record<string, number> = {};
  if (spent("abroad") > 0) {
    counts.abroad_groups = random.int(1, 4);
    counts.abroad_persons = counts.abroad_groups + random.int(0, 6);
  }
  counts.vehicles_bought = spent("vehicle_purchase") > 0 ? random.int(1, 4) : 0;
  const kept =
    spent("vehicle_running") > 0 ? random.int(Math.max(1, counts.vehicles_bought), 12) : 0;
  counts.vehicles_kept = kept;
  const reception = spent("reception");
  if (reception > 0) {
    const overseas = random.chance(0.15) ? Math.round(reception * 0.2) : 0;
    counts.reception_domestic = reception - overseas;
    counts.reception_overseas = overseas;
    counts.domestic_batches = random.int(2, 90);
    counts.domestic_persons = counts.domestic_batches * random.int(3, 12);
    if (overseas > 0) {
      counts.overseas_batches = random.int(1, 3);
      counts.overseas_persons = counts.overseas_batches * random.int(2, 8);
    }
    const hasForeign = random.chance(0.25);
    counts.reception_domestic_foreign = hasForeign ? Math.round((reception - overseas) * 0.1) : 0;
    counts.domestic_batches_foreign = hasForeign ? 1 : 0;
    counts.domestic_persons_foreign = hasForeign ? random.int(1, 3) : 0;
  }
  const cars = {
    confidential_cars: random.int(0, 3),
    emergency_cars: random.int(0, 3),
    enforcement_cars: random.int(0, 9),
    special_cars: random.int(0, 4),
    other_cars: random.chance(0.4) ? random.int(1, 5) : 0,
  };
  const all = Object.values(cars).reduce((sum, count) => sum + count, 0);
  cars.enforcement_cars += Math.max(0, kept - all);
  return {
    ...Object.fromEntries(Object.entries(counts).map(([row, amount]) => [`${row}/final`, amount])),
    ...Object.fromEntries(Object.entries(cars).map(([row, count]) => [`t10:${row}`, count])),
    "t10:vehicles_total": Math.max(all, kept),
    "t10:equipment": random.chance(0.4) ? random.int(1, 20) : 0,
  };
}

function enterTravel(ledger: Ledger, travel: Travel, edition: Edition): void {
  for (const [key, amount] of Object.entries(travel)) {
    const [, asset] = /^t10:(.+)$/u.exec(key) ?? [];
    if (asset !== undefined) add(ledger, `t10/${asset}/final`, amount);
    else if (edition === jiangxi2022 || !key.endsWith("/full")) add(ledger, `t09/${key}`, amount);
  }
}

/** 公开06表: basic expenditure by 款, most of it for staff; what “三公” holds bounds its part here. */
function detailBasic(ledger: Ledger, edition: Edition, random: Random): void {
  const form = edition.forms.find(({ id }) => id === "t06");
  const codes = (form === undefined ? [] : fixedRows(form))
    .map(({ key }) => key)
    .filter((key) => /^\d{5}$/u.test(key));
  const basic = at(ledger, "t05/total/basic");
  const enter = (code: string, amount: number) => {
    add(ledger, `t06/${code}/final`, amount);
    add(ledger, `t06/${code.slice(0, 3)}/final`, amount);
    const sum = /^30[13]/u.test(code) ? "personnel_total" : "public_total";
    add(ledger, `t06/${sum}/final`, amount);
  };
  const bounds = new Map([
    ["30212", "abroad"],
    ["30217", "reception"],
    ["30231", "vehicle_running"],
    ["31013", "vehicle_purchase"],
  ]);
  let left = basic;
  for (const [code, row] of bounds) {
    const most = Math.min(at(ledger, `t09/${row}/final`), Math.floor(basic * 0.05));
    if (most < 20 * digit || !random.chance(0.5)) continue;
    const amount = Math.floor(most * random.next());
    enter(code, amount);
    left -= amount;
  }
  const weightOf = (code: string) =>
    ({ 301: 10, 302: 2.2, 303: 0.8, 310: 0.4 })[code.slice(0, 3)] ?? 0;
  const chosen = codes.filter(
    (code) => !bounds.has(code) && weightOf(code) > 0 && (code === "30101" || random.chance(0.55)),
  );
  const weights = chosen.map((code) => random.logNormal(weightOf(code), 0.8));
  const sum = weights.reduce((all, weight) => all + weight, 0);
  let given = 0;
  for (const [index, code] of chosen.entries()) {
    const isLast = index === chosen.length - 1;
    const amount = isLast ? left - given : Math.floor((left * (weights[index] ?? 0)) / sum);
    given += amount;
    enter(code, amount);
  }
}

/** Some items stay as they were, to the 分. */
function keepSomeUnchanged(random: Random, before: Ledger, now: Ledger): void {
  for (const [from, to] of [
    ["303", "301"],
    ["302", "301"],
  ] as const) {
    if (!random.chance(0.1)) continue;
    const gap = at(now, `t06/${from}/final`) - at(before, `t06/${from}/final`);
    before.set(`t06/${from}/final`, at(now, `t06/${from}/final`));
    before.set(`t06/${to}/final`, Math.max(0, at(before, `t06/${to}/final`) - gap));
  }
}

/** Some departments leave unused lines of the fixed tables blank, some print 0. */
function fillZeros(ledger: Ledger, edition: Edition, random: Random): void {
  const prints = random.chance(0.5);
  for (const { id, blocks } of edition.forms) {
    const isCounted = id === "t10" || id === "t09";
    if (!isCounted && (!prints || (id !== "t01" && id !== "t04"))) continue;
    for (const { columns, rows } of blocks) {
      if (rows === "by-function-code") continue;
      for (const row of rows) {
        if ("blank" in row || (id !== "t10" && id !== "t09" && /^\d{3}$/u.test(row.key))) continue;
        for (const { key } of columns) {
          const address = `${id}/${row.key}/${key}`;
          const isFilled = ledger.has(address) || row.dashes?.includes(key) === true;
          if (!isFilled && (prints || id === "t10")) ledger.set(address, 0);
        }
      }
    }
  }
}

/** 年初预算: mostly near what was spent, at times none, at times exactly it. */
function budgetsOf(random: Random, flows: readonly Flow[], edition: Edition): Map<string, number> {
  const finals = new Map<string, number>();
  for (const flow of flows) {
    if (flow.source === "own") continue;
    const code = edition === shanghai2024 ? flow.code : flow.code.slice(0, 3);
    finals.set(code, (finals.get(code) ?? 0) + total(flow.spent));
  }
  const entries = [...finals].map(([code, final]): [string, number] => {
    if (random.chance(0.07)) return [code, 0];
    if (random.chance(0.12)) return [code, final];
    return [code, Math.round(final * random.logNormal(0.97, 0.25))];
  });
  if (edition === jiangxi2022 && random.chance(0.1) && !finals.has("229")) {
    entries.push(["229", wan(random.logNormal(10, 0.5))]);
  }
  return new Map(entries);
}

/** Cells whose figure of last year a sentence states: 0 where there was none. */
const compared = [
  ...["income_sum", "opening", "income_total", "expense_sum", "expense_total", "closing"].map(
    (row) => `t01/${row}/final`,
  ),
  ...["301", "302", "303", "307", "310", "312", "399"].map((row) => `t06/${row}/final`),
  ...["total", "abroad", "vehicles", "vehicle_purchase", "vehicle_running", "reception"].map(
    (row) => `t09/${row}/final`,
  ),
  ...["t04/income_sum/final", "t04/opening/final", "t04/closing/total", "t05/total/total"],
  ...["general", "fund", "capital"].map((fund) => `t04/closing/${fund}`),
];

/** 307, 312 and 399 are rows of the national 公开06表 only. */
const hasRow = (edition: Edition, address: string): boolean =>
  !/^t06\/(?:307|312|399)\//u.test(address) || edition === jiangxi2022;

function factsOf(
  random: Random,
  of: {
    readonly edition: Edition;
    readonly ledger: Ledger;
    readonly prior: Ledger;
    readonly budgets: ReadonlyMap<string, number>;
    readonly enteredIn: Facts["enteredIn"];
    readonly asTyped: (fen: number) => number;
    readonly orgName: string;
    readonly isUnit: boolean;
  },
): Facts {
  const { edition, ledger, prior, budgets, enteredIn, asTyped, orgName, isUnit } = of;
  const publicTotal = at(ledger, "t06/public_total/final");
  const isAllOffices = isUnit || random.chance(0.4);
  const subordinates = isUnit ? [] : random.shuffled(subordinateNames).slice(0, random.int(1, 6));
  const operating = isAllOffices
    ? publicTotal
    : Math.floor(publicTotal * (0.3 + 0.6 * random.next()));
  const total = [...budgets.values()].reduce((sum, amount) => sum + amount, 0);
  const others = at(ledger, "t10/other_cars/final");
  return factsSchema.parse({
    enteredIn,
    duties: random.shuffled(duties).slice(0, random.int(3, 6)),
    units: [
      { name: orgName, kind: "own_office", administrative: true },
      ...subordinates.map((name) => ({
        name: `${orgName.slice(0, 3)}${name}`,
        kind: "subordinate",
        administrative: isAllOffices,
      })),
    ],
    people: {
      active: random.int(8, 900),
      retiredCadres: random.int(0, 3),
      retired: random.int(0, 20),
      others: random.int(0, 30),
      students: random.chance(0.1) ? random.int(100, 3_000) : 0,
      pensioned: random.int(0, 200),
    },
    prior: {
      ...Object.fromEntries(
        compared.filter((address) => hasRow(edition, address)).map((address) => [address, 0]),
      ),
      ...Object.fromEntries(prior),
    },
    initialBudget: {
      total: asTyped(total),
      byCode: Object.fromEntries([...budgets].map(([code, amount]) => [code, asTyped(amount)])),
    },
    operatingCost: {
      current: asTyped(operating),
      prior: random.chance(0.1)
        ? asTyped(operating)
        : asTyped(Math.round(operating * random.logNormal(1, 0.3))),
    },
    procurement: procurementOf(random, asTyped),
    ...(others > 0 ? { otherVehicleUse: "日常业务保障和巡查" } : {}),
  });
}

function procurementOf(random: Random, asTyped: (fen: number) => number): Facts["procurement"] {
  const isNone = random.chance(0.08);
  const kinds = ["Goods", "Works", "Services"] as const;
  const amounts = kinds.map((kind) =>
    isNone || random.chance(kind === "Works" ? 0.6 : 0.15)
      ? 0
      : asTyped(wan(random.logNormal(60, 1.2))),
  );
  const isAllSmall = random.chance(0.4);
  const small = amounts.map((amount) =>
    isAllSmall ? amount : asTyped(Math.floor(amount * random.next())),
  );
  const [goods = 0, works = 0, services = 0] = amounts;
  const [smeGoods = 0, smeWorks = 0, smeServices = 0] = small;
  const sme = smeGoods + smeWorks + smeServices;
  const reserved = asTyped(Math.floor(sme * random.next()));
  const micro = random.chance(0.3) ? sme : asTyped(Math.floor(sme * random.next()));
  return {
    ...{ goods, works, services, sme, micro, smeGoods, smeWorks, smeServices },
    reserved: {
      sme: reserved,
      micro: asTyped(Math.floor(reserved * 0.5)),
      smeAwarded: asTyped(Math.floor(reserved * 0.9)),
      microAwarded: asTyped(Math.floor(reserved * 0.4)),
      openToSmeAwarded: sme - reserved,
    },
  };
}

function performanceOf(
  random: Random,
  { identity, edition }: Report,
  { ledger, asTyped }: { readonly ledger: Ledger; readonly asTyped: (fen: number) => number },
): Performance {
  const spending = at(ledger, "t03/total/project");
  const count = spending === 0 ? 0 : random.int(1, 14);
  const share = random.chance(0.3) ? 1 : 0.3 + 0.7 * random.next();
  const evaluated = Math.floor(spending * share);
  const projects = projectNames(random, count).map((name, index) => ({
    name,
    score: random.chance(0.85) ? random.int(9_000, 10_000) : random.int(6_500, 8_999),
    amount: asTyped(
      index === 0
        ? evaluated - Math.floor(evaluated / count) * (count - 1)
        : Math.floor(evaluated / count),
    ),
  }));
  const [first] = projects;
  const selfEvaluations =
    first === undefined || !random.chance(0.7)
      ? []
      : [selfEvaluationOf(random, identity, { ...first, asTyped })];
  const [attached] = selfEvaluations;
  if (first !== undefined && attached?.totalScore !== undefined) first.score = attached.totalScore;
  const fund = at(ledger, "t04/expense_total/fund");
  const funded = asTyped(Math.min(Math.floor(evaluated * 0.1), at(ledger, "t07/total/project")));
  const all = asTyped(evaluated);
  const isJiangxi = edition === jiangxi2022;
  const overall = random.int(8_000, 10_000);
  return performanceSchema.parse({
    projects,
    ...(isJiangxi && count > 0
      ? { amounts: { total: all, general: all - funded, fund: funded, capital: 0 } }
      : {}),
    ...(isJiangxi && random.chance(0.7)
      ? {
          overall: {
            score: overall,
            general: asTyped(at(ledger, "t04/expense_total/general")),
            fund: asTyped(fund),
          },
        }
      : {}),
    ...(isJiangxi
      ? {}
      : {
          management: {
            rules: ["预算绩效管理实施办法", "项目支出绩效评价操作规程"].slice(0, random.int(0, 2)),
            goals: {
              projects: count + random.int(0, 3),
              amount: asTyped(Math.round(evaluated * 1.1)),
            },
            tracking: { projects: count, amount: all },
            problems: { found: 5, mended: 3, mending: 2 },
          },
        }),
    summary: [],
    selfEvaluations,
    ...(isJiangxi && first !== undefined && random.chance(0.6)
      ? { evaluation: evaluationOf(random, first) }
      : {}),
  });
}

function selfEvaluationOf(
  random: Random,
  { year, orgName }: Report["identity"],
  { name, amount, asTyped }: { name: string; amount: number; asTyped: (fen: number) => number },
): SelfEvaluation {
  const full = toDigit(Math.max(amount, 100 * digit));
  const executed = random.chance(0.4)
    ? full
    : toDigit(Math.round(full * (0.6 + 0.4 * random.next())));
  const money = { initial: asTyped(full), full, executed };
  const fundsScore = Math.round((1_000 * executed) / full);
  const weights = [1_500, 1_000, 1_500, 1_000, 1_500, 1_500, 1_000];
  const indicators = indicatorRows.map(([level1, level2, level3, target, actual], index) => {
    const weight = weights[index] ?? 0;
    const isShort = random.chance(0.12);
    return {
      ...{ level1, level2, level3, target, actual, weight },
      score: isShort ? weight - 50 * random.int(1, 6) : weight,
      ...(isShort ? { deviation: random.pick(deviations) } : {}),
    };
  });
  return {
    ...{ project: name, year, department: orgName, unit: orgName },
    funds: { total: money, fiscal: money },
    ...{ fundsWeight: 1_000, fundsScore, indicators },
    goals: [{ expected: "按计划完成年度任务", achieved: "完成年度任务" }],
    totalScore: indicators.reduce((sum, { score }) => sum + score, fundsScore),
  };
}

function evaluationOf(
  random: Random,
  { name, score }: { readonly name: string; readonly score: number },
): Performance["evaluation"] {
  const weights = [
    ["项目决策", 2_000],
    ["项目过程", 2_000],
    ["项目产出", 3_500],
    ["项目效益", 2_500],
  ] as const;
  const parts = weights.map(([dimension, weight]) => ({
    name: dimension,
    weight,
    score: Math.floor((score * weight) / 10_000),
  }));
  const [, , output] = parts;
  if (output !== undefined)
    output.score += score - parts.reduce((sum, part) => sum + part.score, 0);
  return {
    ...{ project: name, score, grade: gradeOf(score), dimensions: parts },
    chapters: [
      {
        heading: "一、基本情况",
        level: 1,
        paragraphs: [`本项目主要用于${purposeOf(random)}。`],
      },
    ],
  };
}

/** Every reason, purpose and account that the figures call for. */
function narrativeOf(random: Random, report: Report): Narrative {
  const reason = reasonsOf(random);
  const reasons = Object.fromEntries(
    reasonSlots(report).map(({ slot, change }) => {
      const [, row] = /^three_public\.(.+)\.use$/u.exec(slot) ?? [];
      if (row !== undefined) return [slot, accountOf(random, row)];
      const isMore = change.some((part) => "text" in part && part.text.includes("增加"));
      return [slot, `${reason(isMore ? "more" : "less")}。`];
    }),
  );
  const purposes = Object.fromEntries(
    narrativeGaps(report).flatMap((gap) =>
      gap.missing === "purpose" ? [[gap.code, purposeOf(random)]] : [],
    ),
  );
  return narrativeSchema.parse({ reasons, purposes, additions: {} });
}
