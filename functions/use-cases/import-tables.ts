import { Buffer } from "node:buffer";
import { tableChanges, type TableChanges } from "../../shared/accounts/accounts-words.ts";
import { canonicalTable, comparableName, isByCode } from "../../shared/forms/canonical-table.ts";
import type { Edition, Form, TableId } from "../../shared/forms/form.ts";
import { importPrintedReport, importPrintedTable } from "../../shared/forms/import-table.ts";
import { fixedRows } from "../../shared/forms/layout.ts";
import { tableName } from "../../shared/forms/place-name.ts";
import { isCounted } from "../../shared/forms/table-csv.ts";
import { exceedsJsonLimits } from "../../shared/json-shape.ts";
import { unitName, type AmountUnit } from "../../shared/money.ts";
import type { TableData } from "../../shared/forms/table-data.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection } from "../storage/blobs.ts";
import type { ReportHead, ReportStore, SaveRefusal, SectionChange } from "../storage/ports.ts";
import { loadSection, type ContentDeps } from "./report-content.ts";
import { HeavyWorkStopped, type HeavyWork } from "./heavy-work.ts";
import { storePlan } from "./import-plan.ts";
import { editionOf } from "./stored-edition.ts";
import { placedFaults, type PlacedFault } from "./placed-fault.ts";

export type ImportRefusal =
  | Rejection
  | SaveRefusal
  /** Every fault at its place; nothing was taken in. */
  | { readonly code: "import_refused"; readonly faults: readonly PlacedFault[] };

export interface ImportRequest {
  /**
   * json: tables as printed, one or all · csv: one table as the portal publishes it · xlsx, xls: a
   * workbook with one or all, in base64.
   */
  readonly format: "json" | "csv" | "xlsx" | "xls";
  readonly content: string;
  /** For a file that does not say its unit itself. */
  readonly unit: AmountUnit;
}

interface ReadTables {
  readonly tables: { readonly [Id in TableId]?: TableData };
  /** Of these the file holds the printed rows alone. */
  readonly printedOnly?: readonly TableId[];
  /** Named by a whole report or a workbook. */
  readonly enteredIn?: AmountUnit;
  /** Sheets of the workbook that are none of the tables. */
  readonly ignored?: readonly string[];
}

export interface ImportedTables {
  readonly head: ReportHead;
  readonly saved: readonly SectionChange[];
  readonly ignored: readonly string[];
}

/** Takes in the tables a file holds in one write: all of them, or none with every fault named. */
export async function importTables(
  deps: ContentDeps & {
    readonly reports: Pick<ReportStore, "saveSections">;
    readonly now: () => string;
    readonly heavyWork: HeavyWork;
  },
  head: ReportHead,
  request: ImportRequest,
  actor: Actor,
): Promise<Result<ImportedTables, ImportRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const edition = await editionOf(deps, head.edition);
  const read = await readFile(deps.heavyWork, edition, head, request);
  if (!read.ok) return err({ code: "import_refused", faults: read.error });

  const stamp = { by: actor.id, byName: actor.name, at: deps.now() };
  const changes: SectionChange[] = await Promise.all(
    (await wholeTables(deps, edition, head, read.value)).map(async ({ id, table }) => ({
      ...{ section: id, base: head.sections[id]?.sha256 },
      pointer: { sha256: await putSection(deps, id, table), ...stamp },
    })),
  );
  const facts = await loadSection(deps, "facts", head.sections.facts?.sha256);
  const enteredIn = unitAfter(edition, head, read.value, facts.enteredIn);
  if (enteredIn !== facts.enteredIn) {
    const sha256 = await putSection(deps, "facts", { ...facts, enteredIn });
    const base = head.sections.facts?.sha256;
    changes.push({ section: "facts", base, pointer: { sha256, ...stamp } });
  }
  const saved = await deps.reports.saveSections(head.id, changes);
  const { ignored = [] } = read.value;
  return saved.ok ? ok({ head: saved.value, saved: changes, ignored }) : saved;
}

