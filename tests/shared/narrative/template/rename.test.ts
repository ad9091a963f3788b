import { describe, expect, it } from "vitest";
import { loadSoundEdition } from "../../../../shared/editions/load-edition.ts";
import { editionData } from "../../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import type { Edition } from "../../../../shared/forms/form.ts";
import type { Sentences } from "../../../../shared/forms/sentences-schema.ts";
import { renamed, usesOf, type NameKind } from "../../../../shared/narrative/template/rename.ts";
import { writeReport } from "../../../../shared/narrative/written-report.ts";
import { sampleReport } from "../../../../shared/sample/sample-report.ts";
import { example, sentencesWith } from "./written.ts";

const written = (edition: Edition): string => {
  const report = sampleReport(edition, { seed: 1 });
  return JSON.stringify(writeReport({ ...report, edition }));
};
const withNames = (edition: Edition, change: (sentences: Sentences) => Sentences): Edition =>
  loadSoundEdition({ ...editionData(edition), sentences: change(edition.sentences) });

describe("another name of a quantity or list", () => {
  it.each(shippedEditions.all.map((edition) => [edition.id, edition] as const))(
    "changes nothing that %s prints, whichever is renamed",
    (_, edition) => {
      const all = (kind: NameKind) => (sentences: Sentences) =>
        Object.keys(sentences[kind]).reduce(
          (known, from) => renamed(known, { kind, from, to: `新的${from}` }),
          sentences,
        );
      const renamedAll = withNames(edition, (old) => all("lists")(all("quantities")(old)));
      expect(Object.keys(renamedAll.sentences.quantities).every((one) => /^新的/u.test(one))).toBe(
        true,
      );
      expect(written(renamedAll)).toBe(written(edition));
    },
  );

  it("is put where the name is used as such, and nowhere else", () => {
    const sentences = sentencesWith(
      [
        {
          text: "{金额 甲}{字样 甲 甲}{若 非零 甲 且 有 甲}{逐 甲 分隔=甲}{名目 甲}{完}{完}甲",
          when: "已填 甲 或 并非 没有 甲",
        },
      ],
      { quantities: { 甲: "t01/total/final" }, lists: { 甲: { entries: "facts.units" } } },
    );
    const [chapter] = renamed(sentences, { kind: "quantities", from: "甲", to: "乙" }).narrative;
    expect(chapter?.paragraphs[0]).toMatchObject({
      when: "已填 乙 或 并非 没有 甲",
      sentences: [
        { text: "{金额 乙}{字样 甲 乙}{若 非零 乙 且 有 甲}{逐 甲 分隔=甲}{名目 乙}{完}{完}甲" },
      ],
    });
    const [other] = renamed(sentences, { kind: "lists", from: "甲", to: "丙" }).narrative;
    expect(other?.paragraphs[0]).toMatchObject({
      when: "已填 甲 或 并非 没有 丙",
      sentences: [
        { text: "{金额 甲}{字样 甲 甲}{若 非零 甲 且 有 丙}{逐 丙 分隔=甲}{名目 甲}{完}{完}甲" },
      ],
    });
  });

  it("counts where a name is used", () => {
    const sentences = sentencesWith([{ text: "{金额 甲}{较上年 甲 引=，}" }], {
      quantities: { 甲: "t01/total/final", 乙: { of: { sum: ["甲"] } } },
    });
    expect(usesOf(sentences, "quantities", "甲")).toBe(3);
    expect(usesOf(sentences, "quantities", "乙")).toBe(0);
    expect(usesOf(example.edition.sentences, "lists", "没有这个列表")).toBe(0);
  });
});
