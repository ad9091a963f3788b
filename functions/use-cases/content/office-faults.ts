import { zipParts } from "../workbook/zip-parts.ts";

/** Why an Office file is not taken; worded in content-fault-text.ts. */
export type OfficeFault = "broken" | "encrypted" | "macro" | "embedded_program" | "too_complex";

export type OfficeType = keyof typeof mainPart;

/** What the content types list calls the main part of a workbook and of a document. */
const mainPart = {
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": {
    name: "xl/workbook.xml",
    contentType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
  },
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": {
    name: "word/document.xml",
    contentType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
  },
} as const;

const contentTypesName = "[Content_Types].xml";

/** The data behind a chart is a workbook of its own: the one kind of zip that may lie in another. */
const isChartData = (name: string): boolean => /\/embeddings\/[^/]+\.xlsx$/iu.test(name);

/** Which Office file it is by its parts, and what in it would run; undefined when it is none. */
export function officeFile(bytes: Uint8Array): {
  readonly type: OfficeType | undefined;
  readonly fault?: OfficeFault;
} {
  const names: string[] = [];
  const parts = zipParts(
    bytes,
    (name) => {
      names.push(name);
      return name === contentTypesName;
    },
    isChartData,
  );
  const type = officeTypeByName(names);
  if (!parts.ok) {
    const { error } = parts;
    const isTooMuch = error !== "not_a_zip" && error !== "broken" && error !== "encrypted";
    return { type, fault: error === "encrypted" ? error : isTooMuch ? "too_complex" : "broken" };
  }
  const listed = new TextDecoder().decode(parts.value.get(contentTypesName) ?? new Uint8Array());
  if (listed === "" || type === undefined) return { type: undefined };
  const isMacro = (name: string) => /vbaProject|vbaData|\/macrosheets\//iu.test(name);
  if (names.some(isMacro) || /macroEnabled|vbaProject|macrosheet/iu.test(listed)) {
    return { type, fault: "macro" };
  }
  // ActiveX controls, and OLE objects, which may wrap any program.
  const isProgram = (name: string) =>
    /\/activeX\/|\/embeddings\/(?![^/]+\.xlsx$)|\.(?:exe|dll|js|vbs|bat|cmd|ps1|hta|lnk|scr)$/iu.test(
      name,
    );
  if (names.some(isProgram)) return { type, fault: "embedded_program" };
  return listed.includes(mainPart[type].contentType) ? { type } : { type: undefined };
}

const officeTypeByName = (names: readonly string[]): OfficeType | undefined =>
  (Object.keys(mainPart) as OfficeType[]).find((type) => names.includes(mainPart[type].name));
