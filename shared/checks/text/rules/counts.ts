import type { CellAddress } from "../../../forms/cell.ts";
import type { ChapterKind } from "../../../narrative/read/chapters.ts";
import { isBlock, listMarker } from "../../../narrative/read/flow.ts";
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

/** 实有人数 and the kinds of people it is made of. */
const wrongPeople = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }): TextFault[] => {
    const match =
      /实有(?:人数|人员)?(?:总数|合计)?(?:共|为|共有|共计)*(\d+)人，其中：?([^。；]*)/u.exec(
        block.text,
      );
    if (match === null) return [];
    const total = Number(match[1]);
    const kinds = [
      ...(match[2] ?? "").matchAll(
        /(在职|离退休|离休|退休|其他)(?:人员|职工|人数)?(?:为|共)?(\d+)人/gu,
      ),
    ];
    const names = kinds.map(([, name = ""]) => name);
    const sum = kinds.reduce((all, [, , count]) => all + Number(count), 0);
    const isAll = ["在职", "退休"].every((name) => names.some((one) => one.endsWith(name)));
    if (sum === total || kinds.length < 2 || (sum < total && !isAll)) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${total}人`,
        expected: `${sum}人`,
        what: `年末实有人数${total}人，${names.join("、")}人数之和为${sum}人`,
        mend: "核对各类人数，改正有误的一处",
      },
    ];
  });

/** 本级 and N 个所属单位 make one more than N. */
const wrongUnits = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }): TextFault[] => {
    const match =
      /单位(?:共|为|有|计)+(\d+)个，(?:具体)?(?:包括|为)：?[^。；]{2,60}?（?本级）?[和、及](?:其)?(?:所属)?(\d+)个/u.exec(
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

const unitName =
  /(?:[局委办院校所站队处会厅馆室社团镇乡园心库署组]|本级|街道|公司|机关|大学|中学|小学|幼儿园|分局|（本级）|（本部）)$/u;

/** 单位共3个，包括：… and the units named behind it, in the sentence or as a list. */
const unlistedUnits = ({ text }: TextContext): TextFault[] =>
  text.blocks.flatMap(({ block }, index): TextFault[] => {
    const match =
      /单位(?:（[^）]{0,60}）)?(?:共|为|有|计)+(\d+)(?:个|家)，?(?:具体|名单|分别)*(?:包括|是|为|如下)：?([^。；]*)/u.exec(
        block.text,
      );
    if (match === null) return [];
    const inline = (match[2] ?? "").split(/[、，]|和(?=[^和]{4,}$)/u).filter((name) => name !== "");
    const isNamed =
      inline.length > 1 && inline.every((name) => unitName.test(name) && !/\d/u.test(name));
    const names = isNamed ? inline : inline.length === 0 ? namedBelow(text.blocks, index) : [];
    const said = Number(match[1]);
    const isOwnOfficeExtra =
      /所属|二级/u.test(block.text.slice(Math.max(0, match.index - 12), match.index + 4)) &&
      names.some((name) => /本级|本部|机关/u.test(name)) &&
      names.length === said + 1;
    if (names.length < 2 || names.length === said || isOwnOfficeExtra) return [];
    return [
      {
        ...quoteAt(block, match.index),
        actual: `${said}个`,
        expected: `${names.length}个`,
        what: `写单位${said}个，列出的是${names.length}个`,
        mend: "补列缺少的单位，或改正单位数",
      },
    ];
  });

/** Items of the list that follows a block, to its end; without full stops they run together. */
function namedBelow(blocks: TextContext["text"]["blocks"], index: number): string[] {
  const names: string[] = [];
  for (const { block } of blocks.slice(index + 1)) {
    if (!listMarker.test(block.text)) break;
    const items = block.text
      .split(/(?<!\d)\d{1,2}[、．.](?!\d)|（\d{1,2}）|[。；，]$/u)
      .filter((name) => name !== "");
    if (items.some((name) => !unitName.test(name) || name.length > 40)) break;
    names.push(...items);
  }
  return names;
}

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
    statement: "实有人数＝在职＋离休＋退休，单位数＝本级＋所属单位数＝所列单位数",
    severity: "error",
    check: (context) => [
      ...wrongPeople(context),
      ...wrongUnits(context),
      ...unlistedUnits(context),
    ],
  },
];
