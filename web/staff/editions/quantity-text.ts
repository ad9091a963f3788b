import type { ListDefinition, QuantityDefinition } from "../../../shared/forms/sentences-schema.ts";
import { definitionOf, type Definition } from "../../../shared/narrative/template/quantities.ts";

/** Quantities (数字) and lists (列表) of an edition in words, and the kinds that people choose from. */

export const quantityKinds = {
  place: "表中的数，或填报的基本情况和绩效",
  prior: "上年的数",
  sum: "几个数字之和（可减去几个）",
  count: "一个清单的项数",
  mean: "一个清单的平均得分",
  initialBudget: "年初预算数",
  stated: "所填的数，没有填的取各项之和",
} as const;
export type QuantityKind = keyof typeof quantityKinds;

export function kindOfQuantity({ of }: Definition): QuantityKind {
  if (typeof of === "string") return "place";
  const kinds = ["prior", "sum", "count", "mean", "initialBudget", "stated"] as const;
  return kinds.find((kind) => kind in of) ?? "place";
}

/** What a quantity is taken from when its kind is chosen, before the rest is filled in. */
export function beginningOf(kind: QuantityKind, first: string): Definition["of"] {
  switch (kind) {
    case "place":
      return "";
    case "prior":
      return { prior: "" };
    case "sum":
      return { sum: [first] };
    case "count":
      return { count: "facts.units" };
    case "mean":
      return { mean: "performance.projects" };
    case "initialBudget":
      return { initialBudget: "general" };
    case "stated":
      return { stated: "performance.amounts.total", otherwiseSum: "performance.projects.*.amount" };
  }
}

/** As short as it can be written: a place alone where nothing else is stated. */
export function shortened({ of, label, unit, prior }: Definition): QuantityDefinition {
  const stated = {
    ...(label === undefined || label === "" ? {} : { label }),
    ...(unit === undefined || unit === "" ? {} : { unit }),
    ...(prior === undefined || prior === "" ? {} : { prior }),
  };
  return typeof of === "string" && Object.keys(stated).length === 0 ? of : { of, ...stated };
}

export function quantityText(
  quantity: QuantityDefinition,
  placeName: (place: string) => string,
): string {
  const { of } = definitionOf(quantity);
  if (typeof of === "string") return placeName(of);
  if ("prior" in of) return `上年 ${placeName(of.prior)}`;
  if ("sum" in of) {
    const less = of.less === undefined ? "" : `，减去 ${of.less.join("、")}`;
    return `合计 ${of.sum.join("、")}${less}`;
  }
  if ("count" in of) {
    const graded =
      of.grade === undefined ? "" : of.grade === "*" ? "（每一等级）" : `（${of.grade}）`;
    return `项数 ${placeName(of.count)}${graded}`;
  }
  if ("mean" in of) return `平均得分 ${placeName(of.mean)}`;
  if ("initialBudget" in of) {
    return of.initialBudget === "code"
      ? "列表中科目的年初预算数"
      : "一般公共预算财政拨款的年初预算数";
  }
  return `${placeName(of.stated)}，没有填的取 ${placeName(of.otherwiseSum)} 之和`;
}

export const listKinds = {
  quantities: "几个数字",
  keys: "表中的几行（或等级）",
  economicCodes: "指定的经济分类科目",
  economicRows: "一张表中某几类经济分类科目的行",
  functionCodes: "一张表中的功能分类科目",
  entries: "填报的清单",
} as const;
export type ListKind = keyof typeof listKinds;

export const kindOfList = (list: ListDefinition): ListKind =>
  (Object.keys(listKinds) as ListKind[]).find((kind) => kind in list) ?? "entries";

/** What a list is of when its kind is chosen; its condition stays. */
export function listOf(
  kind: ListKind,
  { when, always }: Pick<ListDefinition, "when" | "always">,
  first: string,
): ListDefinition {
  const filter = {
    ...(when === undefined ? {} : { when }),
    ...(always === undefined ? {} : { always }),
  };
  switch (kind) {
    case "quantities":
      return { quantities: [first], ...filter };
    case "keys":
      return { keys: { total: "合计" }, ...filter };
    case "economicCodes":
      return { economicCodes: ["301"], ...filter };
    case "economicRows":
      return { economicRows: "t06", classes: ["301"], ...filter };
    case "functionCodes":
      return { functionCodes: "t05", level: "class", ...filter };
    case "entries":
      return { entries: "facts.units", ...filter };
  }
}

export function listText(
  list: ListDefinition,
  placeName: (place: string) => string,
  titleOf: (table: string) => string,
): string {
  if ("quantities" in list) {
    const { quantities } = list;
    return (Array.isArray(quantities) ? quantities : Object.keys(quantities)).join("、");
  }
  if ("keys" in list) return Object.values(list.keys).join("、");
  if ("economicCodes" in list) return `经济分类科目 ${list.economicCodes.join("、")}`;
  if ("economicRows" in list) {
    return `${titleOf(list.economicRows)}中 ${list.classes.join("、")} 类的行`;
  }
  if ("functionCodes" in list) {
    const level = list.level === "class" ? "各类" : "最末级";
    return `${titleOf(list.functionCodes)}的${level}科目`;
  }
  return placeName(list.entries);
}
