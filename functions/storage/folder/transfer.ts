import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import { assertNever, err, ok, type Result } from "../../../shared/result.ts";
import { contentDisposition } from "../content-disposition.ts";
import { assertFileKey } from "../file-key.ts";
import type { DownloadLinks, StoredFile, UploadTickets } from "../ports.ts";
import type { FolderFiles } from "./files.ts";
import { readUploadForm, TruncatedFormError } from "./multipart.ts";

/**
 * What presigned addresses are to S3, for the folder: a grant (key, limits, expiry) in the address or
 * form, signed with a secret only this host knows. Whoever shows a grant may do that one thing.
 */
export interface FolderTransfer {
  readonly tickets: UploadTickets;
  readonly links: DownloadLinks;
  /** Takes in one upload; it has its key only when it came whole and is what its ticket names. */
  acceptUpload(
    fields: Readonly<Record<string, string>>,
    content: AsyncIterable<Uint8Array>,
  ): Promise<Result<StoredFile, TransferRefusal>>;
  openDownload(
    query: URLSearchParams,
  ): Promise<
    Result<{ readonly bytes: Uint8Array; readonly headers: DownloadHeaders }, TransferRefusal>
  >;
  /** Both of them behind HTTP: a multipart POST, or a GET of an issued address. */
  handle(request: Request): Promise<Response>;
}

type TransferRefusal = {
  readonly code:
    | "invalid_form"
    | "invalid_ticket"
    | "expired_ticket"
    | "wrong_type"
    | "too_large"
    | "too_small"
    | "wrong_checksum"
    | "exists"
    | "not_found";
};

type DownloadHeaders = Readonly<
  Record<
    "content-type" | "content-disposition" | "cache-control" | "x-content-type-options",
    string
  >
>;

const uploadGrant = z.strictObject({
  key: z.string(),
  contentType: z.string(),
  sizeBytes: z.int().min(1),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  expiresAt: z.iso.datetime(),
});
const downloadGrant = z.strictObject({
  key: z.string(),
  fileName: z.string(),
  contentType: z.string(),
  disposition: z.enum(["attachment", "inline"]),
  expiresAt: z.iso.datetime(),
});

interface FolderTransferDeps {
  readonly files: FolderFiles;
  readonly secret: string | Uint8Array;
  /** Where `handle` is mounted, without a closing slash. */
  readonly baseUrl: string;
  readonly now: () => string;
}

