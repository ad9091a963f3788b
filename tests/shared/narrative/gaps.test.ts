import { describe, expect, it } from "vitest";
import { narrativeGaps, reasonSlots } from "../../../shared/narrative/gaps.ts";
import { partText } from "../../../shared/narrative/written.ts";
import {
  jiangxi,
  shanghai,
  wan,
  withAllReasons,
  withCell,
  withNarrative,
  without,
  withPrior,
} from "./reports.ts";

const slot = (report: typeof jiangxi, name: string) =>
  reasonSlots(report).find((each) => each.slot === name);

const openReasons = (report: typeof jiangxi) =>
  narrativeGaps(report).flatMap((gap) => (gap.missing === "reason" ? [gap.slot] : []));

describe("the reasons a report needs", () => {
  it("follow from its figures and say what is to be explained", () => {
    const asked = slot(jiangxi, "income.year");
    expect(asked).toMatchObject({
      chapter: "income",
      sentence: "income.year",
      required: true,
      about: "本年收入合计较2021年变动的主要原因",
    });
    expect(asked?.change.map(partText).join("")).toBe("增加2485.8万元，增长114.60%");
  });

  it("are not asked where nothing changed, and asked again when it does", () => {
    const same = withPrior(jiangxi, { "t01/income_total/final": wan(4654.86) });
    expect(slot(same, "income.year")).toBeUndefined();
    expect(slot(jiangxi, "class.210")).toBeUndefined();
    expect(slot(withCell(jiangxi, "t04/210/total", wan(25)), "class.210")?.required).toBe(true);
  });

  it("are not asked while a figure is still missing", () => {
    const blank = withCell(jiangxi, "t01/income_total/final", undefined);
    expect(slot(blank, "income.year")).toBeUndefined();
  });

  it("know the optional ones apart", () => {
    expect(slot(jiangxi, "income.opening")?.required).toBe(false);
    expect(openReasons(jiangxi)).not.toContain("income.opening");
  });

  it("carry what was given", () => {
    const given = withNarrative(jiangxi, { reasons: { "income.year": "新增专项" } });
    expect(slot(given, "income.year")?.given).toBe("新增专项");
    expect(openReasons(given)).not.toContain("income.year");
  });

  it("are still missing when they say nothing", () => {
    const dot = withNarrative(jiangxi, { reasons: { "income.year": "。" } });
    expect(openReasons(dot)).toContain("income.year");
  });

  it("have slots that a section can hold, each once", () => {
    for (const report of [jiangxi, shanghai]) {
      const slots = reasonSlots(report).map((each) => each.slot);
      expect(new Set(slots).size).toBe(slots.length);
      expect(slots.every((each) => /^[a-z0-9_.]{1,60}$/.test(each))).toBe(true);
    }
  });
});

describe("gaps", () => {
  it("close one by one, down to none", () => {
    for (const report of [jiangxi, shanghai]) {
      expect(openReasons(report).length).toBeGreaterThan(5);
      expect(narrativeGaps(withAllReasons(report))).toEqual([]);
    }
  });

  it("name chapter, sentence and the cell that is empty", () => {
    const blank = withCell(withAllReasons(jiangxi), "t01/income_sum/final", undefined);
    expect(narrativeGaps(blank)).toEqual([
      {
        missing: "figure",
        what: "收入总计",
        source: { kind: "cell", cell: "t01/income_sum/final" },
        chapter: "income",
        sentence: "income.total",
      },
    ]);
  });

  it("count the parts of 第一部分 too", () => {
    const facts = without(jiangxi.sections.facts, "people");
    const nobody = {
      ...withAllReasons(jiangxi),
      sections: { ...withAllReasons(jiangxi).sections, facts },
    };
    expect(narrativeGaps(nobody).map(({ chapter }) => chapter)).toEqual(["profile"]);
  });
});
