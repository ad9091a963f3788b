import { joined, plain, sentence, subheading, type Pen, type Phrase } from "../pen.ts";
import { procurement, procurementTotal } from "../procurement.ts";
import { cell, fact } from "../sources.ts";
import type { Chapter, Sentence } from "../written.ts";

/** 十一、其他重要事项的情况说明: 机关运行经费, 政府采购, 国有资产. */
export function otherChapter(pen: Pen): Chapter {
  return {
    id: "other",
    heading: "十一、其他重要事项的情况说明",
    paragraphs: [
      subheading("other.heading.operating_cost", "（一）机关运行经费支出情况"),
      plain(operatingCost(pen)),
      subheading("other.heading.procurement", "（二）政府采购支出情况"),
      plain(...procured(pen)),
      subheading("other.heading.assets", "（三）国有资产占有使用情况说明"),
      plain(...assets(pen)),
    ],
  };
}

function operatingCost(pen: Pen): Sentence {
  const current = fact("facts.operatingCost.current");
  const base = fact("facts.operatingCost.prior");
  const { units, operatingCost: told } = pen.report.sections.facts;
  const noneAdministrative = units.length > 0 && units.every((unit) => !unit.administrative);
  const what = "机关运行经费支出";
  const nothing = pen.value(current) === 0 && (pen.value(base) ?? 0) === 0;
  if (nothing || (told === undefined && noneAdministrative)) {
    return sentence(
      "operating_cost",
      `${pen.report.identity.orgName}${pen.year}年度`,
      { figure: "无", source: current },
      "机关运行经费支出。",
    );
  }
  return sentence(
    "operating_cost",
    what,
    pen.amount(current, what),
    pen.change({ of: { current, base }, what }),
    pen.reason({
      slot: "operating_cost",
      what,
      current,
      base,
      against: `${pen.priorYear}年`,
    }),
    "。",
  );
}

function procured(pen: Pen): Sentence[] {
  const lead = `${pen.report.identity.orgName}${pen.year}年度`;
  if (pen.value(procurementTotal) === 0) {
    const none = { figure: "无", source: procurementTotal };
    return [sentence("procurement.total", lead, none, "政府采购支出。")];
  }
  const total = sentence(
    "procurement.total",
    `${lead}政府采购金额（以合同签订为准）为`,
    pen.amount(procurementTotal, "政府采购金额"),
    "，其中：货物采购金额",
    pen.amount(procurement.goods, "货物采购金额"),
    "、工程采购金额",
    pen.amount(procurement.works, "工程采购金额"),
    "、服务采购金额",
    pen.amount(procurement.services, "服务采购金额"),
    "。",
  );
  if (pen.value(procurementTotal) === undefined) return [total];
  return [
    total,
    sentence(
      "procurement.reserved",
      `${pen.year}年度${pen.self}面向中小企业预留政府采购项目预算金额`,
      pen.amount(procurement.reservedSme, "面向中小企业预留政府采购项目预算金额"),
      "，面向小微企业预留政府采购项目预算金额",
      pen.amount(procurement.reservedMicro, "面向小微企业预留政府采购项目预算金额"),
      "。",
    ),
    sentence(
      "procurement.awarded",
      "在面向中小企业预留的政府采购项目中，由中小企业供应商中标或成交的采购金额",
      pen.amount(procurement.smeAwarded, "预留项目中由中小企业中标或成交的采购金额"),
      "；在面向小微企业预留的政府采购项目中，由小微企业供应商中标或成交的采购金额",
      pen.amount(procurement.microAwarded, "预留项目中由小微企业中标或成交的采购金额"),
      "；在其他政府采购项目中，由中小企业供应商中标或成交的采购金额",
      pen.amount(procurement.openToSmeAwarded, "其他项目中由中小企业中标或成交的采购金额"),
      "。",
    ),
  ];
}

const cars = [
  ["minister_cars", "副部（省）级及以上领导用车"],
  ["leader_cars", "主要领导干部用车"],
  ["confidential_cars", "机要通信用车"],
  ["emergency_cars", "应急保障用车"],
  ["enforcement_cars", "执法执勤用车"],
  ["special_cars", "特种专业技术用车"],
  ["retired_cars", "离退休干部用车"],
  ["other_cars", "其他用车"],
] as const;

/** No table prints the vehicles here, so the sentences tell every kind. */
function assets(pen: Pen): Sentence[] {
  const kinds = cars.flatMap(([row, name]): Phrase[] => {
    const source = cell(`t10/${row}/final`);
    return pen.value(source) === undefined ? [] : [[name, pen.count(source, name, "辆")]];
  });
  const equipment = cell("t10/equipment/final");
  return [
    sentence(
      "assets.vehicles",
      `截至${pen.year}年12月31日，${pen.report.identity.orgName}共有车辆`,
      pen.count(cell("t10/vehicles_total/final"), "车辆数", "辆"),
      ...(kinds.length > 0 ? ["，其中：", joined(kinds, "、")] : []),
      "。",
    ),
    sentence(
      "assets.equipment",
      pen.isNone(equipment)
        ? ["无", { figure: "单价100万元（含）以上设备", source: equipment }, "（不含车辆）"]
        : [
            "单价100万元（含）以上设备（不含车辆）",
            pen.count(equipment, "单价100万元（含）以上设备数", "台（套）"),
          ],
      "。",
    ),
  ];
}
