import type { PreviewView } from "../../shared/contract/responses.ts";
import { causeText, remedyOf, type FailureCause } from "../../shared/workflow/failure.ts";
import type { Preview } from "../use-cases/preview.ts";
import { previewKey } from "../use-cases/rendered.ts";
import type { ApiDeps } from "./deps.ts";

/** How long an address of a private file can be opened. */
export const linkSeconds = 5 * 60;

/** A print as people see it: with its address when it is there, with what to do when it failed. */
export async function previewView(
  { links }: Pick<ApiDeps, "links">,
  /** Names the file. */
  of: string,
  preview: Preview,
): Promise<PreviewView> {
  const { hash, status } = preview;
  if (status === "failed") return { hash, status, message: failureText(preview.cause) };
  if (status === "rendering") return { hash, status };
  const url = await links.issue({
    key: previewKey(hash),
    fileName: `${of}-预览.pdf`,
    contentType: "application/pdf",
    disposition: "inline",
    expiresInSeconds: linkSeconds,
  });
  return { hash, status, url };
}

function failureText(cause: FailureCause | undefined): string {
  if (cause === undefined) return "没有排出 PDF，请重新生成；仍不成功时请联系管理员。";
  const wayOut =
    remedyOf(cause) === "content" ? "请修改后重新生成" : "请重新生成；仍不成功时请联系管理员";
  return `没有排出 PDF。原因：${causeText(cause)}。${wayOut}。`;
}
