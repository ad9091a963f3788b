import { canonicalJson } from "../canonical-json.ts";
import type { Form } from "../forms/form.ts";
import { dash, fixedRows } from "../forms/layout.ts";
import type { Report } from "../report/report.ts";
import type { DisclosedFile } from "./catalogue.ts";
import { leadFields, valueFields } from "./table-csv.ts";
import { omitUndefined } from "../omit-undefined.ts";

/**
 * `datapackage.json`: describes the data files in the manner of Fiscal Data Package (Frictionless),
 * so that tools read columns, units and phase without guessing. `files` are those written so far.
 */
export function dataPackageJson(
  { identity, edition }: Report,
  files: readonly DisclosedFile[],
  editionHash: string,
): string {
  const year = String(identity.year);
  const tables = edition.forms.flatMap((form) => {
    const file = files.find(({ path }) => path === csvPath(form));
    return file === undefined ? [] : [tableResource(form, file)];
  });
  const documents = files.filter(({ contentType }) => contentType === "application/json");
  const description = canonicalJson({
    name: `juesuan-${year}-${identity.orgCode.toLowerCase()}`,
    title: `${identity.orgName}${year}年度决算公开表`,
    profile: "data-package",
    countryCode: "CN",
    regionCode: identity.region,
    granularity: "aggregated",
    fiscalPeriod: { start: `${year}-01-01`, end: `${year}-12-31` },
    contributors: [{ title: identity.orgName, role: "publisher" }],
    edition: { id: edition.id, name: edition.name },
    editionHash,
    resources: [...tables, ...documents.map(documentResource)],
  });
  return `${description}\n`;
}

export const csvPath = (form: Pick<Form, "id">): string => `${form.id}.csv`;

const documentResource = ({ path, title, sizeBytes, sha256 }: DisclosedFile) => ({
  name: path.replace(/\.json$/, ""),
  path,
  title,
  profile: "data-resource",
  format: "json",
  mediatype: "application/json",
  encoding: "utf-8",
  bytes: sizeBytes,
  hash: `sha256:${sha256}`,
});

function tableResource(form: Form, { path, sizeBytes, sha256 }: DisclosedFile) {
  const isCounted =
    form.blocks.every(({ rows }) => rows !== "by-function-code") &&
    fixedRows(form).every(({ kind }) => kind === "count");
  return {
    name: form.id,
    path,
    title: form.title,
    ...omitUndefined({ number: form.number }),
    profile: "tabular-data-resource",
    format: "csv",
    mediatype: "text/csv",
    encoding: "utf-8",
    bytes: sizeBytes,
    hash: `sha256:${sha256}`,
    schema: {
      missingValues: ["", dash],
      fields: [
        ...leadFields.map(({ name, title }) => ({ name, title, type: "string" })),
        ...valueFields(form).map(({ key, name, number }) => ({
          name,
          key,
          type: "number",
          decimalChar: ".",
          ...omitUndefined({ columnNumber: number }),
          // 数量 rows of a money table say so in the column 计量.
          ...(isCounted ? {} : { currency: "CNY", unit: "万元", factor: 10_000 }),
          phase: key === "initial" ? "approved" : key === "full" ? "adjusted" : "executed",
        })),
      ],
    },
  };
}
