import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkOwnText } from "../../../shared/checks/own-text.ts";
import { openReport } from "../../../shared/disclosure/open-report.ts";
import { paragraphsHtml } from "../../../shared/document/narrative-html.ts";
import type { CellAddress } from "../../../shared/forms/cell.ts";
import type { FigureSource } from "../../../shared/report/figure-source.ts";
import { reasonSlots } from "../../../shared/narrative/gaps.ts";
import { rewordingFindings } from "../../../shared/checks/wording/check-rewording.ts";
import { readFigures } from "../../../shared/narrative/report-figures.ts";
import {
  isRewritable,
  rewritings,
  skeletonsOf,
  tokensOf,
} from "../../../shared/narrative/rewriting.ts";
import { cell, fact, prior } from "../../../shared/narrative/sources.ts";
import type { Token } from "../../../shared/report/token.ts";
import { writeNarrative } from "../../../shared/narrative/write-narrative.ts";
import { writeStatutory } from "../../../shared/narrative/write-statutory.ts";
import { sentencesOf, sentenceText } from "../../../shared/narrative/written.ts";
import { narrativeText } from "../../examples/narrative-text.ts";
import { diffReports } from "../../../shared/comparison/diff-reports.ts";
import type { Manifest } from "../../../shared/report/manifest.ts";
import type { Report } from "../../../shared/report/report.ts";
import { narrativeSchema } from "../../../shared/report/sections.ts";
import { cellsOf, randomised, signedAmounts } from "./random-reports.ts";
import {
  jiangxi,
  reads,
  sentences,
  shanghai,
  wan,
  withAllReasons,
  withCell,
  withNarrative,
  withPerformance,
} from "./reports.ts";

/** The report with a sentence in other words: the statutory tokens between two texts of one's own. */
function reworded(report: Report, ...ids: string[]): Report {
  const skeletons = skeletonsOf(report);
  const statutory = statutoryOf(report);
  return withNarrative(report, {
    rewritten: Object.fromEntries(
      ids.map((id) => [
        id,
        {
          from: skeletons.get(id) ?? [],
          parts: [{ text: "据决算，" }, ...(statutory.get(id) ?? []), { text: "（已核）" }],
        },
      ]),
    ),
  });
}

const statutoryOf = (report: Report): Map<string, Token[]> =>
  new Map(
    sentencesOf({ chapters: writeStatutory(readFigures(report)) }).map(({ sentence }) => [
      sentence.id,
      tokensOf(sentence),
    ]),
  );

const rewritableIds = (report: Report): string[] =>
  writeNarrative(report).chapters.flatMap(({ paragraphs }) =>
    paragraphs.flatMap((paragraph) =>
      paragraph.sentences.flatMap((one) => (isRewritable(paragraph, one) ? [one.id] : [])),
    ),
  );

const statesOf = (report: Report) =>
  rewritings(readFigures(report)).map(({ state: standing }) => standing);

