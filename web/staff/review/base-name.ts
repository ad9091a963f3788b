import type { ReviewView } from "../../../shared/contract/responses.ts";
import { localTime } from "../app/words.ts";

type Base = ReviewView["bases"][number];

/** Names a base of comparison in a request. */
export const baseKey = (base: Base): string =>
  base.kind === "last_year" ? base.kind : base.editionHash;

/** What is compared with, as a choice. */
export function baseName(base: Base, year: number): string {
  switch (base.kind) {
    case "looked":
      return `我上次看的版本（${localTime(base.at)}）`;
    case "public":
      return `已公开的版本（${localTime(base.at)} ${base.byName}提交）`;
    case "submission":
      return `${localTime(base.at)} ${base.byName}提交的版本`;
    case "last_year":
      return `${String(year - 1)} 年度决算`;
  }
}
