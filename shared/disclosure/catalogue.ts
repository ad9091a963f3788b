import { z } from "zod";

/**
 * The contents of the public portal, as small records beside the files. Each publication has one of its
 * own; lists are kept as rows in parts of bounded size, one of which is replaced at a time.
 */

const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
/** Codes become folder names, so nothing that could leave the folder passes. */
export const portalOrgCodeSchema = z.string().regex(/^[0-9A-Z]{1,18}$/);
const year = z.int().min(1950).max(2100);
const kind = z.enum(["unit", "department", "bureau"]);

/** The department (主管部门) a report is listed under; a department's own is itself. */
const departmentSchema = z.object({ code: portalOrgCodeSchema, name: z.string() });
export type Department = z.infer<typeof departmentSchema>;

/** One place that differs from the submission before, worded by the semantic diff. */
const changeSchema = z.object({
  place: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type Change = z.infer<typeof changeSchema>;

const disclosedFileSchema = z.object({
  /** Below the report's folder, e.g. `t01.csv`, `files/3f2a….pdf`. */
  path: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?\.[a-z0-9]+$/),
  /** Title shown to readers. */
  title: z.string(),
  contentType: z.string(),
  sizeBytes: z.int(),
  sha256,
});
export type DisclosedFile = z.infer<typeof disclosedFileSchema>;

/** One publication (公开) of one report; never changed once written. */
export const publicationEntrySchema = z.object({
  year,
  orgCode: portalOrgCodeSchema,
  orgName: z.string(),
  kind,
  department: departmentSchema,
  /** 1 for the first, counted up by each correction (更正). */
  number: z.int().min(1),
  /** ISO 8601 in UTC. */
  at: z.iso.datetime(),
  editionHash: sha256,
  files: z.array(disclosedFileSchema),
  /** 收入总计 and 支出总计 in 分; absent when the cells are empty. */
  totals: z.object({ income: z.int().optional(), expense: z.int().optional() }),
  correction: z.object({ reason: z.string(), changes: z.array(changeSchema) }).optional(),
});
export type PublicationEntry = z.infer<typeof publicationEntrySchema>;

/** 撤下: the report was public and no longer is; its address shows that and the reason. */
export const tombstoneEntrySchema = z.object({
  year,
  orgCode: portalOrgCodeSchema,
  orgName: z.string(),
  kind,
  department: departmentSchema,
  at: z.iso.datetime(),
  legalBasis: z.string(),
  /** 撤下说明; absent in records of before it was asked for. */
  summary: z.string().optional(),
});
export type TombstoneEntry = z.infer<typeof tombstoneEntrySchema>;

/**
 * A line of a year's catalogue: one report that must be public (应公开), is, or was. `department.name` is
 * as published; what is not public yet is only filed under its department's code.
 */
export const catalogueRowSchema = z.object({
  code: portalOrgCodeSchema,
  name: z.string(),
  kind,
  department: z.object({ code: portalOrgCodeSchema, name: z.string().optional() }),
  /** Last day of publication, 批复 + 20 days; absent while not approved and once it is public. */
  publishBy: day.optional(),
  /** 应公开未公开: that day has passed. */
  overdue: z.literal(true).optional(),
  /** 依法不予公开 or 免报, in a sentence. */
  exempt: z.string().optional(),
  /** The current publication. */
  published: z
    .object({
      number: z.int().min(1),
      at: z.iso.datetime(),
      editionHash: sha256,
      income: z.int().optional(),
      expense: z.int().optional(),
      /** Why it corrects the one before (更正原因). */
      correction: z.string().optional(),
    })
    .optional(),
  retracted: z.object({ at: z.iso.datetime(), legalBasis: z.string() }).optional(),
});
export type CatalogueRow = z.infer<typeof catalogueRowSchema>;

/** Of some rows: how many must be public, are, and are not although their day has passed. */
const countsSchema = z.object({ due: z.int(), published: z.int(), overdue: z.int() });
export type Counts = z.infer<typeof countsSchema>;

export const noCounts: Counts = { due: 0, published: 0, overdue: 0 };

export const countsOf = (rows: readonly CatalogueRow[]): Counts => ({
  due: rows.filter(({ exempt, published }) => exempt === undefined || published !== undefined)
    .length,
  published: rows.filter(({ published }) => published !== undefined).length,
  overdue: rows.filter(({ overdue }) => overdue === true).length,
});

export const sumOf = (all: readonly Counts[]): Counts =>
  all.reduce(
    (sum, { due, published, overdue }) => ({
      due: sum.due + due,
      published: sum.published + published,
      overdue: sum.overdue + overdue,
    }),
    noCounts,
  );

/** A department of a year, with its own line where it has one; counts are over itself and its units. */
export const departmentRowSchema = z.object({
  code: portalOrgCodeSchema,
  name: z.string(),
  counts: countsSchema,
  own: catalogueRowSchema.optional(),
});
export type DepartmentRow = z.infer<typeof departmentRowSchema>;

const namedSchema = z.object({ code: z.string(), name: z.string() });
const partSchema = z.object({
  /** Beginning of the keys of its rows (`paged-rows.ts`). */
  prefix: z.string().regex(/^[0-9A-Z-]*$/),
  count: z.int().min(1),
  counts: countsSchema,
  first: namedSchema,
  last: namedSchema,
});
export type CataloguePart = z.infer<typeof partSchema>;

/** `catalogue/<year>.json` and `catalogue/<year>/departments.json`: which parts the rows lie in. */
export const directorySchema = z.object({
  year,
  counts: countsSchema,
  parts: z.array(partSchema),
  /** Parts that hold nothing any more and are being removed. */
  retired: z.array(z.string()).optional(),
});
export type Directory = z.infer<typeof directorySchema>;

/** What became of an office from a year on, and the offices it came from or went to. */
const orgLinkSchema = z.object({
  from: year,
  kind: z.enum([
    /** `offices` is itself under its former name. */
    "renamed",
    "merged_from",
    /** It was there before, and others became part of it. */
    "absorbed",
    "merged_into",
    "split_from",
    "split_off",
    /** It came to an end (撤销); `offices` took its business over, if any did. */
    "dissolved",
    "took_over",
  ]),
  offices: z.array(z.object({ code: portalOrgCodeSchema, name: z.string() })),
});
export type OrgLink = z.infer<typeof orgLinkSchema>;

/** `catalogue/org/<code>.json`: what was published of an office over the years, newest first, and its history (机构沿革). */
export const orgRecordSchema = z.object({
  code: portalOrgCodeSchema,
  /** Where it has a history: its name, for an office of which nothing is public. */
  name: z.string().optional(),
  links: z.array(orgLinkSchema).optional(),
  reports: z.array(z.object({ year, row: catalogueRowSchema })),
});
export type OrgRecord = z.infer<typeof orgRecordSchema>;

/** The latest public act on a report. */
const newsSchema = z.object({ year, row: catalogueRowSchema });
export type News = z.infer<typeof newsSchema>;

/** `catalogue/portal.json`: the years, newest first, and what happened last. */
export const portalRecordSchema = z.object({
  years: z.array(z.object({ year, counts: countsSchema })),
  news: z.array(newsSchema),
});
export type PortalRecord = z.infer<typeof portalRecordSchema>;

/** The folder of a submission's own files; eight hex digits tell the submissions of one report apart. */
export const submissionFolder = (editionHash: string): string => editionHash.slice(0, 8);