describe("a reworded sentence", () => {
  const report = reworded(jiangxi, "income.total");

  it("prints people's words around the statutory figures", () => {
    expect(reads(report, "income.total")).toBe(`据决算，${reads(jiangxi, "income.total")}（已核）`);
    expect(statesOf(report)).toEqual(["holds"]);
  });

  it("prints new values when only values change, and the diff shows it", () => {
    const changed = withCell(report, "t01/income_sum/final", wan(4900));
    expect(reads(changed, "income.total")).toContain("收入总计4900万元，较2021年减少127.65万元");
    expect(diffReports(report, changed).sentences).toContainEqual({
      sentence: "income.total",
      old: reads(report, "income.total"),
      new: reads(changed, "income.total"),
    });
  });

  it.each([
    ["the direction turns", wan(9000), "增加"],
    ["nothing changed since last year", wan(5027.65), "持平"],
    ["the figure is emptied", undefined, "待填"],
  ])("is void when %s: the statutory sentence is printed again", (_, value, word) => {
    const changed = withCell(report, "t01/income_sum/final", value);
    expect(statesOf(changed)).toEqual(["void"]);
    expect(reads(changed, "income.total")).not.toContain("据决算");
    expect(reads(changed, "income.total")).toContain(word);
  });

  it("holds again when the figures turn back", () => {
    const turned = withCell(report, "t01/income_sum/final", wan(9000));
    const back = withCell(turned, "t01/income_sum/final", wan(4914.2));
    expect(reads(back, "income.total")).toBe(reads(report, "income.total"));
  });

  it("is void when a direction word turns that is printed as a figure", () => {
    const id = "three_public.reception.budget";
    const over = withCell(reworded(jiangxi, id), "t09/reception/final", wan(9));
    expect(reads(jiangxi, id)).toContain("减少");
    expect(reads(over, id)).not.toContain("据决算");
    expect(statesOf(over)).toEqual(["void"]);
  });

  it("is void when a portion appears in a list", () => {
    const listed = reworded(jiangxi, "income.composition");
    const more = withCell(listed, "t02/total/superior", wan(5));
    expect(statesOf(more)).toEqual(["void"]);
    expect(reads(more, "income.composition")).toContain("上级补助收入5万元");
  });

  it("survives that reasons are given, also optional ones, and prints them", () => {
    const id = "income.opening";
    const given = withAllReasons(reworded(jiangxi, id, "income.year"));
    expect(statesOf(given)).toEqual(["holds", "holds"]);
    expect(reads(given, "income.year")).toContain("按计划调整事项income.year");
  });

  it("prints nothing where the report has the sentence no more", () => {
    const id = "performance.project.1";
    const gone = withPerformance(reworded(jiangxi, id), { projects: [] });
    expect(statesOf(gone)).toEqual(["gone"]);
    expect(narrativeText(writeNarrative(gone))).not.toContain("据决算");
    expect(rewordingFindings(gone)[0]).toMatchObject({ rule: "R224", sentence: id });
  });

  it("takes figures of other places, printed by their kind", () => {
    const sources: [FigureSource, string][] = [
      [cell("t01/opening/final"), "259.34万元"],
      [prior("t01/opening/final"), "2858.59万元"],
      [cell("t09/vehicles_kept/final"), "0辆"],
      [cell("t09/domestic_persons/final"), "人次"],
      [fact("facts.people.active"), "人"],
      [{ kind: "sum", of: [cell("t03/total/basic"), cell("t03/total/project")] }, "4810.54万元"],
      [
        {
          kind: "difference",
          current: cell("t01/opening/final"),
          base: prior("t01/opening/final"),
        },
        "2599.25万元",
      ],
      [
        { kind: "rate", current: cell("t01/opening/final"), base: prior("t01/opening/final") },
        "90.93%",
      ],
      [{ kind: "share", part: cell("t03/total/basic"), whole: cell("t03/total/total") }, "11.69%"],
      [
        { kind: "share", part: cell("t03/total/basic"), whole: cell("t03/total/operating") },
        "不适用",
      ],
      [
        { kind: "completion", final: cell("t01/opening/final"), budget: cell("t01/opening/final") },
        "100%",
      ],
      [{ kind: "count", path: "performance.projects" }, "个"],
      [{ kind: "mean", path: "performance.projects" }, "分"],
      [{ kind: "grade", of: fact("performance.overall.score") }, "优"],
      [cell("t02/total/superior"), "无"],
      [fact("facts.people.nobody"), "〔待填：基本情况〕"],
    ];
    for (const [source, text] of sources) {
      const own = withNarrative(jiangxi, { additions: { income: [[{ figure: source }]] } });
      expect([source, reads(own, "income.addition.1")]).toEqual([
        source,
        expect.stringContaining(text),
      ]);
    }
  });
});

describe("every reader of the narrative", () => {
  const report = withAllReasons(reworded(jiangxi, "income.total"));
  const words = reads(report, "income.total");

  it("reads the reworded sentence: the published data, the printed document, our own reader", () => {
    const manifest: Manifest = { ...report.identity, edition: report.edition.id, sections: {} };
    const published = openReport(report, manifest, "").narrative[0]?.paragraphs[0]?.sentences[0];
    expect(published?.text).toBe(words);
    expect(published?.figures.map(({ text }) => text)).toEqual(["4914.2万元", "113.45万元"]);
    const income = writeNarrative(report).chapters[0];
    expect(String(paragraphsHtml(income ?? { paragraphs: [] }))).toContain(words);
    expect(checkOwnText(report)).toEqual(checkOwnText(withAllReasons(jiangxi)));
    expect(reasonSlots(report)).toEqual(reasonSlots(withAllReasons(jiangxi)));
  });
});

