import { canonicalJson, type Json } from "../canonical-json.ts";
import { cellAddress, type CellAddress } from "../forms/cell.ts";
import type { TableId } from "../forms/form.ts";
import { cellName } from "../forms/place-name.ts";
import { reasonSlots } from "../narrative/gaps.ts";
import { writeNarrative } from "../narrative/write-narrative.ts";
import { writeOverview } from "../narrative/write-overview.ts";
import { sentencesOf, sentenceText } from "../narrative/written.ts";
import { memberName } from "../report/member-name.ts";
import type { Report } from "../report/report.ts";
import type { TableData } from "../forms/table-data.ts";
import type { Explanation } from "../report/sections.ts";
import { tableIdsOf, tableIn } from "../report/section-ids.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { isList } from "../read-only.ts";

/** What differs in another submission of a report, in the report's own terms. */
export interface ReportDiff {
  /** In printed order; an absent side is an empty cell. 分 or counts. */
  readonly cells: readonly CellChange[];
  /** Sentences of the written narrative, moved figures and typed reasons alike. */
  readonly sentences: readonly SentenceChange[];
  readonly attachments: readonly AttachmentChange[];
  /** Explanations of warnings. */
  readonly explanations: readonly ExplanationChange[];
  /** Facts, performance figures and adjustments by dotted path. */
  readonly facts: readonly FactChange[];
}

export interface CellChange {
  readonly cell: CellAddress;
  readonly label: string;
  readonly old?: number;
  readonly new?: number;
}
export interface SentenceChange {
  readonly sentence: string;
  readonly old?: string;
  readonly new?: string;
}
export interface AttachmentChange {
  readonly sha256: string;
  readonly name: string;
  readonly change: "added" | "removed";
}
/** A side is absent where there was no explanation; the same words about other figures are a new one. */
export interface ExplanationChange {
  readonly rule: string;
  readonly place: string;
  readonly cell?: CellAddress;
  readonly old?: string;
  readonly new?: string;
}
export interface FactChange {
  readonly path: string;
  /** The member's name, with its section's. */
  readonly label: string;
  readonly old: unknown;
  readonly new: unknown;
}

export const diffReports = (older: Report, newer: Report): ReportDiff => ({
  cells: tableIdsOf(newer.edition).flatMap((table) => cellChanges(table, older, newer)),
  sentences: sentenceChanges(older, newer),
  attachments: attachmentChanges(older, newer),
  explanations: explanationChanges(older, newer),
  facts: (["facts", "performance", "adjustments"] as const).flatMap((section) =>
    factChanges([], older.sections[section], newer.sections[section]).map(
      ({ path, ...change }) => ({
        path: [section, ...path].join("."),
        label: memberName(section, path, { edition: newer.edition, firstIs: 1 }),
        ...change,
      }),
    ),
  ),
});

function cellChanges(table: TableId, older: Report, newer: Report): CellChange[] {
  const before = cellsOf(table, tableIn(older.sections, table));
  const after = cellsOf(table, tableIn(newer.sections, table));
  return inOrder([...after.keys()], [...before.keys()]).flatMap((cell) => {
    const [was, is] = [before.get(cell), after.get(cell)];
    if (was === is) return [];
    const label = cellName(cell, newer.edition);
    return [{ cell, label, ...side("old", was), ...side("new", is) }];
  });
}

export const cellsOf = (table: TableId, { rows }: TableData): ReadonlyMap<CellAddress, number> =>
  new Map(
    rows.flatMap((row) =>
      Object.entries(row.cells).map(
        ([column, value]) => [cellAddress({ table, row: row.key, column }), value] as const,
      ),
    ),
  );

function sentenceChanges(older: Report, newer: Report): SentenceChange[] {
  const before = sentenceTexts(older);
  const after = sentenceTexts(newer);
  return inOrder([...after.keys()], [...before.keys()]).flatMap((sentence) => {
    const [was, is] = [before.get(sentence), after.get(sentence)];
    return was === is ? [] : [{ sentence, ...side("old", was), ...side("new", is) }];
  });
}

