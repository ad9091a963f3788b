import { cellAddress, parseCellAddress, type CellAddress } from "../../forms/cell.ts";
import type { Edition, TableId } from "../../forms/form.ts";
import { exactWan, printFigure, rowName, tableName, cellName } from "../../forms/place-name.ts";
import type { TableData } from "../../forms/table-data.ts";
import { bySeverity, figuresOf, termsOf, type Finding, type FindingOf } from "../finding.ts";
import { budgetName, findingWords } from "../finding-words.ts";
import { codeNameRule } from "../form/form-faults.ts";
import { crossingsIn, type Crossing } from "./crossing-cells.ts";
import { digitSlip } from "./digit-slip.ts";
import { onePerCause, type Caused } from "./one-cause.ts";
import type { ReportFinding } from "./report-finding.ts";
import { shiftIn, type Shift } from "./shifted-rows.ts";

/** The tables of a published report and what the table rules find in them. */
interface FoundInTables {
  readonly edition: Edition;
  readonly tables: ReadonlyMap<TableId, TableData>;
  readonly findings: readonly Finding[];
}

interface TableFindings {
  readonly reported: readonly ReportFinding[];
  /** Its figures are in the rows of other codes: nothing else is compared with it. */
  readonly shifted?: TableId;
}

/** What is wrong in the tables, one finding a cause, in words. */
export function tableFindings({ edition, tables, findings }: FoundInTables): TableFindings {
  const shift = shiftIn(tables, findings);
  const names = findings.filter(isName);
  const budgets = findings.filter((finding) => finding.kind === "other_budget");
  const others = findings.filter((finding) => !isName(finding) && finding.kind !== "other_budget");
  const isOfShift = (finding: Finding) =>
    placesOf(finding).some((cell) => tableOf(cell) === shift?.table);
  const left = others.filter((finding) => !isOfShift(finding));
  const crossings = crossingsIn(left);
  const explained = new Set(crossings.flatMap(({ explains }) => explains));
  const rest = left.filter((finding) => !explained.has(finding));
  return {
    reported: worstFirst([
      ...(shift === undefined
        ? []
        : [shiftFinding(shift, { edition, tables, others: others.length - left.length })]),
      ...groupsOf(budgets, ({ rule, cells, code }) =>
        [rule, tableOf(cells[0]), code.budget].join("|"),
      ).map((group) => budgetFinding(group, edition)),
      ...(names.length === 0 ? [] : [nameFinding(names, edition)]),
      ...crossings.map((crossing) => crossingFinding(crossing, edition)),
      ...fewerATable(onePerCause(rest), edition),
    ]),
    ...(shift === undefined ? {} : { shifted: shift.table }),
  };
}

const tableOf = (address: CellAddress | undefined): TableId | undefined =>
  address === undefined ? undefined : parseCellAddress(address)?.table;

export const placesOf = (finding: Finding): CellAddress[] => [
  ...finding.cells,
  ...termsOf(finding).map(({ cell }) => cell),
];

function tableFinding({ finding, also }: Caused, edition: Edition): ReportFinding {
  const words = findingWords(finding, edition);
  return {
    ...printedFiguresOf(finding, edition),
    message: `${words.where}：${words.what}${also.length === 0 ? "" : `；同一处还使${also.join("、")}不成立`}。${words.mend}。`,
  };
}

function printedFiguresOf(finding: Finding, edition: Edition): Omit<ReportFinding, "message"> {
  const { rule, severity, cells } = finding;
  const { expected, actual } = figuresOf(finding);
  const [subject] = cells;
  const print = (value: number | undefined) =>
    value === undefined || subject === undefined ? undefined : printFigure(value, subject, edition);
  const [right, found] = [print(expected), print(actual)];
  return {
    rule,
    severity,
    cells,
    ...(right === undefined ? {} : { expected: right }),
    ...(found === undefined ? {} : { actual: found }),
  };
}

/** More findings of one severity than a careless report has in one table: one cause, one finding. */
const mostInTable = 8;
const examplesShown = 3;

function fewerATable(caused: readonly Caused[], edition: Edition): ReportFinding[] {
  const groups = groupsOf(caused, ({ finding: { severity, cells } }) =>
    [severity, tableOf(cells[0])].join("|"),
  );
  return groups.flatMap((group) => {
    const [first] = group;
    const table = tableOf(first?.finding.cells[0]);
    if (group.length <= mostInTable || first === undefined || table === undefined)
      return group.map((one) => tableFinding(one, edition));
    const gravest = group.toSorted((a, b) => sizeOf(b.finding) - sizeOf(a.finding));
    const [worst = first] = gravest;
    const examples = gravest.slice(0, examplesShown).map(({ finding }, index) => {
      const { where, what } = findingWords(finding, edition);
      return `（${String(index + 1)}）${where.replace(`${tableName(table, edition)} `, "")}${what}`;
    });
    const cells = new Set(gravest.flatMap(({ finding }) => finding.cells));
    return [
      {
        ...printedFiguresOf({ ...worst.finding, cells: [...cells] }, edition),
        message: `${tableName(table, edition)}：有${String(group.length)}处不符，差额最大的是${examples.join("；")}。先核对整表的行次、栏次和金额单位，再核对各数。`,
      },
    ];
  });
}

const sizeOf = (finding: Finding): number => Math.abs(figuresOf(finding).difference ?? 0);

