import { inflateSync } from "node:zlib";
import { isCodedError } from "../../platform/errors.ts";

/** Why a PDF is not taken; worded in content-fault-text.ts. */
export type PdfFault =
  | "broken"
  | "encrypted"
  | "script"
  | "launch"
  | "embedded_file"
  | "media"
  | "dynamic_form"
  | "too_complex";

/**
 * Names of actions that a viewer would run or open, wherever they are written. They are sought
 * in all bytes of the file, also in those of streams, strings and comments: a cross-reference table may
 * point a viewer to an object hidden there, which a parser that reads from the top never sees.
 * Each is so long that chance does not write it into the packed data of 20 MB.
 */
const faultOfName: ReadonlyMap<string, PdfFault> = new Map([
  ["Encrypt", "encrypted"],
  ["JavaScript", "script"],
  ["OnInstantiate", "script"],
  ["Launch", "launch"],
  ["EmbeddedFile", "embedded_file"],
  ["EmbeddedFiles", "embedded_file"],
  ["FileAttachment", "embedded_file"],
  ["RichMedia", "media"],
  ["Rendition", "media"],
  ["XFA", "dynamic_form"],
]);
/** Short names, sought only inside object streams, where no bytes match by chance. */
const faultOfShortName: ReadonlyMap<string, PdfFault> = new Map([
  ["JS", "script"],
  ["EF", "embedded_file"],
]);

/** Bounds of the work: an ordinary report of 300 pages has 60 object streams and 2 MB in them. */
export const pdfLimits = {
  /** Places where an object may begin; a drawing of 20 MB has 100,000. */
  objects: 400_000,
  objectStreams: 5_000,
  inflatedBytes: 48 * 1024 * 1024,
  /** Names looked at in the file: scanned pages of 20 MB have 80,000 slashes by chance. */
  slashes: 4_000_000,
  /** How often each byte may be read for dictionaries; an honest file needs one reading. */
  readings: 2,
} as const;

/**
 * Looks for what makes a PDF active, in one pass over its bytes and over each inflated object stream.
 * `bytes` begin with %PDF-. What cannot be looked into (encryption, an object stream packed in a way
 * no ordinary program uses) is refused as well.
 */
export function pdfFault(bytes: Uint8Array): PdfFault | undefined {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (!isWhole(file)) return "broken";
  const budget = { slashes: pdfLimits.slashes, inflatedBytes: pdfLimits.inflatedBytes };
  const inFile = faultInNames(file, budget, [faultOfName]) ?? embeddedBySpecification(file);
  if (inFile !== undefined) return inFile;
  const toRead: { objects: number; bytes: number } = {
    objects: pdfLimits.objects,
    bytes: pdfLimits.readings * file.length,
  };
  let streams = 0;
  for (const header of streamHeaders(file, toRead)) {
    if (!isObjectStream(header.names)) continue;
    streams += 1;
    if (streams > pdfLimits.objectStreams) return "too_complex";
    const content = inflated(file, header, budget.inflatedBytes);
    if (typeof content === "string") return content;
    budget.inflatedBytes -= content.length;
    const inside = faultInNames(content, budget, [faultOfName, faultOfShortName]);
    if (inside !== undefined) return inside;
  }
  return toRead.bytes < 0 || toRead.objects < 0 ? "too_complex" : undefined;
}

/** A file that came whole ends with the offset of its cross-reference, which names the root. */
function isWhole(file: Buffer): boolean {
  const tail = file.subarray(Math.max(0, file.length - 4_096)).toString("latin1");
  const offset = /startxref\s+(\d{1,10})\s+%%EOF(?![^]*startxref)/u.exec(tail)?.[1];
  if (offset === undefined || Number(offset) >= file.length) return false;
  const target = file.subarray(Number(offset), Number(offset) + 40).toString("latin1");
  return /^\s*(?:xref\b|\d+\s+\d+\s+obj\b)/u.test(target) && file.includes("/Root");
}

/** A file specification (EF) that carries its file; the short name counts only with its value. */
const embeddedBySpecification = (file: Buffer): PdfFault | undefined => {
  for (let at = file.indexOf("/EF"); at >= 0; at = file.indexOf("/EF", at + 3)) {
    const next = file.subarray(at + 3, at + 40).toString("latin1");
    if (/^\s*(?:<<|\d+\s+\d+\s+R\b)/u.test(next)) return "embedded_file";
  }
  return undefined;
};

function faultInNames(
  content: Buffer,
  budget: { slashes: number },
  tables: readonly ReadonlyMap<string, PdfFault>[],
): PdfFault | undefined {
  for (let at = content.indexOf(slash); at >= 0; at = content.indexOf(slash, at + 1)) {
    if ((budget.slashes -= 1) < 0) return "too_complex";
    const name = nameAt(content, at + 1);
    for (const table of tables) {
      const fault = table.get(name);
      if (fault !== undefined) return fault;
    }
  }
  return undefined;
}

const slash = 0x2f;
/** Longer than any name sought, each of its characters written as #xx. */
const maxNameBytes = 60;

/** A name with its escapes undone: /J#61vaScript is /JavaScript. */
function nameAt(content: Buffer, start: number): string {
  let end = start;
  while (end < content.length && end - start < maxNameBytes && isRegular(content[end])) end += 1;
  const written = content.toString("latin1", start, end);
  return written.includes("#")
    ? written.replaceAll(/#([0-9a-f]{2})/giu, (_, hex: string) =>
        String.fromCharCode(Number.parseInt(hex, 16)),
      )
    : written;
}

