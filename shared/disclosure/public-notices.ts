import { shanghaiTime } from "../document/titles.ts";
import type { PublicationEntry, TombstoneEntry } from "./catalogue.ts";

/**
 * What the public reads where a report was taken down (撤下) or corrected (更正). The portal draws these lines, and whoever is
 * about to do it is shown the same ones before.
 */
export interface PublicNotice {
  readonly title: string;
  readonly lines: readonly NoticeLine[];
}

export interface NoticeLine {
  readonly text: string;
  /** The instant that the text names, ISO 8601 in UTC. */
  readonly at?: string;
}

/** Stands for an instant that is known only once the act is done. */
const notYet = "（办理之时）";

export const takeDownNotice = ({
  at,
  legalBasis,
  summary,
}: Pick<TombstoneEntry, "legalBasis" | "summary"> & { readonly at?: string }): PublicNotice => ({
  title: "本报告已撤下",
  lines: [
    { text: `撤下时间：${at === undefined ? notYet : shanghaiTime(at)}`, ...(at && { at }) },
    { text: `撤下依据：${legalBasis}` },
    ...(summary === undefined ? [] : [{ text: `撤下说明：${summary}` }]),
  ],
});

export const correctionNotice = ({
  at,
  number,
  reason,
}: Pick<PublicationEntry, "number"> & {
  readonly at?: string;
  readonly reason: string;
}): PublicNotice => ({
  title: "更正公告",
  lines: [
    {
      text:
        `本报告于${at === undefined ? notYet : shanghaiTime(at)}更正后第${String(number)}次公开。` +
        `更正原因：${reason}`,
      ...(at && { at }),
    },
  ],
});

/** Head of the table of what a correction changed. */
export const changeColumns = ["位置", "更正前", "更正后"] as const;

/** Printed where a place did not exist before, or does not any more. */
export const noContent = "（无）";