const sentenceTexts = (report: Report): ReadonlyMap<string, string> =>
  new Map(
    [writeOverview(report), writeNarrative(report)]
      .flatMap(sentencesOf)
      .map(({ sentence }) => [sentence.id, sentenceText(sentence)]),
  );

/** A file with other bytes is another file: removed and added, under the same name perhaps. */
function attachmentChanges(older: Report, newer: Report): AttachmentChange[] {
  const before = older.sections.attachments.files;
  const after = newer.sections.attachments.files;
  const lacks = (files: typeof before, sha256: string) =>
    files.every((file) => file.sha256 !== sha256);
  return [
    ...before
      .filter(({ sha256 }) => lacks(after, sha256))
      .map(({ sha256, name }) => ({ sha256, name, change: "removed" as const })),
    ...after
      .filter(({ sha256 }) => lacks(before, sha256))
      .map(({ sha256, name }) => ({ sha256, name, change: "added" as const })),
  ];
}

function explanationChanges(older: Report, newer: Report): ExplanationChange[] {
  const before = explanationsOf(older);
  const after = explanationsOf(newer);
  const slots = reasonSlots(newer);
  return inOrder([...after.keys()], [...before.keys()]).flatMap((subject) => {
    const [was, is] = [before.get(subject), after.get(subject)];
    const explanation = is ?? was;
    if (explanation === undefined || (was?.finding === is?.finding && was?.reason === is?.reason)) {
      return [];
    }
    const [cell] = explanation.cells;
    const what = slots.find(({ slot }) => slot === explanation.slot)?.compared?.what;
    return [
      {
        rule: explanation.rule,
        place: cell === undefined ? (what ?? explanation.rule) : cellName(cell, newer.edition),
        ...omitUndefined({ cell }),
        ...side("old", was?.reason),
        ...side("new", is?.reason),
      },
    ];
  });
}

const explanationsOf = ({ sections }: Report): ReadonlyMap<string, Explanation> =>
  new Map(
    sections.explanations.entries.map((entry) => [
      `${entry.rule} ${entry.cells[0] ?? ""} ${entry.slot ?? ""}`,
      entry,
    ]),
  );

interface MemberChange {
  readonly path: readonly string[];
  readonly old: unknown;
  readonly new: unknown;
}

function factChanges(
  path: readonly string[],
  older: Json | undefined,
  newer: Json | undefined,
): MemberChange[] {
  if (isBranch(older) && isBranch(newer) && Array.isArray(older) === Array.isArray(newer)) {
    const [before, after] = [membersOf(older), membersOf(newer)];
    return inOrder([...after.keys()], [...before.keys()]).flatMap((key) =>
      factChanges([...path, key], before.get(key), after.get(key)),
    );
  }
  if (textOf(older) === textOf(newer)) return [];
  return [{ path, old: older, new: newer }];
}

type Branch = readonly Json[] | { readonly [key: string]: Json | undefined };

const isBranch = (value: Json | undefined): value is Branch =>
  typeof value === "object" && value !== null;

/** List entries count from 1, as people do. */
const membersOf = (branch: Branch): ReadonlyMap<string, Json | undefined> =>
  new Map(
    isList(branch)
      ? branch.map((value, index) => [String(index + 1), value])
      : Object.entries(branch),
  );

const textOf = (value: Json | undefined) => (value === undefined ? "" : canonicalJson(value));

/** The newer order; what only the older had keeps its place after its predecessor. */
function inOrder<Key>(newer: readonly Key[], older: readonly Key[]): readonly Key[] {
  const present = new Set(newer);
  const gone = new Map<Key | undefined, Key[]>();
  let anchor: Key | undefined;
  for (const key of older) {
    if (present.has(key)) anchor = key;
    else gone.set(anchor, [...(gone.get(anchor) ?? []), key]);
  }
  return [
    ...(gone.get(undefined) ?? []),
    ...newer.flatMap((key) => [key, ...(gone.get(key) ?? [])]),
  ];
}

export function side<Name extends "old" | "new", Value>(name: Name, value: Value | undefined) {
  return (value === undefined ? {} : { [name]: value }) as { readonly [N in Name]?: Value };
}