/** The name printed and the one that the code has, of a finding about a code's name. */
function namesIn(finding: Finding): readonly [actual: string, expected: string] | undefined {
  if (finding.kind === "name_of_other_years") return [finding.code.name, finding.code.now];
  return finding.kind === "form_fault" && finding.formFault.kind === "name_mismatch"
    ? [finding.formFault.actual, finding.formFault.expected]
    : undefined;
}

const isName = (finding: Finding): boolean => namesIn(finding) !== undefined;

/** 收入决算表、支出决算表：科目名称与编码不符，共3处. */
function nameFinding(findings: readonly Finding[], edition: Edition): ReportFinding {
  const cells = [...new Set(findings.flatMap((finding) => finding.cells))];
  const tables = namesOfTables(cells, edition);
  const items = new Map(
    findings.map((finding) => {
      const [cell] = finding.cells;
      const key = cell === undefined ? "" : (parseCellAddress(cell)?.row ?? "");
      const [actual = "", expected = ""] = namesIn(finding) ?? [];
      return [`${key}|${actual}`, `${key}“${actual}”应为“${expected}”`];
    }),
  );
  return {
    rule: codeNameRule.id,
    severity: codeNameRule.severity,
    cells,
    message: `${tables}：科目名称与编码不符，共${String(findings.length)}处：${listed([...items.values()], "个科目")}。各数已按编码核对。请改为当年政府收支分类科目的名称，或改正编码。`,
  };
}

const namesOfTables = (cells: readonly CellAddress[], edition: Edition): string =>
  [...new Set(cells.map(tableOf))]
    .map((table) => (table === undefined ? "" : tableName(table, edition)))
    .join("、");

const mostListed = 6;

const listed = (items: readonly string[], counted: string): string =>
  items.length <= mostListed
    ? items.join("；")
    : `${items.slice(0, mostListed).join("；")}；…等${String(items.length)}${counted}`;

function groupsOf<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    groups.set(key, [...(groups.get(key) ?? []), item]);
  }
  return [...groups.values()];
}

/** Codes of another budget in one table. */
function budgetFinding(
  group: readonly FindingOf<"other_budget">[],
  edition: Edition,
): ReportFinding {
  const [first, ...more] = group;
  if (first === undefined) throw new Error("A group of findings has none.");
  if (more.length === 0) return tableFinding({ finding: first, also: [] }, edition);
  const { mend } = findingWords(first, edition);
  const cells = group.flatMap((finding) => finding.cells);
  const codes = cells.map((cell) => parseCellAddress(cell)?.row ?? "");
  const budget = budgetName[first.code.budget];
  return {
    ...printedFiguresOf({ ...first, cells }, edition),
    message: `${namesOfTables(cells, edition)}：列了${budget}的支出科目${codes.join("、")}（共${String(codes.length)}行），不列在此表。${mend}。`,
  };
}

/** 212、21201 基本支出1,066.51万元应为10,661.51万元（少写一位数字）. */
function crossingFinding(
  { finding, explains, isOfColumn }: Crossing,
  edition: Edition,
): ReportFinding {
  const { cells, actual = 0, expected, rule } = finding;
  const [subject, ...same] = cells;
  if (subject === undefined) throw new Error("A crossing has no cell.");
  const slip = digitSlip(actual, expected);
  const rules = new Set(explains.map((one) => one.rule));
  rules.delete(rule);
  const print = (value: number) => printFigure(value, subject, edition);
  const elsewhere =
    same.length === 0 ? "" : `；${same.map((cell) => cellName(cell, edition)).join("、")}同此`;
  const also = rules.size === 0 ? "" : `，还使${[...rules].join("、")}不成立`;
  return {
    ...printedFiguresOf(finding, edition),
    message: `${cellName(subject, edition)}：填列为${print(actual)}，应为${print(expected)}${slip === undefined ? "" : `（${slip}）`}：${isOfColumn ? "本行各栏之和与本栏各科目之和都差" : "本行各栏之和差"}${print(Math.abs(expected - actual))}${also}${elsewhere}。改为${print(expected)}。`,
  };
}

interface AroundShift {
  readonly edition: Edition;
  readonly tables: FoundInTables["tables"];
  /** How many other findings touch the table. */
  readonly others: number;
}

function shiftFinding(shift: Shift, { edition, tables, others }: AroundShift): ReportFinding {
  const { table, against, code, figuresOf: whose, by, rows, rule } = shift;
  const cell = cellAddress({ table, row: code, column: "total" });
  const value = tables.get(table)?.rows.find(({ key }) => key === code)?.cells["total"] ?? 0;
  const name = (row: string) =>
    rowName(`${table}/${row}/total`, edition).split(" ").slice(1).join(" ");
  const rest = others === 0 ? "" : `。由此引起的另${String(others)}处不符不再逐条列出`;
  return {
    rule: rule.id,
    severity: "error",
    cells: [cell],
    actual: `${exactWan(value)}万元`,
    message: `${tableName(table, edition)}：自${name(code)}起，各行金额与科目错行（错${String(by)}行）：该行填列的${exactWan(value)}万元是${tableName(against, edition)} ${name(whose)}的金额，共有${String(rows)}行如此${rest}。整表重新填列。`,
  };
}

export const worstFirst = (findings: readonly ReportFinding[]): ReportFinding[] =>
  findings.toSorted(bySeverity);
