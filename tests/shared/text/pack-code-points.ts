import type { CodePoints } from "../../../shared/text/code-points.ts";

/** Writes what `unpackCodePoints` reads. */
export function packCodePoints(set: CodePoints): string {
  let end = 0;
  return set
    .map(([first, last]) => {
      const gap = (first - end).toString(36);
      end = last;
      return first === last ? gap : `${gap}-${(last - first).toString(36)}`;
    })
    .join(",");
}
