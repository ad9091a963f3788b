import { issueText } from "../issue-text.ts";
import type { Edition, HeadCell } from "../forms/form.ts";
import { faultText } from "../narrative/template/compiler.ts";
import { compileOnce } from "../narrative/template/edition-sentences.ts";
import { factKind } from "../narrative/template/fact-paths.ts";
import { err, ok, type Result } from "../result.ts";
import { accountsFaults } from "./accounts-faults.ts";
import { derive, type EditionChanges } from "./derive.ts";
import { countedEdition } from "./counted-edition.ts";
import { partFaults } from "./part-faults.ts";
import { relationCircles } from "./relation-circles.ts";
import { relationFaults } from "./relation-faults.ts";
import { totalRowFaults } from "./total-rows.ts";
import { editionDataSchema, type EditionData } from "./edition-data.ts";
import type { EditionSource } from "./edition-library.ts";

/** What keeps data from being an edition: where, as a path into it, and what is wrong there. */
export interface EditionFault {
  /** e.g. `forms[3].blocks[0].rows[2].key`. */
  readonly path: string;
  readonly message: string;
}

/** Reads an edition from plain data; all faults are named at once. */
export function loadEdition(data: unknown): Result<Edition, readonly EditionFault[]> {
  const parsed = editionDataSchema.safeParse(data);
  if (!parsed.success) {
    return err(
      parsed.error.issues.map((issue) => ({
        path: pathText(issue.path),
        message: issueText(issue),
      })),
    );
  }
  const faults = editionFaults(parsed.data);
  if (faults.length > 0) return err(faults);
  const edition = countedEdition(parsed.data);
  const related = relationFaults(edition);
  const unsound = [
    ...(related.length > 0 ? related : relationCircles(edition)),
    ...sentenceFaults(edition),
  ];
  return unsound.length === 0 ? ok(edition) : err(unsound);
}

function sentenceFaults(edition: Edition): EditionFault[] {
  const sentences = compileOnce(edition, factKind);
  if (sentences.ok) return [];
  return sentences.error.map((fault) => ({
    path: pathText(["sentences", ...fault.path]),
    message: faultText(fault),
  }));
}

/** For data that is part of the program, or was loaded before: a fault in it is a bug and throws. */
export function loadSoundEdition(data: unknown): Edition {
  const loaded = loadEdition(data);
  if (loaded.ok) return loaded.value;
  throw new Error(`This is no edition:\n${faultLines(loaded.error)}`);
}

/** An edition of the program that others derive from: its data is there without its sentences being compiled. */
export interface ShippedEdition extends EditionSource {
  /** Whether it is an edition is only known once it is loaded. */
  readonly data: () => EditionData;
}

/** An edition that is part of the program, as its base and what differs. */
export function derivedEdition(base: () => EditionData, changes: EditionChanges): ShippedEdition {
  return shippedEdition(changes, () => {
    const derived = derive(base(), changes);
    if (derived.ok) return derived.value as EditionData;
    throw new Error(
      `${changes.id} cannot be derived from ${base().id}:\n${faultLines(derived.error)}`,
    );
  });
}

/** An edition that is part of the program; its data is made, and loaded, once and when it is first needed. */
export function shippedEdition(
  { id, name, year }: Pick<Edition, "id" | "name" | "year">,
  make: () => EditionData,
): ShippedEdition {
  let made: EditionData | undefined;
  let edition: Edition | undefined;
  const data = () => (made ??= make());
  return { id, name, year, data, load: () => (edition ??= loadSoundEdition(data())) };
}

const faultLines = (faults: readonly EditionFault[]): string =>
  faults.map(({ path, message }) => `${path}: ${message}`).join("\n");

