/** `Content-Disposition` of a download: the name in ASCII, and in full by RFC 5987 for who reads it. */
export function attachmentDisposition(fileName: string): string {
  const plain = fileName.replace(/[^\x20-\x7e]/gu, "_").replace(/["\\%]/gu, "_");
  return `attachment; filename="${plain}"; filename*=UTF-8''${extendedValue(fileName)}`;
}

/** `encodeURIComponent` leaves four characters bare that RFC 5987 does not allow, and refuses lone surrogates. */
const extendedValue = (text: string): string =>
  encodeURIComponent(Buffer.from(text).toString()).replace(
    /['()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
