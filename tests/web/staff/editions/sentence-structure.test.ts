import { describe, expect, it } from "vitest";
import type { Sentences } from "../../../../shared/forms/sentences-schema.ts";
import { editionData } from "../../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { compileSentences } from "../../../../shared/narrative/template/compile.ts";
import { factKind } from "../../../../shared/narrative/template/fact-paths.ts";
import {
  newParagraph,
  newSentence,
  newSubheading,
  patternUses,
  withChapter,
  withEach,
  withNewChapter,
  withNewPattern,
  withNumberedHeadings,
} from "../../../../web/staff/editions/sentence-structure.ts";
import { shippedEdition } from "../../../examples/editions.ts";

const edition = shippedEdition("national-2025");
const { sentences } = edition;
const faultsOf = (made: Sentences) => {
  const compiled = compileSentences(made, edition, factKind);
  return compiled.ok ? [] : compiled.error;
};

describe("chapters and sentences added on the desk", () => {
  it("are sound at once, however many are added", () => {
    const place = { part: "narrative", index: 1 } as const;
    const twice = withNewChapter(withNewChapter(sentences, place), place);
    expect(twice.narrative).toHaveLength(sentences.narrative.length + 2);
    expect(twice.narrative.slice(2, 4).map(({ id }) => id)).toEqual(["chapter_2", "chapter_1"]);
    expect(faultsOf(twice)).toEqual([]);
    const chapter = twice.narrative[2];
    if (chapter === undefined) throw new Error("The chapter was added.");
    const longer = withChapter(
      twice,
      { part: "narrative", index: 2 },
      {
        ...chapter,
        paragraphs: [
          ...chapter.paragraphs,
          newSubheading(twice, chapter.id),
          newParagraph(twice, chapter.id),
        ],
      },
    );
    expect(faultsOf(longer)).toEqual([]);
  });

  it("may be of a pattern that paragraphs share", () => {
    const made = withNewPattern(sentences);
    expect(made && faultsOf(made)).toEqual([]);
    expect(Object.keys(made?.patterns ?? {})).toContain("句式一");
    expect(made && patternUses(made, "句式一")).toBe(0);
  });

  it("have ids that tell the entries of a list apart", () => {
    expect(newSentence(sentences, "income", undefined).id).toBe("income.added_1");
    expect(newSentence(sentences, "income", "单位").id).toBe("income.added_1.#");
    expect(newSentence(sentences, "income", "三公分项").id).toBe("income.added_1.*");
    const paragraph = newParagraph(sentences, "income");
    const repeated = withEach(sentences, paragraph, "三公分项");
    expect(repeated).toMatchObject({ each: "三公分项", sentences: [{ id: "income.added_1.*" }] });
    expect(withEach(sentences, repeated, "单位").sentences).toMatchObject([
      { id: "income.added_1.#" },
    ]);
    expect(withEach(sentences, repeated, undefined)).toEqual(paragraph);
  });

  it("are numbered in their order, where they bear a number", () => {
    const data = editionData(edition);
    const first = withNewChapter(sentences, { part: "narrative", index: 0 });
    const headings = withNumberedHeadings({ ...data, sentences: first }).sentences.narrative.map(
      ({ heading }) => heading.slice(0, 3),
    );
    expect(headings.slice(0, 3)).toEqual(["一、收", "二、新", "三、收"]);
  });

  it.each(shippedEditions.all.map((one) => [one.id, one] as const))(
    "are numbered as %s prints them, part by part",
    (_, one) => {
      const data = editionData(one);
      expect(withNumberedHeadings(data)).toEqual(data);
    },
  );
});
