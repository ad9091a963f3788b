import type { EditionData } from "./edition-data.ts";
import type { EditionFault } from "./load-edition.ts";

/** Each content of a report is in one part, and each chapter of the narrative in one. */
export function partFaults({ parts, sentences }: EditionData): EditionFault[] {
  const chapters = sentences.narrative.map(({ id }) => id);
  const taken = parts.flatMap(({ chapters: own = [] }) => own);
  const holding = (content: string) => parts.filter(({ holds }) => holds === content);
  const whole = holding("narrative").filter(({ chapters: own }) => own === undefined);
  return [
    ...(["overview", "tables", "glossary"] as const).flatMap((content) =>
      holding(content).length === 1 ? [] : [`“${contentNames[content]}”应在且只在一个部分中。`],
    ),
    ...(holding("attachments").length > 1 ? ["“附件”只能在一个部分中。"] : []),
    ...(whole.length === 1 ? [] : ["应有且只有一个不列章的部分，收没有另列的情况说明各章。"]),
    ...parts.flatMap(({ title, holds, chapters: own = [] }) => [
      ...(own.length > 0 && holds !== "narrative" ? [`“${title}”不是情况说明，不能列章。`] : []),
      ...own
        .filter((id) => !chapters.includes(id))
        .map((id) => `“${title}”所列的章“${id}”不在情况说明中。`),
    ]),
    ...parts.flatMap(({ title, holds, continues }, index) =>
      continues !== true
        ? []
        : index === 0
          ? [`“${title}”是第一个部分，不能并入前一部分。`]
          : holds === "tables" || holds === "attachments"
            ? [`“${title}”是决算表或附件，须自成一个部分。`]
            : [],
    ),
    ...taken
      .filter((id, index) => taken.indexOf(id) !== index)
      .map((id) => `章“${id}”列在了两个部分中。`),
  ].map((message) => ({ path: "parts", message }));
}

const contentNames = { overview: "概况", tables: "决算表", glossary: "名词解释" } as const;
