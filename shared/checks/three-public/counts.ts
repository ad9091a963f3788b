import type { ChapterKind } from "../../narrative/read/chapters.ts";
import type { CellAddress } from "../../forms/cell.ts";
import type { TextContext } from "../text/text-context.ts";
import { isBlock } from "../../narrative/read/flow.ts";
import { type TextFault, quoteAt } from "../text/text-finding.ts";
import type { Report } from "../../report/report.ts";
import { valueAt } from "../sections/amounts.ts";
import { judged } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

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

const upTo = "[^。；，、\\d]{0,10}?";

const isOr = "(?:为|共|共计|数|量)*";

const counted: readonly Counted[] = [
  threePublic(
    "因公出国（境）团组数",
    new RegExp(`出国（境）(?:费)?(?:支出)?(?:共|组织|参加)?团组(?:数)?${isOr}(\\d+)个`, "u"),
    "abroad_groups",
    /^1\.因公出国（境）团组数/u,
  ),
  threePublic(
    "因公出国（境）人次数",
    new RegExp(
      `出国（境）团组[^。；]{0,8}(?:累计|共|、|，)${upTo}(\\d+)人次|出国（境）人(?:次|员)?(?:数)?${isOr}(\\d+)人`,
      "u",
    ),
    "abroad_persons",
    /^2\.因公出国（境）人次数/u,
  ),
  threePublic(
    "公务用车购置数",
    new RegExp(
      `(?:购置|更新|新购)(?:的)?(?:公务用车|车辆)${isOr}(\\d+)辆|(?:公务用车|车辆)购置(?:数|量)${isOr}(\\d+)辆`,
      "u",
    ),
    "vehicles_bought",
    /^3\.公务用车购置数/u,
  ),
  threePublic(
    "公务用车保有量",
    new RegExp(`(?:公务用车|车辆)(?:年末)?保有(?:量)?${isOr}(\\d+)辆`, "u"),
    "vehicles_kept",
    /^4\.公务用车保有量/u,
  ),
  threePublic(
    "国内公务接待批次",
    new RegExp(
      `国内(?:公务)?接待(?:批次|批数|团组)?${isOr}(\\d+)(?:批|个)|接待国内来访团组${isOr}(\\d+)个`,
      "u",
    ),
    "domestic_batches",
    /^5\.国内公务接待批次/u,
  ),
  threePublic(
    "国内公务接待人次",
    new RegExp(
      `(?<!国（境）外)国内(?:公务)?接待(?:批次|批数)?${isOr}\\d+(?:批次?|个)(?:（[^）]*）)?[，、](?:累计|共)?(?:国内公务)?(?:接待)?(?:人次|人数)?${isOr}(\\d+)人|接待国内来访团组${isOr}\\d+个[，、](?:来宾|来访人员)?(\\d+)人次`,
      "u",
    ),
    "domestic_persons",
    /^6\.国内公务接待人次/u,
  ),
  threePublic(
    "外事接待批次",
    /其中：?外事接待(?:批次)?(?:为|共)?(\d+)(?:批|个)/u,
    "domestic_batches_foreign",
    /^其中：外事接待批次/u,
  ),
  threePublic(
    "国（境）外公务接待批次",
    /国（境）外公务接待(?:批次)?(?:为|共)?(\d+)(?:批|个)|接待国（境）外来访团组(\d+)个/u,
    "overseas_batches",
    /^7\.国（境）外公务接待批次/u,
  ),
  threePublic(
    "外事接待人次",
    /(?:外事接待|接待外宾)(?:批次)?\d+批次?[，、](?:累计)?(?:接待)?(\d+)人次/u,
    "domestic_persons_foreign",
    /^其中：外事接待人次/u,
  ),
  threePublic(
    "国（境）外公务接待人次",
    /国（境）外(?:公务)?接待(?:批次)?\d+批次?[，、](?:累计)?(?:接待)?(\d+)人次/u,
    "overseas_persons",
    /^8\.国（境）外公务接待人次/u,
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
      const said = match?.slice(1).find(Boolean);
      if (match === null || said === undefined || Number(said) === right) return [];
      return [
        {
          ...quoteAt(block, match.index),
          cells: [count.cell],
          actual: said,
          expected: String(right),
          what: `${count.name}正文写${said}，报表为${right}`,
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

function otherCars(report: Report) {
  const cell = "t10/other_cars/final";
  const cars = valueAt(report, cell) ?? 0;
  const use = report.sections.facts.otherVehicleUse?.trim() ?? "";
  const says = !/^(?:无|没有|暂无|不适用|[—\-/、.。]*)$/u.test(use);
  if (cars === 0 && !says) return judged([], "condition_not_met");
  const at = { section: "facts", path: "facts.otherVehicleUse", cells: [cell] } as const;
  if (cars > 0 && !says) {
    return judged([
      {
        ...at,
        actual: use === "" ? "未填" : use,
        what: `其他用车${String(cars)}辆，没有说明用途`,
        mend: "在基本情况中填写其他用车的用途",
      },
    ]);
  }
  return judged([
    cars > 0
      ? undefined
      : {
          ...at,
          severity: "warning",
          quote: use,
          actual: "0辆",
          what: `没有其他用车，却填写了用途“${use}”`,
          mend: "核对其他用车数量，或清除用途",
        },
  ]);
}

export const countRules: readonly Rule[] = [
  {
    id: "R213",
    statement: "正文的团组、人次、批次、车辆数＝报表的数，车辆数＝各类之和，其他用车写明用途",
    basis: "《地方预决算公开操作规程》（财预〔2016〕143号）",
    severity: "error",
    tolerance: "exact",
    text: {
      amounts: "none",
      run: (context) => [...unlikeTable(context), ...wrongVehicles(context)],
    },
    sections: { scope: "sections", run: otherCars },
  },
];
