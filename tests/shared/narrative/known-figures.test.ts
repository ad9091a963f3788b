import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { amountText } from "../../../shared/narrative/figures.ts";
import { bindingOffers, knownFigures } from "../../../shared/narrative/known-figures.ts";
import { cell } from "../../../shared/narrative/sources.ts";
import { loadExample } from "../../examples/load-example.ts";
import { jiangxi, wan, withCell } from "./reports.ts";

const known = knownFigures(jiangxi);
const offered = (text: string, near: readonly string[] = []) =>
  bindingOffers(text, known, near).map(({ text: typed, offers: [best] }) => ({
    typed,
    ...(best === undefined ? {} : { name: best.name, text: best.text, exact: best.exact }),
  }));

describe("a typed figure", () => {
  it.each(["4914.2万元", "4,914.20万元", "49142000元", "49,142,000.00元", "0.49142亿元"])(
    "that equals a known quantity is offered it, in whatever unit: %s",
    (typed) => {
      expect(offered(`收入总计${typed}。`)).toEqual([
        { typed, name: "公开01表 第31行 收入总计", text: "4914.2万元", exact: true },
      ]);
    },
  );

  it.each([
    ["减少2599.25万元", "公开01表 第29行 年初结转和结余较2021年增减额", "2599.25万元"],
    ["下降90.93%", "公开01表 第29行 年初结转和结余较2021年增减率", "90.93%"],
    ["占11.69%", "公开03表 合计 基本支出占公开03表 合计 本年支出合计的比重", "11.69%"],
    ["上年2858.59万元", "2021年公开01表 第29行 年初结转和结余", "2858.59万元"],
  ])("may equal what is reckoned, without its sign, or last year's: %s", (text, name, printed) => {
    expect(offered(text)[0]).toMatchObject({ name, text: printed, exact: true });
  });

  it("rounded further is offered as alike, and not at all where it says something else", () => {
    expect(offered("约4914万元")).toEqual([
      { typed: "4914万元", name: "公开01表 第31行 收入总计", text: "4914.2万元", exact: false },
    ]);
    expect(offered("4914.3万元，33.3万元")).toEqual([
      { typed: "4914.3万元" },
      { typed: "33.3万元" },
    ]);
    expect(offered("5亿元")[0]).toEqual({ typed: "5亿元" });
  });

  it("is offered the quantity of its own sentence first, then of its chapter", () => {
    const best = (near: string[]) => bindingOffers("4914.2万元", known, near)[0]?.offers[0]?.source;
    expect(best(["expense.total", "expense"])).toEqual(cell("t01/expense_sum/final"));
    expect(best(["income.year", "income"])).toEqual(cell("t01/income_sum/final"));
  });

  it("is not offered an empty cell for a zero", () => {
    expect(offered("共0万元，占0%")).toEqual([{ typed: "0万元" }, { typed: "0%" }]);
  });

  it("is named with its place", () => {
    const text = "共计4914.2万元。";
    const [figure] = bindingOffers(text, known);
    expect(text.slice(figure?.start, figure?.end)).toBe("4914.2万元");
  });

  it("as printed is always offered the cell it was printed from", () => {
    fc.assert(
      fc.property(fc.integer({ min: 10_000, max: 9_000_000_000_000 }), (value) => {
        const report = withCell(jiangxi, "t02/total/superior", value);
        const offers = bindingOffers(amountText(value), knownFigures(report))[0]?.offers ?? [];
        expect(offers.filter(({ exact }) => exact).map(({ source }) => source)).toContainEqual(
          cell("t02/total/superior"),
        );
      }),
      { numRuns: 30, seed: 2022 },
    );
  });
});

describe("known quantities", () => {
  it.each(["jingdezhen-2022", "putuo-2024"] as const)(
    "of %s have a name and a text each",
    (example) => {
      const figures = knownFigures(loadExample(example));
      expect(figures.length).toBeGreaterThan(200);
      for (const { name, text, size } of figures) {
        expect(name).not.toMatch(/undefined|基本情况|\bt\d\d\//u);
        expect(text).toMatch(/\d/u);
        expect(size).toBeGreaterThan(0);
      }
    },
  );

  it("hold cells, last year's, facts and what the narrative reckons", () => {
    const kinds = new Set(known.map(({ source }) => source.kind));
    expect([...kinds].sort()).toEqual([
      ...["cell", "completion", "count", "difference", "fact", "mean", "prior", "rate"],
      ...["share", "sum"],
    ]);
    expect(known.every(({ size }) => size !== wan(0))).toBe(true);
  });
});
