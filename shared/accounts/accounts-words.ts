import { cellName, isCount } from "../forms/place-name.ts";
import { cellAddress, type CellAddress } from "../forms/cell.ts";
import type { Edition, TableId } from "../forms/form.ts";
import type { TableData } from "../forms/table-data.ts";
import { printExact } from "../money.ts";
import { assertNever } from "../result.ts";
import type { NameFault, OfferFault, Origin } from "./offers.ts";
import type { Conflict, ProposedTable } from "./propose-table.ts";
import type { AccountsReading, Leftover, SheetOutcome } from "./read-accounts.ts";
import type { WrongSum } from "./wrong-sums.ts";

/** A reading of the accounts in words, for the person who imports it: a sentence a place. */

export interface AccountsLine {
  readonly where: string;
  readonly message: string;
}

/** check: asks for a decision · elsewhere: to be typed into another part · aside: never published. */
export interface UnplacedLine extends AccountsLine {
  readonly kind: Leftover["why"];
}

/** A cell that an import fills, changes or empties. */
export interface CellChange {
  readonly cell: CellAddress;
  readonly label: string;
  readonly before?: number;
  readonly after?: number;
  /** 财决03!F12 事业收入/2080501; nothing for a figure that is taken out. */
  readonly from: string;
}

export interface TableChanges {
  readonly same: number;
  readonly changes: readonly CellChange[];
}

export const originText = ({ sheet, at, column, row }: Origin): string =>
  `${sheet}!${at} ${column}/${row.split(" ")[0] ?? ""}`;

/** What becomes of the draft's table, cell by cell; `fromOf` says where a figure is from, of each that was read. */
export function tableChanges(
  edition: Edition,
  { id, table }: { readonly id: TableId; readonly table: TableData },
  draft: TableData,
  fromOf: (cell: CellAddress) => string | undefined,
): TableChanges {
  const before = figuresOf(draft);
  const after = figuresOf(table);
  let same = 0;
  const changes: CellChange[] = [];
  for (const key of new Set([...after.keys(), ...before.keys()])) {
    const [row = "", column = ""] = key.split("/");
    const cell = cellAddress({ table: id, row, column });
    const [old, current] = [before.get(key), after.get(key)];
    const from = fromOf(cell);
    if (old === current) {
      if (from !== undefined) same += 1;
      continue;
    }
    changes.push({
      ...{ cell, label: cellName(cell, edition) },
      ...(old === undefined ? {} : { before: old }),
      ...(current === undefined ? {} : { after: current }),
      from: from ?? "",
    });
  }
  return { same, changes };
}

/** The same of a table that the accounts make up. */
export const proposedChanges = (
  edition: Edition,
  { form: { id }, table, cells }: ProposedTable,
  draft: TableData,
): TableChanges =>
  tableChanges(edition, { id, table }, draft, (cell) =>
    cells.has(cell) ? fromText(cells.get(cell)) : undefined,
  );

function fromText(cell: ReturnType<ProposedTable["cells"]["get"]>): string {
  const origins = (cell?.origins ?? []).map(originText);
  if (cell?.isSum !== true) return origins.join(" ＋ ");
  const [first = "", ...others] = origins;
  return others.length === 0
    ? `各项相加：${first}`
    : `各项相加：${first} 等 ${String(origins.length)} 处`;
}

const figuresOf = ({ rows }: TableData): Map<string, number> =>
  new Map(
    rows.flatMap(({ key, cells }) =>
      Object.entries(cells).map(([column, value]): [string, number] => [`${key}/${column}`, value]),
    ),
  );

/** 相互矛盾: two sheets that differ, totals that do not add up, names that are not their codes'. */
export function contradictions(
  edition: Edition,
  { tables, wrongSums }: AccountsReading,
): AccountsLine[] {
  return [
    ...tables.flatMap(({ conflicts }) => conflicts.map((one) => conflictText(edition, one))),
    ...wrongSums.map((one) => wrongSumText(edition, one)),
    ...distinct(tables.flatMap(({ names }) => names.map(nameText))),
  ];
}

function conflictText(edition: Edition, { cell, kept, other }: Conflict): AccountsLine {
  const amount = (value: number | undefined) => amountText(edition, cell, value);
  const places = (origins: readonly Origin[]) => origins.map(placeText).join(" ＋ ");
  const keptAt =
    kept.origins.length === 0
      ? "应填入它的表中没有这一行"
      : `${places(kept.origins)}是${amount(kept.value)}`;
  return {
    where: cellName(cell, edition),
    message: `${keptAt}，${places(other.origins)}是${amount(other.value)}。同一个数在两处不同，填入的是前者。请核对账表。`,
  };
}

