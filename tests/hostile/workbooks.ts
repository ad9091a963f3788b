import { Buffer } from "node:buffer";
import {
  workbookEntries,
  zipFile,
  type ZipEntry,
} from "../functions/use-cases/workbook/zip-file.ts";

export interface HostileWorkbook {
  readonly name: string;
  readonly bytes: () => Uint8Array;
  /** Read within the bounds all the same, its excess passed over. */
  readonly isRead?: true;
}

const plain = workbookEntries('<row r="1"><c r="A1"><v>1</v></c></row>');
const namespace = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';

/** Text that packs no tighter than real tables do, so that the ratio of its entry says nothing. */
function repeated(count: number, one: (index: number) => string): string {
  const parts: string[] = [];
  for (let index = 0; index < count; index += 1) parts.push(one(index));
  return parts.join("");
}
const noise = (index: number): string => ((index * 2_654_435_761) >>> 0).toString(36);
/** Mostly what was there before, as in a column of like figures. */
const alike = (index: number): string => noise(index % 12 === 0 ? index : index % 500);

const withPart = (name: string, data: string): Uint8Array => zipFile([...plain, { name, data }]);
const withStrings = (count: number, one: (index: number) => string) =>
  withPart("xl/sharedStrings.xml", `<sst ${namespace}>${repeated(count, one)}</sst>`);
const withStyles = (data: string) =>
  withPart("xl/styles.xml", `<styleSheet ${namespace}>${data}</styleSheet>`);
const withRows = (rows: string) => zipFile(workbookEntries(rows));
const behindData = (data: string) =>
  replaced("xl/worksheets/sheet1.xml", "</sheetData>", `</sheetData>${data}`);
const replaced = (name: string, mark: string, by: string) =>
  zipFile(
    plain.map((entry) =>
      entry.name === name ? { ...entry, data: String(entry.data).replace(mark, by) } : entry,
    ),
  );
const column = (index: number) => String.fromCharCode(65 + (index % 26));
const row = (index: number, cells: string) => `<row r="${String(index + 1)}">${cells}</row>`;

/** As many sheets with the same rows. */
function manySheets(count: number, rows: string): Uint8Array {
  const numbers = Array.from({ length: count }, (_, index) => String(index + 1));
  const names = numbers.map((at) => `<sheet name="s${at}" sheetId="${at}" r:id="rId${at}"/>`);
  const links = numbers.map(
    (at) => `<Relationship Id="rId${at}" Type="a/worksheet" Target="worksheets/sheet${at}.xml"/>`,
  );
  const [sheet] = workbookEntries(rows).slice(-1);
  const others = plain.slice(0, -1).map((entry): ZipEntry => ({
    ...entry,
    data: String(entry.data)
      .replace(/<sheet [^>]*>/u, names.join(""))
      .replace(/<Relationship Id="rId1" Type="[^"]*worksheet"[^>]*>/u, links.join("")),
  }));
  const data = sheet?.data ?? "";
  return zipFile([
    ...others,
    ...numbers.map((at) => ({ name: `xl/worksheets/sheet${at}.xml`, data })),
  ]);
}

