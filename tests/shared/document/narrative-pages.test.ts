import { describe, expect, it } from "vitest";
import { narrativePages } from "../../../shared/document/narrative-pages.ts";
import { reportDocument } from "../../../shared/document/report-document.ts";
import { writeReport } from "../../../shared/narrative/written-report.ts";
import { sentencesOf } from "../../../shared/narrative/written.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { variedEditions } from "../../examples/varied-editions.ts";

const hostile = `<img src=x onerror="alert(1)"></span><script>alert(2)</script>`;

describe.each(variedEditions.map((edition) => [edition.id, edition] as const))(
  "the narrative of %s beside its text",
  (_, edition) => {
    const sample = sampleReport(edition, { seed: 5 });
    const { chapters } = writeReport(sample).narrative;
    const report = {
      ...sample,
      sections: {
        ...sample.sections,
        narrative: {
          ...sample.sections.narrative,
          additions: { [chapters[0]?.id ?? ""]: [hostile] },
        },
      },
    };
    const written = writeReport(report);
    const pages = narrativePages(report, written.narrative, { isDraft: true });
    const printed = reportDocument(report, { pageOf: new Map(), status: "draft", ...written });

    it("is what the report prints, sentence by sentence", () => {
      const sections = pages.html.split("</section>\n").filter((part) => part !== "");
      expect(sections.length).toBeGreaterThan(0);
      for (const section of sections) {
        expect(printed).toContain(
          section.replaceAll(/<span data-sentence="[^"]*">|<\/span>/gu, (tag, at: number) =>
            isOfHeading(section, tag, at) ? tag : "",
          ),
        );
      }
      expect(printed).toContain(pages.css);
    });

    it("has an element for every sentence", () => {
      const ids = [...pages.html.matchAll(/data-sentence="([^"]*)"/gu)].map(([, id]) => id);
      expect(ids).toEqual(sentencesOf(written.narrative).map(({ sentence }) => sentence.id));
    });

    it("has what people typed as text", () => {
      expect(pages.html).toContain("&lt;script&gt;");
      expect(pages.html).not.toMatch(/<(?:img|script)/u);
    });
  },
);

/** The ordinal and the title of a part are elements in print as well. */
const isOfHeading = (section: string, tag: string, at: number): boolean =>
  tag === "</span>" && at < section.indexOf("</h1>");
