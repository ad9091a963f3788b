import { canonicalJson } from "../canonical-json.ts";
import { exactWan } from "../forms/place-name.ts";
import { omit } from "../omit.ts";
import {
  asJson,
  entriesOf,
  isJsonObject,
  isKeyedList,
  type Json,
  type JsonObject,
} from "./derive.ts";
import type { EditionData } from "./edition-data.ts";

/** One thing that an edition has otherwise than another, in words. */
export interface Difference {
  /** Where, from the whole to the part: 表, 收入支出决算总表, 附注. */
  readonly place: readonly string[];
  /** As it was; absent where something was added. */
  readonly before?: string;
  /** As it is; absent where something was removed. */
  readonly after?: string;
}

/** Nothing that differs is left out but the sources, which are statements about it; an entry of a list that was added or removed is one difference. */
export const differencesBetween = (
  base: EditionData,
  edition: EditionData,
): readonly Difference[] =>
  ofMembers(
    asJson(omit(base, "id", "base", "sources")),
    asJson(omit(edition, "id", "base", "sources")),
    [],
  );

function ofMembers(old: JsonObject, current: JsonObject, place: readonly string[]): Difference[] {
  const members = [...Object.keys(old), ...Object.keys(current).filter((key) => !(key in old))];
  return members.flatMap((member) =>
    ofValue(member, old[member], current[member], [...place, labelOf(member, place)]),
  );
}

/** The sentences of an edition are its text; those of a paragraph are sentences. */
const labelOf = (member: string, place: readonly string[]): string =>
  member === "sentences" && place.length > 0 ? "句子" : (labels[member] ?? member);

function ofValue(
  member: string,
  old: Json | undefined,
  current: Json | undefined,
  place: readonly string[],
): Difference[] {
  if (isKeyedList(member, old) && isKeyedList(member, current)) {
    return ofList(entriesOf(member, old), entriesOf(member, current), place);
  }
  if (isJsonObject(old) && isJsonObject(current)) return ofMembers(old, current, place);
  if (isSame(old, current)) return [];
  return [
    {
      place,
      ...(old !== undefined && { before: inWords(old, member) }),
      ...(current !== undefined && { after: inWords(current, member) }),
    },
  ];
}

function ofList(
  old: ReadonlyMap<string, Json>,
  current: ReadonlyMap<string, Json>,
  place: readonly string[],
): Difference[] {
  const names = [...old.keys(), ...[...current.keys()].filter((name) => !old.has(name))];
  const kept = [...old.keys()].filter((name) => current.has(name));
  const keptNow = [...current.keys()].filter((name) => old.has(name));
  const titles = (order: readonly string[]) =>
    order.map((name) => titleOf(current.get(name), name)).join("、");
  return [
    ...names.flatMap((name) =>
      ofValue(
        "",
        old.get(name),
        current.get(name),
        entryPlace(place, titleOf(current.get(name) ?? old.get(name), name)),
      ),
    ),
    ...(kept.join("\n") === keptNow.join("\n")
      ? []
      : [{ place: [...place, "顺序"], before: titles(kept), after: titles(keptNow) }]),
  ];
}

/** 第2段, 第1栏组: entries without a name are numbered by what they are. */
function entryPlace(place: readonly string[], title: string): readonly string[] {
  const list = place.at(-1) ?? "";
  const [, number] = /^第(\d+)项$/u.exec(title) ?? [];
  return number !== undefined && ["段", "栏组"].includes(list)
    ? [...place.slice(0, -1), `第${number}${list}`]
    : [...place, title];
}

const isSame = (old: Json | undefined, current: Json | undefined): boolean =>
  old !== undefined && current !== undefined && canonicalJson(old) === canonicalJson(current);

/** What an entry of a list is known by. */
export function titleOf(entry: Json | undefined, name: string): string {
  if (!isJsonObject(entry)) return name;
  const title = ["title", "name", "heading", "subheading", "term"]
    .map((member) => entry[member])
    .find((value) => typeof value === "string");
  return typeof title === "string"
    ? title
    : /^\d+$/u.test(name)
      ? `第${String(Number(name) + 1)}项`
      : name;
}

