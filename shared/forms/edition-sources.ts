import { z } from "zod";
import type { ReadOnly } from "../read-only.ts";
import { tableIdSchema } from "./cell-schema.ts";

/**
 * Where an edition's tables and sentences come from. Stated of what the edition has of its own; the rest is its base's
 * and is never passed on as seen in print (`shared/editions/edition-sources.ts`).
 */

const key = z.string().regex(/^[a-z0-9-]{1,40}$/);
const note = z.string().min(1).max(300);

export const sourceSchema = z.union([
  /** Seen in a published report or a template of a finance bureau; the note says what of it was not. */
  z.strictObject({ printed: key, note: z.exactOptional(note) }),
  /** Seen in the contents (目录) of a published report: that it is there, its title and place, not its columns. */
  z.strictObject({ listed: key, note: z.exactOptional(note) }),
  /** After a form of the national accounts (全国部门决算报表), by its title. */
  z.strictObject({ accounts: note, note: z.exactOptional(note) }),
  /** Neither: general knowledge of the trade. */
  z.strictObject({ unverified: note }),
]);
export type Source = ReadOnly<z.infer<typeof sourceSchema>>;

/** Published documents, by a key of whoever names them. */
export const documentsSchema = z.record(
  key,
  z.strictObject({ title: note, address: z.exactOptional(z.string().min(1).max(300)) }),
);

export const sourcesSchema = z.strictObject({
  documents: documentsSchema,
  /** Order and titles of parts and tables, notes, style of figures: what is neither table nor sentence. */
  layout: z.exactOptional(z.array(sourceSchema).min(1).max(10)),
  /** A table may have several: its title from the one, its columns from the other. */
  tables: z.exactOptional(z.partialRecord(tableIdSchema, z.array(sourceSchema).min(1).max(5))),
  /** Of all sentences of a chapter of 概况 or 情况说明. */
  chapters: z.exactOptional(z.record(z.string(), sourceSchema)),
  /** Of one sentence, where it is not its chapter's. */
  sentences: z.exactOptional(z.record(z.string(), sourceSchema)),
});
export type EditionSources = ReadOnly<z.infer<typeof sourcesSchema>>;
