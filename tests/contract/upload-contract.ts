import { beforeEach, describe, expect, it } from "vitest";
import { createIds, sha256 } from "../../functions/platform/ids.ts";
import type { FileStore, UploadTicket, UploadTickets } from "../../functions/storage/ports.ts";
import { uploadKey, waitingKey } from "../../functions/use-cases/upload-key.ts";
import {
  announceUpload,
  clearAbandonedUploads,
  completeUpload,
  uploadLimits,
  type Announcement,
} from "../../functions/use-cases/uploads.ts";
import type { Actor } from "../../shared/workflow/report-state.ts";
import { madePdf, plainObjects } from "../functions/use-cases/content/made-pdf.ts";
import { draft, newHead } from "./fixtures.ts";

export interface UploadAdapter {
  readonly files: FileStore;
  readonly tickets: UploadTickets;
}
interface UploadAdapterUnderTest {
  readonly open: () => Promise<UploadAdapter>;
  /** Posts a form and answers its HTTP status. */
  readonly post: (ticket: Pick<UploadTicket, "url">, form: FormData) => Promise<number>;
  /** Whether the store under test itself compares bytes with the ticket, as S3 does and its emulator does not. */
  readonly comparesBytes: boolean;
}

const bytes = madePdf();
/** Other bytes of the same size, and the right type. */
const others = madePdf(plainObjects("").map((object) => object.replace("595", "596")));
const announced: Announcement = {
  sha256: sha256(bytes),
  name: "采购合同.pdf",
  contentType: "application/pdf",
  sizeBytes: bytes.length,
};
const preparer: Actor = { id: "zhou", name: "周敏", roles: ["preparer"] };
const minute = 60 * 1000;

