import { execFileSync } from "node:child_process";
import { performance } from "node:perf_hooks";
import { fileURLToPath } from "node:url";
import { workbookOf } from "../../functions/use-cases/workbook/export-workbook.ts";
import { readWorkbookTables } from "../../functions/use-cases/workbook/read-tables.ts";
import { canonicalTable } from "../../shared/forms/canonical-table.ts";
import { jiangxi2022 } from "../examples/editions.ts";
import type { TableData } from "../../shared/forms/table-data.ts";
import { soundReport } from "../shared/checks/sound-report.ts";
import type { Line } from "./line.ts";

interface WorkbookFigures {
  readonly rows: number;
  readonly fileBytes: number;
  /** First export and first import of a process, as a function just started does them. */
  readonly exportMs: number;
  readonly importMs: number;
  /** Most memory the process ever held, Node itself and all. */
  readonly peakMegabytes: number;
}

/** One table of 5,000 rows out and in again, in a process of its own; the median of three. */
export function measureWorkbook(): Promise<readonly Line[]> {
  const file = fileURLToPath(import.meta.url);
  const runs = Array.from({ length: 3 }, () => {
    const output = execFileSync(process.execPath, ["--import", "tsx", file], { encoding: "utf8" });
    return JSON.parse(output) as WorkbookFigures;
  });
  const [, middle] = runs.sort((a, b) => a.exportMs + a.importMs - b.exportMs - b.importMs);
  if (middle === undefined) throw new Error("Nothing was measured.");
  const { rows, exportMs, importMs, peakMegabytes } = middle;
  const name = `Workbook of ${String(rows)} rows out, in a new process`;
  return Promise.resolve([
    { name, value: exportMs, unit: "ms", limit: 1_000 },
    { name: "The same in again", value: importMs, unit: "ms", limit: 1_000 },
    { name: "Most memory of that process", value: peakMegabytes, unit: "MB", limit: 300 },
  ]);
}

/** As many rows as a table may have: a 类, its 款 and their 项, with sums and without. */
function longTable(): TableData {
  const figures = { total: 7_000_000, basic: 4_000_000, project: 3_000_000 };
  const codes = ["201"];
  for (let group = 1; codes.length < 4_999; group += 1) {
    const parent = `201${String(group).padStart(2, "0")}`;
    codes.push(parent);
    for (let item = 1; item < 99; item += 1)
      codes.push(`${parent}${String(item).padStart(2, "0")}`);
  }
  const rows = ["total", ...codes.slice(0, 4_999)].map((key) => ({
    key,
    name: `科目${key}`,
    cells: figures,
  }));
  const form = jiangxi2022.forms.find(({ id }) => id === "t03");
  if (form === undefined) throw new Error("No t03.");
  const named = rows.map(({ key, name, cells }) => ({
    ...{ key, cells },
    name: key === "total" ? undefined : (form.codeNames?.get(key) ?? name),
  }));
  return canonicalTable(form, { rows: named });
}

async function run(): Promise<WorkbookFigures> {
  const report = soundReport();
  const table = longTable();
  const long = { ...report, sections: { ...report.sections, t03: table } };
  const start = performance.now();
  const bytes = (await workbookOf(long, "t03")) ?? new Uint8Array();
  const exported = performance.now();
  const read = await readWorkbookTables(jiangxi2022, bytes);
  const imported = performance.now();
  if (!read.ok || read.value.tables.t03?.rows.length !== table.rows.length) {
    throw new Error(`Not read back: ${JSON.stringify(read).slice(0, 200)}`);
  }
  return {
    rows: table.rows.length,
    fileBytes: bytes.length,
    exportMs: exported - start,
    importMs: imported - exported,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(JSON.stringify(await run()));
