import { parseCellAddress, type CellAddress } from "../../forms/cell.ts";
import { termsOf, type Finding, type FindingOf } from "../finding.ts";
import { digitSlip } from "./digit-slip.ts";

/** A cell where a row and a column that do not add up cross, by the same amount: it alone is wrong. */
export interface Crossing {
  /** As the relation of its row finds it, with the value that mends row and column. */
  readonly finding: FindingOf<"not_equal">;
  /** The findings it explains. */
  readonly explains: readonly Finding[];
  /** Its column does not add up either. */
  readonly isOfColumn: boolean;
}

/** Three cells, each rounded by itself to 0.01 万元. */
const roundingFen = 30_000;

type Unequal = FindingOf<"not_equal">;

const isNear = (a: number, b: number): boolean => Math.abs(a - b) <= roundingFen;

interface RowFault {
  readonly finding: Unequal;
  readonly table: string;
  readonly row: string;
  readonly difference: number;
}

/** One crossing a wrong value: repeated up the codes and in the tables that print the same figure. */
export function crossingsIn(findings: readonly Finding[]): Crossing[] {
  const broken = findings.filter(
    (finding): finding is Unequal =>
      finding.severity === "error" &&
      finding.kind === "not_equal" &&
      Math.abs(finding.difference) > roundingFen,
  );
  const rowFaults = broken.flatMap((finding): RowFault[] => {
    const [subject] = finding.cells;
    const own = subject === undefined ? undefined : parseCellAddress(subject);
    const { terms, difference } = finding;
    if (own === undefined || terms.length < 2) return [];
    const isRow = terms.every(({ cell }) => {
      const term = parseCellAddress(cell);
      return term?.table === own.table && term.row === own.row;
    });
    return isRow ? [{ finding, table: own.table, row: own.row, difference }] : [];
  });
  const explained = new Set<Finding>();
  return rowFaults.flatMap((fault): Crossing[] => {
    if (explained.has(fault.finding)) return [];
    const alike = rowFaults.filter(
      (other) => !explained.has(other.finding) && isNear(other.difference, fault.difference),
    );
    const around = { fault, alike, broken, findings };
    const crossing =
      fault.finding.terms
        .map(({ cell, minus }) => crossingAt(cell, minus === true, around))
        .find((found) => found !== undefined) ?? slipIn(around);
    if (crossing === undefined) return [];
    for (const finding of crossing.explains) explained.add(finding);
    return [crossing];
  });
}

interface Around {
  readonly fault: RowFault;
  readonly alike: readonly RowFault[];
  readonly broken: readonly Unequal[];
  readonly findings: readonly Finding[];
}

/** Without its column: the same figure in several rows, which one digit lost or doubled explains. */
function slipIn({ fault, alike, broken, findings }: Around): Crossing | undefined {
  const [subject] = fault.finding.cells;
  const isOwn = (finding: Finding) => alike.some((row) => row.finding === finding);
  const isTotalWrong = broken.some(
    (finding) => !isOwn(finding) && subject !== undefined && touches(finding, new Set([subject])),
  );
  if (isTotalWrong) return undefined;
  const [slipped, another] = fault.finding.terms.filter(({ value = 0, minus }) =>
    /位数字/u.test(
      digitSlip(value, value + (minus === true ? -fault.difference : fault.difference)) ?? "",
    ),
  );
  if (slipped === undefined || another !== undefined) return undefined;
  const { cell, minus } = slipped;
  return crossingAt(cell, minus === true, { fault, alike, broken, findings }, 2);
}

/** `rowsEnough`: so many rows with the same figure prove it as well as its column does. */
function crossingAt(
  cell: CellAddress,
  minus: boolean,
  { fault, alike, broken, findings }: Around,
  rowsEnough = Infinity,
): Crossing | undefined {
  const at = parseCellAddress(cell);
  if (at === undefined) return undefined;
  const change = minus ? -fault.difference : fault.difference;
  const value = valueIn(fault.finding, cell);
  const rows = alike.filter(({ finding }) =>
    finding.terms.some(
      (term) =>
        parseCellAddress(term.cell)?.column === at.column &&
        valueIn(finding, term.cell) === value &&
        (term.minus === true) === minus,
    ),
  );
  const cells = rows.flatMap(({ finding }) =>
    finding.terms.flatMap((term) =>
      parseCellAddress(term.cell)?.column === at.column ? [term.cell] : [],
    ),
  );
  const right = new Set(cells);
  const rowFindings = new Set(rows.map(({ finding }) => finding));
  const columns = broken.filter((finding) => !rowFindings.has(finding) && touches(finding, right));
  const mended = columns.filter((finding) => isMended(finding, right, change));
  const inColumn = mended.filter((finding) =>
    [...finding.cells.slice(0, 1), ...finding.terms.map((term) => term.cell)].every(
      (one) => parseCellAddress(one)?.column === at.column,
    ),
  );
  if (inColumn.length === 0 && rows.length < rowsEnough) return undefined;
  const actual = value ?? 0;
  return {
    finding: {
      rule: fault.finding.rule,
      severity: "error",
      kind: "not_equal",
      cells: [...right],
      expected: actual + change,
      actual,
      difference: -change,
      terms: [],
    },
    isOfColumn: inColumn.length > 0,
    explains: [
      ...rowFindings,
      ...mended,
      ...findings.filter(
        (finding) =>
          finding.kind === "above" &&
          touches(finding, right) &&
          isNear(Math.abs(finding.difference), Math.abs(change)),
      ),
    ],
  };
}

const valueIn = ({ terms }: Unequal, cell: CellAddress): number | undefined =>
  terms.find((term) => term.cell === cell)?.value;

const touches = (finding: Finding, right: ReadonlySet<CellAddress>): boolean =>
  [...finding.cells.slice(0, 1), ...termsOf(finding).map(({ cell }) => cell)].some((cell) =>
    right.has(cell),
  );

/** Whether the relation holds once the cells have their right value. */
function isMended(
  { cells: [subject], terms, difference }: Unequal,
  right: ReadonlySet<CellAddress>,
  change: number,
): boolean {
  const ofSubject = subject !== undefined && right.has(subject) ? change : 0;
  const ofTerms = terms.reduce(
    (sum, { cell, minus }) => sum + (right.has(cell) ? (minus === true ? -change : change) : 0),
    0,
  );
  return isNear(difference + ofSubject - ofTerms, 0);
}
