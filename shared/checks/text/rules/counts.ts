import type { CellAddress } from "../../../forms/cell.ts";
import type { ChapterKind } from "../../../narrative/read/chapters.ts";
import { isBlock } from "../../../narrative/read/flow.ts";
import { quoteAt, type TextFault } from "../text-finding.ts";
import type { TextContext, TextRule } from "../text-rule.ts";

/** A count that sentences tell and a table prints. */
interface Counted {
  readonly name: string;
  readonly worded: RegExp;
  readonly chapter: ChapterKind;
  readonly cell: CellAddress;
  /** Row of the table as printed in a text. */
  readonly row: RegExp;
}

const threePublic = (name: string, worded: RegExp, key: string, row: RegExp): Counted => ({
  name,
  worded,
  chapter: "three_public",
  cell: `t09/${key}/final`,
  row,
});

const counted: readonly Counted[] = [
  threePublic(
    "因公出国（境）团组数",
    /出国（境）团组(?:数)?(?:为|共)?(\d+)个/u,
    "abroad_groups",
    /^1\.因公出国（境）团组数/u,
  ),
  threePublic(
    "因公出国（境）人次数",
    /出国（境）团组[^。；]{0,8}(?:累计|共)(\d+)人次/u,
    "abroad_persons",
    /^2\.因公出国（境）人次数/u,
  ),
  threePublic(
    "公务用车购置数",
    /购置公务用车(?:数)?(\d+)辆/u,
    "vehicles_bought",
    /^3\.公务用车购置数/u,
  ),
  threePublic(
    "公务用车保有量",
    /公务用车保有(?:量)?(?:为)?(\d+)辆/u,
    "vehicles_kept",
    /^4\.公务用车保有量/u,
  ),
  threePublic(
    "国内公务接待批次",
    /国内公务接待(\d+)批/u,
    "domestic_batches",
    /^5\.国内公务接待批次/u,
  ),
  threePublic(
    "国内公务接待人次",
    /国内公务接待\d+批次?[，、](?:累计)?(?:接待)?(\d+)人次/u,
    "domestic_persons",
    /^6\.国内公务接待人次/u,
  ),
  {
    name: "车辆数",
    worded: /共有(?:公务)?(?:用)?车辆?(\d+)辆/u,
    chapter: "assets",
    cell: "t10/vehicles_total/final",
    row: /^一、车辆数合计/u,
  },
  {
    name: "其他用车",
    worded: /其他用车(?:车辆数)?(?:为)?(\d+)(?:辆|[。，；])/u,
    chapter: "assets",
    cell: "t10/other_cars/final",
    row: /^8\.其他用车/u,
  },
];

/** The figure a table shows, from the tables handed in or as printed in the text itself. */
function shown({ cell, row }: Counted, { text, tables }: TextContext): number | undefined {
  if (tables?.has(cell) === true) return tables.value(cell);
  for (const part of text.flow.parts) {
    if (isBlock(part)) continue;
    const printed = part.rows.find((line) => row.test(line.text.replaceAll(" ", "")))?.text;
    const last = /(?:^|\s)(\d+)$/u.exec(printed ?? "")?.[1];
    if (last !== undefined) return Number(last);
  }
  return undefined;
}

const unlikeTable = (context: TextContext): TextFault[] =>
  counted.flatMap((count): TextFault[] => {
    const right = shown(count, context);
    if (right === undefined) return [];
    return context.text.blocks.flatMap(({ block, chapter }): TextFault[] => {
      const match = chapter === count.chapter ? count.worded.exec(block.text) : null;
      if (match === null || Number(match[1]) === right) return [];
      return [
        {
          ...quoteAt(block, match.index),
          cells: [count.cell],
          actual: String(match[1]),
          expected: String(right),
          what: `${count.name}正文写${String(match[1])}，报表为${right}`,
          mend: "核对正文与报表，改正有误的一处",
        },
      ];
    });
  });

/** 共有车辆6辆，其中：… */
const wrongVehicles = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block, chapter }): TextFault[] => {
    const match =
      chapter === "assets" ? /共有车辆(\d+)辆，其中：?([^。]+)/u.exec(block.text) : null;
    if (match === null) return [];
    const kinds = [...(match[2] ?? "").matchAll(/用车(\d+)辆/gu)].map(([, count]) => Number(count));
    const sum = kinds.reduce((all, count) => all + count, 0);
    const total = Number(match[1]);
    if (kinds.length < 2 || sum === total || (sum < total && kinds.length < 8)) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${total}辆`,
        expected: `${sum}辆`,
        what: `车辆共${total}辆，各类用车之和为${sum}辆`,
        mend: "核对各类用车数",
      },
    ];
  });

const wrongPeople = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }): TextFault[] => {
    const match =
      /实有人数(?:共|为)?(\d+)人，其中：?在职(?:人员)?(\d+)人[，、]离休(?:人员)?(\d+)人[，、]退休(?:人员)?(\d+)人/u.exec(
        block.text,
      );
    if (match === null) return [];
    const [total = 0, active = 0, cadres = 0, retired = 0] = match.slice(1).map(Number);
    const sum = active + cadres + retired;
    if (sum === total) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${total}人`,
        expected: `${sum}人`,
        what: `年末实有人数${total}人，在职、离休、退休之和为${sum}人`,
        mend: "核对各类人数",
      },
    ];
  });

const wrongUnits = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }): TextFault[] => {
    const match =
      /单位(?:共|为)+(\d+)个，(?:具体)?包括：?[^。；]{2,60}?（?本级）?[和、](\d+)个/u.exec(
        block.text,
      );
    if (match === null || Number(match[1]) === Number(match[2]) + 1) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${String(match[1])}个`,
        expected: `${Number(match[2]) + 1}个`,
        what: `单位共${String(match[1])}个，本级加${String(match[2])}个所属单位为${Number(match[2]) + 1}个`,
        mend: "核对单位数",
      },
    ];
  });

export const countRules: readonly TextRule[] = [
  {
    id: "R213",
    statement: "正文的团组、人次、批次、车辆数＝报表的数，车辆数＝各类之和，其他用车写明用途",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "error",
    check: (context) => [...unlikeTable(context), ...wrongVehicles(context)],
  },
  {
    id: "R214",
    statement: "实有人数＝在职＋离休＋退休，单位数＝本级＋所属单位数",
    severity: "error",
    check: (context) => [...wrongPeople(context), ...wrongUnits(context)],
  },
];
