import { z } from "zod";
import { tableIdSchema } from "../forms/cell.ts";
import { sentencesSchema } from "../forms/sentences-schema.ts";
import type { ReadOnly } from "../read-only.ts";

/**
 * An edition (报表版式) as it could be written in a JSON file, and as the API serves it: plain values, code tables as
 * lists in their own order. `loadEdition` makes the `Edition` of it that the rest of the heart reads.
 */

const text = z.string().min(1);
const key = z.string().regex(/^[a-z0-9_]{1,40}$/);
const lineNumber = z.int().min(1);

const headCell = z.strictObject({
  text: z.string(),
  colspan: z.exactOptional(z.int().min(1)),
  rowspan: z.exactOptional(z.int().min(1)),
});

const valueColumn = z.strictObject({
  key,
  name: text,
  number: z.exactOptional(lineNumber),
});

const fixedRow = z.strictObject({
  key,
  name: text,
  line: z.exactOptional(lineNumber),
  code: z.exactOptional(z.string().regex(/^\d{3,7}$/)),
  kind: z.exactOptional(z.enum(["money", "count"])),
  dashes: z.exactOptional(z.array(key)),
  indent: z.exactOptional(z.int().min(0)),
  total: z.exactOptional(z.literal(true)),
  joinsPrevious: z.exactOptional(z.literal(true)),
  unprinted: z.exactOptional(z.boolean()),
});

const blankRow = z.strictObject({ blank: z.literal(true), line: z.exactOptional(lineNumber) });

const block = z.strictObject({
  lead: z.array(z.enum(["name", "line", "code"])),
  columns: z.array(valueColumn).min(1),
  rows: z.union([z.literal("by-function-code"), z.array(z.union([blankRow, fixedRow]))]),
});

const form = z.strictObject({
  id: tableIdSchema,
  number: z.exactOptional(text),
  title: text,
  unitLabel: text,
  orientation: z.enum(["portrait", "landscape"]),
  head: z.array(z.array(headCell)).min(1),
  columnNumbers: z.exactOptional(z.array(headCell)),
  blocks: z.array(block).min(1),
  layout: z.exactOptional(z.enum(["upright", "transposed"])),
  totalRow: z.exactOptional(z.enum(["first", "last"])),
  notes: z.array(text),
  blankNote: z.exactOptional(z.strictObject({ text, when: z.enum(["always", "empty"]) })),
  unprinted: z.exactOptional(z.literal(true)),
});

/** Code and name, in the order of the published table. */
const codeTable = z.array(z.tuple([z.string().regex(/^\d{3,7}$/), text]));

export const editionDataSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]{3,40}$/),
  name: text,
  year: z.int().min(2000).max(2100),
  forms: z.array(form).min(1),
  sentences: sentencesSchema,
  thresholds: z.strictObject({
    change: z.strictObject({ percent: z.number().min(0), amountFen: z.int().min(0) }),
    completion: z.strictObject({ fromPercent: z.number().min(0), toPercent: z.number().min(0) }),
  }),
  words: z.strictObject({ places: z.array(text).min(1) }),
  budgetedCodes: z.strictObject({ table: tableIdSchema, digits: z.literal([3, 5, 7]) }),
  glossary: z.array(z.strictObject({ term: text, meaning: text })),
  functionCodes: codeTable,
  economicCodes: codeTable,
});
export type EditionData = ReadOnly<z.infer<typeof editionDataSchema>>;
