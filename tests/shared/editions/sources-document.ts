import type { EditionSources, Source } from "../../../shared/forms/edition-sources.ts";
import type { EditionData } from "../../../shared/editions/edition-data.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import {
  sourceList,
  standingOf,
  type SourcedItem,
  type Standing,
} from "../../../shared/editions/source-list.ts";
import { sourceWords, standingName } from "../../../shared/editions/source-words.ts";

/** `docs/edition-sources.md`: where every table and sentence of the shipped editions was found. */

const command = "npx vitest run tests/shared/editions/sources.test.ts -u";

export interface SourcedEdition {
  readonly edition: EditionData;
  readonly items: readonly SourcedItem[];
}

export const sourcedEditions = (): SourcedEdition[] =>
  shippedEditions.all.map((edition) => {
    const base = edition.base === undefined ? undefined : shippedEditions.byId(edition.base);
    const data = editionData(edition);
    return { edition: data, items: sourceList(data, base && editionData(base)) };
  });

const standings = Object.entries(standingName) as [Standing, string][];

export const sourcesDocument = (): string =>
  [
    "# Sources of the editions (版式的依据)",
    "",
    `Printed from \`shared/editions/\` by \`${command}\`; a test holds it, and that every table and sentence has a source. 见于印本: seen in a published report or a bureau's template; 见于目录: seen in a report's contents, its title and place but not its columns; 按决算报表: after a form of the national accounts; 未见印本: general knowledge; 沿用底本: as in the edition it derives from, seen nowhere for this region and year. A table seen in a list of contents may have its columns from the accounts.`,
    "",
    `| 版式 | ${["报表", "句子"].flatMap((what) => standings.map(([, name]) => `${what}：${name}`)).join(" | ")} |`,
    `| --- | ${Array.from({ length: 2 * standings.length }, () => "---").join(" | ")} |`,
    ...sourcedEditions().map(
      ({ edition, items }) =>
        `| ${edition.id} | ${(["table", "sentence"] as const).flatMap((kind) => standings.map(([standing]) => counted(items, kind, standing))).join(" | ")} |`,
    ),
    ...sourcedEditions().flatMap(section),
    "",
  ].join("\n");

const counted = (items: readonly SourcedItem[], kind: SourcedItem["kind"], standing: Standing) =>
  String(items.filter((item) => item.kind === kind && standingOf(item) === standing).length);

function section({ edition, items }: SourcedEdition): string[] {
  const { sources, name, base } = edition;
  const own = items.filter(({ sources: stated }) => stated.length > 0);
  const taken = items.filter(({ sources: stated }) => stated.length === 0);
  const inWords = (source: Source) => words(source, sources);
  return [
    "",
    `## ${name}`,
    "",
    ...(sources?.layout ?? []).map((source) => `- 次序和题名：${inWords(source)}`),
    ...grouped(own, inWords),
    ...(taken.length === 0
      ? []
      : [
          `- 沿用 ${base ?? ""}：${[
            ...taken.filter(({ kind }) => kind === "table").map(({ title }) => `《${title}》`),
            `${String(taken.filter(({ kind }) => kind === "sentence").length)} 个句子`,
          ].join("、")}`,
        ]),
  ];
}

/** Tables one by one, sentences by chapter where the whole chapter has one source. */
function grouped(own: readonly SourcedItem[], inWords: (source: Source) => string): string[] {
  const lines = new Map<string, number>();
  for (const { kind, id, title, sources } of own) {
    const stated = sources.map(inWords).join("；");
    const subject = kind === "table" ? `${id}《${title}》` : `“${title}”`;
    const line = `- ${subject}：${stated}`;
    lines.set(line, (lines.get(line) ?? 0) + 1);
  }
  return [...lines].map(([line, count]) =>
    count === 1 ? line : line.replace("”：", `”${String(count)} 句：`),
  );
}

function words(source: Source, sources: EditionSources | undefined): string {
  const { standing, document, address, note } = sourceWords(source, sources);
  if (document === undefined) return `${standing}：${note ?? ""}`;
  const named = address === undefined ? document : `[${document}](${address})`;
  const space = document.startsWith("《") ? "" : " ";
  return `${standing}${space}${named}${note === undefined ? "" : `（${note}）`}`;
}
