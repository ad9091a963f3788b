import { parseCellAddress, type CellAddress } from "../forms/cell.ts";
import type { Budget } from "../forms/codes/budget-of-code.ts";
import { tableFaultWording } from "../forms/fault-text.ts";
import type { Edition, TableId } from "../forms/form.ts";
import {
  cellName,
  exactWan,
  isCount,
  printFigure,
  rowName,
  tableName,
} from "../forms/place-name.ts";
import { amountText, percentText, ratio } from "../narrative/figures.ts";
import { assertNever } from "../result.ts";
import { completionRule } from "../narrative/deviation.ts";
import {
  concernsPriorYear,
  figuresOf,
  isAboutRow,
  type CodeValidity,
  type Finding,
  type FindingOf,
  type FindingTerm,
} from "./finding.ts";
import { findingPatterns } from "./finding-patterns.ts";

/** A finding in words, without its rule: who needs no rule's statement need not load every book. */
export interface FindingWords {
  /** 公开01表 第27行 本年收入合计. */
  readonly where: string;
  /** What is wrong: the figure found, the right one, how far apart. */
  readonly what: string;
  /** What to do about it. */
  readonly mend: string;
}

export function findingWords(finding: Finding, edition: Edition): FindingWords {
  const where = placeOf(finding, edition);
  return {
    where: concernsPriorYear(finding) ? `上年${where}` : where,
    what: whatIsWrong(finding, edition),
    mend: howToMend(finding, edition),
  };
}

function placeOf(finding: Finding, edition: Edition): string {
  const [subject] = finding.cells;
  if (subject !== undefined) {
    return isAboutRow(finding) ? rowName(subject, edition) : cellName(subject, edition);
  }
  return finding.kind === "deviates" ? finding.compared.what : "本报告";
}

export const budgetName = {
  general: "一般公共预算",
  fund: "政府性基金预算",
  capital: "国有资本经营预算",
} as const satisfies Record<Budget, string>;

/** How often the greater figure holds the smaller one. */
const timesOf = (a: number, b: number): string =>
  String(
    Math.round(
      Math.max(Math.abs(a), Math.abs(b)) / Math.max(1, Math.min(Math.abs(a), Math.abs(b))),
    ),
  );

const fill = (pattern: string, words: Readonly<Record<string, string>>): string =>
  pattern.replace(/\{(.+?)\}/gu, (_, word: string) => words[word] ?? "");

function whatIsWrong(finding: Finding, edition: Edition): string {
  const [subject, other] = finding.cells;
  const print = (value: number | undefined): string =>
    value === undefined || subject === undefined ? "空" : printFigure(value, subject, edition);
  const { actual, expected, difference = 0 } = figuresOf(finding);
  const figures = {
    填列: actual === undefined ? "未填列" : `填列为${print(actual)}`,
    实有数: print(actual),
    应有数: print(expected),
    限额: print(expected),
    多少: difference > 0 ? "多" : "少",
    差额: print(Math.abs(difference)),
    所在: other === undefined ? "" : nameBeside(other, subject, edition),
  };
  const say = (words: Readonly<Record<string, string>> = {}): string =>
    fill(findingPatterns[finding.kind], { ...figures, ...words });
  switch (finding.kind) {
    case "not_equal":
      return say({ 算式: sumOf(finding, edition) });
    case "rounding": {
      const places = finding.cells.length;
      return say(places === 1 ? {} : { 处数: `等${String(places)}处`, 至多: "最多" });
    }
    case "above":
      return say({ 限额所在: limitOf(finding, edition) });
    case "missing":
      return say({ 对应数: figures.所在 === "" ? "" : `，而${figures.所在}有数` });
    case "missing_row":
      return say({ 对应行: other === undefined ? "" : `，而${rowName(other, edition)}已列示` });
    case "form_fault":
      return say({ 表式问题: tableFaultWording(finding.formFault).what });
    case "other_budget":
      return say({ 科目: finding.code.name, 预算: budgetName[finding.code.budget] });
    case "code_of_other_years":
      return say({ 科目: finding.code.name, 起止年度: validity(finding.code) });
    case "name_of_other_years": {
      const { name, to, now } = finding.code;
      return say({ 科目: name, 年度: String(to), 现名: now });
    }
    case "wrong_column":
      return say({
        科目: finding.code.name,
        所在栏: other === undefined ? "" : columnName(other, edition),
      });
    case "unit_slip":
      return say({ 上年数: print(expected), 倍数: timesOf(finding.actual, finding.expected) });
    case "deviates":
      return say(deviation(finding, edition));
    case "negative":
    case "unexpected":
    case "not_itemised":
    case "not_sum_of_units":
    case "taken_off_one_side":
    case "not_of_such_units":
    case "unusual_average":
      return say();
    default:
      return assertNever(finding);
  }
}

const columnName = (address: CellAddress, edition: Edition): string =>
  cellName(address, edition).split(" ").at(-1) ?? "";

/** 只用到2018年度，现为20138; 自2024年度起才设立. */
function validity({ from, to = 0, now }: CodeValidity): string {
  const period = from === undefined ? `只用到${String(to)}年度` : `自${String(from)}年度起才设立`;
  return now === undefined ? period : `${period}，现为${now}`;
}

