import { assertNever } from "../result.ts";
import { columnsOf, type TableFault, type TablePlace } from "./canonical-table.ts";
import type { Edition, Form } from "./form.ts";
import { fixedRows } from "./layout.ts";

/** How a fault is told to people: where it is, what is wrong, why it matters, how to mend it. */
export interface FaultText {
  readonly where: string;
  readonly what: string;
  readonly why: string;
  readonly mend: string;
}

export const faultSentence = ({ where, what, why, mend }: FaultText): string =>
  `${where}：${what}。${why}。${mend}。`;

export const tableFaultText = (edition: Edition, fault: TableFault): FaultText => ({
  where: placeText(edition, fault.at),
  ...tableFaultWording(fault),
});

/** 公开03表 支出决算表 2010601 行政运行 “基本支出”. */
export function placeText(edition: Edition, at: TablePlace): string {
  const form = edition.forms.find(({ id }) => id === at.table);
  if (form === undefined) return at.table;
  const column = at.column === undefined ? "" : ` “${columnName(form, at.row, at.column)}”`;
  return `${formName(form)} ${rowName(edition, form, at.row)}${column}`;
}

export const formName = (form: Form): string =>
  form.number === undefined ? form.title : `${form.number} ${form.title}`;

function rowName(edition: Edition, form: Form, key: string): string {
  const fixed = fixedRows(form).find((row) => row.key === key);
  if (fixed !== undefined)
    return `${fixed.code === undefined ? "" : `${fixed.code} `}${fixed.name}`;
  if (key === "total") return "合计";
  const name = edition.functionCodes.get(key);
  return name === undefined ? key : `${key} ${name}`;
}

const columnName = (form: Form, row: string, key: string): string =>
  columnsOf(form, row).find((column) => column.key === key)?.name ?? key;

/** What, why and how, for a fault whose place is told elsewhere. */
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
