import type { Attachment } from "../../../shared/report/sections.ts";
import { assertNever } from "../../../shared/result.ts";
import { officeFile, type OfficeFault } from "./office-faults.ts";
import { pdfFault, type PdfFault } from "./pdf-faults.ts";

export type ContentType = Attachment["contentType"];

/** Why the bytes of a file are not taken as an attachment. */
export type ContentFault =
  /** They are of another kind than announced; `found` is the detected kind. */
  | { readonly code: "other_type"; readonly found: FoundType }
  | { readonly code: "unsafe_pdf"; readonly fault: PdfFault }
  | { readonly code: "unsafe_office"; readonly fault: OfficeFault }
  | { readonly code: "unreadable_text" };

/** What a file turns out to be, as far as the refusal words it. */
export type FoundType =
  ContentType | "program" | "web_page" | "old_office" | "archive" | "text" | "unknown";

/**
 * Looks at the bytes of a file: whether they are of the announced type, and whether opening them would
 * run anything. Pure, and bounded in time and memory whatever the bytes are (at most 20 MB of them).
 */
export function contentFault(bytes: Uint8Array, announced: ContentType): ContentFault | undefined {
  const found = typeOf(bytes);
  switch (announced) {
    case "application/pdf": {
      if (found !== announced) return { code: "other_type", found };
      const fault = pdfFault(bytes);
      return fault && { code: "unsafe_pdf", fault };
    }
    case "image/png":
    case "image/jpeg":
      return found === announced ? undefined : { code: "other_type", found };
    case "text/csv":
      if (found === "unknown") return { code: "unreadable_text" };
      return found === "text" ? undefined : { code: "other_type", found };
    case "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
    case "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
      if (!isZip(bytes)) return { code: "other_type", found };
      const office = officeFile(bytes);
      if (office.type === announced || (office.type === undefined && office.fault)) {
        return office.fault && { code: "unsafe_office", fault: office.fault };
      }
      return { code: "other_type", found: office.type ?? "archive" };
    }
    default:
      return assertNever(announced);
  }
}

/**
 * Whether the bytes are of this type, without looking for what they would run: every stored file was
 * looked at as what it is before it was stored.
 */
export const isOfType = (bytes: Uint8Array, announced: ContentType): boolean => {
  const found = typeOf(bytes);
  return found === announced || (announced === "text/csv" && found === "text");
};

/** By the first bytes, but for Office files (by their parts) and text (by having none but characters). */
function typeOf(bytes: Uint8Array): FoundType {
  const starts = (...first: readonly number[]) => first.every((byte, at) => bytes[at] === byte);
  if (starts(0x25, 0x50, 0x44, 0x46, 0x2d)) return "application/pdf";
  if (starts(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return "image/png";
  if (starts(0xff, 0xd8, 0xff)) return "image/jpeg";
  if (isZip(bytes)) return officeFile(bytes).type ?? "archive";
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return "old_office";
  if (starts(0x4d, 0x5a) || starts(0x7f, 0x45, 0x4c, 0x46) || starts(0x23, 0x21)) return "program";
  if (starts(0x52, 0x61, 0x72, 0x21) || starts(0x37, 0x7a, 0xbc, 0xaf) || starts(0x1f, 0x8b)) {
    return "archive";
  }
  const text = textOf(bytes);
  if (text === undefined) return "unknown";
  return /<(?:!doctype|\?xml|html|head|body|script|svg|iframe)\b/iu.test(text)
    ? "web_page"
    : "text";
}

const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 0x03 && bytes[3] === 0x04;

/** UTF-8 or GB18030, as spreadsheets export it, without control characters. */
function textOf(bytes: Uint8Array): string | undefined {
  for (const encoding of ["utf-8", "gb18030"]) {
    const text = decoded(bytes, encoding);
    if (text === undefined) continue;
    // These bytes occur in data and not in text.
    return /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\ufffe\uffff]/u.test(text)
      ? undefined
      : text;
  }
  return undefined;
}

function decoded(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}
