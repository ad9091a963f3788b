import type { SectionId } from "./section-ids.ts";

/** 字 of a paragraph, and of a box of a form. */
export const proseCharacters = 5_000;
export const boxCharacters = 200;

/** Bytes of an attached file, and files of a report. */
export const attachmentBytes = 20 * 1024 * 1024;
export const mostAttachments = 100;
/** 字 of a name. */
export const nameCharacters = 200;

/** Bounds of a whole section, beside those its schema sets for every part. */
export interface SectionBounds {
  /** 字 of all texts together. */
  readonly characters: number;
  /** Figures, texts, lists and groups of them, all counted. */
  readonly members: number;
}

/** A published narrative has 20,000 characters, the evaluations of a large department 300,000. */
const bounds: { readonly [section: string]: SectionBounds } = {
  narrative: { characters: 200_000, members: 60_000 },
  facts: { characters: 200_000, members: 20_000 },
  performance: { characters: 600_000, members: 150_000 },
  adjustments: { characters: 300_000, members: 100_000 },
  explanations: { characters: 300_000, members: 60_000 },
};
const others: SectionBounds = { characters: 200_000, members: 150_000 };

export const boundsOf = (section: SectionId): SectionBounds => bounds[section] ?? others;

/** How a section is larger than it may be, in words; undefined when it is not. */
export function oversize(section: SectionId, value: unknown): string | undefined {
  const { characters, members } = boundsOf(section);
  const size = sizeOf(value);
  if (size.characters > characters) {
    return `文字共${String(size.characters)}字，超过${String(characters)}字的上限`;
  }
  return size.members > members
    ? `内容共${String(size.members)}项，超过${String(members)}项的上限`
    : undefined;
}

/** Of a value that its schema has taken, whose depth is therefore known. */
function sizeOf(value: unknown): SectionBounds {
  let characters = 0;
  let members = 0;
  const look = (one: unknown): void => {
    members += 1;
    if (typeof one === "string") characters += one.length;
    else if (typeof one === "object" && one !== null) Object.values(one).forEach(look);
  };
  look(value);
  return { characters, members };
}
