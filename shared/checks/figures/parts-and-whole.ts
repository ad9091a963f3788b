import { exactWan } from "../../forms/place-name.ts";
import type { Rule } from "../rule.ts";
import { sumOf, wan } from "../sections/amounts.ts";
import { printedFacts, typedFacts, type FactsJudge } from "../sections/fact-figures.ts";
import type { TextContext } from "../text/text-context.ts";
import { listedLines, quoteAt, type TextFault } from "../text/text-finding.ts";
import { closeness, roundingEnvelope } from "../tolerance.ts";
import { bounds } from "./bounds.ts";
import { sumReaders, type SumFigures } from "./stated-sums.ts";

/** More parts than these are counted instead of spelled out. */
const mostSpelledOut = 8;

const sumOfParts: FactsJudge<SumFigures> = (figures, source) => {
  const { path, name, whole, parts, isClosed, showsRounding } = figures;
  const sum = sumOf(parts);
  const close = closeness(Math.abs(sum - whole), parts.length, source.roundings);
  if (close === "same" || (close === "rounding" && showsRounding !== true)) return [undefined];
  const actual = source.shown(path, whole);
  const found = { path, actual, expected: wan(sum) };
  const apart = wan(Math.abs(sum - whole));
  if (close === "rounding") {
    return [
      {
        ...found,
        severity: "hint",
        what: `${name}与各部分之和${wan(sum)}相差${apart}，为四舍五入尾差`,
        mend: "无需改动",
      },
    ];
  }
  const spelled =
    parts.length <= mostSpelledOut ? parts.map(exactWan).join("+") : `共${String(parts.length)}项`;
  const sumOfAll = `各部分之和${wan(sum)}（${spelled}）`;
  if (sum > whole || isClosed) {
    return [
      {
        ...found,
        what:
          sum > whole
            ? `${sumOfAll}超过${name}${actual}，多${apart}`
            : `${sumOfAll}比${name}${actual}少${apart}`,
        mend: "总数或某一部分有误，核对后改正",
      },
    ];
  }
  return [
    {
      ...found,
      severity: "warning",
      what: `${sumOfAll}比${name}${actual}少${apart}，还有未列出的部分`,
      mend: "补列缺少的部分，或核对总数",
    },
  ];
};

function beyondBounds({ firstMention, tables }: TextContext): TextFault[] {
  // With tables at hand each amount is compared with its own cell.
  if (tables !== undefined) return [];
  return bounds.flatMap(([small, large]): TextFault[] => {
    const [part, whole] = [firstMention(small), firstMention(large)];
    if (part === undefined || whole === undefined) return [];
    if (part.figure.value - whole.figure.value <= roundingEnvelope(4)) return [];
    const wholeName = whole.statement.subject;
    return [
      {
        ...quoteAt(whole.statement.block, whole.figure.start),
        actual: whole.figure.text,
        expected: `不少于${part.figure.text}`,
        what: `${wholeName}${whole.figure.text}少于其中的${part.statement.subject}${part.figure.text}`,
        mend: `核对${wholeName}，改正有误的一处`,
      },
    ];
  });
}

/** Several parts exceed the same whole: one wrong figure, one finding. */
function onePerPlace(faults: readonly TextFault[]): TextFault[] {
  const seen = new Set<string>();
  return faults.filter(({ quote, line, actual = "" }) => {
    const key = `${line}|${quote}|${actual}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/** Sums that rounding alone leaves apart make one finding. */
function tailsInOne(faults: readonly TextFault[]): TextFault[] {
  const tails = faults.filter(({ severity }) => severity === "hint");
  const [first] = tails;
  if (first === undefined || tails.length < 2) return [...faults];
  return [
    ...faults.filter(({ severity }) => severity !== "hint"),
    {
      ...first,
      what: `${first.what}；第${listedLines(tails.slice(1).map(({ line }) => line))}行的总数同样有四舍五入尾差`,
    },
  ];
}

const sumsInPrint = printedFacts(sumReaders, sumOfParts);

export const partsAndWholeRules: readonly Rule[] = [
  {
    id: "R208",
    statement: "各部分之和＝总数，任何部分不超过总数",
    severity: "error",
    tolerance: "rounding",
    text: {
      amounts: { causeRank: 1, sumsParts: true },
      run: (context) => [
        ...tailsInOne(sumsInPrint(context)),
        ...onePerPlace(beyondBounds(context)),
      ],
    },
    sections: typedFacts(sumReaders, sumOfParts),
  },
];