/** What a schema cannot say: names that must be known or must be there once, heads that must be closed. */
function editionFaults(data: EditionData): EditionFault[] {
  const { table } = data.budgetedCodes;
  const isKnown = data.forms.some(({ id }) => id === table);
  return [
    ...(isKnown ? [] : [{ path: "budgetedCodes.table", message: `没有编号为“${table}”的表。` }]),
    ...repeated(data.parts, ({ id }) => id, {
      path: "parts",
      member: "id",
      mend: "请改其中一个部分的编号，或删去一个。",
    }),
    ...partFaults(data),
    ...repeated(data.forms, ({ id }) => id, {
      path: "forms",
      member: "id",
      mend: "每张表的编号须不同，请改其中一张的编号，或删去一张。",
    }),
    ...data.forms.flatMap((form, index) => formFaults(form, `forms[${String(index)}]`)),
    ...data.forms.flatMap((form, index) => totalRowFaults(form, `forms[${String(index)}]`)),
    ...repeated(data.glossary, ({ term }) => term, {
      path: "glossary",
      member: "term",
      mend: "请合并成一条，或删去一条。",
    }),
    ...accountsFaults(data),
  ];
}

type FormData = EditionData["forms"][number];
type BlockData = FormData["blocks"][number];

function formFaults(form: FormData, path: string): EditionFault[] {
  const rows = form.blocks.flatMap((block, index) =>
    block.rows === "by-function-code"
      ? []
      : block.rows.map((row, at) => ({
          row,
          path: `${path}.blocks[${String(index)}].rows[${String(at)}]`,
        })),
  );
  const keys = new Set<string>();
  const twice = rows.flatMap(({ row, path: at }) => {
    if (keys.has(row.key))
      return [
        {
          path: `${at}.key`,
          message: `行“${row.key}”出现了两次。请改其中一行的编号，或删去一行。`,
        },
      ];
    keys.add(row.key);
    return [];
  });
  return [
    ...twice,
    ...form.blocks.flatMap((block, index) =>
      blockFaults(block, `${path}.blocks[${String(index)}]`),
    ),
    ...headFaults(form.head, `${path}.head`),
  ];
}

function blockFaults({ columns, rows }: BlockData, path: string): EditionFault[] {
  const keys = columns.map(({ key }) => key);
  const unknown =
    rows === "by-function-code"
      ? []
      : rows.flatMap((row, index) =>
          (row.dashes ?? [])
            .filter((dash) => !keys.includes(dash))
            .map((dash) => ({
              path: `${path}.rows[${String(index)}].dashes`,
              message: `没有名为“${dash}”的栏。请改为本栏组有的栏，或删去。`,
            })),
        );
  return [
    ...repeated(columns, ({ key }) => key, {
      path: `${path}.columns`,
      member: "key",
      mend: "请改其中一栏的编号，或删去一栏。",
    }),
    ...unknown,
  ];
}

/** Head cells must fill a rectangle: no row shorter or longer than the first, none spanned past the last. */
function headFaults(head: readonly (readonly HeadCell[])[], path: string): EditionFault[] {
  const filled = head.map(() => 0);
  for (const [index, row] of head.entries()) {
    for (const { colspan = 1, rowspan = 1 } of row) {
      for (let at = index; at < index + rowspan; at += 1) {
        if (at >= head.length) {
          return [
            { path: `${path}[${String(index)}]`, message: "表头单元格跨的行多于表头的行数。" },
          ];
        }
        filled[at] = (filled[at] ?? 0) + colspan;
      }
    }
  }
  const [width = 0] = filled;
  return filled.flatMap((count, index) =>
    count === width
      ? []
      : [
          {
            path: `${path}[${String(index)}]`,
            message: `表头这一行合计 ${String(count)} 栏，第一行是 ${String(width)} 栏。`,
          },
        ],
  );
}

function repeated<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  { path, member, mend }: { readonly path: string; readonly member: string; readonly mend: string },
): EditionFault[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (!seen.has(key)) {
      seen.add(key);
      return [];
    }
    return [
      { path: `${path}[${String(index)}].${member}`, message: `“${key}”出现了两次。${mend}` },
    ];
  });
}

const pathText = (path: readonly PropertyKey[]): string =>
  path
    .map((step, index) =>
      typeof step === "number" ? `[${String(step)}]` : `${index === 0 ? "" : "."}${String(step)}`,
    )
    .join("");
