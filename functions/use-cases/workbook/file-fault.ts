import type { SheetFault } from "../../../shared/registry/import/registry-sheets.ts";
import type { OpenRefusal } from "./read-workbook.ts";
import { workbookBytes } from "./workbook-size.ts";

/** Why a workbook is not read, in words: one of the registry or a list of 科目. */
export function fileFault(refusal: OpenRefusal): SheetFault {
  if (refusal.kind === "cells") {
    const [first] = refusal.faults;
    const { sheet = "", cell = "" } = first?.at ?? {};
    return {
      where: `${sheet}!${cell}`,
      message: "这一格的公式调用其他程序，打开这样的文件可能有危险。请粘贴为数值后再导入。",
    };
  }
  return { where: "导入文件", message: textOf(refusal.reason) };
}

function textOf(reason: Extract<OpenRefusal, { readonly kind: "file" }>["reason"]): string {
  switch (reason) {
    case "too_large":
      return `文件超过 ${String(workbookBytes / 1024 / 1024)} MB。一份表单或名册不到 1 MB。请删去图片和无关的工作表后再导入。`;
    case "encrypted":
      return "文件加了打开密码，读不出内容。请取消密码后再导入。";
    case "not_a_zip":
    case "not_an_xls":
    case "not_a_workbook":
      return "文件不是 .xlsx 工作簿，读不出表格。请用表格软件打开并另存为 .xlsx 后再导入。";
    case "broken":
      return "文件已损坏，读出的内容不可靠。请用表格软件打开并另存为 .xlsx 后再导入。";
    default:
      return "文件的内容异常庞大，或嵌有其他文件，没有打开。请把数据复制到新的工作簿后再导入。";
  }
}
