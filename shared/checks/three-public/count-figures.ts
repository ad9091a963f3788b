import type { CellAddress } from "../../forms/cell.ts";
import type { ChapterKind } from "../../narrative/read/chapters.ts";
import { isBlock, type Block } from "../../narrative/read/flow.ts";
import { valueAt } from "../sections/amounts.ts";
import type { FactsReaders, FigureWords, PrintedFacts } from "../sections/fact-figures.ts";
import type { TextContext } from "../text/text-context.ts";

/** A count that sentences state and a table prints. */
interface CountWording {
  readonly name: string;
  readonly worded: RegExp;
  readonly chapter: ChapterKind;
  readonly cell: CellAddress;
  /** Row of the table as printed in a text. */
  readonly row: RegExp;
}

const threePublic = (name: string, worded: RegExp, key: string, row: RegExp): CountWording => ({
  name,
  worded,
  chapter: "three_public",
  cell: `t09/${key}/final`,
  row,
});

const upTo = "[^。；，、\\d]{0,10}?";

const isOr = "(?:为|共|共计|数|量)*";

const wordings: readonly CountWording[] = [
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

/** The figure of the table: of the tables that came with the text, else as printed in the text itself. */
function inTable({ cell, row }: CountWording, { text, tables }: TextContext): number | undefined {
  if (tables?.has(cell) === true) return tables.value(cell);
  for (const part of text.flow.parts) {
    if (isBlock(part)) continue;
    const printed = part.rows.find((line) => row.test(line.text.replaceAll(" ", "")))?.text;
    const last = /(?:^|\s)(\d+)$/u.exec(printed ?? "")?.[1];
    if (last !== undefined) return Number(last);
  }
  return undefined;
}

/** A count of a sentence beside that of its table. */
export interface CountFigures {
  readonly name: string;
  readonly cell: CellAddress;
  readonly stated: number;
  readonly tabled: number;
}

/** A form binds the counts of its sentences to the cells, so only print can contradict a table. */
export const countReader: Pick<FactsReaders<CountFigures>, "printed"> = {
  printed: (context) =>
    wordings.flatMap((wording) => {
      const { name, cell, chapter: wanted, worded } = wording;
      const tabled = inTable(wording, context);
      if (tabled === undefined) return [];
      return context.text.blocks.flatMap(({ block, chapter }) => {
        const match = chapter === wanted ? worded.exec(block.text) : null;
        const text = match?.slice(1).find(Boolean);
        if (match === null || text === undefined) return [];
        const words = { block, start: match.index, text, value: Number(text) };
        return [{ figures: { name, cell, stated: words.value, tabled }, wordsOf: () => words }];
      });
    }),
};

/** 车辆 in all beside the kinds of 用车 that a sentence lists. */
export interface VehicleFigures {
  readonly total: number;
  readonly kinds: readonly number[];
}

/** 共有车辆6辆，其中：… */
export const vehicleReader: Pick<FactsReaders<VehicleFigures>, "printed"> = {
  printed: ({ text }) =>
    text.blocks.flatMap(({ block, chapter }) => {
      const match =
        chapter === "assets" ? /共有车辆(\d+)辆，其中：?([^。]+)/u.exec(block.text) : null;
      if (match === null) return [];
      const kinds = countsOfKinds(match[2] ?? "");
      const [, text = ""] = match;
      const words = { block, start: match.index, text, value: Number(text) };
      return [{ figures: { total: words.value, kinds }, wordsOf: () => words }];
    }),
};

const countsOfKinds = (words: string): number[] =>
  [...words.matchAll(/用车(\d+)辆/gu)].map(([, count]) => Number(count));

const otherCarsCell: CellAddress = "t10/other_cars/final";

/** 其他用车 and what they are used for; "" where nothing is stated. */
export interface OtherCarFigures {
  readonly cars: number;
  readonly use: string;
  readonly cells: readonly CellAddress[];
}

export const isNoUse = (use: string): boolean =>
  /^(?:无|没有|暂无|不适用|[—\-/、.。]*)$/u.test(use.trim());

export const otherCarReaders: FactsReaders<OtherCarFigures> = {
  typed: (report) => {
    const cars = valueAt(report, otherCarsCell) ?? 0;
    const use = report.sections.facts.otherVehicleUse?.trim() ?? "";
    return cars === 0 && isNoUse(use) ? "condition_not_met" : { cars, use, cells: [otherCarsCell] };
  },
  printed: (context) => {
    const wording = wordings.find(({ cell }) => cell === otherCarsCell);
    const tabled = wording && inTable(wording, context);
    return context.text.blocks
      .flatMap(({ block, chapter }) => (chapter === "assets" ? otherCarsIn(block) : []))
      .filter(({ figures }) => tabled === undefined || tabled === figures.cars);
  },
};

/** 其他用车车辆数为2辆，主要用于：…; where the table has another count, that is the fault. A list of all kinds of vehicles states no uses. */
function otherCarsIn(block: Block): PrintedFacts<OtherCarFigures>[] {
  const match = /其他用车(?:车辆数)?(?:为|共)?(\d+)(?:辆|(?=[。，；（]))/u.exec(block.text);
  if (match === null || countsOfKinds(block.text).length > 1) return [];
  const [, text = ""] = match;
  const behind = block.text.slice(match.index + match[0].length);
  const use = /(?:用于|用途(?:为|是)?|主要是|主要为)：?([^。；）]*)/u.exec(behind)?.[1] ?? "";
  // What a form marks as still to be filled in is a gap of its own.
  if (use.startsWith("〔待填")) return [];
  const words: FigureWords = { block, start: match.index, text, value: Number(text) };
  const figures = { cars: words.value, use, cells: [otherCarsCell] };
  return figures.cars === 0 && isNoUse(use) ? [] : [{ figures, wordsOf: () => words }];
}
