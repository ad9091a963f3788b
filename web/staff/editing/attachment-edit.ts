import { mostAttachments, nameCharacters } from "../../../shared/report/section-bounds.ts";
import type { Attachment, Attachments } from "../../../shared/report/sections.ts";

/** The list of attachments as uploads and people change it. */

export interface Attached {
  readonly attachments: Attachments;
  /** What the person is to know of it; nothing where the file was added under its own name. */
  readonly note?: string;
}

/**
 * A file that was uploaded, on the list. The same bytes are one file, disclosed or not as it was; another file of the
 * same name gets a number, so that neither is lost.
 */
export function withAttachment(attachments: Attachments, file: Attachment): Attached {
  const { files } = attachments;
  const before = files.find(({ sha256 }) => sha256 === file.sha256);
  if (before !== undefined) {
    return {
      attachments,
      note: `“${file.name}”与已有的附件“${before.name}”内容完全相同，没有重复添加。`,
    };
  }
  if (files.length >= mostAttachments) {
    return {
      attachments,
      note: `“${file.name}”没有添加：附件已有${String(mostAttachments)}个，达到上限。请先移除不需要的。`,
    };
  }
  const name = freeName(file.name, new Set(files.map((other) => other.name)));
  const added = { files: [...files, { ...file, name }] };
  return name === file.name
    ? { attachments: added }
    : { attachments: added, note: `已有名为“${file.name}”的另一个附件，新文件命名为“${name}”。` };
}

/** 自评表.pdf, then 自评表（2）.pdf: a name that no other file bears, no longer than a name may be. */
function freeName(name: string, taken: ReadonlySet<string>): string {
  const [, stem = name, ending = ""] = /^(.+?)(\.[^.]+)?$/u.exec(name) ?? [];
  let free = name;
  for (let number = 2; taken.has(free); number += 1) {
    const mark = `（${String(number)}）${ending}`;
    free = stem.slice(0, nameCharacters - mark.length) + mark;
  }
  return free;
}

/** A file that was removed, back where it was; what was done with the others meanwhile stays. */
export const withRestored = (
  { files }: Attachments,
  file: Attachment,
  index: number,
): Attachments => ({
  files: files.some(({ sha256 }) => sha256 === file.sha256)
    ? files
    : files.toSpliced(Math.min(index, files.length), 0, file),
});
