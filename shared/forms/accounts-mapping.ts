import { z } from "zod";
import type { ReadOnly } from "../read-only.ts";
import { tableIdSchema } from "./cell-schema.ts";
import { documentsSchema, sourceSchema } from "./edition-sources.ts";

/**
 * What of the departmental final accounts (部门决算报表, sheets 财决01 to 财决11 and 附表) makes up which statutory table:
 * sheets and their columns by name, never by position. An edition states what it has otherwise than the nation, a table
 * or a sheet at a time (`shared/editions/accounts-of.ts`).
 */

const key = z.string().regex(/^[a-z0-9_]{1,40}$/);
const name = z.string().min(1).max(60);

/** 财决03, 财决08-1, 财决附03: how a sheet is named here, whatever number a year gives it. */
const sheetNumber = z.string().regex(/^财决附?\d{2}(?:-\d)?$/u);

const accountsSheetSchema = z.strictObject({
  number: sheetNumber,
  title: name,
  /** Titles of other years and places. */
  otherTitles: z.exactOptional(z.array(name).max(10)),
  /** Some region publishes a table of this title, which alone then does not tell that a workbook is of the accounts. */
  alsoPublished: z.exactOptional(z.literal(true)),
  /** codes: a row a 支出功能分类 code, under a head of several rows · lines: rows by name, in blocks side by side. */
  rows: z.enum(["codes", "lines"]),
  /** Where its head and rows were seen. */
  sources: z.array(sourceSchema).min(1).max(5),
  /** Rows that no statutory table has, by name, and blocks whose further rows none has, by a name in their head. */
  aside: z.exactOptional(z.array(name).max(40)),
  asideBlock: z.exactOptional(name),
  /** Rows and columns whose figures belong into another part of the report than its tables, with the part's name. */
  elsewhere: z.exactOptional(z.record(name, name)),
});

/** A column by the names of its head from the top: 本年支出/基本支出/人员经费. Several are other names for it. */
const column = z.union([name, z.array(name).min(1).max(6)]);
const columns = z.record(key, column);
/** One sheet, or several whose figures are added up. */
const from = { sheet: z.union([sheetNumber, z.array(sheetNumber).min(2).max(5)]) };

const feedSchema = z.union([
  /** Rows by code and 合计, to a table by code. */
  z.strictObject({ ...from, codes: columns }),
  /** Rows of 类, to the rows of a table that are kept by the code of a 类. */
  z.strictObject({ ...from, classes: columns }),
  /** Rows by name. */
  z.strictObject({
    ...from,
    lines: columns,
    /** Only blocks whose head names this: 收入, 功能分类. */
    block: z.exactOptional(name),
    /** Rows of the table that are taken; all when absent. */
    only: z.exactOptional(z.array(key).min(1).max(60)),
    /** Names that a row has in the accounts, besides those of the table; `under` is the row it must come after. */
    names: z.exactOptional(
      z.record(
        key,
        z.strictObject({
          names: z.array(name).min(1).max(10),
          under: z.exactOptional(name),
        }),
      ),
    ),
  }),
  /** The columns by 支出经济分类 of row 合计, to the rows of a table that are kept by those codes; its column. */
  z.strictObject({ ...from, economic: key }),
  /** Columns of row 合计, to cells (row/column) of the table. */
  z.strictObject({
    ...from,
    total: z.record(z.string().regex(/^[a-z0-9_]+\/[a-z0-9_]+$/u), column),
  }),
]);

export const accountsMappingSchema = z.strictObject({
  /** What the sources of the sheets name. */
  documents: documentsSchema,
  sheets: z.array(accountsSheetSchema).max(60),
  /** In order of preference: the first sheet there is gives the figure, the others are compared with it. */
  tables: z.partialRecord(tableIdSchema, z.array(feedSchema).min(1).max(10)),
});

export type AccountsMapping = ReadOnly<z.infer<typeof accountsMappingSchema>>;
export type AccountsSheet = AccountsMapping["sheets"][number];
export type AccountsFeed = NonNullable<AccountsMapping["tables"][`t${number}`]>[number];
