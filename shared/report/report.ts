import type { CellRef } from "../forms/cell.ts";
import type { Edition } from "../forms/form.ts";
import type { CodePoints } from "../text/code-points.ts";
import type { TableData } from "../forms/table-data.ts";
import type { Sections, Tables } from "./sections.ts";
import { tableIn } from "./section-ids.ts";

/** Whose report it is: what the cover, heads and sentences name. */
export interface ReportIdentity {
  readonly region: string;
  readonly year: number;
  readonly orgCode: string;
  /** Full official name, e.g. of the 编制单位. */
  readonly orgName: string;
  readonly kind: OrgKind;
}

/** 单位 · 主管部门 · 财政部门. */
export type OrgKind = "unit" | "department" | "bureau";

/** A unit's submission as its department adds it up. */
export interface UnitSubmission {
  readonly orgCode: string;
  readonly orgName: string;
  readonly editionHash: string;
  readonly sections: Tables & Pick<Sections, "facts">;
}

/** The same node's report of the year before, as it was approved: what this year's 上年数 are compared with. */
export interface PriorReport {
  readonly year: number;
  readonly editionHash: string;
  /** Its own forms, whose rows may differ from this year's. */
  readonly edition: Edition;
  readonly sections: Tables & Pick<Sections, "facts">;
}

/** A whole report in hand: what checks, narrative, document and disclosure read. */
export interface Report {
  readonly identity: ReportIdentity;
  readonly edition: Edition;
  readonly sections: Sections;
  /** The submissions in `adjustments.basis`, where rules on 汇总 are to be run. */
  readonly units?: readonly UnitSubmission[];
  /** What the office's licensed fonts can print beside the shipped ones; nothing when absent. */
  readonly licensedCharacters?: CodePoints;
  /** Last year's report where one is stored and the rules on years are to be run against it. */
  readonly priorReport?: PriorReport;
}

/** A cell's value, `undefined` when empty. */
export function cellValue(tables: Tables, ref: CellRef): number | undefined {
  return rowOf(tableIn(tables, ref.table), ref.row)?.cells[ref.column];
}

export const rowOf = (table: TableData, key: string) => table.rows.find((row) => row.key === key);
