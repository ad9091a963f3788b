import { assertNever } from "../../../shared/result.ts";
import type { ContentFault, ContentType, FoundType } from "./inspect-content.ts";
import type { OfficeFault } from "./office-faults.ts";
import type { PdfFault } from "./pdf-faults.ts";

/** Which file, what is wrong with it, why that matters, and how to mend it: one or two sentences. */
export function contentFaultText(
  { name, contentType }: { readonly name: string; readonly contentType: ContentType },
  fault: ContentFault,
): string {
  const file = `文件“${name}”`;
  switch (fault.code) {
    case "other_type":
      return `${file}的内容不是 ${typeName[contentType]}，而是${foundName[fault.found]}，公开后打不开或有风险。请选择真正的 ${typeName[contentType]} 文件，不要只改扩展名。`;
    case "unsafe_pdf":
      return `${file}${pdfText[fault.fault]}。请打开原文件，用“打印为 PDF”重新生成后上传。`;
    case "unsafe_office":
      return `${file}${officeText[fault.fault]}。请另存为不含上述内容的 ${typeName[contentType]}，或用“打印为 PDF”后上传。`;
    case "unreadable_text":
      return `${file}不是可读的文本，无法作为 CSV 公开。请在表格软件中另存为“CSV UTF-8”后上传。`;
    default:
      return assertNever(fault);
  }
}

const typeName: Readonly<Record<ContentType, string>> = {
  "application/pdf": "PDF",
  "image/png": "PNG 图片",
  "image/jpeg": "JPEG 图片",
  "text/csv": "CSV 表格",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel 工作簿（.xlsx）",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word 文档（.docx）",
};

const foundName: Readonly<Record<FoundType, string>> = {
  ...typeName,
  program: "程序",
  web_page: "网页",
  old_office: "旧版 Office 文件（.doc、.xls）或加密的 Office 文件",
  archive: "压缩包",
  text: "纯文本",
  unknown: "无法识别的内容",
};

const pdfText: Readonly<Record<PdfFault, string>> = {
  broken: "不是完整的 PDF，读不出目录结构，可能没有传完或已经损坏",
  encrypted: "设有密码或权限限制，公众打不开，内容也无法检查",
  script: "含有脚本（JavaScript），打开时会自动运行，不能公开",
  launch: "含有启动外部程序的动作，不能公开",
  embedded_file: "里面嵌有其他文件，其内容未经审核，不能公开",
  media: "里面嵌有多媒体或三维内容，可能自动播放或运行，不能公开",
  dynamic_form: "是动态表单（XFA），多数阅读器打不开，且可能含有脚本",
  too_complex: "的结构过于复杂或压缩方式特殊，无法检查其中是否含有脚本",
};

const officeText: Readonly<Record<OfficeFault, string>> = {
  broken: "已经损坏或没有传完，打不开",
  encrypted: "设有密码，公众打不开，内容也无法检查",
  macro: "含有宏，打开时可能运行程序，不能公开",
  embedded_program: "里面嵌有控件、程序或其他对象，其内容未经审核，不能公开",
  too_complex: "展开后过大、条目过多或嵌有其他压缩包，无法检查",
};
