import type { Rule } from "../rule.ts";
import { printedFacts, typedFacts, type FactsJudge } from "../sections/fact-figures.ts";
import { sumOf } from "../sections/amounts.ts";
import {
  peopleReader,
  unitReaders,
  type PeopleFigures,
  type UnitFigures,
} from "./people-and-unit-figures.ts";

/** How many people and units a report has. */

const sumOfPeople: FactsJudge<PeopleFigures> = ({ total, kinds }) => {
  const names = kinds.map(({ name }) => name);
  const sum = sumOf(kinds.map(({ count }) => count));
  // Kinds that nobody is of need not be stated: less than the total proves something only when the main ones are.
  const isAll = ["在职", "退休"].every((name) => names.some((one) => one.endsWith(name)));
  if (kinds.length < 2 || (sum < total && !isAll)) return [];
  if (sum === total) return [undefined];
  return [
    {
      path: "people",
      actual: `${String(total)}人`,
      expected: `${String(sum)}人`,
      what: `年末实有人数${String(total)}人，${names.join("、")}人数之和为${String(sum)}人`,
      mend: "核对各类人数，改正有误的一处",
    },
  ];
};

/** 本级 and N 所属单位 make one more than N. */
const ownOfficeAndSubordinates: FactsJudge<UnitFigures> = ({ count, subordinates }) => {
  if (count === undefined || subordinates === undefined) return [];
  if (count === subordinates + 1) return [undefined];
  return [
    {
      path: "units",
      actual: `${String(count)}个`,
      expected: `${String(subordinates + 1)}个`,
      what: `单位共${String(count)}个，本级加${String(subordinates)}个所属单位为${String(subordinates + 1)}个`,
      mend: "核对单位数",
    },
  ];
};

const countOfNames: FactsJudge<UnitFigures> = ({ count, names, mayNameOwnOffice }) => {
  if (count === undefined || names === undefined) return [];
  const isOwnOfficeExtra =
    mayNameOwnOffice === true &&
    names.length === count + 1 &&
    names.some((name) => /本级|本部|机关/u.test(name));
  if (names.length === count || isOwnOfficeExtra) return [undefined];
  return [
    {
      path: "units",
      actual: `${String(count)}个`,
      expected: `${String(names.length)}个`,
      what: `写单位${String(count)}个，列出的是${String(names.length)}个`,
      mend: "补列缺少的单位，或改正单位数",
    },
  ];
};

const ownOfficeFirst: FactsJudge<UnitFigures> = ({ ownOffices }) => {
  if (ownOffices === undefined) return [];
  const [first, second] = ownOffices;
  if (first === 0 && second === undefined) return [undefined];
  return [
    {
      path: second === undefined ? "units" : `units.${String(second)}`,
      actual: `本级${String(ownOffices.length)}个`,
      expected: "本级1个，列在最前",
      what:
        ownOffices.length === 1
          ? "单位名单里的本级没有列在最前"
          : `单位名单里有${String(ownOffices.length)}个本级，应当有且只有1个`,
      mend: "在单位名单里标明哪一个是本级，列在最前",
    },
  ];
};

const units: FactsJudge<UnitFigures> = (figures, source) => [
  ...ownOfficeAndSubordinates(figures, source),
  ...countOfNames(figures, source),
  ...ownOfficeFirst(figures, source),
];

const peopleInPrint = printedFacts(peopleReader, sumOfPeople);
const unitsInPrint = printedFacts(unitReaders, units);

export const peopleAndUnitsRules: readonly Rule[] = [
  {
    id: "R214",
    statement: "实有人数＝在职＋离休＋退休，单位数＝本级＋所属单位数＝所列单位数，本级列在最前",
    severity: "error",
    tolerance: "exact",
    text: {
      amounts: "none",
      run: (context) => [...peopleInPrint(context), ...unitsInPrint(context)],
    },
    sections: typedFacts(unitReaders, units),
  },
];