/** The way of an attachment into the store, on whatever keeps the files. */
export function uploadContract({ open, post, comparesBytes }: UploadAdapterUnderTest): void {
  let files: FileStore;
  let nowMs = Date.now();
  let ids = createIds(() => nowMs);
  let deps: Parameters<typeof announceUpload>[0];
  let org = 0;
  let head = newHead("");
  beforeEach(async () => {
    const adapter = await open();
    nowMs = Date.now();
    ids = createIds(() => nowMs);
    files = adapter.files;
    const now = () => new Date(nowMs).toISOString();
    deps = { ...adapter, sha256, now, newId: () => ids() };
    head = newHead(`9${String((org += 1)).padStart(5, "0")}`, { state: draft });
  });

  const key = () => uploadKey(head.id, announced.sha256);
  const announce = async (file: Announcement = announced) => {
    const answer = await announceUpload(deps, head, file, preparer);
    if (!answer.ok || !answer.value.needed) throw new Error(JSON.stringify(answer));
    return answer.value;
  };
  const formOf = (
    ticket: UploadTicket,
    content: Uint8Array,
    fields: Record<string, string> = {},
  ) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...ticket.fields, ...fields })) {
      form.set(name, value);
    }
    form.set("file", new Blob([new Uint8Array(content)]), "file");
    return form;
  };
  const send = (ticket: UploadTicket, content: Uint8Array, fields = {}) =>
    post(ticket, formOf(ticket, content, fields));
  const complete = (uploadId: string, file: Announcement = announced, files = deps.files) =>
    completeUpload({ files, sha256 }, head, { ...file, uploadId }, preparer);
  const refusalOf = async (answer: ReturnType<typeof complete>) => {
    const { ok, ...rest } = await answer;
    return ok ? "stored" : (rest as { error: { code: string } }).error.code;
  };
  const storedHash = async () => {
    const stored = await files.get(key());
    return stored && sha256(stored);
  };
  const waiting = async () => (await files.list(`incoming/${head.id}/`)).map((file) => file.key);
  const upload = async () => {
    const { uploadId, ticket } = await announce();
    expect(await send(ticket, bytes)).toBeLessThan(300);
    expect(await refusalOf(complete(uploadId))).toBe("stored");
    return { uploadId, ticket };
  };

  describe("an upload", () => {
    it("is stored under its hash once it is verified, not before, and then needs no sending", async () => {
      const { uploadId, ticket } = await announce();
      expect(ticket.fields["key"]).toBe(waitingKey(head.id, uploadId));
      expect(await send(ticket, bytes)).toBeLessThan(300);
      expect(await storedHash()).toBeUndefined();
      expect(await refusalOf(complete(uploadId))).toBe("stored");
      expect(await storedHash()).toBe(announced.sha256);
      expect(await waiting()).toEqual([]);
      expect(await announceUpload(deps, head, announced, preparer)).toEqual({
        ok: true,
        value: { needed: false },
      });
    });

    it("of other bytes than announced is never stored, whatever their number, and can be mended", async () => {
      for (const wrong of [others, bytes.subarray(1), Buffer.concat([bytes, bytes])]) {
        const { uploadId, ticket } = await announce();
        const status = await send(ticket, wrong);
        if (comparesBytes || wrong.length !== bytes.length) {
          expect(status).toBeGreaterThanOrEqual(400);
          expect(await files.get(waitingKey(head.id, uploadId))).toBeUndefined();
        }
        expect(await refusalOf(complete(uploadId))).toBe(
          status < 300 ? "upload_mismatch" : "upload_missing",
        );
        expect(await storedHash()).toBeUndefined();
      }
      await upload();
      expect(await storedHash()).toBe(announced.sha256);
    });

    it("under another key, type, size or checksum than its ticket's is not taken", async () => {
      const { ticket } = await announce();
      const second = await announce({ ...announced, sha256: sha256(others) });
      const elsewhere = {
        key: [key(), second.ticket.fields["key"] ?? "", "uploads/x"],
        "Content-Type": ["text/html"],
      };
      for (const [field, values] of Object.entries(elsewhere)) {
        for (const value of values) {
          expect(await send(ticket, bytes, { [field]: value })).toBeGreaterThanOrEqual(400);
        }
      }
      expect(await storedHash()).toBeUndefined();
      expect((await waiting()).every((one) => one.endsWith(".ticket"))).toBe(true);
    });

    it("of a program, a web page or an active PDF under an allowed type is refused and not kept", async () => {
      const disguised = [
        Buffer.from("<html><script>alert(1)</script></html>"),
        Buffer.from("MZ\u0090\0 setup"),
        madePdf(plainObjects("/OpenAction << /S /JavaScript /JS (x) >>")),
      ];
      for (const content of disguised) {
        const file = { ...announced, sha256: sha256(content), sizeBytes: content.length };
        const { uploadId, ticket } = await announce(file);
        expect(await send(ticket, content)).toBeLessThan(300);
        expect(await refusalOf(complete(uploadId, file))).toBe("content_refused");
        expect(await files.get(uploadKey(head.id, file.sha256))).toBeUndefined();
      }
      expect(await waiting()).toEqual([]);
    });
  });

  describe("a stored file", () => {
    it("is not removed or replaced by announcing its hash with another size", async () => {
      await upload();
      const { uploadId, ticket } = await announce({ ...announced, sizeBytes: others.length + 1 });
      expect(await storedHash()).toBe(announced.sha256);
      await send(ticket, Buffer.concat([others, Buffer.from("x")]));
      const lie = { ...announced, sizeBytes: others.length + 1 };
      expect(await refusalOf(complete(uploadId, lie))).not.toBe("stored");
      expect(await storedHash()).toBe(announced.sha256);
    });

    it("is not touched by its ticket, used again with the same or with other bytes", async () => {
      const { uploadId, ticket } = await upload();
      for (const content of [bytes, others]) {
        const status = await send(ticket, content);
        expect(await storedHash()).toBe(announced.sha256);
        const done = await refusalOf(complete(uploadId));
        expect(done).toBe(content === others && status < 300 ? "upload_mismatch" : "stored");
        expect(await storedHash()).toBe(announced.sha256);
      }
    });

    it("is the same when two send it at once and complete it at once", async () => {
      const [first, second] = await Promise.all([announce(), announce()]);
      expect(first.uploadId).not.toBe(second.uploadId);
      await Promise.all([send(first.ticket, bytes), send(second.ticket, bytes)]);
      const ends = await Promise.all(
        [first, second, first].map(({ uploadId }) => refusalOf(complete(uploadId))),
      );
      expect(ends).toEqual(["stored", "stored", "stored"]);
      expect(await storedHash()).toBe(announced.sha256);
      expect(await waiting()).toEqual([]);
    });

    it("stays stored when the completion is cut off before it could tidy up, and ends well when repeated", async () => {
      const { uploadId, ticket } = await announce();
      await send(ticket, bytes);
      const dying: FileStore = { ...files, delete: () => Promise.reject(new Error("killed")) };
      await expect(complete(uploadId, announced, dying)).rejects.toThrow("killed");
      expect(await storedHash()).toBe(announced.sha256);
      expect(await refusalOf(complete(uploadId))).toBe("stored");
      expect(await waiting()).toEqual([]);
    });

    it("that was spoilt in the store is announced anew and mended by the very bytes", async () => {
      await upload();
      await files.put(key(), others, "application/pdf");
      await upload();
      expect(await storedHash()).toBe(announced.sha256);
    });
  });

  describe("the waiting place", () => {
    it("takes so many uploads of one report and no more, until their time is over", async () => {
      const first = await announce();
      await send(first.ticket, bytes);
      for (let n = 1; n < uploadLimits.waiting; n += 1) await announce();
      expect(await announceUpload(deps, head, announced, preparer)).toEqual({
        ok: false,
        error: { code: "too_many_uploads", limit: uploadLimits.waiting },
      });
      nowMs += 61 * minute;
      await announce();
      expect((await waiting()).length).toBe(1);
    });

    it("is cleared of what was never completed within a day, in every report, and of nothing else", async () => {
      await upload();
      const { ticket } = await announce({ ...announced, sha256: sha256(others) });
      await send(ticket, others);
      const clear = () => clearAbandonedUploads({ files, now: deps.now });
      nowMs += 23 * 60 * minute;
      await clear();
      expect((await waiting()).length).toBeGreaterThan(0);
      nowMs += 61 * minute;
      await clear();
      expect(await waiting()).toEqual([]);
      expect(await storedHash()).toBe(announced.sha256);
    });
  });
}
