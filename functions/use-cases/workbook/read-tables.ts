import { editionById, editions } from "../../../shared/forms/editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { importSheets, type ImportedWorkbook } from "../../../shared/forms/import-workbook.ts";
import { assertNever, err, ok, type Result } from "../../../shared/result.ts";
import { placedFaults, type PlacedFault } from "../placed-fault.ts";
import {
  openWorkbook,
  workbookBytes,
  type FileRefusal,
  type OpenedWorkbook,
} from "./read-workbook.ts";

export interface WorkbookTables extends Omit<ImportedWorkbook, "orgNames"> {
  /** Whose tables the sheets say they are, and where they say it. */
  readonly orgNames: readonly { readonly text: string; readonly where: string }[];
}

/** The tables that a workbook file holds, or every fault at its cell. */
export async function readWorkbookTables(
  edition: Edition,
  bytes: Uint8Array,
): Promise<Result<WorkbookTables, readonly PlacedFault[]>> {
  const opened = await openedFile(edition, bytes);
  return opened.ok ? readOpened(edition, opened.value) : opened;
}

/** The same for a file of which only the file is known: the edition is the one it fits best. */
export async function readWorkbookReport(
  bytes: Uint8Array,
  editionId?: string,
): Promise<Result<WorkbookTables & { readonly edition: Edition }, readonly PlacedFault[]>> {
  const named = editionId === undefined ? undefined : editionById(editionId);
  const candidates = named === undefined ? editions : [named];
  const [first] = candidates;
  if (first === undefined) throw new Error("No edition in the house.");
  const file = await openedFile(first, bytes);
  if (!file.ok) return file;
  const tries = candidates.map((edition) => ({ edition, read: readOpened(edition, file.value) }));
  const [best] = tries.toSorted((a, b) => fit(b.read) - fit(a.read));
  if (best === undefined) throw new Error("No edition in the house.");
  return best.read.ok ? ok({ ...best.read.value, edition: best.edition }) : best.read;
}

/** Tables read count for an edition, faults against it. */
const fit = (read: Result<WorkbookTables, readonly PlacedFault[]>): number =>
  read.ok ? Object.keys(read.value.tables).length : -read.error.length;

async function openedFile(
  edition: Edition,
  bytes: Uint8Array,
): Promise<Result<OpenedWorkbook, readonly PlacedFault[]>> {
  const opened = await openWorkbook(bytes);
  if (opened.ok) return opened;
  return opened.error.kind === "cells"
    ? err(placedFaults(edition, opened.error.faults))
    : err([{ where: "导入文件", message: fileRefusalText(opened.error.reason) }]);
}

function readOpened(
  edition: Edition,
  { grids, hidden }: OpenedWorkbook,
): Result<WorkbookTables, readonly PlacedFault[]> {
  const imported = importSheets(edition, grids);
  if (!imported.ok) return err(placedFaults(edition, imported.error));
  const { tables, orgNames, ignored } = imported.value;
  if (Object.keys(tables).length === 0) {
    const names = [...ignored, ...hidden].join("”“");
    return err([{ where: "导入文件", message: noTable(names) }]);
  }
  return ok({
    ...imported.value,
    ignored: [...ignored, ...hidden],
    orgNames: orgNames.map(({ text, at: { sheet = "", cell = "" } }) => ({
      ...{ text, where: `${sheet}!${cell}` },
    })),
  });
}

const noTable = (names: string) =>
  `工作簿中没有本版式的任何一张表（有“${names}”）。表名写在表的上方或工作表的名称中。请核对，或用本系统导出的文件填写。`;

const megabytes = String(workbookBytes / 1024 / 1024);

/** What is wrong with a file as a whole, why it is not taken, and what to do. */
function fileRefusalText(reason: FileRefusal): string {
  switch (reason) {
    case "too_large":
      return `文件超过 ${megabytes} MB。一套决算表不到 1 MB。请删去图片、附件和无关的工作表后再导入。`;
    case "not_a_zip":
    case "not_an_xls":
    case "not_a_workbook":
      return "文件不是 .xlsx 或 .xls 工作簿。读不出其中的表格。请用表格软件另存为 .xlsx 后再导入。";
    case "broken":
      return "文件已损坏或内容与声明不符。读出的数不可靠。请用表格软件打开并另存为 .xlsx 后再导入。";
    case "encrypted":
      return "文件加了打开密码。没有密码读不出其中的表格。请取消密码后再导入。";
    case "too_many_entries":
    case "too_large_inflated":
    case "ratio":
      return "文件解压后异常庞大。这样的文件可能使系统瘫痪，没有打开。请把各表复制到新的工作簿后再导入。";
    case "nested":
      return "文件里嵌有别的压缩文件或工作簿。其中的内容无法检查，没有打开。请把各表复制到新的工作簿后再导入。";
    case "calls_programs":
      return "文件里有调用其他程序的链接（DDE）。打开这样的文件可能有危险。请删去链接、把数粘贴为数值后再导入。";
    case "too_many_sheets":
      return "工作表超过 40 张。决算表至多 10 张。请把要导入的表复制到新的工作簿后再导入。";
    case "too_many_rows":
    case "too_many_cells":
      return "工作表在 12000 行以下仍有内容。一张决算表至多 5000 行。请删去多余的内容后再导入。";
    default:
      return assertNever(reason);
  }
}
