import type { EditionSources, Source } from "../forms/edition-sources.ts";
import type { Standing } from "./source-list.ts";

/** How it is worded where a table or sentence was seen, on the desk of editions as in the printed list. */
export const standingName = {
  printed: "见于印本",
  listed: "见于目录",
  accounts: "按决算报表",
  unverified: "未见印本",
  taken_over: "沿用底本",
} as const satisfies Record<Standing, string>;

/** One source: what it is, the document with its address where there is one, and what is to be noted of it. */
export interface SourceWords {
  readonly standing: string;
  readonly document?: string;
  readonly address?: string;
  /** In brackets after the document, or what is known instead of one. */
  readonly note?: string;
}

export function sourceWords(source: Source, sources: EditionSources | undefined): SourceWords {
  if ("unverified" in source) return { standing: standingName.unverified, note: source.unverified };
  const note = source.note === undefined ? {} : { note: source.note };
  if ("accounts" in source) {
    return { standing: standingName.accounts, document: `《${source.accounts}》`, ...note };
  }
  const [standing, key] =
    "printed" in source
      ? [standingName.printed, source.printed]
      : [standingName.listed, source.listed];
  const { title = key, address } = sources?.documents[key] ?? {};
  return { standing, document: title, ...(address === undefined ? {} : { address }), ...note };
}
