import { assertNever } from "../result.ts";
import { unitName } from "../money.ts";
import type { TableFault, TablePlace } from "./canonical-table.ts";
import type { Edition, Form } from "./form.ts";
import type { ImportFault, ImportPlace } from "./import-fault.ts";
import { cellName, rowName } from "./place-name.ts";

/** A fault in words: where it is, what is wrong, why it matters, how to mend it. */
export interface FaultText {
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

export const tableFaultText = (edition: Edition, fault: TableFault): FaultText => ({
  where: placeText(edition, fault.at),
  ...tableFaultWording(fault),
});

function placeText(edition: Edition, { table, row, column }: TablePlace): string {
  return column === undefined
    ? rowName(`${table}/${row}/any`, edition)
    : cellName(`${table}/${row}/${column}`, edition);
}

const formName = (form: Form): string =>
  form.number === undefined ? form.title : `${form.number} ${form.title}`;

export const importFaultText = (edition: Edition, fault: ImportFault): FaultText => ({
  where: importPlaceText(edition, fault.at),
  ...importFaultWording(fault),
});

/**
 * 公开03表 支出决算表 第5行 2010601 行政运行 “基本支出”, as far as known; of a workbook
 * 公开03表!D14（2010601 行政运行 “基本支出”）.
 */
function importPlaceText(edition: Edition, at: ImportPlace): string {
  if (at.sheet !== undefined) return sheetPlaceText(at, at.sheet);
  const form = edition.forms.find(({ id }) => id === at.table);
  const parts = [
    form === undefined ? "导入文件" : formName(form),
    at.line === undefined ? "" : `第${String(at.line)}行`,
    at.row ?? "",
    at.column === undefined ? "" : `“${at.column}”`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function sheetPlaceText({ row, column, cell }: ImportPlace, sheet: string): string {
  const named = [row ?? "", column === undefined ? "" : `“${column}”`].filter(
    (part) => part !== "",
  );
  const place = cell === undefined ? sheet : `${sheet}!${cell}`;
  return named.length === 0 ? place : `${place}（${named.join(" ")}）`;
}

function importFaultWording(fault: ImportFault): Omit<FaultText, "where"> {
  switch (fault.kind) {
    case "table_fault":
      return tableFaultWording(fault.fault);
    case "unreadable":
      return {
        what: `文件内容不符合格式${fault.detail === "" ? "" : `（${fault.detail}）`}`,
        why: "读不出其中的行和列",
        mend: "请用本系统导出的文件填写后再导入",
      };
    case "wrong_table":
      return {
        what: `文件写的是“${fault.actual}”，此处应为“${fault.expected}”`,
        why: "导入到别的表会覆盖那张表的数据",
        mend: "请选择对应的文件，或到对应的表中导入",
      };
    case "wrong_year":
      return {
        what: `文件的年度是“${fault.actual}”，本报告为${String(fault.expected)}年度`,
        why: "不同年度的报表和科目不同",
        mend: `请导入${String(fault.expected)}年度的文件`,
      };
    case "wrong_unit":
      return {
        what: `计量单位“${fault.actual}”无法识别`,
        why: "单位不明时金额会差一万倍",
        mend: "请写明“万元”或“元”",
      };
    case "no_unit":
      return {
        what: "表头没有写明金额单位",
        why: "单位不明时金额会差一万倍",
        mend: "请在表头写明“金额单位：万元”或“金额单位：元”",
      };
    case "mixed_units":
      return {
        what: `计量单位“${fault.actual}”与前面的“${unitName[fault.expected]}”不一致`,
        why: "一张表只能用一种计量单位",
        mend: "请统一为一种单位并换算金额",
      };
    case "missing_column":
      return {
        what: `缺少“${fault.name}”一栏`,
        why: "缺少的栏次会使原有数据丢失",
        mend: "请补上这一栏，没有数据时留空",
      };
    case "unknown_column":
      return {
        what: `表中没有“${fault.name}”一栏`,
        why: "多出的数据无处填入",
        mend: "请删去这一栏，或改正栏名",
      };
    case "repeated_column":
      return {
        what: `“${fault.name}”一栏重复`,
        why: "无法确定以哪一栏为准",
        mend: "请只保留一栏",
      };
    case "wrong_width":
      return {
        what: `这一行有${String(fault.actual)}格，表头为${String(fault.expected)}格`,
        why: "格数不一致时金额会错位",
        mend: "请检查是否多了逗号、少了单元格，使每行与表头对齐",
      };
    case "unknown_row":
      return {
        what: "表中没有这一行",
        why: "无法确定金额填入哪个项目",
        mend: "请改正编码或项目名称，或删去这一行",
      };
    case "ambiguous_row":
      return {
        what: `表中有${String(fault.occurs)}行同名，文件中没有全部列出`,
        why: "无法确定这一行是其中哪一行",
        mend: "请按表样依次列出全部同名的行，没有数据时留空",
      };
    case "row_mismatch":
      return {
        what: `应为“${fault.expected}”，文件中是“${fault.actual}”`,
        why: "同一行的标识、编码和名称必须一致",
        mend: "请核对后改正",
      };
    case "no_head":
      return {
        what: "找不到这张表的表头",
        why: "不知道各栏是什么数",
        mend: `请保留表头，应有“${fault.wanted.join("”“")}”等栏`,
      };
    case "repeated_table":
      return {
        what: `工作簿中有${String(fault.sheets.length)}张同样的表：“${fault.sheets.join("”“")}”`,
        why: "无法确定以哪一张为准",
        mend: "请只保留一张，或把其余的隐藏",
      };
    case "not_calculated":
      return {
        what: `公式“=${fault.formula}”没有计算结果`,
        why: "文件里只有公式，没有数",
        mend: "请用表格软件打开并保存后再导入，或改为数字",
      };
    case "unsafe_formula":
      return {
        what: `公式“=${fault.formula}”会调用其他程序`,
        why: "打开这样的文件可能有危险",
        mend: "请删去这个公式，改为数字",
      };
    case "refused_character":
      return {
        what: `文字里有不能使用的字符：${fault.after}是 ${fault.character}`,
        why: "这样的字符看不见或会打乱显示，不能保存",
        mend: "请删去这个字符后重新导入",
      };
    case "not_an_amount":
      return {
        what: `“${fault.text}”不是金额`,
        why: "金额栏只能填数字",
        mend: "请改为数字，没有数据时留空",
      };
    case "too_fine":
      return {
        what: `“${fault.text}”的小数位数过多`,
        why: "金额最细到分，不能舍入后导入",
        mend: "请改为精确到分的金额",
      };
    case "too_large":
      return {
        what: `“${fault.text}”过大`,
        why: "超出可精确计算的范围",
        mend: "请检查计量单位是否写错",
      };
    case "not_a_count":
      return {
        what: `“${fault.text}”不是整数`,
        why: "此栏填写数量",
        mend: "请改为整数，没有时填 0 或留空",
      };
    default:
      return assertNever(fault);
  }
}

/** What, why and how, for a fault whose place is named elsewhere. */
export function tableFaultWording(fault: TableFault): Omit<FaultText, "where"> {
  switch (fault.kind) {
    case "unknown_row":
      return {
        what: "表中没有这一行",
        why: "固定行次的表不能增加项目",
        mend: "请删去这一行，或把金额填入表内相应的项目",
      };
    case "duplicate_row":
      return {
        what: "这一行出现了两次",
        why: "同一科目或项目只能有一行，否则合计会重复计算",
        mend: "请合并为一行",
      };
    case "bad_code":
      return {
        what: "科目编码的位数不对",
        why: "支出功能分类编码为类3位、款5位、项7位数字",
        mend: "请改正编码",
      };
    case "unknown_code":
      return {
        what: "当年的支出功能分类科目中没有这个编码",
        why: "决算表只能使用当年政府收支分类科目",
        mend: "请核对年度和编码后改正",
      };
    case "unlisted_code":
      return {
        what: `本系统的当年科目表中没有这个编码（${fault.name}）`,
        why: "编码可能有误，也可能是科目表未收录",
        mend: "请核对当年政府收支分类科目：确有此科目的，请说明依据；否则请改正编码",
      };
    case "missing_parent":
      return {
        what: `缺少上级科目 ${fault.parent} 的小计行`,
        why: "款、项的金额须逐级汇总到类、款的小计行",
        mend: `请补上 ${fault.parent} 一行并填写小计`,
      };
    case "name_mismatch":
      return {
        what: `科目名称“${fault.actual}”与编码不符，应为“${fault.expected}”`,
        why: "编码和名称不一致时无法确定这笔金额属于哪个科目",
        mend: "请改正编码或名称",
      };
    case "unknown_column":
      return {
        what: "这一行没有这一栏",
        why: "金额填在表外的栏次中，无法印出也无法核对",
        mend: "请把金额移到表内的栏次",
      };
    case "dash_cell":
      return {
        what: "此格不填数，表上印为“────”",
        why: "该项目没有这一栏的数据",
        mend: "请清空此格",
      };
    case "negative_count":
      return {
        what: `数量为 ${String(fault.value)}，小于零`,
        why: "数量只能是零或正整数",
        mend: "请改为实际数量，没有时填 0 或留空",
      };
    case "not_whole":
      return {
        what: `数值 ${String(fault.value)} 不是整数`,
        why: "金额精确到分，数量为整数",
        mend: "请按分或个数填写",
      };
    default:
      return assertNever(fault);
  }
}
