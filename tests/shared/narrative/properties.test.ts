import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCellAddress, type CellAddress } from "../../../shared/forms/cell.ts";
import { cellValue, type Report } from "../../../shared/report/report.ts";
import { amountText } from "../../../shared/narrative/figures.ts";
import type { FigureSource } from "../../../shared/report/figure-source.ts";
import { sourceCells, sourceReader, sourceRoots } from "../../../shared/narrative/sources.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeOverview } from "../../../shared/narrative/write-overview.ts";
import {
  sentencesOf,
  sentenceText,
  type SentencePart,
  type Sentence,
} from "../../../shared/narrative/written.ts";
import { narrativeText } from "../../examples/narrative-text.ts";
import { amounts, cellsOf, randomised, signedAmounts } from "./random-reports.ts";
import { jiangxi, sentences, shanghai, withCell } from "./reports.ts";

const valueAt = (report: Report, address: CellAddress): number => {
  const ref = parseCellAddress(address);
  return (ref && cellValue(report.sections, ref)) ?? 0;
};

const textOf = (report: Report) =>
  `${narrativeText(writeOverview(report))}\n${narrativeText(writeNarrative(report))}`;

const partsOf = (report: Report): SentencePart[] =>
  sentencesOf(writeNarrative(report)).flatMap(({ sentence }) => [...sentence.parts]);

const residue =
  /增加（减少）|增长（下降）|增下降|大小于|大于（小于）|X{2}|××|NaN|undefined|Infinity|null|\[object|[。，；、：]{2}|，$/mu;

const runs = { numRuns: 60, seed: 2022 };

describe.each([
  ["jiangxi", jiangxi],
  ["shanghai", shanghai],
])("whatever the figures, the %s narrative", (_, report) => {
  it("prints no residue, no alternatives and no half sentence", () => {
    fc.assert(
      fc.property(randomised(report, signedAmounts), (random) => {
        expect(textOf(random)).not.toMatch(residue);
      }),
      runs,
    );
  });

  it("prints no fall of more than 100%", () => {
    fc.assert(
      fc.property(randomised(report, amounts), (random) => {
        for (const [, rate] of textOf(random).matchAll(/下降([\d.]+)%/gu)) {
          expect(Number(rate)).toBeLessThanOrEqual(100);
        }
      }),
      runs,
    );
  });

  it("prints no percentage of a base of 0", () => {
    const baseOf = (source: FigureSource) => {
      if (source.kind === "rate") return source.base;
      if (source.kind === "share") return source.whole;
      return source.kind === "completion" ? source.budget : undefined;
    };
    fc.assert(
      fc.property(randomised(report, signedAmounts), (random) => {
        const read = sourceReader(random);
        for (const part of partsOf(random)) {
          if (!("figure" in part) || !part.figure.endsWith("%")) continue;
          const base = baseOf(part.source);
          expect(base).toBeDefined();
          expect(base && read(base)).toBeGreaterThan(0);
        }
      }),
      runs,
    );
  });

  it("prints every amount as its source has it, and never an empty one", () => {
    fc.assert(
      fc.property(randomised(report, signedAmounts), (random) => {
        const read = sourceReader(random);
        for (const part of partsOf(random)) {
          if (!("figure" in part) || !part.figure.endsWith("万元")) continue;
          const isDifference = part.source.kind === "difference";
          const value = isDifference ? differenceOf(read, part.source) : read(part.source);
          expect(value).toBeDefined();
          expect(part.figure).toBe(amountText(value ?? NaN));
        }
      }),
      runs,
    );
  });

  it("gives every sentence an id of its own", () => {
    fc.assert(
      fc.property(randomised(report, signedAmounts), (random) => {
        const ids = [writeOverview(random), writeNarrative(random)]
          .flatMap(sentencesOf)
          .map(({ sentence }) => sentence.id);
        expect(new Set(ids).size).toBe(ids.length);
      }),
      runs,
    );
  });

  it("changes only sentences that name the changed cell", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...cellsOf(report).filter((address) => valueAt(report, address) !== 0)),
        fc.integer({ min: 1, max: 9_000_000_000 }),
        (address, value) => {
          const changed = withCell(report, address, value);
          for (const { id, before, after } of inBoth(report, changed)) {
            if (sentenceText(before) === sentenceText(after)) continue;
            expect([id, ...cellsNamed(before), ...cellsNamed(after)]).toContain(address);
          }
        },
      ),
      { numRuns: 200, seed: 2022 },
    );
  });

  it("changes every sentence that names the changed cell", () => {
    for (const address of cellsOf(report)) {
      const value = valueAt(report, address);
      if (value === 0) continue;
      for (const { id, before, after } of inBoth(report, withCell(report, address, value * 3))) {
        if (!figuresFrom(before).has(address)) continue;
        expect([id, sentenceText(after)]).not.toEqual([id, sentenceText(before)]);
      }
    }
  });
});

/** A blank beside a printed difference counts as 0: 无此项. */
function differenceOf(
  read: (source: FigureSource) => number | undefined,
  source: FigureSource,
): number | undefined {
  if (source.kind !== "difference") return undefined;
  return Math.abs((read(source.current) ?? 0) - (read(source.base) ?? 0));
}

function inBoth(one: Report, other: Report): { id: string; before: Sentence; after: Sentence }[] {
  const after = sentences(other);
  return [...sentences(one)].flatMap(([id, before]) => {
    const found = after.get(id);
    return found === undefined ? [] : [{ id, before, after: found }];
  });
}

const sourcesOf = ({ parts }: Sentence): FigureSource[] =>
  parts.flatMap((part) => ("source" in part ? [part.source] : []));

const cellsNamed = (sentence: Sentence): CellAddress[] => sourcesOf(sentence).flatMap(sourceCells);

/** Cells whose value a sentence prints or reckons with; a name or a 0% hides how much. */
const figuresFrom = (sentence: Sentence): Set<CellAddress> =>
  new Set(
    sentence.parts.flatMap((part) =>
      "figure" in part && /[1-9]/.test(part.figure) ? sourceCells(part.source) : [],
    ),
  );

describe("sources", () => {
  it("lead from a derived figure to its cells and prior figures", () => {
    const rate: FigureSource = {
      kind: "rate",
      current: { kind: "cell", cell: "t01/opening/final" },
      base: { kind: "prior", cell: "t01/opening/final" },
    };
    expect(sourceRoots(rate)).toEqual(["t01/opening/final", "prior:t01/opening/final"]);
    expect(sourceCells(rate)).toEqual(["t01/opening/final"]);
    expect(sourceReader(jiangxi)(rate)).toBe(-9093);
  });

  it("have no value where something is unknown or divided by 0", () => {
    const read = sourceReader(jiangxi);
    expect(read({ kind: "cell", cell: "t01/nowhere/final" })).toBeUndefined();
    expect(read({ kind: "fact", path: "facts.people.nobody" })).toBeUndefined();
    expect(read({ kind: "fact", path: "facts.duties.0" })).toBeUndefined();
    expect(
      read({
        kind: "share",
        part: { kind: "fact", path: "facts.procurement.sme" },
        whole: { kind: "fact", path: "facts.procurement.works" },
      }),
    ).toBeUndefined();
  });
});