/** The tables of a file as they would be stored, in the order of the edition. */
async function wholeTables(
  deps: ContentDeps,
  edition: Edition,
  head: ReportHead,
  { tables, printedOnly = [] }: ReadTables,
): Promise<{ readonly id: TableId; readonly table: TableData }[]> {
  const whole: { readonly id: TableId; readonly table: TableData }[] = [];
  for (const form of edition.forms) {
    const table = tables[form.id];
    if (table === undefined) continue;
    const held = printedOnly.includes(form.id) ? await heldRows(deps, head, form) : [];
    const rows = [...table.rows, ...held];
    whole.push({ id: form.id, table: canonicalTable(form, { rows }) });
  }
  return whole;
}

export interface PlannedImport {
  /** Hash of the plan, by which it is applied. */
  readonly id: string;
  readonly fileName: string;
  readonly tables: readonly PlannedTable[];
  /** Sheets of the workbook that are none of the tables. */
  readonly ignored: readonly string[];
}

interface PlannedTable extends TableChanges {
  readonly id: TableId;
  readonly name: string;
  /** Rows by code that the table gets and loses. */
  readonly codes: { readonly added: readonly string[]; readonly removed: readonly string[] };
}

/** Reads the tables of a file and weighs them against the draft; no section of the report is touched. */
export async function planImport(
  deps: ContentDeps & { readonly heavyWork: HeavyWork },
  head: ReportHead,
  { fileName, ...request }: ImportRequest & { readonly fileName: string },
  actor: Actor,
): Promise<Result<PlannedImport, ImportRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const edition = await editionOf(deps, head.edition);
  const read = await readFile(deps.heavyWork, edition, head, request);
  if (!read.ok) return err({ code: "import_refused", faults: read.error });
  const tables = await wholeTables(deps, edition, head, read.value);
  const { enteredIn, ignored = [] } = read.value;
  const { id } = await storePlan(deps, head, { fileName, tables, enteredIn });
  const weighed = tables.map(async (one): Promise<PlannedTable> => {
    const draft = await loadSection(deps, one.id, head.sections[one.id]?.sha256, head.edition);
    const form = edition.forms.find((form) => form.id === one.id);
    const title = form?.number === undefined ? "" : ` ${form.title}`;
    return {
      ...{ id: one.id, name: `${tableName(one.id, edition)}${title}` },
      ...tableChanges(edition, one, draft, () => ""),
      codes:
        form !== undefined && isByCode(form)
          ? { added: rowsOnlyIn(one.table, draft), removed: rowsOnlyIn(draft, one.table) }
          : { added: [], removed: [] },
    };
  });
  return ok({ id, fileName, tables: await Promise.all(weighed), ignored });
}

function rowsOnlyIn({ rows }: TableData, other: TableData): string[] {
  const known = new Set(other.rows.map(({ key }) => key));
  return rows.flatMap(({ key }) => (known.has(key) || key === "total" ? [] : [key]));
}

/** Rows of a table that its edition has and does not print, as stored. */
async function heldRows(
  deps: ContentDeps,
  head: ReportHead,
  form: Form,
): Promise<TableData["rows"]> {
  const hidden = new Set(
    fixedRows(form).flatMap(({ key, unprinted }) => (unprinted === true ? [key] : [])),
  );
  const { rows } = await loadSection(deps, form.id, head.sections[form.id]?.sha256);
  return rows.filter(({ key }) => hidden.has(key));
}

/** 元 is checked to the 分, so a report stays in 万元 while tables are left that were typed in it. */
export function unitAfter(
  edition: Edition,
  head: ReportHead,
  { tables, enteredIn }: Pick<ReadTables, "tables" | "enteredIn">,
  before: AmountUnit,
): AmountUnit {
  if (enteredIn === undefined || enteredIn === before) return before;
  const isLeft = ({ id }: Form) => tables[id] === undefined && head.sections[id] !== undefined;
  return edition.forms.some((form) => !isCounted(form) && isLeft(form)) ? "wan" : enteredIn;
}

