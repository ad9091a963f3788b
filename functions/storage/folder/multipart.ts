import { err, ok, type Result } from "../../../shared/result.ts";

/** An upload form as a browser posts it: its fields, then the file named `file`, still arriving. */
interface UploadForm {
  readonly fields: Readonly<Record<string, string>>;
  /** Throws `TruncatedFormError` when the body ends before the file does. */
  readonly content: AsyncIterable<Uint8Array>;
}

export class TruncatedFormError extends Error {
  override readonly name = "TruncatedFormError";
}

const maxFields = 20;
const maxFieldBytes = 16 * 1024;
const maxHeaderBytes = 8 * 1024;

/**
 * Reads multipart/form-data (RFC 7578) up to the file, which is passed on chunk by chunk: the size
 * limit of its ticket is known by then and holds while it arrives. What follows the file is not read.
 */
export async function readUploadForm(
  contentType: string,
  body: AsyncIterable<Uint8Array>,
): Promise<Result<UploadForm, { readonly code: "invalid_form" }>> {
  const invalid = err({ code: "invalid_form" } as const);
  const boundary = boundaryOf(contentType);
  if (boundary === undefined) return invalid;
  const delimiter = Buffer.from(`\r\n--${boundary}`);
  const reader = createReader(body);
  if ((await reader.until(delimiter, maxHeaderBytes)) === undefined) return invalid;
  const fields: Record<string, string> = {};
  for (let part = 0; part <= maxFields; part++) {
    if ((await reader.until(lineEnd, 0)) === undefined) return invalid;
    const head = await reader.until(headEnd, maxHeaderBytes);
    const name = /^content-disposition: *form-data;.*?\bname="([^"]*)"/im.exec(
      head?.toString() ?? "",
    )?.[1];
    if (name === undefined) return invalid;
    if (name === "file") return ok({ fields, content: reader.passUntil(delimiter) });
    const value = await reader.until(delimiter, maxFieldBytes);
    if (value === undefined) return invalid;
    fields[name] = value.toString();
  }
  return invalid;
}

const lineEnd = Buffer.from("\r\n");
const headEnd = Buffer.from("\r\n\r\n");

/** 1 to 70 characters (RFC 2046). */
function boundaryOf(contentType: string): string | undefined {
  const [, quoted, bare] =
    /^multipart\/form-data;.*?\bboundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(contentType) ??
    [];
  return quoted ?? bare;
}

function createReader(body: AsyncIterable<Uint8Array>) {
  const source = body[Symbol.asyncIterator]();
  let held: Buffer = Buffer.from("\r\n"); // so that the first delimiter looks like every other

  async function pull(): Promise<boolean> {
    const chunk = await source.next();
    if (chunk.done === true) return false;
    held = held.length === 0 ? Buffer.from(chunk.value) : Buffer.concat([held, chunk.value]);
    return true;
  }

  return {
    /** Bytes before the delimiter, which is consumed; undefined when it does not come in time. */
    async until(delimiter: Buffer, maxBytes: number): Promise<Buffer | undefined> {
      for (;;) {
        const at = held.indexOf(delimiter);
        if (at > maxBytes) return undefined;
        if (at >= 0) {
          const found = held.subarray(0, at);
          held = held.subarray(at + delimiter.length);
          return found;
        }
        if (held.length > maxBytes + delimiter.length || !(await pull())) return undefined;
      }
    },

    /** Passes bytes on as they come, up to the delimiter; holds back what may be its beginning. */
    async *passUntil(delimiter: Buffer): AsyncGenerator<Uint8Array> {
      for (;;) {
        const at = held.indexOf(delimiter);
        const safe = at >= 0 ? at : Math.max(0, held.length - delimiter.length);
        if (safe > 0) yield held.subarray(0, safe);
        held = held.subarray(safe);
        if (at >= 0) return;
        if (!(await pull())) throw new TruncatedFormError("The form ended within its file");
      }
    },
  };
}
