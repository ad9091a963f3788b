import { differencesBetween, type Difference } from "../../../shared/editions/differences.ts";
import { editionData } from "../../../shared/editions/counted-edition.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";

/** `docs/editions.md`: what each shipped edition has otherwise than its base. */

const command = "npx vitest run tests/shared/editions/editions-document.test.ts -u";

export const editionsDocument = (): string =>
  [
    "# Editions (报表版式)",
    "",
    `Printed from \`shared/editions/\` by \`${command}\`; a test holds it. What an edition does not have otherwise is its base's. Templates are in the grammar of [templates.md](templates.md).`,
    "",
    "| Edition | Year | Tables | Base | Differences |",
    "| --- | --- | --- | --- | --- |",
    ...shippedEditions.all.map(
      (edition) =>
        `| ${edition.id} ${edition.name} | ${String(edition.year)} | ${String(printedTables(edition))} | ${edition.base ?? ""} | ${String(differencesOf(edition).length)} |`,
    ),
    ...shippedEditions.all.flatMap(section),
    "",
  ].join("\n");

const printedTables = ({ forms }: Edition): number =>
  forms.filter(({ unprinted }) => unprinted !== true).length;

function differencesOf(edition: Edition): readonly Difference[] {
  const base = edition.base === undefined ? undefined : shippedEditions.byId(edition.base);
  return base === undefined ? [] : differencesBetween(editionData(base), editionData(edition));
}

const section = (edition: Edition): string[] => {
  const differences = differencesOf(edition);
  if (differences.length === 0) return [];
  const groups = [...new Set(differences.map(groupOf))];
  return [
    "",
    `## ${edition.name}`,
    ...groups.flatMap((group) =>
      listed(
        group,
        differences.filter((difference) => groupOf(difference) === group),
      ),
    ),
  ];
};

/** 表, 说明文字的数据, 说明文字的章 …: what a reader looks for together. */
const groupOf = ({ place: [member = "", part = ""] }: Difference): string =>
  member === "说明文字" ? `${member}：${part}` : member;

const listed = (group: string, differences: readonly Difference[]): string[] => [
  "",
  `### ${group}（${String(differences.length)} 处）`,
  "",
  ...differences.map(({ place, before, after }) => {
    const within = place.slice(group.includes("：") ? 2 : 1).join(" · ");
    const at = within === "" ? "" : `${inline(within)}：`;
    if (after === undefined) return `- ${at}删去${quoted(before)}`;
    if (before === undefined) return `- ${at}增加${quoted(after)}`;
    return `- ${at}${quoted(before)} → ${quoted(after)}`;
  }),
];

const quoted = (text = ""): string => `“${inline(text)}”`;

/** As text and not as markup. */
const inline = (text: string): string =>
  text.replaceAll(/[*_\\[\]|]/gu, "\\$&").replaceAll("\n", " ");
