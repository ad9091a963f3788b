import { printedFigures } from "../../narrative/read/printed-figure.ts";
import type { Facts } from "../../report/sections.ts";
import { sumOf } from "../sections/amounts.ts";
import {
  mentionWords,
  type FactsReaders,
  type FigureWords,
  type PrintedFacts,
} from "../sections/fact-figures.ts";
import type { TextContext } from "../text/text-context.ts";

type TypedProcurement = NonNullable<Facts["procurement"]>;
type Reserved = NonNullable<TypedProcurement["reserved"]>;

/** 政府采购 in the report's own shape, in 分; `total` is 政府采购支出总额. */
export interface ProcurementFigures extends Partial<Omit<TypedProcurement, "reserved">> {
  readonly total?: number;
  readonly reserved?: Partial<Reserved>;
}

const concepts = {
  total: "procurement.total",
  goods: "procurement.货物",
  works: "procurement.工程",
  services: "procurement.服务",
  sme: "procurement.sme",
  micro: "procurement.micro",
} as const satisfies Partial<Record<keyof ProcurementFigures, string>>;

const wonBy = (who: string) => `由${who}供应商中标或成交的，?(?:采购)?金额`;

/** Budgets reserved for 中小企业, and what they won (财库〔2020〕46号), as some editions word it. */
const reservedWords = {
  sme: /面向中小企业预留(?:的)?政府采购项目预算金额/u,
  micro: /面向小微企业预留(?:的)?政府采购项目预算金额/u,
  smeAwarded: new RegExp(`面向中小企业预留的?政府采购项目中，${wonBy("中小企业")}`, "u"),
  microAwarded: new RegExp(`面向小微企业预留的?政府采购项目中，${wonBy("小微企业")}`, "u"),
  openToSmeAwarded: new RegExp(`其他政府采购项目中，${wonBy("中小企业")}`, "u"),
} as const satisfies Record<keyof Reserved, RegExp>;

/** The amount that follows at once upon the words. */
function amountAfter(worded: RegExp, { text }: TextContext): FigureWords | undefined {
  for (const { block } of text.blocks) {
    const match = worded.exec(block.text);
    if (match === null) continue;
    const end = match.index + match[0].length;
    const figure = printedFigures(block.text).find(
      ({ unit, start }) => unit === "money" && start >= end && start < end + 3,
    );
    if (figure !== undefined) return { block, ...figure };
  }
  return undefined;
}

type Words<Key extends string> = { readonly [Member in Key]?: FigureWords };

const readEach = <Key extends string, Wording>(
  wordings: Readonly<Record<Key, Wording>>,
  read: (wording: Wording) => FigureWords | undefined,
): Words<Key> =>
  Object.fromEntries(
    Object.entries<Wording>(wordings).map(([key, wording]) => [key, read(wording)]),
  ) as Words<Key>;

const valuesOf = <Key extends string>(words: Words<Key>): { readonly [Member in Key]?: number } =>
  Object.fromEntries(
    Object.entries<FigureWords | undefined>(words).flatMap(([key, read]) =>
      read === undefined ? [] : [[key, read.value]],
    ),
  ) as { readonly [Member in Key]?: number };

function printed(context: TextContext): PrintedFacts<ProcurementFigures>[] {
  const amounts = readEach(concepts, (concept) => mentionWords(context.firstMention(concept)));
  const reserved = readEach(reservedWords, (worded) => amountAfter(worded, context));
  const words = new Map<string, FigureWords | undefined>([
    ...Object.entries(amounts).map(([key, read]) => [`procurement.${key}`, read] as const),
    ...Object.entries(reserved).map(
      ([key, read]) => [`procurement.reserved.${key}`, read] as const,
    ),
  ]);
  return [
    {
      figures: { ...valuesOf(amounts), reserved: valuesOf(reserved) },
      wordsOf: (path) => words.get(path),
    },
  ];
}

export const procurementReaders: FactsReaders<ProcurementFigures> = {
  typed: ({ sections: { facts } }) => {
    const { procurement } = facts;
    if (procurement === undefined) return "all_empty";
    const { reserved, ...amounts } = procurement;
    const total = sumOf([amounts.goods, amounts.works, amounts.services]);
    return { ...amounts, total, ...(reserved === undefined ? {} : { reserved }) };
  },
  printed,
};
