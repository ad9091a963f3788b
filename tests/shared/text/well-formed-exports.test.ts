import { Buffer } from "node:buffer";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compose } from "../../../functions/platform/mail/compose.ts";
import { workbookOf } from "../../../functions/use-cases/workbook/export-workbook.ts";
import { zipParts } from "../../../functions/use-cases/workbook/zip-parts.ts";
import { readWorkbookTables } from "../../../functions/use-cases/workbook/read-tables.ts";
import { writeWorkbook } from "../../../functions/use-cases/workbook/write-workbook.ts";
import { atomFeed, siteMap } from "../../../shared/disclosure/feed.ts";
import { tableCsv } from "../../../shared/disclosure/table-csv.ts";
import { markup } from "../../../shared/document/markup.ts";
import { csvToTable, tableToCsv } from "../../../shared/forms/table-csv.ts";
import { soundReport } from "../checks/sound-report.ts";
import { htmlFaults } from "../document/well-formed.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";

/** Any UTF-16 units at all: controls, halves of pairs, noncharacters, marks of markup. */
const anyText = fc
  .array(
    fc.oneof(
      fc.integer({ min: 0, max: 0xffff }),
      fc.constantFrom(0, 7, 0x1b, 0x3c, 0x26, 0x22, 0x27, 0x202e, 0xd800, 0xdfff, 0xfffe, 0xffff),
    ),
    { maxLength: 24 },
  )
  .map((units) => String.fromCharCode(...units));

/** XML 1.0 §2.2. */
const notXml = /[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/u;

const form = (id: string) => {
  const found = soundReport().edition.forms.find((one) => one.id === id);
  if (found === undefined) throw new Error(`No form ${id}.`);
  return found;
};

describe("whatever was stored before texts were looked at", () => {
  it("feeds, maps and pages are well-formed", () => {
    fc.assert(
      fc.property(anyText, anyText, (text, other) => {
        const feed = atomFeed({
          ...{ title: text, homeUrl: "https://a.example/", selfUrl: "https://a.example/f" },
          entries: [
            {
              ...{ url: "https://a.example/1", id: "https://a.example/1#1", title: other },
              ...{ summary: text, author: other, at: "2023-09-15T02:30:00Z" },
            },
          ],
        });
        const map = siteMap([{ url: text, modified: other }]);
        const page = String(markup`<p title="${text}">${[text, markup`<b>${other}</b>`]}</p>`);
        for (const written of [feed, map, page]) {
          expect(written).not.toMatch(notXml);
          expect(htmlFaults(written.replace(/^<\?xml[^>]*>/u, ""))).toEqual([]);
        }
      }),
    );
  });

  it("a table as CSV and a mail hold nothing that cannot be read", () => {
    fc.assert(
      fc.property(anyText, (name) => {
        const csv = tableCsv(form("t05"), {
          rows: [{ key: "2999901", name, cells: { total: 1 } }],
        });
        expect(csv).not.toMatch(notXml);
        const mail = { id: "1", to: "a@b.example", subject: name, text: name };
        const { subject, text } = compose(mail, "juesuan@c.example");
        for (const part of [subject, text]) {
          expect(part).toBeTypeOf("string");
          expect(part).not.toMatch(notXml);
        }
      }),
    );
  });

  it("a workbook's parts are well-formed, its text that of the cell", async () => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const bytes = await writeWorkbook(
          [
            {
              name: "表",
              cells: [{ row: 0, column: 0, content: { text }, look: { kind: "name" as const } }],
              ...{ merges: [], widths: [20], headRows: 1, tallRows: new Map() },
              ...{ orientation: "portrait" as const, isOnePage: true, printArea: "A1:A1" },
            },
          ],
          text,
        );
        const parts = zipParts(bytes, (name) => name.endsWith(".xml"));
        if (!parts.ok) throw new Error(parts.error);
        for (const [name, part] of parts.value) {
          const xml = Buffer.from(part).toString("utf8");
          expect(xml, name).not.toMatch(notXml);
          // Numeric references may name what the document may not hold.
          expect(xml, name).not.toMatch(
            /&#(?:x0*(?:[0-8bcef]|1[0-9a-f]);|0*(?:[0-8]|1[124-9]|2\d|3[01]);)/iu,
          );
        }
      }),
      { numRuns: 40 },
    );
  });
});

describe("an imported table with a character no text may hold", () => {
  const report = soundReport();
  const t05 = form("t05");
  const row = tableIn(report.sections, "t05").rows.find(({ key }) => key !== "total");

  it("is refused as CSV, at its line", () => {
    const csv = tableToCsv(t05, tableIn(report.sections, "t05"), {
      year: report.edition.year,
    }).replace(
      `${row?.key ?? ""},${row?.key ?? ""},`,
      `${row?.key ?? ""},${row?.key ?? ""},\u202e`,
    );
    const read = csvToTable(report.edition, t05, csv);
    expect(read.ok).toBe(false);
    expect(!read.ok && read.error.map(({ kind }) => kind)).toContain("refused_character");
  });

  it("is refused as a workbook, at its cell, the character named and not repeated", async () => {
    const identity = { ...report.identity, orgName: "某市\u202e某局" };
    const workbook = await workbookOf({ ...report, identity }, "t05", undefined);
    if (workbook === undefined) throw new Error("No workbook.");
    const read = await readWorkbookTables(report.edition, workbook);
    expect(read.ok).toBe(false);
    const fault = !read.ok
      ? read.error.find(({ message }) => message.includes("U+202E"))
      : undefined;
    expect(fault?.where).toMatch(/[A-Z]+\d+/u);
    expect(fault?.message).toContain("某市”之后是 U+202E 从右至左强制符（不可见）");
    expect(fault?.message).not.toContain("\u202e");
  });
});
