import type { SectionPointer } from "../report/section-pointer.ts";
import type { BySection } from "../report/sections.ts";
import { isSectionId, namedSections, type SectionId } from "../report/section-ids.ts";

/** What one person has looked at of a report in review (看过), kept for them alone. */
export interface Look {
  readonly reportId: string;
  readonly subject: string;
  /** The submission last looked at, and when it first was. */
  readonly latest: SeenSubmission & { readonly sections: SectionMarks };
  /** The one looked at before it: what changed since is shown against this. */
  readonly before?: SeenSubmission;
  /** Parts ticked as viewed (已阅), each by the content it had then (`partMark`). */
  readonly viewed: SectionMarks;
  /** Counts every write; 0 for one never stored. */
  readonly version: number;
}

export interface SeenSubmission {
  readonly editionHash: string;
  /** ISO UTC. */
  readonly at: string;
}

/** The content of each saved section, by the beginning of its hash: enough to tell whether it is another. */
export type SectionMarks = Readonly<Record<string, string>>;

/**
 * What a part holds, as far as a tick depends on it: the section itself, and for the narrative, whose sentences are
 * written from every figure, all of the report.
 */
export const partMark = (
  part: SectionId,
  { marks, editionHash }: { readonly marks: SectionMarks; readonly editionHash: string },
): string => (part === "narrative" ? editionHash.slice(0, markLength) : (marks[part] ?? ""));

/** Parts ticked as viewed that hold the same as then. */
export const viewedParts = (
  { viewed }: Pick<Look, "viewed">,
  now: Parameters<typeof partMark>[1],
): readonly SectionId[] =>
  Object.keys(viewed)
    .filter(isSectionId)
    .filter((part) => viewed[part] === partMark(part, now));

/** 64 bits in hex: two contents of one section never share them by chance. */
const markLength = 16;

export const sectionMarks = (sections: BySection<SectionPointer>): SectionMarks =>
  Object.fromEntries(
    namedSections(sections).map((id) => [id, sections[id]?.sha256.slice(0, markLength) ?? ""]),
  );

/** Sections that hold something else now than they did, by id. */
export const changedSections = (then: SectionMarks, now: SectionMarks): readonly string[] =>
  [...new Set([...Object.keys(then), ...Object.keys(now)])]
    .filter((id) => then[id] !== now[id])
    .sort();
