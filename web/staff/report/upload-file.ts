import { attachmentSchema, type Attachment } from "../../../shared/report/sections.ts";
import { ApiRefusal, type ApiClient } from "../api/client.ts";

/** How far a file has come: its hash is computed, it is on its way, the server inspects it. */
export type UploadProgress =
  | { readonly step: "hashing" | "verifying" }
  | { readonly step: "sending"; readonly percent: number };

/** Why a file is not attached, in a sentence for its row; another try may help where `retry` is set. */
export type UploadOutcome =
  | { readonly ok: true; readonly attachment: Attachment }
  | { readonly ok: false; readonly message: string; readonly retry: boolean };

/** Posts a form and reports progress; resolves to the HTTP status, rejects when the connection breaks. */
export type PostForm = (
  url: string,
  form: FormData,
  onPercent: (percent: number) => void,
) => Promise<number>;

const typeByEnding: Readonly<Record<string, Attachment["contentType"]>> = {
  pdf: "application/pdf",
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  csv: "text/csv",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
  docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
};

/**
 * Announces a file, sends it straight to the file store and has it verified; only then it may be
 * attached. Every step may be repeated: nothing is stored twice and nothing stored is lost.
 */
export async function uploadFile(
  { api, post }: { readonly api: Pick<ApiClient, "send">; readonly post: PostForm },
  reportId: string,
  file: File,
  onProgress: (progress: UploadProgress) => void,
): Promise<UploadOutcome> {
  try {
    onProgress({ step: "hashing" });
    const described = attachmentSchema.safeParse({
      sha256: await sha256Of(file),
      name: file.name,
      contentType: typeByEnding[file.name.split(".").at(-1)?.toLowerCase() ?? ""],
      sizeBytes: file.size,
      disclosed: false,
    });
    if (!described.success) return { ok: false, message: notUploadable, retry: false };
    const { disclosed, ...announced } = described.data;
    const attachment = { ...announced, disclosed };
    const uploads = `/reports/${reportId}/uploads`;
    const { ticket, uploadId } = await api.send("POST", uploads, announced, "uploadResponse");
    if (ticket === undefined || uploadId === undefined) return { ok: true, attachment };
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.fields)) form.set(name, value);
    form.set("file", file);
    onProgress({ step: "sending", percent: 0 });
    const status = await post(ticket.url, form, (percent) => {
      onProgress({ step: "sending", percent });
    });
    if (status >= 300) return { ok: false, message: notTaken(status), retry: true };
    onProgress({ step: "verifying" });
    await api.send("POST", `${uploads}/${uploadId}`, announced, "uploadedResponse");
    return { ok: true, attachment };
  } catch (error) {
    if (error instanceof ApiRefusal) {
      return { ok: false, message: error.message, retry: error.code !== "content_refused" };
    }
    return { ok: false, message: "传输中断，文件没有上传。请检查网络后重试。", retry: true };
  }
}

const notUploadable =
  "这个文件不能上传：可以上传 PDF、PNG、JPG、CSV、XLSX、DOCX，每个不超过 20 MB，且不能为空。";

const notTaken = (status: number): string =>
  status === 403
    ? "上传凭证已过期，文件没有上传，请重试。"
    : "传到的内容与所选的文件不一致，没有保存。文件可能正在被其他程序修改，请关闭后重试。";

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
