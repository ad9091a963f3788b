import { canonicalTable } from "../../shared/forms/canonical-table.ts";
import { editionById } from "../../shared/forms/editions.ts";
import { importFaultText } from "../../shared/forms/fault-text.ts";
import type { Edition, TableId } from "../../shared/forms/form.ts";
import type { ImportFault } from "../../shared/forms/import-fault.ts";
import { importPrintedReport, importPrintedTable } from "../../shared/forms/import-table.ts";
import { unitName, type AmountUnit } from "../../shared/money.ts";
import type { TableData } from "../../shared/report/sections.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import { putSection, type BlobDeps } from "../storage/blobs.ts";
import type { ReportHead, ReportStore, SaveRefusal, SectionChange } from "../storage/ports.ts";
import { loadSection } from "./report-content.ts";

export interface PlacedFault {
  readonly where: string;
  readonly message: string;
}

export type ImportRefusal =
  | Rejection
  | SaveRefusal
  /** Every fault at its place; nothing was taken in. */
  | { readonly code: "import_refused"; readonly faults: readonly PlacedFault[] };

export interface ImportRequest {
  /** json: tables as printed, one or all · csv: one table as the portal publishes it. */
  readonly format: "json" | "csv";
  readonly content: string;
  /** For a file that does not say its unit itself. */
  readonly unit: AmountUnit;
}

interface ReadTables {
  readonly tables: { readonly [Id in TableId]?: TableData };
  /** Said by a whole report only. */
  readonly enteredIn?: AmountUnit;
}

/** Takes in the tables a file holds in one write: all of them, or none with every fault named. */
export async function importTables(
  deps: BlobDeps & {
    readonly reports: Pick<ReportStore, "saveSections">;
    readonly now: () => string;
  },
  head: ReportHead,
  request: ImportRequest,
  actor: Actor,
): Promise<Result<{ head: ReportHead; saved: readonly SectionChange[] }, ImportRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const edition = editionById(head.edition);
  if (edition === undefined) throw new Error(`No edition ${head.edition} in the house.`);
  const read = readFile(edition, head, request);
  if (!read.ok) return err({ code: "import_refused", faults: read.error });

  const stamp = { by: actor.id, byName: actor.name, at: deps.now() };
  const changes: SectionChange[] = [];
  for (const form of edition.forms) {
    const table = read.value.tables[form.id];
    if (table === undefined) continue;
    const sha256 = await putSection(deps, form.id, canonicalTable(form, table));
    const base = head.sections[form.id]?.sha256;
    changes.push({ section: form.id, base, pointer: { sha256, ...stamp } });
  }
  const facts = await loadSection(deps, "facts", head.sections.facts?.sha256);
  const { enteredIn } = read.value;
  if (enteredIn !== undefined && enteredIn !== facts.enteredIn) {
    const sha256 = await putSection(deps, "facts", { ...facts, enteredIn });
    const base = head.sections.facts?.sha256;
    changes.push({ section: "facts", base, pointer: { sha256, ...stamp } });
  }
  const saved = await deps.reports.saveSections(head.id, changes);
  return saved.ok ? ok({ head: saved.value, saved: changes }) : saved;
}

function readFile(
  edition: Edition,
  head: ReportHead,
  { format, content, unit }: ImportRequest,
): Result<ReadTables, readonly PlacedFault[]> {
  if (format === "csv") return readCsv(edition, content);
  const value = parsedJson(content);
  if (value === undefined) return err([unreadable]);
  const isPlain = typeof value === "object" && value !== null && !Array.isArray(value);
  const said = isPlain && !("unit" in value) ? { ...value, unit: unitName[unit] } : value;
  const report = importPrintedReport(edition, said);
  if (!report.ok) return err(placed(edition, report.error));
  const { tables, enteredIn, orgName } = report.value;
  if (orgName !== undefined && orgName !== head.orgName) return err([wrongOffice(orgName, head)]);
  if (Object.keys(tables).length === 0) return err([noTable]);
  return ok({ tables, enteredIn });
}

/** A CSV file says in its column 报表 which table it is of. */
function readCsv(edition: Edition, text: string): Result<ReadTables, readonly PlacedFault[]> {
  const form = edition.forms.find(({ title }) =>
    new RegExp(`^"?${title}"?[,\\r\\n]`, "mu").test(text),
  );
  if (form === undefined) return err([noTable]);
  const table = importPrintedTable(edition, { format: "csv", tableId: form.id, text });
  if (!table.ok) return err(placed(edition, table.error));
  return ok({ tables: { [form.id]: table.value.table } });
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

const placed = (edition: Edition, faults: readonly ImportFault[]): PlacedFault[] =>
  faults.map((fault) => {
    const { where, what, why, mend } = importFaultText(edition, fault);
    return { where, message: `${what}。${why}。${mend}。` };
  });

const unreadable: PlacedFault = {
  where: "导入文件",
  message: "文件不是 JSON 格式。读不出其中的表格。请用本系统导出的文件填写后再导入。",
};
const noTable: PlacedFault = {
  where: "导入文件",
  message:
    "文件里没有本版式的任何一张表。不知道该导入到哪张表。请核对文件中的表名，或用本系统导出的文件填写。",
};
const wrongOffice = (said: string, { orgName }: ReportHead): PlacedFault => ({
  where: "导入文件",
  message: `文件写的单位是“${said}”，本报告的单位是“${orgName}”。导入会把别的单位的数据填进来。请选择本单位的文件。`,
});