/** Neither white space nor a delimiter (ISO 32000-1, 7.2.2). */
const isRegular = (byte = 0): boolean =>
  byte > 0x20 &&
  byte !== 0x2f &&
  byte !== 0x28 &&
  byte !== 0x29 &&
  byte !== 0x3c &&
  byte !== 0x3e &&
  byte !== 0x5b &&
  byte !== 0x5d &&
  byte !== 0x7b &&
  byte !== 0x7d &&
  byte !== 0x25;

interface StreamHeader {
  /** Every name of the stream's dictionary, as often as it is written. */
  readonly names: readonly string[];
  /** Where the stream's bytes begin. */
  readonly start: number;
}

/**
 * The dictionaries of all streams, read from every place where an object may begin: whatever offset a
 * cross-reference table gives, it leads to one of these. `limit` bounds the work.
 */
function* streamHeaders(
  file: Buffer,
  limit: { objects: number; bytes: number },
): Generator<StreamHeader> {
  for (let at = file.indexOf("obj"); at >= 0; at = file.indexOf("obj", at + 3)) {
    const header = streamHeaderAt(file, at + 3, limit);
    limit.objects -= 1;
    if (limit.bytes < 0 || limit.objects < 0) return;
    if (header !== undefined) yield header;
  }
}

/**
 * The names up to the keyword `stream` after the dictionary; undefined when the object is no stream. Words
 * within the dictionary mean nothing here, so that none can end it early.
 */
function streamHeaderAt(
  file: Buffer,
  from: number,
  limit: { bytes: number },
): StreamHeader | undefined {
  const names: string[] = [];
  let at = from;
  let depth = 0;
  try {
    while (at < file.length && limit.bytes - (at - from) >= 0) {
      const byte = file[at];
      if (byte === percent) at = endOfLine(file, at);
      else if (byte === slash) {
        names.push(nameAt(file, at + 1));
        at += 1;
        while (at < file.length && isRegular(file[at])) at += 1;
      } else if (byte === parenthesis) at = endOfString(file, at, limit.bytes - (at - from));
      else if (byte === lessThan) {
        if (file[at + 1] === lessThan) {
          depth += 1;
          at += 2;
        } else at = endOfHexString(file, at);
      } else if (byte === greaterThan) {
        if (file[at + 1] === greaterThan) depth -= 1;
        at += file[at + 1] === greaterThan ? 2 : 1;
      } else if (isRegular(byte)) {
        const start = at;
        while (at < file.length && isRegular(file[at])) at += 1;
        if (depth > 0) continue;
        const isStream = at - start === 6 && file.toString("latin1", start, at) === "stream";
        return isStream ? { names, start: afterLine(file, at) } : undefined;
      } else at += 1;
    }
    return undefined;
  } finally {
    limit.bytes -= at - from;
  }
}

const percent = 0x25;
const parenthesis = 0x28;
const lessThan = 0x3c;
const greaterThan = 0x3e;

function endOfHexString(file: Buffer, from: number): number {
  const end = file.indexOf(greaterThan, from);
  return end < 0 ? file.length : end + 1;
}

function endOfLine(file: Buffer, from: number): number {
  let at = from;
  while (at < file.length && file[at] !== 0x0a && file[at] !== 0x0d) at += 1;
  return at;
}

/** After the keyword comes one end of line: CR LF, LF, or (of careless programs) CR. */
function afterLine(file: Buffer, at: number): number {
  if (file[at] === 0x0d) return file[at + 1] === 0x0a ? at + 2 : at + 1;
  return file[at] === 0x0a ? at + 1 : at;
}

/** Past the closing parenthesis; inner ones are balanced or escaped. */
function endOfString(file: Buffer, from: number, limit: number): number {
  let depth = 0;
  for (let at = from; at < file.length && at - from <= limit; at += 1) {
    const byte = file[at];
    if (byte === 0x5c) at += 1;
    else if (byte === 0x28) depth += 1;
    else if (byte === 0x29 && (depth -= 1) === 0) return at + 1;
  }
  return file.length;
}

/** By its type, or by the two entries that only an object stream has. */
const isObjectStream = (names: readonly string[]): boolean =>
  names.includes("ObjStm") || (names.includes("N") && names.includes("First"));

/** Ways to pack an object stream that no ordinary program uses and that would have to be undone first. */
const otherPackings = [
  ...["LZWDecode", "ASCII85Decode", "ASCIIHexDecode", "RunLengthDecode", "Crypt"],
  ...["Fl", "LZW", "A85", "AHx", "RL", "DecodeParms", "DP", "F", "FFilter"],
];

/** What an object stream holds; nothing when it is not packed, for then it was read with the file. */
function inflated(
  file: Buffer,
  { names, start }: StreamHeader,
  maxBytes: number,
): Buffer | PdfFault {
  if (otherPackings.some((packing) => names.includes(packing))) return "too_complex";
  const flates = names.filter((name) => name === "FlateDecode").length;
  if (flates === 0) return names.includes("Filter") ? "too_complex" : Buffer.alloc(0);
  if (flates > 1) return "too_complex";
  try {
    return inflateSync(file.subarray(start), { maxOutputLength: Math.max(1, maxBytes) });
  } catch (error) {
    if (error instanceof RangeError) return "too_complex";
    // zlib names broken data by a code.
    if (isCodedError(error)) return "broken";
    throw error;
  }
}