const partsName = { codes: "下级科目", columns: "各栏", rows: "各项" } as const;

function wrongSumText(
  edition: Edition,
  { cell, over, actual, expected, origins }: WrongSum,
): AccountsLine {
  const amount = (value: number) => amountText(edition, cell, value);
  return {
    where: origins.map(placeText).join(" ＋ "),
    message: `这里是${amount(actual)}，${partsName[over]}相加是${amount(expected)}，相差${amount(Math.abs(actual - expected))}。各数照账表填入。请核对账表。`,
  };
}

const nameText = ({ sheet, at, code, expected, actual }: NameFault): AccountsLine => ({
  where: `${sheet}!${at}`,
  message: `编码 ${code} 的名称写的是“${actual}”，当年科目表是“${expected}”。按编码填入。请核对编码。`,
});

/** 财决03!F12（事业收入，2080501 行政单位离退休）. */
const placeText = ({ sheet, at, column, row }: Origin): string =>
  `${sheet}!${at}（${column}，${row}）`;

function amountText(edition: Edition, cell: CellAddress, value: number | undefined): string {
  if (value === undefined) return "空";
  if (isCount(cell, edition)) return ` ${String(value)} `;
  return ` ${printExact(value, "yuan", { thousands: true })} 元`;
}

/** 未能放入: what was read and has no place, and why. */
export function unplaced({ tables, leftovers, sheets }: AccountsReading): UnplacedLine[] {
  const check = (line: AccountsLine): UnplacedLine => ({ ...line, kind: "check" });
  const ofKind = (why: Leftover["why"]) => leftovers.filter((one) => one.why === why);
  return [
    ...sheets.flatMap((sheet) => unreadText(sheet) ?? []).map(check),
    ...distinct(tables.flatMap(({ faults }) => faults.map(faultText))).map(check),
    ...ofKind("check").map((one) => check(leftoverText(one))),
    ...ofKind("elsewhere").map((one): UnplacedLine => ({
      ...elsewhereText(one),
      kind: "elsewhere",
    })),
    ...asideText(leftovers),
    ...notPublicText(sheets),
  ];
}

/** Nobody sees what a hidden sheet holds, so it is not read. */
export const hiddenText = (where: string): UnplacedLine => ({
  where,
  message: "工作表已隐藏，没有读取。其中有账表的，请取消隐藏后重新导入。",
  kind: "check",
});

function unreadText(sheet: SheetOutcome): AccountsLine | undefined {
  const where = sheet.name;
  switch (sheet.kind) {
    case "no_unit":
      return {
        where,
        message: `是《${sheet.title}》，但表头没有写明金额单位，没有读取。请在表头写明“金额单位：元”或“金额单位：万元”后重新导入。`,
      };
    case "wrong_unit":
      return {
        where: `${where}!${sheet.at}`,
        message: `计量单位“${sheet.unit}”无法识别，没有读取《${sheet.title}》。请改为“元”或“万元”后重新导入。`,
      };
    case "no_head":
      return {
        where,
        message: `是《${sheet.title}》，但找不到表头，不知道各栏是什么数，没有读取。请保留“项目”和各栏的名称后重新导入。`,
      };
    case "repeated":
      return {
        where,
        message: `《${sheet.title}》在工作簿中不止一张（另有“${sheet.others.join("”“")}”），无法确定以哪一张为准，都没有读取。请只保留一张后重新导入。`,
      };
    case "read":
    case "not_public":
    case "published":
    case "unknown":
      return undefined;
    default:
      return assertNever(sheet);
  }
}

function faultText(fault: OfferFault): AccountsLine {
  const where = fault.at === "" ? fault.sheet : `${fault.sheet}!${fault.at}`;
  return { where, message: faultWords(fault) };
}

