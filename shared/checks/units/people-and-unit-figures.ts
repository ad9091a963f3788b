import { listMarker, type Block } from "../../narrative/read/flow.ts";
import type { FactsReaders, PrintedFacts } from "../sections/fact-figures.ts";
import type { TextContext } from "../text/text-context.ts";

/** 年末实有人数 beside the kinds of people it is made of. */
export interface PeopleFigures {
  readonly total: number;
  readonly kinds: readonly { readonly name: string; readonly count: number }[];
}

/** 纳入决算编制范围的单位, as far as they are counted or named. */
export interface UnitFigures {
  /** How many units there are, as the text states it; a form counts its own list. */
  readonly count?: number;
  /** How many 所属单位 are stated beside 本级. */
  readonly subordinates?: number;
  /** The units named, in order. */
  readonly names?: readonly string[];
  /** The count is of 所属单位 only, and 本级 may be named beside them. */
  readonly mayNameOwnOffice?: boolean;
  /** Which of the units named are 本级; unknown where print marks none. */
  readonly ownOffices?: readonly number[];
}

/** What one match gave, a list of names with all its entries. */
const readAt = <Figures>(
  { block, start }: { readonly block: Block; readonly start: number },
  read: { readonly path: string; readonly value: number; readonly figures: Figures },
): PrintedFacts<Figures> => {
  const { path, value, figures } = read;
  const words = { block, start, value, text: String(value) };
  return { figures, wordsOf: (at) => (at.split(".")[0] === path ? words : undefined) };
};

/** A form asks for the kinds alone and adds them up, so only print can contradict itself. */
export const peopleReader: Pick<FactsReaders<PeopleFigures>, "printed"> = {
  printed: ({ text }) =>
    text.blocks.flatMap(({ block }) => {
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
      ].map(([, name = "", count]) => ({ name, count: Number(count) }));
      const at = { block, start: match.index };
      return [readAt(at, { path: "people", value: total, figures: { total, kinds } })];
    }),
};

export const unitReaders: FactsReaders<UnitFigures> = {
  typed: ({ sections: { facts } }) =>
    facts.units.length === 0
      ? "all_empty"
      : {
          names: facts.units.map(({ name }) => name),
          ownOffices: facts.units.flatMap(({ kind }, index) =>
            kind === "own_office" ? [index] : [],
          ),
        },
  printed: (context) => [...unitsBesideOwnOffice(context), ...unitsNamed(context)],
};

/** 单位共12个，包括：某局（本级）和11个所属单位. */
const unitsBesideOwnOffice = ({ text }: TextContext): PrintedFacts<UnitFigures>[] =>
  text.blocks.flatMap(({ block }) => {
    const match =
      /单位(?:共|为|有|计)+(\d+)个，(?:具体)?(?:包括|为)：?[^。；]{2,60}?（?本级）?[和、及](?:其)?(?:所属)?(\d+)个/u.exec(
        block.text,
      );
    if (match === null) return [];
    const [count, subordinates] = [Number(match[1]), Number(match[2])];
    const at = { block, start: match.index };
    return [readAt(at, { path: "units", value: count, figures: { count, subordinates } })];
  });

const unitName =
  /(?:[局委办院校所站队处会厅馆室社团镇乡园心库署组]|本级|街道|公司|机关|大学|中学|小学|幼儿园|分局|（本级）|（本部）)$/u;

/** 单位共3个，包括：… and the units named behind it, in the sentence or as a list. */
const unitsNamed = ({ text }: TextContext): PrintedFacts<UnitFigures>[] =>
  text.blocks.flatMap(({ block }, index) => {
    const match =
      /单位(?:（[^）]{0,60}）)?(?:共|为|有|计)+(\d+)(?:个|家)，?(?:具体|名单|分别)*(?:包括|是|为|如下)：?([^。；]*)/u.exec(
        block.text,
      );
    if (match === null) return [];
    const inline = (match[2] ?? "").split(/[、，]|和(?=[^和]{4,}$)/u).filter((name) => name !== "");
    const isNamed =
      inline.length > 1 && inline.every((name) => unitName.test(name) && !/\d/u.test(name));
    const names = isNamed ? inline : inline.length === 0 ? namedBelow(text.blocks, index) : [];
    if (names.length < 2) return [];
    const count = Number(match[1]);
    const ownOffices = names.flatMap((name, at) => (/（本级）$|本级$/u.test(name) ? [at] : []));
    const figures = {
      ...{ count, names },
      mayNameOwnOffice: /所属|二级/u.test(
        block.text.slice(Math.max(0, match.index - 12), match.index + 4),
      ),
      ...(ownOffices.length === 0 ? {} : { ownOffices }),
    };
    return [readAt({ block, start: match.index }, { path: "units", value: count, figures })];
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