function howToMend(finding: Finding, edition: Edition): string {
  const [subject, other] = finding.cells;
  const mustExplain = finding.severity === "warning" ? "；确属实际情况的，填写说明" : "";
  switch (finding.kind) {
    case "not_equal":
      if (finding.ofPriorYear) return `请对照上年决算核对上年数${mustExplain}`;
      if (finding.terms.some(({ prior }) => prior)) {
        return "请核对上年年末数；年初数经调整的，说明调整的原因和依据";
      }
      return `请核对${placesOf(finding, edition)}，改正有误的一处${mustExplain}`;
    case "above":
      if (finding.ofPriorYear) return `请对照上年决算核对上年数${mustExplain}`;
      return `请核对${placesOf(finding, edition)}，改正有误的一处${mustExplain}`;
    case "rounding":
      return "金额以元录入时不产生尾差；以万元录入的无需改动";
    case "negative":
      return `请核对正负号${mustExplain}`;
    case "missing":
      return `请补填本数${
        other === undefined ? "" : `，或改正${nameBeside(other, subject, edition)}`
      }${mustExplain}`;
    case "unexpected":
      return `请补填${other === undefined ? "" : nameBeside(other, subject, edition)}，或清除本数${mustExplain}`;
    case "missing_row":
      return "请补列本行并填列金额";
    case "form_fault":
      return tableFaultWording(finding.formFault).mend;
    case "not_sum_of_units":
      return "请重新汇总，或在调整表中增加分录并写明原因";
    case "taken_off_one_side":
      return `请核对调整分录，内部往来在收入和支出两边应抵销同一金额${mustExplain}`;
    case "other_budget":
      return `请核对科目编码，或改列到该项预算的表、栏${mustExplain}`;
    case "code_of_other_years":
      return `请改用本年度的科目${mustExplain}`;
    case "name_of_other_years":
      return "请改为本年度的科目名称";
    case "wrong_column":
      return "请核对该科目的支出性质，改列到相应的栏";
    case "not_of_such_units":
      return "请核对本数，或核对单位名单中的单位性质";
    case "unusual_average":
      return `请核对金额单位和数量${mustExplain}`;
    case "unit_slip":
      return `请核对两年的金额单位是元还是万元${mustExplain}`;
    case "not_itemised":
      return `请将金额细化到所属的项${mustExplain}`;
    case "deviates":
      return "请核对数字；确属实际情况的，说明主要原因";
    default:
      return assertNever(finding);
  }
}

/** 4,654.86万元，较2021年2,169.06万元增加2,485.80万元，增长114.60%，达到须说明的10%和10万元. */
function deviation(
  finding: FindingOf<"deviates">,
  { thresholds: { change, completion } }: Edition,
): Readonly<Record<string, string>> {
  const { actual = 0, expected = 0, difference, compared, rule } = finding;
  const wan = (fen: number) => `${exactWan(fen)}万元`;
  const percent = (part: number) => percentText(ratio(part, expected));
  const up = difference > 0;
  const words = {
    实有数: wan(actual),
    比较数: `${compared.against}${wan(expected)}`,
    增减额: `${up ? "增加" : "减少"}${wan(Math.abs(difference))}`,
  };
  if (rule === completionRule) {
    const done = percent(actual);
    const band = `${String(completion.fromPercent)}%—${String(completion.toPercent)}%`;
    return {
      ...words,
      幅度: done === undefined ? "没有预算而有支出" : `完成${done}，不在${band}之内`,
    };
  }
  const rate = percent(Math.abs(difference));
  const moved = rate === undefined ? "" : `${up ? "增长" : "下降"}${rate}，`;
  return {
    ...words,
    幅度: `${moved}达到须说明的${String(change.percent)}%和${amountText(change.amountFen)}`,
  };
}

/** Terms that a sum spells out; more are only counted. */
const termsShown = 6;

/** （= 1,707.45 + 64.67 − 24.95）, when there is something to add up. */
function sumOf({ cells: [subject], terms }: FindingOf<"not_equal">, edition: Edition): string {
  const [first] = terms;
  if (first === undefined) return "";
  if (terms.length === 1) {
    return first.prior
      ? `（上年${cellName(first.cell, edition)}）`
      : `（${nameBeside(first.cell, subject, edition)}）`;
  }
  const added = [...terms].sort((a, b) => Number(a.minus ?? false) - Number(b.minus ?? false));
  const shown = added.slice(0, termsShown).map((term, index) => {
    const sign = term.minus ? " − " : index === 0 ? "" : " + ";
    return `${sign}${figure(term, edition)}`;
  });
  const rest = terms.length > termsShown ? ` … 共${terms.length}项` : "";
  return `（= ${shown.join("")}${rest}）`;
}

const figure = ({ cell, value = 0 }: FindingTerm, edition: Edition): string =>
  isCount(cell, edition) ? String(value) : exactWan(value);

const limitOf = ({ cells: [subject], terms }: FindingOf<"above">, edition: Edition): string =>
  terms.map(({ cell }) => nameBeside(cell, subject, edition)).join("、");

/** The table alone when all cells are its own, else the cells of the other tables too. */
function placesOf({ cells }: Finding, edition: Edition): string {
  const [subject, ...others] = cells;
  if (subject === undefined) return "相关各数";
  const home = tableOf(subject);
  const elsewhere = others.filter((other) => tableOf(other) !== home);
  if (elsewhere.length === 0) return "本数及其相关各数";
  return `本数与${elsewhere
    .slice(0, 3)
    .map((other) => cellName(other, edition))
    .join("、")}`;
}

/** The name of a cell after `subject` was named: the same table is not named again. */
function nameBeside(
  address: CellAddress,
  subject: CellAddress | undefined,
  edition: Edition,
): string {
  const name = cellName(address, edition);
  const table = tableOf(address);
  if (table === undefined || subject === undefined || tableOf(subject) !== table) return name;
  return name.slice(tableName(table, edition).length + 1);
}

const tableOf = (address: CellAddress): TableId | undefined => parseCellAddress(address)?.table;
