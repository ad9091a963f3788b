import { canonicalJson } from "../../../shared/canonical-json.ts";
import type { FindingView, ThreadView } from "../../../shared/contract/responses.ts";
import { partOfFinding } from "./finding-place.ts";

/**
 * Where kept texts of a report belong: `<kind>/<part>/<key>`. The part is where the text is written; it is empty
 * for the words of an act (a return, an approval), which are written in a dialog above every part.
 */

type Anchor = ThreadView["anchor"];

/** The kinds as people know them; those of acts are not listed, they are met again in their dialogs. */
const names = {
  comment: "未提出的意见",
  answer: "未发出的答复",
  explanation: "未保存的说明",
  reasons: "未写入的原因",
  purposes: "未写入的用途",
  words: "未写入的改写",
  adjustment: "未列入分录的调整原因",
  entries: "未汇总的勾选和调整分录",
} as const;

export const draftPlace = (anchor: Anchor): string =>
  `comment/${partOfAnchor(anchor)}/${canonicalJson(anchor)}`;

/** The same place while its figures move: what was begun about a finding is met again at its successor. */
export function explanationPlace(finding: FindingView): string {
  const { rule, cells, sentence, section } = finding;
  const at = cells[0] ?? sentence ?? section ?? "";
  return `explanation/${partOfFinding(finding) ?? "findings"}/${rule} ${at}`;
}

/** The place a draft comment is about, from `<part>/<anchor>`. */
export function anchorOfDraft(place: string): Anchor | undefined {
  try {
    const slash = place.indexOf("/");
    const anchor = JSON.parse(place.slice(slash + 1)) as Anchor;
    return partOfAnchor(anchor) === place.slice(0, slash) ? anchor : undefined;
  } catch {
    return undefined;
  }
}

export function partOfAnchor(anchor: Anchor): string {
  switch (anchor.kind) {
    case "cell":
      return anchor.cell.split("/")[0] ?? "";
    case "row":
    case "section":
      return anchor.section;
    case "sentence":
      return "narrative";
    case "attachment":
      return "attachments";
  }
}

interface WrittenText {
  readonly place: string;
  readonly name: string;
  readonly part: string;
  /** Where in the part: a cell or a sentence. */
  readonly search: { readonly cell?: string; readonly sentence?: string };
  readonly text: string;
}

/** The kept texts of a report that somebody began and neither sent nor gave up. */
export function writtenTexts(texts: ReadonlyMap<string, string>): WrittenText[] {
  return [...texts].flatMap(([place, text]) => {
    const [kind = "", part = "", ...rest] = place.split("/");
    if (!(kind in names)) return [];
    const anchor = kind === "comment" ? anchorOfDraft(`${part}/${rest.join("/")}`) : undefined;
    const search =
      anchor?.kind === "cell"
        ? { cell: anchor.cell }
        : anchor?.kind === "sentence"
          ? { sentence: anchor.sentence }
          : {};
    const name = names[kind as keyof typeof names];
    return [{ place, name, part, search, text: isProse(kind) ? text : "" }];
  });
}

/** The others are kept as structures. */
const isProse = (kind: string): boolean => kind !== "words" && kind !== "entries";

/** The beginning of a text, enough to recognise it. */
export const shortened = (text: string): string =>
  text.length > 20 ? `${text.slice(0, 20)}…` : text;
