import { ofNearestYear } from "../../../shared/checks/text/likely-edition.ts";
import { isOfAccounts } from "../../../shared/accounts/sheet-name.ts";
import { accountsOf } from "../../../shared/editions/accounts-of.ts";
import { a1 } from "../../../shared/forms/a1.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import type { ImportFault } from "../../../shared/forms/import-fault.ts";
import {
  importSheets,
  readSheets,
  type ImportedWorkbook,
} from "../../../shared/forms/import-workbook.ts";
import type { SheetGrid } from "../../../shared/forms/workbook-grid.ts";
import { yearOfSheets } from "../../../shared/forms/workbook-head.ts";
import type { AmountUnit } from "../../../shared/money.ts";
import { assertNever, err, ok, type Result } from "../../../shared/result.ts";
import {
  firstOffence,
  offenceName,
  placeInText,
  writableText,
} from "../../../shared/text/characters.ts";
import { placedFaults, type PlacedFault } from "../placed-fault.ts";
import { openWorkbook, type FileRefusal, type OpenRefusal } from "./read-workbook.ts";
import { workbookBytes } from "./workbook-size.ts";

export interface WorkbookTables extends Omit<ImportedWorkbook, "orgNames"> {
  /** Whose tables the sheets say they are, and where they say it. */
  readonly orgNames: readonly { readonly text: string; readonly where: string }[];
}

/** The tables that a workbook file holds, all of them, or every fault at its cell. */
export async function readWorkbookTables(
  edition: Edition,
  bytes: Uint8Array,
): Promise<Result<WorkbookTables, readonly PlacedFault[]>> {
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return err(refusalFaults(edition, opened.error));
  const { grids, hidden } = opened.value;
  const refused = grids.flatMap(characterFaults);
  if (refused.length > 0) return err(placedFaults(edition, refused));
  const titles = edition.forms.map(({ title }) => title);
  if (isOfAccounts(accountsOf(edition), grids, titles)) return err([ofAccounts]);
  const imported = importSheets(edition, grids);
  if (!imported.ok) return err(placedFaults(edition, imported.error));
  const { tables, orgNames, ignored } = imported.value;
  const notTaken = [...ignored, ...hidden];
  if (Object.keys(tables).length === 0) return err([noTable(notTaken)]);
  return ok({
    ...imported.value,
    ignored: notTaken,
    orgNames: orgNames.map(({ text, at: { sheet = "", cell = "" } }) => ({
      ...{ text, where: `${sheet}!${cell}` },
    })),
  });
}

/** What a workbook of the accounts is taken by instead; the screen goes on there by itself. */
const ofAccounts: PlacedFault = {
  where: "导入文件",
  message:
    "这是部门决算的账表（财决各表），不是公开用的表。账表要先核对取数再填入，没有直接导入。请从账表导入。",
  isAccounts: true,
};

/** Imported text is checked for characters that cannot be used, like all other text; a cell may have several lines. */
export const characterFaults = ({ name, rows }: SheetGrid): ImportFault[] =>
  rows.flatMap((cells, row) =>
    cells.flatMap((text, column): ImportFault[] => {
      const offence = typeof text === "string" ? firstOffence(text, "several") : undefined;
      if (typeof text !== "string" || offence === undefined) return [];
      return [
        {
          kind: "refused_character",
          at: { sheet: writableText(name), cell: a1({ row, column }) },
          character: offenceName(offence),
          after: placeInText(text, offence.index),
        },
      ];
    }),
  );

/** A published workbook as it can be read: whole tables, and faults of those that cannot. */
export interface WorkbookReport {
  /** The edition it fits best, of the year it names. */
  readonly edition: Edition;
  readonly tables: ImportedWorkbook["tables"];
  readonly enteredIn: AmountUnit;
  readonly orgName?: string;
  readonly faults: readonly ImportFault[];
}

/** Reads a file of which nothing is known; refused only when no table of any edition is in it. */
export async function readWorkbookReport(
  bytes: Uint8Array,
  candidates: readonly Edition[],
): Promise<Result<WorkbookReport, readonly PlacedFault[]>> {
  const [any] = candidates;
  if (any === undefined) throw new Error("No edition to read a workbook by.");
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return err(refusalFaults(any, opened.error));
  const { grids, hidden } = opened.value;
  const year = yearOfSheets(grids);
  const readings = ofNearestYear(candidates, year).map((known) => {
    const edition = { ...known, year: year ?? known.year };
    return { known, edition, ...readSheets(edition, grids) };
  });
  const [best] = readings.toSorted(
    (a, b) =>
      Object.keys(b.tables).length - Object.keys(a.tables).length ||
      a.faults.length - b.faults.length ||
      Number(b.known.year === year) - Number(a.known.year === year),
  );
  if (best === undefined || (Object.keys(best.tables).length === 0 && best.faults.length === 0)) {
    return err([noTable([...grids.map(({ name }) => name), ...hidden])]);
  }
  const { edition, tables, enteredIn = "wan", orgNames, faults } = best;
  const [named] = orgNames;
  const orgName = named === undefined ? {} : { orgName: named.text };
  return ok({ edition, tables, enteredIn, faults, ...orgName });
}

export const refusalFaults = (edition: Edition, refusal: OpenRefusal): PlacedFault[] =>
  refusal.kind === "cells"
    ? placedFaults(edition, refusal.faults)
    : [{ where: "导入文件", message: fileRefusalText(refusal.reason) }];

const noTable = (sheets: readonly string[]): PlacedFault => ({
  where: "导入文件",
  message: `工作簿中没有决算报表（有“${sheets.join("”“")}”）。表名应写在表的上方或工作表的名称中。请核对，或用本系统导出的文件填写。`,
});

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
      return "工作表超过 60 张。一套决算或账表至多几十张。请把要导入的表复制到新的工作簿后再导入。";
    case "too_many_cells":
      return "各工作表合计超过 60000 行，或占用的单元格、文字、样式过多。一张决算表至多 5000 行。请把要导入的表复制到新的工作簿后再导入。";
    case "too_many_rows":
      return "工作表在 12000 行以下仍有内容。一张决算表至多 5000 行。请删去多余的内容后再导入。";
    default:
      return assertNever(reason);
  }
}
