import { Buffer } from "node:buffer";
import { deflateRawSync } from "node:zlib";
import { writeXlsx } from "hucre";
import { describe, expect, it } from "vitest";
import { openWorkbook } from "../../../../functions/use-cases/workbook/read-workbook.ts";
import { workbookBytes } from "../../../../functions/use-cases/workbook/workbook-size.ts";
import { readWorkbookTables } from "../../../../functions/use-cases/workbook/read-tables.ts";
import { compoundFileOf } from "../../../../functions/use-cases/workbook/xls-stream.ts";
import { jiangxi2022 } from "../../../examples/editions.ts";
import { workbookEntries, zipFile, type ZipEntry } from "./zip-file.ts";

const plain = workbookEntries('<row r="1"><c r="A1"><v>1</v></c></row>');
const withEntry = (...more: ZipEntry[]) => zipFile([...plain, ...more]);
const withSheet = (sheetData: string, options?: { before?: string }) =>
  zipFile(workbookEntries(sheetData, options));

/** 200 MB of blanks in 200 KB. */
const bomb = deflateRawSync(Buffer.alloc(200 * 1024 * 1024, " "));
const bombed = (declaredBytes: number): Uint8Array =>
  zipFile([
    ...plain.slice(0, -1),
    { name: "xl/worksheets/sheet1.xml", data: "", packed: bomb, declaredBytes },
  ]);

async function refusalOf(bytes: Uint8Array): Promise<unknown> {
  const opened = await openWorkbook(bytes);
  if (opened.ok) return undefined;
  return opened.error.kind === "file" ? opened.error.reason : opened.error.faults[0]?.kind;
}

describe("an .xlsx file from a stranger", () => {
  it("is opened when nothing is wrong with it", async () => {
    expect(await refusalOf(zipFile(plain))).toBeUndefined();
  });

  it("is refused by what its directory says it inflates to, before anything is inflated", async () => {
    expect(bomb.length).toBeLessThan(1024 * 1024);
    const before = process.memoryUsage().arrayBuffers;
    expect(await refusalOf(bombed(200 * 1024 * 1024))).toBe("too_large_inflated");
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10 * 1024 * 1024);
  });

  it("is refused when an entry inflates to more than its directory declares", async () => {
    expect(await refusalOf(bombed(2_000))).toBe("broken");
    expect(await refusalOf(bombed(0))).toBe("broken");
  });

  it("is refused when entries are packed tighter than tables ever are", async () => {
    const blanks = { name: "xl/media/image1.png", data: Buffer.alloc(8 * 1024 * 1024) };
    expect(await refusalOf(withEntry(blanks))).toBe("ratio");
  });

  it("is refused when many small entries add up", async () => {
    const entries = Array.from({ length: 60 }, (_, index) => ({
      name: `xl/worksheets/sheet${String(index + 2)}.xml`,
      data: Buffer.alloc(1024 * 1024, "<c/>"),
    }));
    expect(await refusalOf(withEntry(...entries))).toBe("too_large_inflated");
    const names = Array.from({ length: 300 }, (_, index) => ({ name: `a${index}`, data: "" }));
    expect(await refusalOf(withEntry(...names))).toBe("too_many_entries");
  });

  it("is refused with an encrypted entry, and with a password", async () => {
    expect(await refusalOf(withEntry({ name: "a", data: "x", flags: 1 }))).toBe("encrypted");
    const locked = await writeXlsx({
      sheets: [{ name: "a", rows: [["b"]] }],
      encryption: { password: "secret", spinCount: 10 },
    });
    expect(await refusalOf(locked)).toBe("encrypted");
  });

  it("is refused with another archive or workbook inside", async () => {
    const inner = { name: "xl/embeddings/a.xlsx", data: zipFile(plain) };
    expect(await refusalOf(withEntry(inner))).toBe("nested");
  });

  it("is refused when two entries have one name", async () => {
    expect(await refusalOf(withEntry(plain[2] ?? { name: "", data: "" }))).toBe("broken");
  });

  it("is refused above 4 MB, unread", async () => {
    expect(await refusalOf(new Uint8Array(workbookBytes + 1))).toBe("too_large");
  });

  it("is refused with entities to expand", async () => {
    const before = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;">]>';
    expect(await refusalOf(withSheet("", { before }))).toBe("broken");
  });

  it("is refused when sheets share one part, which would be read once for each", async () => {
    const sheets = Array.from(
      { length: 30 },
      (_, index) => `<sheet name="s${index}" sheetId="${index + 1}" r:id="rId1"/>`,
    ).join("");
    const entries = plain.map((entry) =>
      entry.name === "xl/workbook.xml"
        ? { ...entry, data: String(entry.data).replace(/<sheet [^>]*>/u, sheets) }
        : entry,
    );
    expect(await refusalOf(zipFile(entries))).toBe("broken");
  });

  it("is refused when its sheets are rectangles of nothing, larger in memory than on paper", async () => {
    const sheets = Array.from({ length: 20 }, (_, index) => index + 1);
    const names = sheets.map((at) => `<sheet name="s${at}" sheetId="${at}" r:id="rId${at}"/>`);
    const links = sheets.map(
      (at) => `<Relationship Id="rId${at}" Type="a/worksheet" Target="worksheets/sheet${at}.xml"/>`,
    );
    const [data] = workbookEntries(
      '<row r="1"><c r="A1"><v>1</v></c></row><row r="12000"><c r="EZ12000"><v>1</v></c></row>',
    ).slice(-1);
    const entries = plain.slice(0, -1).map((entry) => ({
      ...entry,
      data: String(entry.data)
        .replace(/<sheet [^>]*>/u, names.join(""))
        .replace(/<Relationship Id="rId1" Type="[^"]*worksheet"[^>]*>/u, links.join("")),
    }));
    const parts = sheets.map((at) => ({
      name: `xl/worksheets/sheet${at}.xml`,
      data: data?.data ?? "",
    }));
    expect(await refusalOf(zipFile([...entries, ...parts]))).toBe("too_many_cells");
  });

  it("is refused when figures are far below any table, and not for empty rows down there", async () => {
    expect(await refusalOf(withSheet('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'))).toBe(
      "too_many_rows",
    );
    expect(await refusalOf(withSheet('<row r="1048576"><c r="A1048576" s="1"/></row>'))).toBe(
      undefined,
    );
  });

  it("is refused when a formula or a link calls another program", async () => {
    const formula = `<row r="1"><c r="B1"><f>cmd|'/c calc'!A0</f><v>0</v></c></row>`;
    expect(await refusalOf(withSheet(formula))).toBe("unsafe_formula");
    const link = {
      name: "xl/externalLinks/externalLink1.xml",
      data: '<externalLink><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>',
    };
    expect(await refusalOf(withEntry(link))).toBe("calls_programs");
  });

  it("keeps macros, links to other files and pictures out of the reading", async () => {
    const more = ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "xl/media/a.png"].map(
      (name) => ({ name, data: "anything" }),
    );
    expect(await refusalOf(withEntry(...more))).toBeUndefined();
  });

  it("is refused with a sentence that says why", async () => {
    const read = await readWorkbookTables(jiangxi2022, bombed(200 * 1024 * 1024));
    expect(read).toEqual({
      ok: false,
      error: [
        {
          where: "导入文件",
          message:
            "文件解压后异常庞大。这样的文件可能使系统瘫痪，没有打开。请把各表复制到新的工作簿后再导入。",
        },
      ],
    });
  });

  it.each([
    ["nothing", new Uint8Array()],
    ["text", Buffer.from("公开01表,收入支出决算总表")],
    ["a zip file without a workbook", zipFile([{ name: "a.txt", data: "b" }])],
  ])("that is %s is no workbook", async (_, bytes) => {
    expect(await refusalOf(bytes)).toBe("not_a_workbook");
  });

  it("cut short is broken", async () => {
    expect(await refusalOf(zipFile(plain).subarray(0, 600))).toBe("broken");
  });
});

