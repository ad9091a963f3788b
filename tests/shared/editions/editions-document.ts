import { differencesBetween, type Difference } from "../../../shared/editions/differences.ts";
import { editionData } from "../../../shared/editions/load-edition.ts";
import { nationalEdition } from "../../../shared/editions/national/edition.ts";
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
        `| ${edition.id} ${edition.name} | ${String(edition.year)} | ${String(printedTables(edition))} | ${nationalEdition.id} | ${String(differencesOf(edition).length)} |`,
    ),
    ...shippedEditions.all.flatMap(section),
    "",
  ].join("\n");

const printedTables = ({ forms }: Edition): number =>
  forms.filter(({ unprinted }) => unprinted !== true).length;

const differencesOf = (edition: Edition): readonly Difference[] =>
  differencesBetween(nationalEdition, editionData(edition));

const section = (edition: Edition): string[] => [
  "",
  `## ${edition.name}`,
  "",
  "| 处 | 原 | 改为 |",
  "| --- | --- | --- |",
  ...differencesOf(edition).map(
    ({ place, before, after }) =>
      `| ${cell(place.join(" · "))} | ${cell(before)} | ${cell(after)} |`,
  ),
];

const cell = (text = "（无）"): string =>
  text.replaceAll("|", "\\|").replaceAll("*", "\\*").replaceAll("_", "\\_").replaceAll("\n", " ");
