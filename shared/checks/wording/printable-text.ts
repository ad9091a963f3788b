import type { CellAddress } from "../../forms/cell.ts";
import { columnsOf } from "../../forms/canonical-table.ts";
import { tableName } from "../../forms/place-name.ts";
import type { Report } from "../../report/report.ts";
import { tableIn, type SectionId } from "../../report/section-ids.ts";
import { placeInText } from "../../text/characters.ts";
import { textFieldAt } from "../../text/fields.ts";
import { unprintableIn, unprintableWords } from "../../text/printable.ts";
import { judged, type SectionFault } from "../sections/section-fault.ts";
import type { Rule } from "../rule.ts";

/**
 * Whether the fonts have every character that is printed. A report that fails here would pass every level and then
 * wait for ever to become public.
 */

interface PrintedText {
  readonly section: SectionId;
  readonly path: string;
  readonly name: string;
  readonly text: string;
  readonly cells?: readonly CellAddress[];
}

/** Everything of the report that comes from people and is printed or published with it, whoever typed it. */
function printedTexts(report: Report): PrintedText[] {
  const { facts, narrative, performance, attachments, explanations } = report.sections;
  const { rewritten = {}, ...typed } = narrative;
  return [
    {
      ...({ section: "facts", path: "facts.units", name: "单位全称" } as const),
      text: report.identity.orgName,
    },
    ...report.edition.forms.flatMap((form) =>
      tableIn(report.sections, form.id).rows.flatMap(({ key, name }, index): PrintedText[] => {
        if (name === undefined) return [];
        const [column] = columnsOf(form, key);
        return [
          {
            section: form.id,
            path: `${form.id}.rows.${String(index)}.name`,
            name: `${tableName(form.id, report.edition)}科目${key}的名称`,
            text: name,
            ...(column === undefined ? {} : { cells: [`${form.id}/${key}/${column.key}`] }),
          },
        ];
      }),
    ),
    ...textsIn("facts", facts),
    ...textsIn("narrative", typed),
    // Of a reworded sentence its words are printed; what it was reworded from is kept for comparison.
    ...Object.entries(rewritten).flatMap(([sentence, { parts }]) =>
      textsIn("narrative", parts, ["rewritten", sentence, "parts"]),
    ),
    ...textsIn("performance", performance),
    ...attachments.files.flatMap(({ name, disclosed }, index) =>
      disclosed ? textsIn("attachments", name, ["files", index, "name"]) : [],
    ),
    // The reasons of warnings are published with the ledger, those at a slot are printed in their sentence.
    ...explanations.entries.flatMap(({ reason }, index) =>
      textsIn("explanations", reason, ["entries", index, "reason"]),
    ),
  ];
}

/** Every text of a section, however deep, so that a new member is printed by nobody unseen. */
function textsIn(
  section: SectionId,
  value: unknown,
  path: readonly (string | number)[] = [],
): PrintedText[] {
  if (typeof value === "string") {
    const { name } = textFieldAt(path);
    return [{ section, path: [section, ...path].join("."), name, text: value }];
  }
  if (typeof value !== "object" || value === null) return [];
  const members: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.map((member: unknown, index) => [index, member] as const)
    : Object.entries(value);
  return members.flatMap(([key, member]) => textsIn(section, member, [...path, key]));
}

function faultsOf({ text, name, ...place }: PrintedText, report: Report): SectionFault[] {
  return unprintableIn(text, report.licensedCharacters).map((found) => {
    const words = unprintableWords(found);
    return {
      ...place,
      // The same path may hold several; each is a finding of its own.
      actual: words.name,
      what: `${name}里有印不出的字符：${placeInText(text, found.index)}是 ${words.name}`,
      mend: words.mend,
    };
  });
}

export const printableTextRules: readonly Rule[] = [
  {
    id: "S506",
    statement: "印出和公开的文字、名称里的每个字符，现有字库都有",
    basis: "《国家通用语言文字法》第九条",
    severity: "error",
    tolerance: "none",
    sections: {
      scope: "sections",
      run: (report) =>
        judged(
          printedTexts(report)
            .filter(({ text }) => text.trim() !== "")
            .flatMap((one): (SectionFault | undefined)[] => {
              const faults = faultsOf(one, report);
              return faults.length === 0 ? [undefined] : faults;
            }),
        ),
    },
  },
];
