import { writableText } from "./characters.ts";

/** Opens in Excel as UTF-8; RFC 4180 otherwise. */
const byteOrderMark = "\u{feff}";

/** Rows, the head first, as the text of a .csv file. */
export const csvText = (rows: readonly (readonly string[])[]): string =>
  byteOrderMark + rows.map((row) => `${row.map(field).join(",")}\r\n`).join("");

/** Quoted where RFC 4180 requires; a text that a spreadsheet would run as a formula is made plain text. */
function field(stored: string): string {
  const text = writableText(stored);
  const isFormula = /^[=+\-@\t\r]/.test(text) && !/^-?\d+(\.\d+)?$/.test(text);
  const plain = isFormula ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