/** A value as one line of text. */
function inWords(value: Json, member = ""): string {
  if (typeof value === "boolean") return value ? "是" : "否";
  if (typeof value === "string") return values[value] ?? value;
  if (typeof value === "number" && member === "amountFen") return `${exactWan(value)}万元`;
  if (Array.isArray(value)) {
    return value.map((item: Json) => inWords(item)).join(separators[member] ?? "、");
  }
  if (!isJsonObject(value)) return JSON.stringify(value);
  const { text, id } = value;
  return typeof text === "string" && id === undefined
    ? headCellInWords(text, value)
    : membersInWords(value);
}

const membersInWords = (value: JsonObject): string =>
  Object.entries(value)
    .filter(([member]) => !["key", "id"].includes(member))
    .map(([member, one]) => `${labels[member] ?? member}：${inWords(one, member)}`)
    .join("；");

function headCellInWords(text: string, { colspan, rowspan }: JsonObject): string {
  const spans = [
    ...(typeof colspan === "number" ? [`${String(colspan)}栏`] : []),
    ...(typeof rowspan === "number" ? [`${String(rowspan)}行`] : []),
  ];
  return `${text}${spans.length === 0 ? "" : `（${spans.join("")}）`}`;
}

/** Between the items of a list: the lines of one text have nothing between them. */
const separators: { readonly [member: string]: string } = { text: "", when: "", head: " ／ " };

/** Members of an edition's data, as a bureau calls them. */
export const labels: { readonly [member: string]: string } = {
  id: "编号",
  key: "编号",
  name: "名称",
  year: "年度",
  cover: "封面",
  contents: "目录",
  note: "说明",
  parts: "部分",
  holds: "内容",
  chapters: "所列各章",
  continues: "并入前一部分",
  above: "标题之上",
  figures: "数字的写法",
  percentDecimals: "百分比的小数位",
  zeroBase: "基数为零时",
  forms: "报表",
  relations: "本版式的勾稽关系",
  statement: "内容",
  basis: "依据",
  severity: "轻重",
  cell: "单元格",
  equals: "等于",
  notAbove: "不超过",
  sum: "之和",
  less: "减",
  sumsByCode: "按科目逐级相加的表",
  number: "表号",
  title: "标题",
  unitLabel: "单位",
  orientation: "纸张方向",
  head: "表头",
  columnNumbers: "栏次",
  blocks: "栏组",
  lead: "前列",
  columns: "栏",
  rows: "行",
  layout: "排法",
  totalRow: "合计行",
  notes: "附注",
  blankNote: "空表说明",
  unprinted: "只作数据不印",
  code: "科目编码",
  kind: "数的种类",
  dashes: "划线的栏",
  indent: "缩进",
  total: "合计",
  joinsPrevious: "并入左栏",
  blankLines: "其后空行",
  text: "文字",
  sentences: "说明文字",
  quantities: "数据",
  lists: "列表",
  patterns: "句式",
  overview: "概况",
  narrative: "情况说明",
  heading: "标题",
  subheading: "小标题",
  paragraphs: "段",
  each: "逐项写",
  when: "条件",
  label: "名称",
  thresholds: "须说明原因的界限",
  change: "较上年",
  percent: "百分比",
  amountFen: "金额",
  completion: "预算完成",
  fromPercent: "下限",
  toPercent: "上限",
  words: "用词",
  places: "地名",
  budgetedCodes: "年初预算的科目",
  table: "报表",
  digits: "编码位数",
  glossary: "名词解释",
  term: "名词",
  meaning: "解释",
  functionCodes: "支出功能分类科目",
  economicCodes: "支出经济分类科目",
  accounts: "取自财决表",
  documents: "所据材料",
  sheets: "财决表",
  tables: "各表的来源",
  sheet: "财决表",
  block: "栏组",
  only: "只取的行",
  names: "别名",
  under: "在其后",
  economic: "按经济分类",
  codes: "按科目",
  classes: "按类",
  lines: "按项目",
  otherTitles: "其他表名",
  aside: "不取的行",
  sources: "依据",
};

const values: { readonly [value: string]: string } = {
  portrait: "纵向",
  landscape: "横向",
  upright: "竖排",
  transposed: "横排",
  first: "在前",
  last: "在后",
  always: "总是印",
  empty: "无数据时印",
  name: "名称",
  line: "行次",
  code: "编码",
  "by-function-code": "按支出功能分类科目",
  count: "数量",
  money: "金额",
};
