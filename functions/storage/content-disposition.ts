/** Whether the browser keeps the file, or shows it if it can. */
export type Disposition = "attachment" | "inline";

/** `Content-Disposition` of a download: the name in ASCII, and in full by RFC 5987 for who reads it. */
export function contentDisposition(disposition: Disposition, fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]/gu, "_").replace(/["\\%]/gu, "_");
  return `${disposition}; filename="${plain}"; filename*=UTF-8''${extendedValue(fileName)}`;
}

/** `encodeURIComponent` leaves four characters bare that RFC 5987 does not allow, and refuses lone surrogates. */
const extendedValue = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
