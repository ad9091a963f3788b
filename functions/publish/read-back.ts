import { csvParse } from "d3-dsv";
import { z } from "zod";
import { canonicalJson, type Sha256 } from "../../shared/canonical-json.ts";
import { openChecksSchema, type OpenChecks } from "../../shared/disclosure/open-checks.ts";
import {
  openReportSchema,
  withheldSections,
  type OpenReport,
  type OpenTable,
} from "../../shared/disclosure/open-report.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import type { FileStore } from "../storage/ports.ts";
import { textOf } from "./portal-files.ts";

interface ReadBack {
  readonly report: OpenReport;
  readonly tables: number;
  /** Cells that are the same in JSON, CSV and page. */
  readonly cells: number;
  /** Rules that the submission was checked by. */
  readonly rules: number;
  readonly pdfSizeBytes: number;
}

/**
 * Reads the files at a permanent address and proves that they agree: hashes lead from
 * the sections to the submission hash, CSV and page repeat the cells of report.json, the ledger is this
 * submission's and whole, the PDF is one. Every fault is a sentence.
 */
export async function readBack(
  { portal, sha256 }: { readonly portal: FileStore; readonly sha256: Sha256 },
  path: string,
): Promise<Result<ReadBack, readonly string[]>> {
  const file = (name: string) => portal.get(path.slice(1) + name);
  const missing: string[] = [];
  const text = async (name: string) => {
    const bytes = await file(name);
    if (bytes === undefined) missing.push(`${path}${name} is not there.`);
    return bytes === undefined ? "" : textOf(bytes);
  };
  const [html, json, ledger, ledgerHtml, description] = [
    await text("index.html"),
    await text("report.json"),
    await text("checks.json"),
    await text("checks/index.html"),
    await text("datapackage.json"),
  ];
  const pdf = await file("report.pdf");
  if (pdf === undefined) missing.push(`${path}report.pdf is not there.`);
  if (missing.length > 0 || pdf === undefined) return err(missing);
  const report = openReportSchema.parse(JSON.parse(json));
  const checks = openChecksSchema.parse(JSON.parse(ledger));
  const faults = [
    ...hashFaults(report, JSON.parse(json), sha256),
    ...(textOf(pdf.subarray(0, 5)) === "%PDF-" ? [] : [`${path}report.pdf is not a PDF.`]),
    ...pageFaults(report, html),
    ...ledgerFaults(report, checks, ledgerHtml),
  ];
  const { resources } = descriptionSchema.parse(JSON.parse(description));
  for (const [name, content] of [
    ["report", json],
    ["checks", ledger],
  ] as const) {
    const described = resources.find((resource) => resource.name === name)?.hash;
    if (described !== `sha256:${sha256(content)}`) {
      faults.push(`${path}${name}.json is not the file that datapackage.json describes.`);
    }
  }
  for (const table of report.tables) {
    const resource = resources.find(({ name }) => name === table.id);
    const csv = await file(`${table.id}.csv`);
    if (resource === undefined || csv === undefined) {
      faults.push(`${path}${table.id}.csv is not there or not described.`);
      continue;
    }
    if (resource.hash !== `sha256:${sha256(csv)}`) {
      faults.push(`${path}${table.id}.csv is not the file that datapackage.json describes.`);
    }
    faults.push(...csvFaults(table, textOf(csv), resource.schema?.fields ?? []));
  }
  const cells = report.tables.reduce((sum, table) => sum + valuesOf(table).length, 0);
  return faults.length > 0
    ? err(faults)
    : ok({
        report,
        tables: report.tables.length,
        cells,
        rules: checks.rules.length,
        pdfSizeBytes: pdf.length,
      });
}

const descriptionSchema = z.object({
  resources: z.array(
    z.object({
      name: z.string(),
      hash: z.string(),
      schema: z
        .object({ fields: z.array(z.object({ name: z.string(), key: z.string().optional() })) })
        .optional(),
    }),
  ),
});

type Resource = z.infer<typeof descriptionSchema>["resources"][number];
type Field = NonNullable<Resource["schema"]>["fields"][number];

/** The stored JSON itself is hashed, not what a schema made of it. */
const rawSchema = z.object({ manifest: z.json(), sections: z.record(z.string(), z.json()) });

function hashFaults(report: OpenReport, raw: unknown, sha256: Sha256): string[] {
  const { manifest, sections } = rawSchema.parse(raw);
  const faults = Object.entries(report.manifest.sections).flatMap(([id, hash]) => {
    const section = sections[id];
    if (withheldSections.has(id) && section === undefined) return [];
    return section !== undefined && sha256(canonicalJson(section)) === hash
      ? []
      : [`Section ${id} of report.json does not hash to its entry in the manifest.`];
  });
  return sha256(canonicalJson(manifest)) === report.editionHash
    ? faults
    : [...faults, "The manifest of report.json does not hash to the submission hash."];
}

const valuesOf = ({ body }: OpenTable) =>
  body.flat().flatMap((cell) => (cell.kind === "value" ? [cell] : []));

/** The figures of a table on the page, in order, are those of report.json. */
function pageFaults(report: OpenReport, html: string): string[] {
  return report.tables.flatMap((table) => {
    const start = html.indexOf(`<h3 id="${table.id}">`);
    const own = start < 0 ? "" : html.slice(start, html.indexOf("</table>", start));
    const shown = [...own.matchAll(/<td class="(?:money|count)[^"]*">([^<]*)<\/td>/g)].map(
      ([, text]) => text,
    );
    const meant = valuesOf(table).map(({ text }) => text);
    return JSON.stringify(shown) === JSON.stringify(meant)
      ? []
      : [`The page shows other figures than report.json in ${table.title}.`];
  });
}

/** The ledger is of this submission, counts its own rules, and the page lists each of them. */
function ledgerFaults(report: OpenReport, checks: OpenChecks, html: string): string[] {
  const { rules, summary, editionHash } = checks;
  const { rules: count, ...outcomes } = summary;
  const isCounted =
    rules.length === count &&
    Object.entries(outcomes).every(
      ([outcome, stated]) => rules.filter((rule) => rule.outcome === outcome).length === stated,
    );
  const shown = [...html.matchAll(/<tr><th scope="row">([^<]*)<\/th>/g)].map(([, id]) => id);
  return [
    ...(editionHash === report.editionHash ? [] : ["checks.json is of another submission."]),
    ...(isCounted ? [] : ["checks.json sums up other outcomes than it lists."]),
    ...(JSON.stringify(shown) === JSON.stringify(rules.map(({ id }) => id))
      ? []
      : ["The page of checks lists other rules than checks.json."]),
    ...rules
      .filter(({ outcome }) => outcome === "could_not_run")
      .map(({ id }) => `${id} could not be run, and the report was published.`),
  ];
}

function csvFaults(table: OpenTable, csv: string, fields: readonly Field[]): string[] {
  const rows = new Map(csvParse(csv.replace(/^\u{feff}/u, "")).map((row) => [row["行键"], row]));
  return valuesOf(table).flatMap(({ cell, text }) => {
    const [, row = "", column = ""] = cell.split("/");
    const field = fields.find(({ key }) => key === column)?.name ?? "";
    return rows.get(row)?.[field] === text.replaceAll(",", "")
      ? []
      : [`${table.id}.csv does not repeat ${cell} (${text}) of report.json.`];
  });
}
