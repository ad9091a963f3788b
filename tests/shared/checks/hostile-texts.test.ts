import { describe, expect, it } from "vitest";
import { checkDraft } from "../../../shared/checks/check-draft.ts";
import { mostAtAPlace } from "../../../shared/checks/few-at-a-place.ts";
import { checkPrintedText } from "../../../shared/checks/text/check-printed-text.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { loadExample } from "../../examples/load-example.ts";
import { hostileReport, hostileTexts } from "../../hostile/texts.ts";

const report = loadExample("jingdezhen-2022");

/** Of this process alone, so that a loaded machine does not count. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
}

describe("a text nobody wrote for people", () => {
  // A reader that looks at every pair of places takes minutes for these, a linear one a tenth of a second.
  it.each(hostileTexts)("of $name is read in time that grows with its length", ({ unit }) => {
    const hostile = hostileReport(report, unit, 12_000);
    checkDraft(report);
    expect(cpuMs(() => checkDraft(hostile))).toBeLessThan(1_000);
  });

  it.each(hostileTexts)("of $name in one line of a published text is read as well", ({ unit }) => {
    const line = unit.repeat(Math.ceil(12_000 / unit.length));
    expect(
      cpuMs(() => checkPrintedText(`一、收入决算情况说明\n${line}`, shippedEditions.all)),
    ).toBeLessThan(1_000);
  });

  it("is reported a few times at a place, with how often beyond", () => {
    const paragraphs = 6;
    const hostile = hostileReport(report, "1%", paragraphs * 4_990);
    const found = checkDraft(hostile).findings.filter(({ rule }) => rule === "R223");
    expect(found.length).toBe(paragraphs * mostAtAPlace);
    expect(found.filter(({ message }) => message.includes("此处另有2475个"))).toHaveLength(
      paragraphs,
    );
  });
});
