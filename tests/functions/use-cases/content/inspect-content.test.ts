import { deflateSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contentFaultText } from "../../../../functions/use-cases/content/content-fault-text.ts";
import {
  contentFault,
  isOfType,
  type ContentType,
} from "../../../../functions/use-cases/content/inspect-content.ts";
import { pdfLimits } from "../../../../functions/use-cases/content/pdf-faults.ts";
import { attachmentSchema } from "../../../../shared/report/sections.ts";
import { zipFile } from "../workbook/zip-file.ts";
import { madePdf, objectStream, plainObjects, streamObject } from "./made-pdf.ts";

const pdf = "application/pdf";
const xlsx = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const docx = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
const png = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNgAAAAAgABSK+kcQAAAABJRU5ErkJggg==",
  "base64",
);
const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46, 0x49, 0x46, 0, 0xff, 0xd9]);
const text = (content: string) => Buffer.from(content);

const types = (main: string) =>
  `<?xml version="1.0"?><Types><Override PartName="/x" ContentType="${main}"/></Types>`;
const zip = (parts: Readonly<Record<string, string>>) =>
  zipFile(Object.entries(parts).map(([name, data]) => ({ name, data })));
const workbook = (more: Record<string, string> = {}) =>
  zip({
    "[Content_Types].xml": types(`${xlsx}.main+xml`),
    "xl/workbook.xml": "<workbook/>",
    ...more,
  });
const document = (more: Record<string, string> = {}) =>
  zip({
    "[Content_Types].xml": types(`${docx}.main+xml`),
    "word/document.xml": "<document/>",
    ...more,
  });

const good: Readonly<Record<ContentType, Uint8Array>> = {
  "application/pdf": madePdf(),
  "image/png": png,
  "image/jpeg": jpeg,
  "text/csv": text('﻿项目,金额\r\n办公费,"1,000"\r\n'),
  [xlsx]: workbook(),
  [docx]: document(),
};
const announceable = attachmentSchema.shape.contentType.options;

