import type { Rule } from "../rule.ts";
import { sumOf } from "../sections/amounts.ts";
import { printedFacts, typedFacts, type FactsJudge } from "../sections/fact-figures.ts";
import {
  countReader,
  isNoUse,
  otherCarReaders,
  vehicleReader,
  type CountFigures,
  type OtherCarFigures,
  type VehicleFigures,
} from "./count-figures.ts";

/** 团组, 人次, 批次 and 车辆 in words, beside the tables and among themselves. */

const countOfTable: FactsJudge<CountFigures> = ({ name, cell, stated, tabled }) => [
  stated === tabled
    ? undefined
    : {
        path: "counts",
        cells: [cell],
        actual: String(stated),
        expected: String(tabled),
        what: `${name}正文写${String(stated)}，报表为${String(tabled)}`,
        mend: "核对正文与报表，改正有误的一处",
      },
];

/** So many kinds of 用车 there are. */
const allKinds = 8;

const sumOfVehicles: FactsJudge<VehicleFigures> = ({ total, kinds }) => {
  const sum = sumOf(kinds);
  if (kinds.length < 2 || (sum < total && kinds.length < allKinds)) return [];
  if (sum === total) return [undefined];
  return [
    {
      path: "vehicles",
      actual: `${String(total)}辆`,
      expected: `${String(sum)}辆`,
      what: `车辆共${String(total)}辆，各类用车之和为${String(sum)}辆`,
      mend: "核对各类用车数",
    },
  ];
};

const useOfOtherCars: FactsJudge<OtherCarFigures> = ({ cars, use, cells }) => {
  const found = { path: "otherVehicleUse", cells };
  if (cars > 0 && isNoUse(use)) {
    return [
      {
        ...found,
        actual: use === "" ? "未填" : use,
        what: `其他用车${String(cars)}辆，没有说明用途`,
        mend: "写明其他用车的用途",
      },
    ];
  }
  if (cars > 0) return [undefined];
  return [
    {
      ...found,
      severity: "warning",
      quote: use,
      actual: "0辆",
      what: `没有其他用车，却填写了用途“${use}”`,
      mend: "核对其他用车数量，或清除用途",
    },
  ];
};

const countsInPrint = printedFacts(countReader, countOfTable);
const vehiclesInPrint = printedFacts(vehicleReader, sumOfVehicles);
const otherCarsInPrint = printedFacts(otherCarReaders, useOfOtherCars);

export const countRules: readonly Rule[] = [
  {
    id: "R213",
    statement: "正文的团组、人次、批次、车辆数＝报表的数，车辆数＝各类之和，其他用车写明用途",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "error",
    tolerance: "exact",
    text: {
      amounts: "none",
      run: (context) => [
        ...countsInPrint(context),
        ...vehiclesInPrint(context),
        ...otherCarsInPrint(context),
      ],
    },
    sections: typedFacts(otherCarReaders, useOfOtherCars),
  },
];
