import { err, ok, type Result } from "../../../shared/result.ts";

/**
 * Opens an .xls file that anybody may have made: takes the one stream that holds the workbook out of
 * its compound file, and judges its records before they are read as cells.
 */

export const xlsLimits = {
  sheets: 100,
  /** Cells of all rows up to the last filled one: what reading them takes in memory. */
  cells: 600_000,
  /** Of all kinds: 4 MB of empty records would be a million. A figure takes one, and its row another. */
  records: 300_000,
} as const;

export type XlsRefusal =
  "not_an_xls" | "broken" | "encrypted" | "too_many_sheets" | "too_many_cells" | "calls_programs";

export interface XlsStream {
  readonly stream: Uint8Array;
  /** By place in the workbook. */
  readonly hiddenSheets: ReadonlySet<number>;
}

export function xlsStream(bytes: Uint8Array): Result<XlsStream, XlsRefusal> {
  const file = readCompoundFile(bytes);
  if (file === undefined) return err("broken");
  if (file.names.includes("EncryptedPackage")) return err("encrypted");
  const entry = file.entries.find(({ name }) => name === "Workbook");
  if (entry === undefined) return err("not_an_xls");
  const stream = file.read(entry);
  return stream === undefined ? err("broken") : judged(stream);
}

const compoundSignature = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

export const isCompoundFile = (bytes: Uint8Array): boolean =>
  compoundSignature.every((byte, index) => bytes[index] === byte);

interface StreamEntry {
  readonly name: string;
  readonly start: number;
  readonly size: number;
}
interface CompoundFile {
  /** Of all entries, folders too. */
  readonly names: readonly string[];
  readonly entries: readonly StreamEntry[];
  readonly read: (entry: StreamEntry) => Uint8Array | undefined;
}

/** Sector numbers from here on are marks, not sectors. */
const lastSector = 0xfffffffa;
const miniSectorBytes = 64;

function readCompoundFile(bytes: Uint8Array): CompoundFile | undefined {
  if (bytes.length < 1024 || !isCompoundFile(bytes)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const shift = view.getUint16(30, true);
  if (shift !== 9 && shift !== 12) return undefined;
  const sectorBytes = 2 ** shift;
  const sectors = Math.floor(bytes.length / sectorBytes);
  const sectorAt = (sector: number) =>
    sector < sectors
      ? bytes.subarray((sector + 1) * sectorBytes, (sector + 2) * sectorBytes)
      : undefined;

  // The header has 109 numbers of FAT sectors: enough for 6.8 MB, more than is accepted.
  const fat: number[] = [];
  for (let index = 0; index < Math.min(view.getUint32(44, true), 109); index += 1) {
    const sector = sectorAt(view.getUint32(76 + 4 * index, true));
    if (sector === undefined || sector.length < sectorBytes) return undefined;
    fat.push(...words(sector));
  }
  /** A chain that runs in a circle ends at the requested size. */
  const chain = (start: number, size: number): Uint8Array | undefined => {
    if (size > bytes.length) return undefined;
    const result = new Uint8Array(Math.ceil(size / sectorBytes) * sectorBytes);
    let sector = start;
    for (let at = 0; at < result.length; at += sectorBytes) {
      const part = sector < lastSector ? sectorAt(sector) : undefined;
      if (part === undefined) return undefined;
      result.set(part, at);
      sector = fat[sector] ?? lastSector;
    }
    return result.subarray(0, size);
  };
  const lengthOf = (start: number): number => {
    let count = 0;
    for (let at = start; at < lastSector && count < sectors; at = fat[at] ?? lastSector) count += 1;
    return count * sectorBytes;
  };

  const firstDirectory = view.getUint32(48, true);
  const directory = chain(firstDirectory, Math.min(lengthOf(firstDirectory), 64 * 1024));
  if (directory === undefined) return undefined;
  const entries = directoryEntries(directory);
  const root = entries.find(({ type }) => type === 5);
  const cutoff = view.getUint32(56, true);
  const firstMini = view.getUint32(60, true);
  const read = (entry: StreamEntry): Uint8Array | undefined => {
    if (entry.size >= cutoff) return chain(entry.start, entry.size);
    const small = root && chain(root.start, root.size);
    const links = chain(firstMini, lengthOf(firstMini));
    if (small === undefined || links === undefined) return undefined;
    const next = words(links);
    const result = new Uint8Array(Math.ceil(entry.size / miniSectorBytes) * miniSectorBytes);
    let sector = entry.start;
    for (let at = 0; at < result.length; at += miniSectorBytes) {
      const from = sector * miniSectorBytes;
      if (from + miniSectorBytes > small.length) return undefined;
      result.set(small.subarray(from, from + miniSectorBytes), at);
      sector = next[sector] ?? lastSector;
    }
    return result.subarray(0, entry.size);
  };
  return {
    names: entries.map(({ name }) => name),
    entries: entries.filter(({ type }) => type === 2),
    read,
  };
}

function words(bytes: Uint8Array): number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) =>
    view.getUint32(4 * index, true),
  );
}

function directoryEntries(bytes: Uint8Array): (StreamEntry & { readonly type: number })[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: Math.floor(bytes.length / 128) }, (_, index) => {
    const at = 128 * index;
    const nameBytes = Math.max(0, Math.min(view.getUint16(at + 64, true) - 2, 62));
    return {
      name: new TextDecoder("utf-16le").decode(bytes.subarray(at, at + nameBytes)),
      type: view.getUint8(at + 66),
      start: view.getUint32(at + 116, true),
      size: view.getUint32(at + 120, true),
    };
  });
}

