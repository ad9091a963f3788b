import { readFileSync } from "node:fs";
import { z } from "zod";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import type { Report } from "../../../../shared/report/report.ts";
import { sectionsSchema } from "../../../../shared/report/sections.ts";

/** A report of the city; figures are public facts, words are the project's own. */
const seedReportSchema = z.strictObject({
  identity: z.strictObject({
    region: z.string().regex(/^\d{6}$/),
    year: z.int(),
    orgCode: z.string().regex(/^\d{3,12}$/),
    orgName: z.string().min(1),
    kind: z.enum(["unit", "department", "bureau"]),
  }),
  editionId: z.string(),
  sections: sectionsSchema,
});

export const seedReportNames = ["jingdezhen-2022", "putuo-2024"] as const;
export type SeedReportName = (typeof seedReportNames)[number];

/** Units of the Jingdezhen department, its own office first. */
export const seedUnits = ["137001", "137002", "137003"] as const;

export const loadSeedReport = (name: SeedReportName): Report => load(`${name}/report.json`);

export const loadSeedUnit = (orgCode: (typeof seedUnits)[number]): Report =>
  load(`jingdezhen-2022/units/${orgCode}.json`);

function load(path: string): Report {
  const text = readFileSync(new URL(path, import.meta.url), "utf8");
  const { identity, editionId, sections } = seedReportSchema.parse(JSON.parse(text));
  const edition = shippedEditions.byId(editionId);
  if (edition === undefined) throw new Error(`${path} names the unknown edition ${editionId}.`);
  return { identity, edition, sections };
}
