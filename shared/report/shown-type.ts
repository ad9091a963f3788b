import type { Attachment } from "./sections.ts";

/** What a browser shows by itself; its content was inspected when it was stored, and is handed out under that very type. */
export const isShownType = (contentType: Attachment["contentType"]): boolean =>
  contentType === "application/pdf" || contentType === "image/png" || contentType === "image/jpeg";