/** Small files, each of them large in another way when it is read. */
export const hostileWorkbooks: readonly HostileWorkbook[] = [
  {
    name: "half a million shared strings",
    bytes: () => withStrings(500_000, (at) => `<si><t>${noise(at)}</t></si>`),
  },
  {
    name: "shared strings of one character",
    bytes: () => withStrings(300_000, (at) => `<si><t>${noise(at).slice(-1)}</t></si>`),
  },
  {
    name: "shared strings in runs without end",
    bytes: () =>
      withStrings(1, () => `<si>${repeated(300_000, (at) => `<r><t>${noise(at)}</t></r>`)}</si>`),
  },
  {
    name: "one shared string of 14 MB",
    bytes: () => withStrings(1, () => `<si><t>${repeated(2_200_000, alike)}</t></si>`),
  },
  {
    name: "a million cells",
    bytes: () =>
      manySheets(
        10,
        repeated(10_000, (at) =>
          row(
            at,
            repeated(10, (to) => `<c r="${column(to)}${String(at + 1)}"><v>${noise(at)}</v></c>`),
          ),
        ),
      ),
  },
  {
    name: "cells without a row",
    bytes: () =>
      withRows(
        row(
          0,
          repeated(1_300_000, (at) => `<c><v>${noise(at).slice(0, 3)}</v></c>`),
        ),
      ),
  },
  {
    name: "formulas without end",
    bytes: () =>
      withRows(
        repeated(11_000, (at) =>
          row(
            at,
            repeated(
              60,
              (to) => `<c r="${column(to)}${String(at + 1)}"><f>A${noise(at + to)}</f></c>`,
            ),
          ),
        ),
      ),
  },
  {
    name: "rows that are empty",
    isRead: true,
    bytes: () =>
      withRows(
        `${repeated(600_000, (at) => `<row r="${String(at + 1)}"/>`)}<row r="11999"><c r="A11999"><v>1</v></c></row>`,
      ),
  },
  {
    name: "cells at the far corner of every sheet",
    bytes: () => manySheets(30, row(11_999, '<c r="EZ12000"><v>1</v></c>')),
  },
  {
    name: "more sheets than a report has",
    bytes: () => manySheets(150, row(0, '<c r="A1"><v>1</v></c>')),
  },
  {
    name: "styles without end",
    bytes: () =>
      withStyles(
        `<cellXfs>${repeated(200_000, (at) => `<xf numFmtId="${noise(at)}"/>`)}</cellXfs>`,
      ),
  },
  {
    name: "fonts without end",
    bytes: () =>
      withStyles(
        `<fonts>${repeated(100_000, (at) => `<font><sz val="${noise(at)}"/></font>`)}</fonts>`,
      ),
  },
  {
    name: "formats of numbers without end",
    bytes: () =>
      withStyles(
        `<numFmts>${repeated(100_000, (at) => `<numFmt numFmtId="${String(at)}" formatCode="${noise(at)}"/>`)}</numFmts>`,
      ),
  },
  {
    name: "names without end",
    bytes: () =>
      replaced(
        "xl/workbook.xml",
        "</workbook>",
        `<definedNames>${repeated(60_000, (at) => `<definedName name="n${noise(at)}">A1</definedName>`)}</definedNames></workbook>`,
      ),
  },
  {
    name: "links between parts without end",
    bytes: () =>
      replaced(
        "xl/_rels/workbook.xml.rels",
        "</Relationships>",
        `${repeated(60_000, (at) => `<Relationship Id="x${String(at)}" Type="a" Target="${noise(at)}"/>`)}</Relationships>`,
      ),
  },
  {
    name: "merged cells without end",
    bytes: () =>
      behindData(
        `<mergeCells>${repeated(1_300_000, (at) => `<mergeCell ref="${alike(at)}"/>`)}</mergeCells>`,
      ),
  },
  {
    name: "validations without end",
    bytes: () =>
      behindData(
        `<dataValidations>${repeated(1_300_000, (at) => `<dataValidation sqref="${alike(at)}"/>`)}</dataValidations>`,
      ),
  },
  {
    name: "one tag of a hundred thousand attributes",
    bytes: () =>
      withRows(
        `<row r="1"><c r="A1" ${repeated(100_000, (at) => `a${noise(at)}="1" `)}><v>1</v></c></row>`,
      ),
  },
  {
    name: "tags within tags, half a million deep",
    bytes: () => withStyles("<a>".repeat(100_000) + repeated(100_000, (at) => `<b${noise(at)}>`)),
  },
  {
    name: "a tag that never ends",
    bytes: () => withStyles(`<a ${repeated(200_000, (at) => `${noise(at)} `)}`),
  },
  {
    name: "a bomb that says it is small",
    bytes: () =>
      zipFile([
        ...plain,
        {
          name: "xl/sharedStrings.xml",
          data: Buffer.alloc(6_000_000, "<si/>"),
          declaredBytes: 900_000,
        },
      ]),
  },
];