describe("what may be kept", () => {
  const kept = (rewritten: unknown, additions: unknown = {}) =>
    narrativeSchema.safeParse({ reasons: {}, purposes: {}, additions, rewritten }).success;
  const parts = [{ text: "收入" }, { figure: cell("t01/income_sum/final") }];

  it("is text and sources; paragraphs without sources of earlier reports stay readable", () => {
    expect(kept({ "income.total": { from: parts, parts } })).toBe(true);
    expect(kept(undefined, { income: ["另有说明。", parts] })).toBe(true);
  });

  it.each([
    ["a figure as printed", [{ figure: "4914.2万元" }]],
    ["a source and its digits", [{ figure: { ...cell("t01/income_sum/final"), value: 1 } }]],
    ["a cell of no table", [{ figure: { kind: "cell", cell: "facts/a/b" } }]],
    ["a path out of the report", [{ figure: { kind: "fact", path: "attachments.files.0" } }]],
    ["a line break", [{ text: "一\n二" }]],
    ["nothing", []],
  ])("is not %s", (_, tokens) => {
    expect(kept({ "income.total": { from: parts, parts: tokens } })).toBe(false);
  });

  it("is no source nested beyond measure, however deep, and refuses it without falling over", () => {
    let deep: unknown = cell("t01/income_sum/final");
    for (let level = 0; level < 50_000; level += 1) deep = { kind: "sum", of: [deep] };
    expect(kept({ "income.total": { from: parts, parts: [{ figure: deep }] } })).toBe(false);
    const wide = { kind: "sum", of: Array.from({ length: 6_000 }, () => cell("t01/a/final")) };
    expect(kept({ "income.total": { from: parts, parts: [{ figure: wide }] } })).toBe(false);
  });
});

describe("the findings on wording", () => {
  const found = (report: Report) =>
    rewordingFindings(report).map(({ rule, severity, sentence, quote }) => ({
      ...{ rule, severity, sentence, quote },
    }));

  it("are none of a narrative that nobody touched, nor of a faithful rewording", () => {
    for (const report of [jiangxi, shanghai]) {
      const whole = withAllReasons(report);
      expect(found(whole)).toEqual([]);
      expect(found(reworded(whole, ...rewritableIds(whole)))).toEqual([]);
    }
  });

  it("quote a void rewording and the sentence as it is now (R224)", () => {
    const changed = withCell(reworded(jiangxi, "income.total"), "t01/income_sum/final", wan(9000));
    const [finding] = rewordingFindings(changed);
    expect(finding).toMatchObject({ rule: "R224", severity: "error", sentence: "income.total" });
    expect(finding?.quote).toContain("据决算");
    expect(finding?.what).toContain(reads(changed, "income.total"));
  });

  it("name a dropped figure, and count a dropped required reason as an error (R225)", () => {
    const [from] = [skeletonsOf(jiangxi).get("income.year") ?? []];
    const parts = (statutoryOf(jiangxi).get("income.year") ?? []).filter(
      (token) => !("reason" in token) && !("figure" in token && token.figure.kind === "rate"),
    );
    const short = withNarrative(jiangxi, { rewritten: { "income.year": { from, parts } } });
    expect(found(short)).toEqual([
      { rule: "R225", severity: "warning", sentence: "income.year", quote: "114.60%" },
      {
        rule: "R225",
        severity: "error",
        sentence: "income.year",
        quote: expect.stringContaining("本年收入合计较2021年变动的主要原因") as string,
      },
    ]);
  });

  it("ask for every typed amount and percentage, but no count, year or bound figure (R223)", () => {
    const own = withNarrative(jiangxi, {
      additions: {
        income: [
          "2022年另有收入33.3万元，占0.71%，共3个项目。",
          [{ text: "收入总计" }, { figure: cell("t01/income_sum/final") }, { text: "。" }],
        ],
      },
    });
    expect(found(own)).toEqual([
      { rule: "R223", severity: "warning", sentence: "income.addition.1", quote: "33.3万元" },
      { rule: "R223", severity: "warning", sentence: "income.addition.1", quote: "0.71%" },
    ]);
  });

  it.each([
    ["difference", "income.total", "减少", "增加", "增加113.45万元"],
    ["rate", "income.opening", "下降", "增长", "增长90.93%"],
  ])(
    "name a direction that somebody turned before a bound %s (R202)",
    (_, id, is, turned, quote) => {
      const from = skeletonsOf(jiangxi).get(id) ?? [];
      const parts = (statutoryOf(jiangxi).get(id) ?? []).map((token) =>
        "text" in token ? { text: token.text.replace(is, turned) } : token,
      );
      const lying = withNarrative(jiangxi, { rewritten: { [id]: { from, parts } } });
      expect(reads(lying, id)).toContain(quote);
      expect(found(lying)).toEqual([{ rule: "R202", severity: "error", sentence: id, quote }]);
      const added = withNarrative(jiangxi, {
        additions: { income: [parts.filter((token) => !("reason" in token))] as never },
      });
      expect(found(added)).toContainEqual(
        expect.objectContaining({ rule: "R202", sentence: "income.addition.1", quote }),
      );
    },
  );

  it("leave the law's own thresholds alone", () => {
    const id = "assets.equipment";
    expect(reads(shanghai, id)).toContain("100万元");
    expect(found(reworded(shanghai, id))).toEqual([]);
  });

  it("tell an amount in a reason only where its chapter prints it", () => {
    const given = (reason: string) =>
      found(withNarrative(jiangxi, { reasons: { "income.year": reason } })).filter(
        ({ rule }) => rule === "R223",
      );
    expect(given("新增专项拨款2000万元")).toEqual([]);
    expect(given("本年收入4654.86万元，多于上年")).toEqual([
      { rule: "R223", severity: "warning", sentence: "income.year", quote: "4654.86万元" },
    ]);
  });
});