describe("the content of a file", () => {
  it("of every type an attachment may have is taken as that type, and as no other", () => {
    for (const announced of announceable) {
      for (const real of announceable) {
        const fault = contentFault(good[real], announced);
        expect({ announced, real, code: fault?.code }).toEqual({
          ...{ announced, real },
          code: real === announced ? undefined : "other_type",
        });
        expect(isOfType(good[real], announced)).toBe(real === announced);
      }
    }
  });

  it("that is something else under an allowed name is refused as what it is", () => {
    const disguises: readonly (readonly [string, Uint8Array])[] = [
      ["网页", text("<html><script>alert(1)</script></html>")],
      ["网页", text("项目,金额\n<script>alert(1)</script>,1\n")],
      ["网页", text("  <!DOCTYPE html><p>x")],
      ["程序", text("MZ\u0090\0\u0003\0\0\0")],
      ["程序", text("\u007fELF\u0002\u0001")],
      ["程序", text("#!/bin/sh\nrm -rf /\n")],
      ["旧版 Office", Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
      ["压缩包", zip({ "readme.txt": "x" })],
      ["压缩包", text("Rar!\u001a\u0007")],
    ];
    for (const announced of announceable) {
      for (const [found, bytes] of disguises) {
        const fault = contentFault(bytes, announced);
        expect(fault, `${found} as ${announced}`).toBeDefined();
        if (fault === undefined) continue;
        const sentence = contentFaultText({ name: "附件一", contentType: announced }, fault);
        expect(sentence).toContain("文件“附件一”");
        expect(sentence).toMatch(/请.+。$/u);
        if (announced !== "text/csv") expect(sentence).toContain(`而是${found}`);
      }
    }
  });

  it("of a CSV file may be in UTF-8 or in GB18030, and is text", () => {
    const gbk = Buffer.from([0xcf, 0xee, 0xc4, 0xbf, 0x2c, 0xbd, 0xf0, 0xb6, 0xee, 0x0a]);
    expect(contentFault(gbk, "text/csv")).toBeUndefined();
    expect(contentFault(text("a,b\0c\n"), "text/csv")).toEqual({ code: "unreadable_text" });
    expect(contentFault(Buffer.from([0x80, 0xff, 0xff, 0x30]), "text/csv")).toEqual({
      code: "unreadable_text",
    });
  });
});

describe("a PDF", () => {
  const faultOf = (bytes: Uint8Array) => {
    const fault = contentFault(bytes, pdf);
    return fault?.code === "unsafe_pdf" ? fault.fault : fault;
  };
  const withObject = (object: string) => madePdf([...plainObjects(), object]);
  const script = "<< /S /JavaScript /JS (app.alert\\(1\\)) >>";

  it("with a harmless start, links and bookmarks is taken, plain and in object streams", () => {
    const harmless = plainObjects("/OpenAction [3 0 R /Fit] /PageMode /UseOutlines");
    expect(faultOf(madePdf(harmless))).toBeUndefined();
    const link =
      "<< /Type /Annot /Subtype /Link /A << /S /URI /URI (https://a.cn/JavaScript) >> >>";
    // The address alone is text: only a name of its own would be an action.
    expect(faultOf(withObject(link.replace("/JavaScript", "-js")))).toBeUndefined();
    expect(faultOf(withObject("<< /S /GoTo /D [3 0 R /Fit] >>"))).toBeUndefined();
    expect(faultOf(withObject(objectStream("<< /S /GoTo /D [3 0 R /Fit] >>")))).toBeUndefined();
    const page = streamObject("/Filter /FlateDecode", deflateSync("BT (/JavaScript) Tj ET"));
    expect(faultOf(withObject(page))).toBeUndefined();
  });

  it.each([
    ["a script on opening", madePdf(plainObjects(`/OpenAction ${script}`)), "script"],
    ["a script on closing", madePdf(plainObjects(`/AA << /WC ${script} >>`)), "script"],
    ["a script by reference", withObject(script), "script"],
    ["a named script", madePdf(plainObjects("/Names << /JavaScript 4 0 R >>")), "script"],
    ["an escaped script", withObject("<< /S /J#61vaScript /JS (x) >>"), "script"],
    ["a wholly escaped script", withObject("/#4a#61#76#61#53#63#72#69#70#74"), "script"],
    ["a script in an object stream", withObject(objectStream(script)), "script"],
    ["its source alone", withObject(objectStream("<< /S /Hide /JS (x) >>")), "script"],
    ["one in a stream of no type", withObject(objectStream(script, "")), "script"],
    [
      "one behind a long entry",
      withObject(objectStream(script, `/X (${"a".repeat(9_000)})`)),
      "script",
    ],
    [
      "one behind words that end nothing",
      withObject(objectStream(script, "/X [stream endobj obj] /Y << /Z <aB> >> /Type /ObjStm")),
      "script",
    ],
    [
      "one behind a false end",
      withObject(objectStream(script, "/X (stream\nendobj obj >>)")),
      "script",
    ],
    [
      "one in another stream's bytes",
      withObject(streamObject("", `9 0 obj ${script} endobj`)),
      "script",
    ],
    [
      "one in a comment",
      madePdf(plainObjects(), { comment: `% 9 0 obj ${script} endobj\n` }),
      "script",
    ],
    ["one in a string", withObject(`(9 0 obj ${script} endobj)`), "script"],
    [
      "an object stream in another stream's bytes",
      withObject(streamObject("", `9 0 obj ${objectStream(script)} endobj`)),
      "script",
    ],
    ["a program to launch", withObject("<< /S /Launch /F (cmd.exe) >>"), "launch"],
    ["an escaped launch", withObject("<< /S /L#61unch /Win << /F (cmd.exe) >> >>"), "launch"],
    ["an embedded file", withObject(streamObject("/Type /EmbeddedFile", "MZ")), "embedded_file"],
    ["a list of them", madePdf(plainObjects("/Names << /EmbeddedFiles 4 0 R >>")), "embedded_file"],
    ["a pinned file", withObject("<< /Subtype /FileAttachment /FS 5 0 R >>"), "embedded_file"],
    ["a file of no type", withObject("<< /Type /Filespec /EF << /F 5 0 R >> >>"), "embedded_file"],
    ["a film", withObject("<< /Subtype /RichMedia >>"), "media"],
    ["a sound with a script", withObject("<< /S /Rendition /JS (x) >>"), "media"],
    ["a form of its own kind", madePdf(plainObjects("/AcroForm << /XFA 4 0 R >>")), "dynamic_form"],
    ["a password", madePdf(plainObjects(), { trailer: "/Encrypt 4 0 R" }), "encrypted"],
  ])("with %s is refused", (_, bytes, fault) => {
    expect(faultOf(bytes)).toBe(fault);
  });

  it("that cannot be read, or hides objects in unusual packings, is refused with the reason", () => {
    const whole = madePdf();
    expect(faultOf(whole.subarray(0, whole.length - 20))).toBe("broken");
    expect(faultOf(Buffer.from("%PDF-1.7 nothing more"))).toBe("broken");
    expect(
      faultOf(
        Buffer.from(whole.toString("latin1").replace(/startxref\n\d+/u, "startxref\n12"), "latin1"),
      ),
    ).toBe("broken");
    const packed = (filter: string, bytes: Uint8Array) =>
      withObject(streamObject(`/Type /ObjStm /N 1 /First 5 ${filter}`, bytes));
    const inner = deflateSync(Buffer.from(`7 0  ${script}`));
    expect(faultOf(packed("/Filter [/FlateDecode /FlateDecode]", deflateSync(inner)))).toBe(
      "too_complex",
    );
    expect(faultOf(packed("/Filter /LZWDecode", inner))).toBe("too_complex");
    expect(faultOf(packed("/Filter 9 0 R", inner))).toBe("too_complex");
    expect(faultOf(packed("/Filter /FlateDecode /DecodeParms 9 0 R", inner))).toBe("too_complex");
    expect(faultOf(packed("/Filter /FlateDecode", inner.subarray(0, 9)))).toBe("broken");
    expect(faultOf(packed("/Filter /FlateDecode", Buffer.from("not packed")))).toBe("broken");
  });

  it.each([
    [
      "an object stream that inflates without end",
      () =>
        withObject(
          streamObject(
            "/Type /ObjStm /N 1 /First 5 /Filter /FlateDecode",
            deflateSync(Buffer.alloc(pdfLimits.inflatedBytes + 1_000, 0x20)),
          ),
        ),
    ],
    ["nothing but slashes", () => withObject(`(${"/".repeat(20_000_000)})`)],
    ["a million beginnings of an object", () => withObject(`(${"1 0 obj<<".repeat(2_000_000)})`)],
    [
      "a million beginnings of a stream",
      () => withObject(`(${"obj<</N/First>>stream\n".repeat(900_000)})`),
    ],
    ["one string without an end after another", () => withObject("1 0 obj(".repeat(2_400_000))],
    ["escapes alone", () => withObject(`/${"#4a".repeat(6_600_000)}`)],
  ] as const)("of 20 MB with %s is answered within 1.5 s of work", (_, make) => {
    const bytes = make();
    const before = process.cpuUsage();
    const fault = faultOf(bytes);
    // Time of the processor, for the machine may be busy with other tests.
    const { user, system } = process.cpuUsage(before);
    const cpuMs = (user + system) / 1_000;
    expect(cpuMs).toBeLessThan(1_500);
    expect(fault === undefined || typeof fault === "string").toBe(true);
  });
});

describe("an Office file", () => {
  const faultOf = (bytes: Uint8Array, type: ContentType) => contentFault(bytes, type);
  const unsafe = (fault: string) => ({ code: "unsafe_office", fault });

  it("with the data of a chart is taken", () => {
    expect(faultOf(document({ "word/embeddings/sheet1.xlsx": "x" }), docx)).toBeUndefined();
  });

  it("with macros is refused, also when its name or its list of types hides them", () => {
    const macro = unsafe("macro");
    expect(faultOf(workbook({ "xl/vbaProject.bin": "x" }), xlsx)).toEqual(macro);
    expect(faultOf(document({ "word/VBAPROJECT.BIN": "x" }), docx)).toEqual(macro);
    expect(faultOf(workbook({ "xl/macrosheets/sheet1.xml": "x" }), xlsx)).toEqual(macro);
    const listed = types("application/vnd.ms-excel.sheet.macroEnabled.main+xml");
    expect(faultOf(workbook({ "[Content_Types].xml": listed }), xlsx)).toEqual(macro);
  });

  it("with controls, packaged programs or other archives in it is refused", () => {
    const program = unsafe("embedded_program");
    expect(faultOf(document({ "word/embeddings/oleObject1.bin": "x" }), docx)).toEqual(program);
    expect(faultOf(workbook({ "xl/activeX/activeX1.xml": "x" }), xlsx)).toEqual(program);
    expect(faultOf(document({ "word/setup.exe": "MZ" }), docx)).toEqual(program);
    expect(faultOf(document({ "word/media/more.zip": "x" }), docx)).toEqual(unsafe("too_complex"));
  });

  it("that is cut off is refused as broken, and one of no such parts as another type", () => {
    const whole = workbook();
    expect(faultOf(whole.subarray(0, whole.length - 30), xlsx)).toEqual(unsafe("broken"));
    const bare = zip({ "[Content_Types].xml": types("text/plain"), "xl/workbook.xml": "x" });
    expect(faultOf(bare, xlsx)).toEqual({ code: "other_type", found: "archive" });
  });
});
