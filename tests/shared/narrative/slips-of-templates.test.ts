import { expect, it } from "vitest";
import { slipsIn } from "../../../shared/checks/wording/slips.ts";
import { writeReport } from "../../../shared/narrative/written-report.ts";
import { sentencesOf, sentenceText } from "../../../shared/narrative/written.ts";
import type { Report } from "../../../shared/report/report.ts";
import { emptySections } from "../../../shared/report/section-ids.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { variedEditions } from "../../examples/varied-editions.ts";

/** What is not filled in is where a template leaves its words without an object. */
function halfFilled(report: Report): [name: string, report: Report][] {
  const { sections } = report;
  const withSections = (changed: Partial<Omit<Sections, `t${number}`>>): Report => ({
    ...report,
    sections: { ...sections, ...changed },
  });
  const tables = report.edition.forms.map(({ id }) => id);
  return [
    ["filled", report],
    ["blank", { ...report, sections: emptySections }],
    ["without last year", withSections({ facts: { ...sections.facts, prior: {} } })],
    ["without facts", withSections({ facts: emptySections.facts })],
    ["without reasons", withSections({ narrative: emptySections.narrative })],
    // A unit's sentences are a department's but for a word.
    ...(report.identity.kind === "unit" ? [] : tables).map((id): [string, Report] => [
      `without ${id}`,
      { ...report, sections: { ...sections, [id]: { rows: [] } } },
    ]),
  ];
}

it.each(variedEditions.map((edition) => [edition.id, edition] as const))(
  "no sentence of %s doubles a word or a sign, or is a year alone, however much is filled in",
  (_, edition) => {
    const found = (["department", "unit"] as const).flatMap((kind) =>
      halfFilled(sampleReport(edition, { seed: 3, kind })).flatMap(([name, report]) => {
        const { overview, narrative } = writeReport(report);
        return [overview, narrative].flatMap(sentencesOf).flatMap(({ sentence }) => {
          const text = sentenceText(sentence);
          const isAlone = /^[，。；：、]/u.test(text);
          return isAlone || slipsIn(text).length > 0 ? [`${name} ${sentence.id}: ${text}`] : [];
        });
      }),
    );
    expect(found).toEqual([]);
  },
);
