import { z } from "zod";
import { canonicalJson } from "../canonical-json.ts";
import { cellAddress } from "../forms/cell.ts";
import { tableIdSchema } from "../forms/cell-schema.ts";
import type { Edition } from "../forms/form.ts";
import { usualParts } from "../forms/usual-parts.ts";
import { partsOf, type ReportPart } from "../document/titles.ts";
import { layoutForm, type PrintedTable } from "../forms/layout.ts";
import { writeNarrative } from "../narrative/write-narrative.ts";
import { writeOverview } from "../narrative/write-overview.ts";
import { partText, sentenceText, type Chapter, type Sentence } from "../narrative/written.ts";
import type { Manifest } from "../report/manifest.ts";
import type { Report } from "../report/report.ts";
import { reportTypeOf } from "../report/report-type.ts";
import { tableSchema } from "../forms/table-data.ts";
import { recordSchemas, type Records, type Sections, type Tables } from "../report/sections.ts";
import { emptySection, sectionIdsOf, tableIn } from "../report/section-ids.ts";
import { omitUndefined } from "../omit-undefined.ts";

/**
 * `report.json`: everything a published report says, for machines. The portal's page is drawn from it,
 * and with the manifest anybody can compute the submission hash again.
 */

const headCell = z.object({
  text: z.string(),
  colspan: z.int().optional(),
  rowspan: z.int().optional(),
});

const printedCell = z.discriminatedUnion("kind", [
  z.object({
    kind: z.enum(["name", "line", "code", "blank"]),
    text: z.string(),
    indent: z.number().optional(),
    total: z.literal(true).optional(),
    colspan: z.int().optional(),
  }),
  z.object({ kind: z.literal("dash"), text: z.literal("────") }),
  z.object({
    kind: z.literal("value"),
    /** table/row/column. */
    cell: z.string(),
    valueKind: z.enum(["money", "count"]),
    /** 分 for money; absent when the cell is empty. */
    value: z.int().optional(),
    text: z.string(),
    total: z.literal(true).optional(),
  }),
]);

const openTableSchema = z.object({
  id: tableIdSchema,
  number: z.string().optional(),
  title: z.string(),
  unitLabel: z.string(),
  orientation: z.enum(["portrait", "landscape"]),
  head: z.array(z.array(headCell)),
  columnNumbers: z.array(headCell).optional(),
  body: z.array(z.array(printedCell)),
  notes: z.array(z.string()),
});
export type OpenTable = z.infer<typeof openTableSchema>;

const openChapterSchema = z.object({
  id: z.string(),
  heading: z.string(),
  paragraphs: z.array(
    z.object({
      kind: z.enum(["plain", "item", "subheading"]),
      /** Number printed before an item, e.g. （一）. */
      label: z.string().optional(),
      sentences: z.array(
        z.object({
          id: z.string(),
          text: z.string(),
          /** Every figure printed in the sentence, with the cells or facts it is computed from. */
          figures: z.array(z.object({ text: z.string(), source: z.unknown() })),
        }),
      ),
    }),
  ),
});
export type OpenChapter = z.infer<typeof openChapterSchema>;

const openPartSchema = z.object({
  id: z.string(),
  /** 第一部分. */
  ordinal: z.string(),
  title: z.string(),
  holds: z.enum(["overview", "tables", "narrative", "glossary", "attachments"]),
  /** Ids of the chapters of `narrative` that it holds; all that no other part names where it is absent. */
  chapters: z.exactOptional(z.array(z.string()).readonly()),
  /** Printed in the part before it, whose ordinal it has. */
  continues: z.exactOptional(z.literal(true)),
});

/** Of these only the hash is public: they name files kept for reviewers, or the people who explained a figure. */
export const withheldSections: ReadonlySet<string> = new Set(["attachments", "explanations"]);

type PublicSections = Tables & Omit<Records, "attachments" | "explanations">;

const isPublic = (id: string): boolean => !withheldSections.has(id);

/** Tables by their ids, and every record but the withheld. */
const publicSectionsSchema = z
  .object(recordSchemas)
  .omit({ attachments: true, explanations: true })
  .catchall(tableSchema) as unknown as z.ZodType<PublicSections>;

/** Every table of the edition is there, filled in or not. */
const publicSections = (edition: Edition, sections: Sections) =>
  Object.fromEntries(
    sectionIdsOf(edition)
      .filter(isPublic)
      .map((id) => [id, sections[id] ?? emptySection(id)] as const),
  ) as unknown as PublicSections;

