import { attachmentBytes, nameCharacters } from "../../../../shared/report/section-bounds.ts";
import type { Attachment } from "../../../../shared/report/sections.ts";
import { ApiRefusal, type ApiClient } from "../../api/client.ts";

/** How far a file has come: it waits its turn, its hash is computed, it is on its way, the server inspects it. */
export type UploadProgress =
  | { readonly step: "waiting" | "hashing" | "verifying" }
  | { readonly step: "sending"; readonly percent: number };

/** Why a file is not attached, in a sentence for its row. */
export interface UploadRefusal {
  readonly message: string;
  /** Another try may help; `online`: as soon as the network is back. */
  readonly retry: boolean | "online";
}

export type UploadOutcome =
  { readonly ok: true; readonly attachment: Attachment } | ({ readonly ok: false } & UploadRefusal);

/**
 * Posts a form and reports progress; resolves to the HTTP status, rejects when the connection breaks or the signal
 * aborts it.
 */
export type PostForm = (
  url: string,
  form: FormData,
  onPercent: (percent: number) => void,
  signal: AbortSignal,
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

/** 1 MB is 1,024 KB, as the file managers of offices have it. */
export const sizeText = (bytes: number): string =>
  bytes < 1_048_576
    ? `${String(Math.max(1, Math.round(bytes / 1024)))} KB`
    : `${String(Math.round(bytes / 104_857.6) / 10)} MB`;

const typeOf = ({ name }: File): Attachment["contentType"] | undefined =>
  typeByEnding[name.split(".").at(-1)?.toLowerCase() ?? ""];

/** Why a file cannot be attached, as its name and size show: nothing of it is read or sent. */
export function fileFault(file: File): string | undefined {
  if (file.size === 0) {
    return "这是空文件（0 字节），没有上传。请核对文件是否保存完整，再重新选择。";
  }
  if (typeOf(file) === undefined) {
    return "这种文件不能上传，可以上传 PDF、PNG、JPG、CSV、XLSX、DOCX。旧格式或 WPS 文件请另存为其中一种。";
  }
  if (file.size > attachmentBytes) {
    return `文件有 ${sizeText(file.size)}，超过每个附件 ${sizeText(attachmentBytes)} 的上限，没有上传。请压缩其中的图片，或拆成几个文件。`;
  }
  return file.name.trim().length > nameCharacters
    ? `文件名超过 ${String(nameCharacters)} 字，没有上传。请改短文件名。`
    : undefined;
}

/**
 * Announces a file, sends it straight to the file store and has it verified; only then it may be attached. Every step
 * may be repeated: nothing is stored twice and nothing stored is lost.
 */
export async function uploadFile(
  { api, post }: { readonly api: Pick<ApiClient, "send">; readonly post: PostForm },
  reportId: string,
  file: File,
  {
    onProgress,
    signal,
  }: { readonly onProgress: (progress: UploadProgress) => void; readonly signal: AbortSignal },
): Promise<UploadOutcome> {
  const fault = fileFault(file);
  const contentType = typeOf(file);
  if (fault !== undefined || contentType === undefined) {
    return { ok: false, message: fault ?? "", retry: false };
  }
  try {
    onProgress({ step: "hashing" });
    const announced = {
      sha256: await sha256Of(file),
      name: file.name.trim(),
      contentType,
      sizeBytes: file.size,
    };
    signal.throwIfAborted();
    const attachment = { ...announced, disclosed: false };
    const uploads = `/reports/${reportId}/uploads`;
    const { ticket, uploadId } = await api.send("POST", uploads, announced, "uploadResponse");
    if (ticket === undefined || uploadId === undefined) return { ok: true, attachment };
    const form = new FormData();
    for (const [name, value] of Object.entries(ticket.fields)) form.set(name, value);
    form.set("file", file);
    onProgress({ step: "sending", percent: 0 });
    const onPercent = (percent: number) => onProgress({ step: "sending", percent });
    const status = await post(ticket.url, form, onPercent, signal);
    if (status >= 300) return { ok: false, message: notTaken(status), retry: true };
    onProgress({ step: "verifying" });
    await api.send("POST", `${uploads}/${uploadId}`, announced, "uploadedResponse");
    return { ok: true, attachment };
  } catch (error) {
    if (error instanceof ApiRefusal) {
      return { ok: false, message: error.message, retry: error.code !== "content_refused" };
    }
    return {
      ok: false,
      message: "网络中断，文件没有传完。网络恢复后自动重新上传，也可以现在重试。",
      retry: "online",
    };
  }
}

const notTaken = (status: number): string =>
  status === 403
    ? "上传凭证已过期，文件没有上传，请重试。"
    : "传到的内容与所选的文件不一致，没有保存。文件可能正在被其他程序修改，请关闭后重试。";

async function sha256Of(file: File): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
