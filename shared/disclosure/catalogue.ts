import { z } from "zod";

/**
 * What stands in the public portal, as small records beside the files. Index pages, feed and site map
 * are drawn from these records alone, so the portal can be rebuilt without any other store.
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

/** One place that differs from the edition before, worded by the semantic diff. */
const changeSchema = z.object({
  place: z.string(),
  before: z.string().optional(),
  after: z.string().optional(),
});
export type Change = z.infer<typeof changeSchema>;

const disclosedFileSchema = z.object({
  /** Below the report's folder, e.g. `t01.csv`, `files/3f2a….pdf`. */
  path: z.string().regex(/^[a-z0-9-]+(\/[a-z0-9-]+)?\.[a-z0-9]+$/),
  /** What a reader is told it is. */
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

/** 撤下: the report was public and no longer is; the address says so and why. */
export const tombstoneEntrySchema = z.object({
  year,
  orgCode: portalOrgCodeSchema,
  orgName: z.string(),
  kind,
  department: departmentSchema,
  at: z.iso.datetime(),
  legalBasis: z.string(),
});
export type TombstoneEntry = z.infer<typeof tombstoneEntrySchema>;

/** Who must publish a year's report, and until when: shows who has not (应公开未公开). */
export const yearPlanSchema = z.object({
  year,
  /** The day the plan was looked at; "overdue" is said as of this day. */
  asOf: day,
  orgs: z.array(
    z.object({
      code: portalOrgCodeSchema,
      name: z.string(),
      kind,
      department: departmentSchema,
      /** Last day of publication, 批复 + 20 days; absent while not approved. */
      publishBy: day.optional(),
      /** 依法不予公开 or 免报, in a sentence. */
      exempt: z.string().optional(),
    }),
  ),
});
export type YearPlan = z.infer<typeof yearPlanSchema>;

/** One report of a year as index pages show it: the publication that stands, or the tombstone. */
const listingSchema = z.discriminatedUnion("status", [
  z.object({ status: z.literal("published"), latest: publicationEntrySchema }),
  z.object({ status: z.literal("retracted"), tombstone: tombstoneEntrySchema }),
]);
export type Listing = z.infer<typeof listingSchema>;

/** `catalogue/<year>.json`: a year's listings by org code; open data as well. */
export const yearCatalogueSchema = z.object({ year, reports: z.array(listingSchema) });
export type YearCatalogue = z.infer<typeof yearCatalogueSchema>;

export const listedOrg = (listing: Listing): PublicationEntry | TombstoneEntry =>
  listing.status === "published" ? listing.latest : listing.tombstone;

/** The folder of an edition's own files; eight hex digits tell the editions of one report apart. */
export const editionFolder = (editionHash: string): string => editionHash.slice(0, 8);