export const openReportSchema = z.object({
  format: z.literal("juesuan-report/1"),
  identity: z.object({
    region: z.string(),
    year: z.int(),
    orgCode: z.string(),
    orgName: z.string(),
    kind: z.enum(["unit", "department", "bureau"]),
  }),
  /** 报表类型; absent in reports published before it was recorded. */
  reportType: z.enum(["single", "entered_sum", "stacked"]).optional(),
  edition: z.object({ id: z.string(), name: z.string() }),
  /** SHA-256 of the canonical JSON of `manifest`. */
  editionHash: z.string(),
  manifest: z.object({
    edition: z.string(),
    region: z.string(),
    year: z.int(),
    orgCode: z.string(),
    orgName: z.string(),
    kind: z.enum(["unit", "department", "bureau"]),
    /** SHA-256 of the canonical JSON of every section. */
    sections: z.record(z.string(), z.string()),
  }),
  /** Amounts in `sections` and `value` are whole 分 (0.01 元). */
  currency: z.literal("CNY"),
  /** In printed order; absent of a report that has the usual four. */
  parts: z.exactOptional(z.array(openPartSchema).readonly()),
  tables: z.array(openTableSchema),
  overview: z.array(openChapterSchema),
  narrative: z.array(openChapterSchema),
  glossary: z.array(z.object({ term: z.string(), meaning: z.string() })),
  /** The sections as approved, each hashing to its entry in the manifest. */
  sections: publicSectionsSchema,
  /** Disclosed files only; the section itself may name files kept for the reviewers. */
  attachments: z.array(
    z.object({
      name: z.string(),
      path: z.string(),
      contentType: z.string(),
      sizeBytes: z.int(),
      sha256: z.string(),
    }),
  ),
});
export type OpenReport = z.infer<typeof openReportSchema>;

export function openReport(report: Report, manifest: Manifest, editionHash: string): OpenReport {
  const { identity, edition, sections } = report;
  return {
    format: "juesuan-report/1",
    identity: { ...identity },
    reportType: reportTypeOf(identity.kind, sections.adjustments),
    edition: { id: edition.id, name: edition.name },
    editionHash,
    manifest: { ...manifest, sections: { ...manifest.sections } },
    currency: "CNY",
    ...partsOtherThanUsual(report),
    tables: edition.forms
      .filter((form) => form.unprinted !== true)
      .map((form) =>
        openTable(
          layoutForm(form, tableIn(sections, form.id), {
            year: identity.year,
            unit: identity.orgName,
          }),
        ),
      ),
    overview: writeOverview(report).chapters.map(openChapter),
    narrative: writeNarrative(report).chapters.map(openChapter),
    glossary: edition.glossary.map(({ term, meaning }) => ({ term, meaning })),
    sections: publicSections(edition, sections),
    attachments: disclosedAttachments(sections),
  };
}

function partsOtherThanUsual({ identity, edition }: Report): Pick<OpenReport, "parts"> {
  const isUsual =
    edition.parts.length === usualParts.length &&
    usualParts.every(({ title, holds }, index) => {
      const part = edition.parts[index];
      return part?.title === title && part.holds === holds;
    });
  return isUsual ? {} : { parts: partsOf(edition.parts, identity) };
}

/** The parts of a published report, as its page shows them. */
export const partsOfOpenReport = ({ parts, identity }: OpenReport): readonly ReportPart[] =>
  parts ?? partsOf(usualParts, identity);

/** Canonical, so that the same submission gives the same bytes, and hashes compare. */
export const openReportJson = (open: OpenReport): string => `${canonicalJson(open)}\n`;

/** Disclosed attachments, each with the name it is published under: by content, never as typed. */
export const disclosedAttachments = ({
  attachments,
}: Pick<Sections, "attachments">): OpenReport["attachments"] =>
  attachments.files
    .filter(({ disclosed }) => disclosed)
    .map(({ name, sha256, contentType, sizeBytes }) => ({
      name,
      path: `files/${sha256.slice(0, 16)}.${extensionOf[contentType]}`,
      contentType,
      sizeBytes,
      sha256,
    }));

const extensionOf = {
  "application/pdf": "pdf",
  "image/png": "png",
  "image/jpeg": "jpg",
  "text/csv": "csv",
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
} as const;

const openTable = ({ head, columnNumbers, body, notes, ...table }: PrintedTable): OpenTable => ({
  ...table,
  head: head.map((row) => row.map((cell) => ({ ...cell }))),
  ...(columnNumbers === undefined
    ? {}
    : { columnNumbers: columnNumbers.map((cell) => ({ ...cell })) }),
  body: body.map((row) =>
    row.map((cell) => {
      if (cell.kind !== "value") return { ...cell };
      const { ref, ...rest } = cell;
      return { ...rest, cell: cellAddress(ref) };
    }),
  ),
  notes: [...notes],
});

const openChapter = ({ id, heading, paragraphs }: Chapter): OpenChapter => ({
  id,
  heading,
  paragraphs: paragraphs.map((paragraph) => ({
    kind: paragraph.kind,
    ...omitUndefined({ label: paragraph.label }),
    sentences: paragraph.sentences.map(openSentence),
  })),
});

const openSentence = (sentence: Sentence) => ({
  id: sentence.id,
  text: sentenceText(sentence),
  figures: sentence.parts.flatMap((part) =>
    "figure" in part ? [{ text: partText(part), source: part.source }] : [],
  ),
});