export function createFolderTransfer({
  files,
  secret,
  baseUrl,
  now,
}: FolderTransferDeps): FolderTransfer {
  /** A grant to upload is none to download: the purpose is signed with it. */
  const signature = (purpose: "upload" | "download", grant: string): string =>
    createHmac("sha256", secret).update(`${purpose}\n${grant}`).digest("hex");

  const seal = (purpose: "upload" | "download", grant: object) => {
    const text = Buffer.from(JSON.stringify(grant)).toString("base64url");
    return { grant: text, signature: signature(purpose, text) };
  };

  function unseal<Schema extends z.ZodType<{ readonly expiresAt: string }>>(
    purpose: "upload" | "download",
    schema: Schema,
    sealed: { readonly grant: string; readonly signature: string },
  ): Result<z.output<Schema>, TransferRefusal> {
    const expected = Buffer.from(signature(purpose, sealed.grant));
    const shown = Buffer.from(sealed.signature);
    if (shown.length !== expected.length || !timingSafeEqual(shown, expected)) {
      return err({ code: "invalid_ticket" });
    }
    const grant = schema.parse(JSON.parse(Buffer.from(sealed.grant, "base64url").toString()));
    return Date.parse(now()) < Date.parse(grant.expiresAt)
      ? ok(grant)
      : err({ code: "expired_ticket" });
  }

  const expiry = (seconds: number) => new Date(Date.parse(now()) + seconds * 1000).toISOString();

  const transfer: FolderTransfer = {
    tickets: {
      issue({ key, contentType, sizeBytes, sha256, expiresInSeconds }) {
        assertFileKey(key);
        const expiresAt = expiry(expiresInSeconds);
        const sealed = seal("upload", { key, contentType, sizeBytes, sha256, expiresAt });
        return Promise.resolve({
          url: `${baseUrl}/upload`,
          method: "POST",
          fields: { key, "Content-Type": contentType, ...sealed },
          expiresAt,
        });
      },
    },

    links: {
      issue({ key, fileName, contentType, disposition, expiresInSeconds }) {
        assertFileKey(key);
        const expiresAt = expiry(expiresInSeconds);
        const sealed = seal("download", { key, fileName, contentType, disposition, expiresAt });
        return Promise.resolve(`${baseUrl}/download?${new URLSearchParams(sealed).toString()}`);
      },
    },

    async acceptUpload(fields, content) {
      const { grant = "", signature = "" } = fields;
      const ticket = unseal("upload", uploadGrant, { grant, signature });
      if (!ticket.ok) return ticket;
      const { key, contentType } = ticket.value;
      if (fields["key"] !== key) return err({ code: "invalid_ticket" });
      if (fields["Content-Type"] !== contentType) return err({ code: "wrong_type" });
      try {
        const stored = await files.receive(key, asAnnounced(content, ticket.value));
        return stored === "exists"
          ? err({ code: "exists" })
          : ok({ key, sizeBytes: ticket.value.sizeBytes });
      } catch (error) {
        if (error instanceof BytesRefused) return err({ code: error.code });
        if (error instanceof TruncatedFormError) return err({ code: "invalid_form" });
        throw error;
      }
    },

    async openDownload(query) {
      const sealed = { grant: query.get("grant") ?? "", signature: query.get("signature") ?? "" };
      const link = unseal("download", downloadGrant, sealed);
      if (!link.ok) return link;
      const { key, fileName, contentType, disposition } = link.value;
      const bytes = await files.get(key);
      if (bytes === undefined) return err({ code: "not_found" });
      return ok({
        bytes,
        headers: {
          "content-type": contentType,
          "content-disposition": contentDisposition(disposition, fileName),
          "cache-control": "private, no-store",
          "x-content-type-options": "nosniff",
        },
      });
    },

    async handle(request) {
      if (request.method === "GET" || request.method === "HEAD") {
        const found = await transfer.openDownload(new URL(request.url).searchParams);
        return found.ok
          ? new Response(new Uint8Array(found.value.bytes), { headers: found.value.headers })
          : refuse(found.error);
      }
      if (request.method !== "POST") return new Response(null, { status: 405 });
      const form = await readUploadForm(
        request.headers.get("content-type") ?? "",
        request.body ?? new Blob([]).stream(),
      );
      if (!form.ok) return refuse(form.error);
      const accepted = await transfer.acceptUpload(form.value.fields, form.value.content);
      return accepted.ok ? new Response(null, { status: 204 }) : refuse(accepted.error);
    },
  };
  return transfer;
}

class BytesRefused extends Error {
  readonly code: "too_large" | "too_small" | "wrong_checksum";
  constructor(code: BytesRefused["code"]) {
    super(code);
    this.code = code;
  }
}

/** Passes bytes on; breaks off at the first too many, or at an end that makes them others than announced. */
async function* asAnnounced(
  content: AsyncIterable<Uint8Array>,
  { sizeBytes, sha256 }: { readonly sizeBytes: number; readonly sha256: string },
): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let received = 0;
  for await (const chunk of content) {
    received += chunk.byteLength;
    if (received > sizeBytes) throw new BytesRefused("too_large");
    hash.update(chunk);
    yield chunk;
  }
  if (received < sizeBytes) throw new BytesRefused("too_small");
  if (hash.digest("hex") !== sha256) throw new BytesRefused("wrong_checksum");
}

function refuse({ code }: TransferRefusal): Response {
  return Response.json({ error: { code } }, { status: statusOf(code) });
}

function statusOf(code: TransferRefusal["code"]): number {
  switch (code) {
    case "invalid_form":
    case "too_small":
    case "wrong_checksum":
      return 400;
    case "invalid_ticket":
    case "expired_ticket":
      return 403;
    case "not_found":
      return 404;
    case "exists":
      return 409;
    case "too_large":
      return 413;
    case "wrong_type":
      return 415;
    default:
      return assertNever(code);
  }
}
