import { z } from "zod";
import { accountsMappingSchema } from "../forms/accounts-mapping.ts";
import { tableIdSchema } from "../forms/cell-schema.ts";
import { relationSchema } from "../forms/relation-schema.ts";
import { sourcesSchema } from "../forms/edition-sources.ts";
import { sentencesSchema } from "../forms/sentences-schema.ts";
import type { ReadOnly } from "../read-only.ts";

/**
 * An edition (报表版式) as it could be written in a JSON file, and as the API serves it: plain values, nothing in it that
 * follows from the rest (行次, 栏次 and the order of codes are counted when it is loaded). `loadEdition` makes the
 * `Edition` of it that the rest of the heart reads; `derive` makes one from another and what differs.
 */

const text = z.string().min(1);
const key = z.string().regex(/^[a-z0-9_]{1,40}$/);
/** What an edition is called in ids; a bureau's own is named by the hash of its data, too. */
export const editionIdSchema = z.string().regex(/^[a-z0-9-]{3,40}(?:\.[0-9a-f]{64})?$/);

const headCell = z.strictObject({
  text: z.string(),
  colspan: z.exactOptional(z.int().min(1)),
  rowspan: z.exactOptional(z.int().min(1)),
});

const valueColumn = z.strictObject({
  key,
  name: text,
});

const fixedRow = z.strictObject({
  key,
  name: text,
  code: z.exactOptional(z.string().regex(/^\d{3,7}$/)),
  kind: z.exactOptional(z.enum(["money", "count"])),
  dashes: z.exactOptional(z.array(key)),
  indent: z.exactOptional(z.int().min(0)),
  total: z.exactOptional(z.literal(true)),
  joinsPrevious: z.exactOptional(z.literal(true)),
  unprinted: z.exactOptional(z.boolean()),
  /** Empty printed lines under the row, which make both sides of a form as long as on paper. */
  blankLines: z.exactOptional(z.int().min(1).max(60)),
});

const block = z.strictObject({
  lead: z.array(z.enum(["name", "line", "code"])),
  columns: z.array(valueColumn).min(1),
  rows: z.union([z.literal("by-function-code"), z.array(fixedRow).min(1)]),
});

const form = z.strictObject({
  id: tableIdSchema,
  number: z.exactOptional(text),
  title: text,
  unitLabel: text,
  orientation: z.enum(["portrait", "landscape"]),
  head: z.array(z.array(headCell)).min(1),
  /** A line of 栏次 under the head, counted over all blocks. */
  columnNumbers: z.exactOptional(z.literal(true)),
  blocks: z.array(block).min(1),
  layout: z.exactOptional(z.enum(["upright", "transposed"])),
  totalRow: z.exactOptional(z.enum(["first", "last"])),
  notes: z.array(text),
  blankNote: z.exactOptional(z.strictObject({ text, when: z.enum(["always", "empty"]) })),
  unprinted: z.exactOptional(z.literal(true)),
});

/** May name {机构名称}, {年} and {部门} (部门 or 单位). */
const heading = text.regex(/^(?:[^{}]|\{(?:机构名称|年|部门)\})*$/u, {
  error: "标题中只能用 {机构名称}、{年} 和 {部门}。",
});

/** A line over the title of the cover; may name {监督索引号} besides. */
const coverLine = text.max(100).regex(/^(?:[^{}]|\{(?:机构名称|年|部门|监督索引号)\})*$/u, {
  error: "封面上的字只能用 {机构名称}、{年}、{部门} 和 {监督索引号}。",
});

const part = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  title: heading,
  holds: z.enum(["overview", "tables", "narrative", "glossary", "attachments"]),
  /** Chapters of the narrative that are a part by themselves; the others are in the part that names none. */
  chapters: z.exactOptional(z.array(z.string()).min(1)),
  /** Printed in the part before it, without 第N部分 of its own; 名词解释 then bears its title as a chapter does. */
  continues: z.exactOptional(z.literal(true)),
});

/** How the narrative prints figures where the region does not print them as others do. */
const figureStyle = z.strictObject({
  /** 2 unless stated. */
  percentDecimals: z.exactOptional(z.literal([1, 2])),
  /** In place of a rate of change or completion whose base is 0. */
  zeroBase: z.exactOptional(z.string().min(1).max(40)),
});

/** Names by code. */
const codeTable = z.record(z.string().regex(/^\d{3}(?:\d{2}){0,2}$/), text);

export const editionDataSchema = z.strictObject({
  id: editionIdSchema,
  /** The edition it was derived from. */
  base: z.exactOptional(editionIdSchema),
  name: text,
  year: z.int().min(2000).max(2100),
  cover: z.strictObject({ title: heading, above: z.exactOptional(coverLine) }),
  /** 目录, with a note under it where the region prints one. */
  contents: z.exactOptional(z.strictObject({ note: text })),
  /** 第一部分, 第二部分 … in printed order. */
  parts: z.array(part).min(1).max(12),
  forms: z.array(form).min(1),
  /** Relations (勾稽关系) of tables that only this edition has. */
  relations: z.exactOptional(z.array(relationSchema).max(200)),
  sentences: sentencesSchema,
  figures: z.exactOptional(figureStyle),
  thresholds: z.strictObject({
    change: z.strictObject({ percent: z.number().min(0), amountFen: z.int().min(0) }),
    completion: z.strictObject({ fromPercent: z.number().min(0), toPercent: z.number().min(0) }),
  }),
  /** 地名; none where the edition is of no region. */
  words: z.strictObject({ places: z.array(text) }),
  budgetedCodes: z.strictObject({ table: tableIdSchema, digits: z.literal([3, 5, 7]) }),
  glossary: z.array(z.strictObject({ term: text, meaning: text })),
  functionCodes: codeTable,
  economicCodes: codeTable,
  /** What of the accounts (财决表) makes up its tables, a table and a sheet at a time; what it does not state is the nation's. */
  accounts: z.exactOptional(
    z.strictObject({
      documents: z.exactOptional(accountsMappingSchema.shape.documents),
      sheets: z.exactOptional(accountsMappingSchema.shape.sheets),
      tables: z.exactOptional(accountsMappingSchema.shape.tables),
    }),
  ),
  /** Where its tables and sentences were found; what it does not state is its base's. */
  sources: z.exactOptional(sourcesSchema),
});
export type EditionData = ReadOnly<z.infer<typeof editionDataSchema>>;