const runs = { numRuns: 40, seed: 2022 };

describe.each([
  ["jiangxi", jiangxi],
  ["shanghai", shanghai],
])("whatever the figures, the reworded %s narrative", (_, report) => {
  it("keeps no digit of a report: over other figures it reads as if worded over those", () => {
    const worded = reworded(report, ...rewritableIds(report));
    fc.assert(
      fc.property(randomised(worded, signedAmounts), (random) => {
        const statutory = new Map(
          sentencesOf({ chapters: writeStatutory(readFigures(random)) }).map(({ sentence }) => [
            sentence.id,
            sentenceText(sentence),
          ]),
        );
        const printed = sentences(random);
        for (const { sentence, state: standing } of rewritings(readFigures(random))) {
          if (standing === "gone") continue;
          const plain = statutory.get(sentence) ?? "";
          expect(sentenceText(printed.get(sentence) ?? { parts: [] })).toBe(
            standing === "holds" ? `据决算，${plain}（已核）` : plain,
          );
        }
      }),
      runs,
    );
  });

  it("changes wherever a changed cell is named, and the diff shows every such sentence", () => {
    const worded = reworded(report, ...rewritableIds(report));
    const before = sentences(report);
    fc.assert(
      fc.property(
        fc.constantFrom(...cellsOf(report)),
        fc.integer({ min: 1, max: 9_000_000_000 }),
        (address: CellAddress, value) => {
          const after = sentences(withCell(report, address, value));
          const changed = [...before].filter(([id, sentence]) => {
            const now = after.get(id);
            return now === undefined || sentenceText(now) !== sentenceText(sentence);
          });
          const shown = diffReports(worded, withCell(worded, address, value)).sentences;
          expect(shown.map(({ sentence }) => sentence)).toEqual(
            expect.arrayContaining(changed.map(([id]) => id)),
          );
        },
      ),
      runs,
    );
  });

  it("goes through its schema as it is, whatever the sources", () => {
    fc.assert(
      fc.property(randomised(report, signedAmounts), (random) => {
        const { narrative } = reworded(random, ...rewritableIds(random)).sections;
        expect(narrativeSchema.parse(JSON.parse(JSON.stringify(narrative)))).toEqual(narrative);
      }),
      runs,
    );
  });
});
