import { deflateSync } from "node:zlib";

/** Bodies of the objects of a PDF, numbered from 1; the first is the catalogue. */
export const plainObjects = (catalogue = ""): readonly string[] => [
  `<< /Type /Catalog /Pages 2 0 R ${catalogue} >>`,
  "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
  "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>",
];

/** A PDF of these objects with a cross-reference table that names each; Latin-1, one byte a character. */
export function madePdf(
  objects: readonly string[] = plainObjects(),
  { trailer = "", comment = "" }: { readonly trailer?: string; readonly comment?: string } = {},
): Buffer {
  let body = `%PDF-1.7\n${comment}`;
  const offsets = objects.map((object, index) => {
    const offset = body.length;
    body += `${String(index + 1)} 0 obj\n${object}\nendobj\n`;
    return offset;
  });
  const rows = offsets.map((offset) => `${String(offset).padStart(10, "0")} 00000 n \n`).join("");
  const size = String(objects.length + 1);
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${rows}`;
  return Buffer.from(
    `${body}${table}trailer\n<< /Size ${size} /Root 1 0 R ${trailer} >>\nstartxref\n${String(body.length)}\n%%EOF\n`,
    "latin1",
  );
}

/** A stream object; `dictionary` without its length. */
export const streamObject = (dictionary: string, content: Uint8Array | string): string => {
  const bytes = Buffer.from(content as string, "latin1");
  return `<< ${dictionary} /Length ${String(bytes.length)} >>\nstream\n${bytes.toString("latin1")}\nendstream`;
};

/** An object stream (packed) that holds one object. */
export const objectStream = (object: string, dictionary = "/Type /ObjStm"): string =>
  streamObject(
    `${dictionary} /N 1 /First 5 /Filter /FlateDecode`,
    deflateSync(Buffer.from(`7 0  ${object}`, "latin1")),
  );