/** Records of BIFF8, by number. */
const record = {
  filePass: 0x2f,
  boundSheet: 0x85,
  supBook: 0x1ae,
  begin: 0x809,
  mulRk: 0xbd,
} as const;
const cellRecords: ReadonlySet<number> = new Set([
  ...[0x06, 0xfd, 0x201, 0x203, 0x204, 0x205, 0x27e],
  record.mulRk,
]);

function judged(stream: Uint8Array): Result<XlsStream, XlsRefusal> {
  const view = new DataView(stream.buffer, stream.byteOffset, stream.byteLength);
  const positions = new Set<number>();
  const hiddenSheets = new Set<number>();
  /** Last filled column by sheet and row. */
  const widths = new Map<number, number>();
  let part = 0;
  let sheets = 0;
  let cells = 0;
  let records = 0;
  for (let at = 0; at + 4 <= stream.length;) {
    const [id, length] = [view.getUint16(at, true), view.getUint16(at + 2, true)];
    const data = at + 4;
    if (data + length > stream.length) break;
    records += 1;
    if (records > xlsLimits.records) return err("too_many_cells");
    if (id === record.filePass) return err("encrypted");
    if (id === record.begin) part += 1;
    if (id === record.boundSheet && length > 6) {
      positions.add(view.getUint32(data, true));
      if ((view.getUint8(data + 4) & 3) !== 0) hiddenSheets.add(sheets);
      sheets += 1;
    }
    if (id === record.supBook && namesProgram(view, data, length)) return err("calls_programs");
    if (cellRecords.has(id) && length >= 6) {
      const row = view.getUint16(data, true);
      const first = view.getUint16(data + 2, true);
      const last = id === record.mulRk ? view.getUint16(data + length - 2, true) : first;
      const key = part * 65_536 + row;
      const [known, width] = [widths.get(key) ?? 0, Math.max(first, last) + 1];
      if (width > known) {
        widths.set(key, width);
        cells += width - known;
      }
      if (cells > xlsLimits.cells) return err("too_many_cells");
    }
    at = data + length;
  }
  if (sheets > xlsLimits.sheets) return err("too_many_sheets");
  // Two sheets at one place would be read twice over.
  if (positions.size !== sheets) return err("broken");
  return ok({ stream, hiddenSheets });
}

/** A link to a program (DDE, OLE) has U+0003 between its name and its topic. */
function namesProgram(view: DataView, at: number, length: number): boolean {
  const characters = length < 5 ? 0 : view.getUint16(at + 2, true);
  if (characters === 0x0401 || characters === 0x3a01) return false;
  const isWide = length > 4 && (view.getUint8(at + 4) & 1) === 1;
  for (let index = 5; index < length; index += isWide ? 2 : 1) {
    if (view.getUint8(at + index) === 3 && (!isWide || view.getUint8(at + index + 1) === 0)) {
      return true;
    }
  }
  return false;
}

/** A compound file that holds this stream and nothing else, for the reader of workbooks. */
export function compoundFileOf(stream: Uint8Array): Uint8Array {
  const sectorBytes = 512;
  const perSector = sectorBytes / 4;
  // At least the size below which a stream would go among the small ones.
  const dataSectors = Math.ceil(Math.max(stream.length, 4096) / sectorBytes);
  const fatSectors = Math.ceil((dataSectors + 1) / (perSector - 1));
  const bytes = new Uint8Array((1 + fatSectors + 1 + dataSectors) * sectorBytes);
  const view = new DataView(bytes.buffer);
  const [freeSector, endOfChain, fatSector] = [0xffffffff, 0xfffffffe, 0xfffffffd];
  bytes.set(compoundSignature);
  view.setUint16(24, 0x3e, true);
  view.setUint16(26, 3, true);
  view.setUint16(28, 0xfffe, true);
  view.setUint16(30, 9, true);
  view.setUint16(32, 6, true);
  view.setUint32(44, fatSectors, true);
  view.setUint32(48, fatSectors, true);
  view.setUint32(56, 4096, true);
  view.setUint32(60, endOfChain, true);
  view.setUint32(68, endOfChain, true);
  for (let index = 0; index < 109; index += 1) {
    view.setUint32(76 + 4 * index, index < fatSectors ? index : freeSector, true);
  }
  const first = fatSectors + 1;
  for (let sector = 0; sector < fatSectors * perSector; sector += 1) {
    const isLast = sector === fatSectors || sector === first + dataSectors - 1;
    const link =
      sector < fatSectors
        ? fatSector
        : isLast
          ? endOfChain
          : sector < first + dataSectors
            ? sector + 1
            : freeSector;
    view.setUint32(sectorBytes + 4 * sector, link, true);
  }
  const directory = sectorBytes * (1 + fatSectors);
  const names = ["Root Entry", "Workbook"] as const;
  for (const [index, name] of names.entries()) {
    const at = directory + 128 * index;
    for (let character = 0; character < name.length; character += 1) {
      view.setUint16(at + 2 * character, name.charCodeAt(character), true);
    }
    view.setUint16(at + 64, 2 * name.length + 2, true);
    view.setUint8(at + 66, index === 0 ? 5 : 2);
    view.setUint32(at + 116, index === 0 ? endOfChain : first, true);
    view.setUint32(at + 120, index === 0 ? 0 : Math.max(stream.length, 4096), true);
  }
  bytes.set(stream, sectorBytes * (1 + first));
  return bytes;
}
