/** The key cannot name a file in every store alike: a bug of the caller, who makes all keys. */
class FileKeyError extends Error {
  override readonly name = "FileKeyError";
  constructor(key: string, fault: string) {
    super(`Not a file key: ${JSON.stringify(key.slice(0, 120))} ${fault}`);
  }
}

/** S3's limit is 1,024 bytes; the rest is room for the bucket's own prefix. */
const maxKeyBytes = 900;
/** What one file name may take on common file systems. */
const maxSegmentBytes = 255;

/** Refuses keys that would leave the folder, or that one store would take and the other not. */
export function assertFileKey(key: string): void {
  const fault = faultOf(key);
  if (fault !== undefined) throw new FileKeyError(key, fault);
}

/** A prefix ends anywhere within a key, or is empty. */
export function assertKeyPrefix(prefix: string): void {
  if (prefix !== "") assertFileKey(prefix.endsWith("/") ? prefix.slice(0, -1) : prefix);
}

function faultOf(key: string): string | undefined {
  const bytes = Buffer.from(key);
  if (bytes.length > maxKeyBytes) return `is longer than ${maxKeyBytes} bytes`;
  if (bytes.toString() !== key || key.normalize("NFC") !== key) return "is not Unicode in NFC";
  if (/[\p{Cc}\\]/u.test(key)) return "holds a control character or a backslash";
  const segments = key.split("/");
  if (segments.some((segment) => segment === "" || segment === "." || segment === "..")) {
    return "has an empty, . or .. segment";
  }
  return segments.some((segment) => Buffer.byteLength(segment) > maxSegmentBytes)
    ? `has a segment longer than ${maxSegmentBytes} bytes`
    : undefined;
}
