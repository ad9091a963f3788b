import type { Edition } from "../../../shared/forms/form.ts";
import { evaluationSheet } from "../../../shared/report/evaluation-sheets/evaluation-sheet.ts";
import {
  readEvaluationSheets,
  type EvaluationSheets,
} from "../../../shared/report/evaluation-sheets/read-evaluation-sheets.ts";
import type { SelfEvaluation } from "../../../shared/report/sections.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { placedFaults, wordedFaults, type PlacedFault } from "../placed-fault.ts";
import { characterFaults, refusalFaults } from "./read-tables.ts";
import { openWorkbook } from "./read-workbook.ts";
import { writeWorkbook } from "./write-workbook.ts";

/** What a workbook holds of 自评表, or every fault of it by its cell. */
export async function readEvaluationWorkbook({
  edition,
  bytes,
  department,
}: {
  readonly edition: Edition;
  readonly bytes: Uint8Array;
  /** Whose report it is read for, where a table does not say. */
  readonly department: string;
}): Promise<Result<Omit<EvaluationSheets, "faults">, readonly PlacedFault[]>> {
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return err(refusalFaults(edition, opened.error));
  const { grids, hidden } = opened.value;
  const refused = grids.flatMap(characterFaults);
  if (refused.length > 0) return err(placedFaults(edition, refused));
  const { faults, ...read } = readEvaluationSheets(grids, { year: edition.year, department });
  if (faults.length > 0) return err(wordedFaults(faults, (fault) => fault));
  if (read.tables.length === 0 && read.projects.length === 0) return err([noEvaluations]);
  return ok({ ...read, ignored: [...read.ignored, ...hidden] });
}

const noEvaluations: PlacedFault = {
  where: "导入文件",
  message:
    "没有读到填好的自评表：一张表要有“项目名称”“三级指标”“年度指标值”“实际完成值”“分值”“得分”各栏，或是列有项目名称和得分的清单。请下载表样填写后再导入。",
};

/** Tables that there are, each on a sheet of its own; of none the form to fill in. */
export function writeEvaluationWorkbook({
  tables,
  year,
  department,
}: {
  readonly tables: readonly SelfEvaluation[];
  readonly year: number;
  readonly department: string;
}): Promise<Uint8Array> {
  const forms = tables.length === 0 ? [undefined] : tables;
  const sheets = forms.map((table, index) =>
    evaluationSheet(table, { year, department, name: `自评表${String(index + 1)}` }),
  );
  return writeWorkbook(sheets, `${department}${String(year)}年度项目支出绩效自评表`);
}