async function readFile(
  heavyWork: HeavyWork,
  edition: Edition,
  head: ReportHead,
  { format, content, unit }: ImportRequest,
): Promise<Result<ReadTables, readonly PlacedFault[]>> {
  if (format === "xlsx" || format === "xls") {
    return readWorkbook(heavyWork, edition, head, content);
  }
  if (format === "csv") return readCsv(edition, content);
  if (exceedsJsonLimits(content)) return err([tooManyParts]);
  const value = parsedJson(content);
  if (value === undefined) return err([unreadable]);
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  const withUnit = isPlain && !("unit" in value) ? { ...value, unit: unitName[unit] } : value;
  const report = importPrintedReport(edition, withUnit);
  if (!report.ok) return err(placedFaults(edition, report.error));
  const { tables, enteredIn, orgName } = report.value;
  if (orgName !== undefined && orgName !== head.orgName) return err([wrongOffice(orgName, head)]);
  if (Object.keys(tables).length === 0) return err([noTable]);
  return ok({ tables, enteredIn });
}

async function readWorkbook(
  heavyWork: HeavyWork,
  edition: Edition,
  head: ReportHead,
  content: string,
): Promise<Result<ReadTables, readonly PlacedFault[]>> {
  const read = await heavyWork("readWorkbook", {
    edition,
    bytes: new Uint8Array(Buffer.from(content, "base64")),
  }).catch((error: unknown) => {
    if (error instanceof HeavyWorkStopped) return err([tooHeavy]);
    throw error;
  });
  if (!read.ok) return read;
  const others = read.value.orgNames.filter(
    ({ text }) => comparableName(text) !== comparableName(head.orgName),
  );
  if (others.length === 0) return read;
  return err(others.map(({ text, where }) => ({ ...wrongOffice(text, head), where })));
}

/** A CSV file names its table in the column 报表. */
function readCsv(edition: Edition, text: string): Result<ReadTables, readonly PlacedFault[]> {
  if (countOf(text, "\n") > csvLimits.lines || countOf(text, ",") > csvLimits.cells) {
    return err([tooManyParts]);
  }
  const form = edition.forms.find(({ title }) =>
    new RegExp(`^"?${title}"?[,\\r\\n]`, "mu").test(text),
  );
  if (form === undefined) return err([noTable]);
  const table = importPrintedTable(edition, { format: "csv", tableId: form.id, text });
  if (!table.ok) return err(placedFaults(edition, table.error));
  return ok({ tables: { [form.id]: table.value.table } });
}

/** A table has at most 5,000 rows of 20 columns. */
const csvLimits = { lines: 12_000, cells: 240_000 } as const;

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count += 1;
  return count;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const unreadable: PlacedFault = {
  where: "导入文件",
  message: "文件不是 JSON 格式。读不出其中的表格。请用本系统导出的文件填写后再导入。",
};
const tooManyParts: PlacedFault = {
  where: "导入文件",
  message: "文件的层次过深或项目过多。一套决算表至多几万个数。请用本系统导出的文件填写后再导入。",
};
export const tooHeavy: PlacedFault = {
  where: "导入文件",
  message:
    "读取这个文件所需的时间或内存超出上限。一套决算表一秒钟内就能读完。请把各表复制到新的工作簿后再导入。",
};
const noTable: PlacedFault = {
  where: "导入文件",
  message:
    "文件里没有本版式的任何一张表。不知道该导入到哪张表。请核对文件中的表名，或用本系统导出的文件填写。",
};
const wrongOffice = (withUnit: string, { orgName }: ReportHead): PlacedFault => ({
  where: "导入文件",
  message: `文件写的单位是“${withUnit}”，本报告的单位是“${orgName}”。导入会把别的单位的数据填进来。请选择本单位的文件。`,
});