/** A record of BIFF8. */
function record(id: number, data: Uint8Array | readonly number[] = []): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(data.length, 2);
  return Buffer.concat([head, Buffer.from(data)]);
}
const begin = record(0x809, [0, 6, 5, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
const end = record(0x0a);

function sheetAt(position: number, state = 0): Buffer {
  const data = Buffer.from([0, 0, 0, 0, state, 0, 1, 0, 97]);
  data.writeUInt32LE(position, 0);
  return record(0x85, data);
}

/** A workbook of sheets with the given records each. */
function xls(globals: readonly Buffer[], ...sheets: readonly (readonly Buffer[])[]): Uint8Array {
  const bodies = sheets.map((records) => Buffer.concat([begin, ...records, end]));
  const fixed = Buffer.concat([begin, ...globals]).length + sheets.length * sheetAt(0).length + 4;
  let position = fixed;
  const names = bodies.map((body) => {
    const at = sheetAt(position);
    position += body.length;
    return at;
  });
  return compoundFileOf(Buffer.concat([begin, ...globals, ...names, end, ...bodies]));
}

function numberAt(row: number, column: number): Buffer {
  const data = Buffer.alloc(14);
  data.writeUInt16LE(row, 0);
  data.writeUInt16LE(column, 2);
  data.writeDoubleLE(1, 6);
  return record(0x203, data);
}

describe("an .xls file from a stranger", () => {
  it("is opened when nothing is wrong with it", async () => {
    const opened = await openWorkbook(xls([], [numberAt(0, 1)]));
    expect(opened).toMatchObject({ ok: true, value: { grids: [{ rows: [[null, 1]] }] } });
  });

  it("is refused with a password", async () => {
    expect(await refusalOf(xls([record(0x2f, [1, 0])], []))).toBe("encrypted");
  });

  it("is refused with a link to a program", async () => {
    const link = Buffer.from("\u0001\u0000\u0008\u0000\u0000cmd\u0003/c c", "latin1");
    expect(await refusalOf(xls([record(0x1ae, link)], []))).toBe("calls_programs");
  });

  it("is refused when far cells would take more memory than the file", async () => {
    const rows = Array.from({ length: 10_000 }, (_, row) => numberAt(row, 255));
    expect(await refusalOf(xls([], rows))).toBe("too_many_cells");
  });

  it("is refused when two sheets are one", async () => {
    const stream = Buffer.concat([begin, sheetAt(0), sheetAt(0), end]);
    expect(await refusalOf(compoundFileOf(stream))).toBe("broken");
  });

  it("that is another kind of document is no workbook", async () => {
    const bytes = Buffer.from(compoundFileOf(Buffer.concat([begin, end])));
    const at = bytes.indexOf(Buffer.from("Workbook", "utf16le"));
    bytes.write("WordDocu", at, "utf16le");
    expect(await refusalOf(bytes)).toBe("not_a_workbook");
  });

  it.each([1, 2])("whose chain of sectors runs in a circle is read to an end", async (sector) => {
    const bytes = Buffer.from(xls([], [numberAt(0, 1)]));
    bytes.writeUInt32LE(sector, 512 + 4 * sector);
    expect(await openWorkbook(bytes)).toHaveProperty("ok");
  });
});
