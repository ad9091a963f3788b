import { describe, expect, it } from "vitest";
import { checkSections } from "../../../shared/checks/sections/check-sections.ts";
import { factLimits, limitAt } from "../../../shared/report/fact-limits.ts";
import type { Report } from "../../../shared/report/report.ts";
import { changed, completeReport, wan } from "../checks/sections/complete-report.ts";

/** The report with one figure of the facts changed. */
const withFact = (place: string, value: number): Report =>
  changed(completeReport, (sections) => {
    const [group = "", key = ""] = place.split(".");
    Object.assign((sections.facts as unknown as Record<string, object>)[group] ?? {}, {
      [key]: value,
    });
  });
const foundAt = (report: Report, place: string) =>
  checkSections(report).findings.filter(
    ({ path, expected }) => path === `facts.${place}` && expected?.startsWith("不超过") === true,
  ).length;

describe.each(factLimits.map(({ place }) => place))("the limit of %s", (place) => {
  const { most } = limitAt(completeReport, place) ?? { most: Number.NaN };
  it("is that of a rule: reached it passes, exceeded it does not", () => {
    expect(most).toBeGreaterThanOrEqual(0);
    expect(foundAt(withFact(place, most), place)).toBe(0);
    expect(foundAt(withFact(place, most + wan), place)).toBeGreaterThan(0);
  });
});

it("there is none where its whole is not filled in", () => {
  const without = changed(completeReport, (sections) => {
    delete sections.facts.procurement;
  });
  expect(limitAt(without, "procurement.sme")).toBeUndefined();
  expect(limitAt(completeReport, "people.active")).toBeUndefined();
});