function faultWords(fault: OfferFault): string {
  switch (fault.kind) {
    case "repeated_row":
      return `“${fault.row}”出现了 ${String(fault.places.length)} 次（${placesText(fault.places)}），无法确定以哪一行为准，都没有填入。请核对账表，合并为一行。`;
    case "repeated_column":
      return `“${fault.column}”一栏出现了 ${String(fault.places.length)} 次，无法确定以哪一栏为准，都没有填入。请只保留一栏。`;
    case "unknown_code":
      return `“${fault.row}”不是当年的支出功能分类科目，不知道属于哪一行，没有填入。请核对年度和编码。`;
    case "no_row":
      return `“${fault.row}”有金额，《${fault.table}》中没有这一行，没有填入。请核对是否应列入别的项目。`;
    case "no_total":
      return "这张表没有“合计”行，取自合计的数没有填入。请补上合计行后重新导入。";
    case "dash_cell":
      return `“${fault.row}”的“${fault.column}”有数，公开表中此格不填数，没有填入。请核对。`;
    case "not_an_amount":
      return `“${fault.text}”不是金额，没有填入。请改为数字，没有数据时留空。`;
    case "too_fine":
      return `“${fault.text}”的小数位数过多，不能精确到分，没有填入。请改为精确到分的金额。`;
    case "too_large":
      return `“${fault.text}”过大，没有填入。请检查计量单位是否写错。`;
    case "not_a_count":
      return `“${fault.text}”不是整数，此处填写数量，没有填入。请改为整数。`;
    case "negative_count":
      return `数量“${fault.text}”小于零，没有填入。请改为实际数量。`;
    case "not_calculated":
      return `公式“=${fault.formula}”没有计算结果，没有填入。请用表格软件打开并保存后重新导入。`;
    default:
      return assertNever(fault);
  }
}

const placesAtMost = 5;
const placesText = (places: readonly string[]): string =>
  `${places.slice(0, placesAtMost).join("、")}${places.length > placesAtMost ? " 等" : ""}`;

const leftoverText = ({ sheet, name, at }: Leftover): AccountsLine => ({
  where: `${sheet}!${at}`,
  message: `“${name}”有金额，公开表中没有同名的行，没有填入。请核对名称，或自行填写。`,
});

const elsewhereText = ({ sheet, name, at, kind, part = "", figure }: Leftover): AccountsLine => ({
  where: `${sheet}!${at}`,
  message:
    kind === "column"
      ? `“${name}”一栏不在公开各表中，请填入“${part}”。`
      : `“${name}”是 ${figure}，不在公开各表中，请填入“${part}”。`,
});

const namedAtMost = 4;

/** What a sheet has beyond the published tables: a line a sheet, for it is so in every year. */
function asideText(leftovers: readonly Leftover[]): UnplacedLine[] {
  const aside = leftovers.filter(({ why }) => why === "aside");
  const groups = new Map<string, Leftover[]>();
  for (const one of aside) {
    const key = `${one.sheet}/${one.kind}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (first === undefined) return [];
    const names = group.slice(0, namedAtMost).map(({ name, at }) => `“${name}”（${at}）`);
    const what = first.kind === "column" ? "栏" : "行";
    const all = group.length > names.length ? `等 ${String(group.length)} ${what}` : "";
    return [
      {
        where: first.sheet,
        message: `${names.join("、")}${all}，公开表中没有，没有填入。`,
        kind: "aside",
      },
    ];
  });
}

function notPublicText(sheets: readonly SheetOutcome[]): UnplacedLine[] {
  const named = (kind: SheetOutcome["kind"]) =>
    sheets.flatMap((sheet) => (sheet.kind === kind ? [`“${sheet.name}”`] : [])).join("");
  const lines: readonly (readonly [string, string])[] = [
    [named("not_public"), "不是公开各表所取的账表，没有读取。"],
    [
      named("published"),
      "是公开用的表，不是账表，没有读取；要导入它们，请另存为只有这些表的工作簿。",
    ],
    [named("unknown"), "不是财决各表，没有读取。"],
  ];
  return lines.flatMap(([where, message]) =>
    where === "" ? [] : [{ where, message, kind: "aside" as const }],
  );
}

/** Why a table stays as it is. */
export const untouchedText = ({
  missing,
}: {
  readonly table: TableId;
  readonly missing: readonly string[];
}): string =>
  missing.length === 0
    ? "账表中没有可以直接取数的表，请自行填写。"
    : `工作簿中没有读到${missing.join("、")}表，这张表保持不变。`;

function distinct(lines: readonly AccountsLine[]): AccountsLine[] {
  const seen = new Set<string>();
  return lines.filter(({ where, message }) => {
    const key = `${where}\n${message}`;
    return seen.has(key) ? false : (seen.add(key), true);
  });
}
