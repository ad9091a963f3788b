import type {
  CatalogueRow,
  PublicationEntry,
  TombstoneEntry,
} from "../../shared/disclosure/catalogue.ts";
import type { ReportRecords } from "./portal-files.ts";

/** A published report's line of the catalogue. */
export function rowOfEntry({
  orgCode,
  orgName,
  kind,
  department,
  number,
  at,
  editionHash,
  totals,
  correction,
}: PublicationEntry): CatalogueRow {
  return {
    ...{ code: orgCode, name: orgName, kind, department },
    published: {
      ...{ number, at, editionHash, ...totals },
      ...(correction === undefined ? {} : { correction: correction.reason }),
    },
  };
}

/** The line of a report that was taken down. */
export const rowOfTombstone = ({
  orgCode,
  orgName,
  kind,
  department,
  at,
  legalBasis,
}: TombstoneEntry): CatalogueRow => ({
  ...{ code: orgCode, name: orgName, kind, department },
  retracted: { at, legalBasis },
});

/** The line that a report's records alone make; undefined when nothing of it is recorded. */
export function rowOfRecords({ publications, tombstone }: ReportRecords): CatalogueRow | undefined {
  if (tombstone !== undefined) return rowOfTombstone(tombstone);
  const latest = publications.at(-1);
  return latest && rowOfEntry(latest);
}
