import type { SectionPointer } from "../../shared/report/section-pointer.ts";

/** The very same save, not only the same bytes. */
export const isSamePointer = (left: SectionPointer | undefined, right: SectionPointer): boolean =>
  left?.sha256 === right.sha256 && left.by === right.by && left.at === right.at;
