import type { Edition, TableId } from "../forms/form.ts";
import type { TableData } from "../forms/table-data.ts";
import { tableName } from "../forms/place-name.ts";
import { unitName, type AmountUnit } from "../money.ts";
import {
  contradictions,
  hiddenText,
  proposedChanges,
  unplaced,
  untouchedText,
  type AccountsLine,
  type TableChanges,
  type UnplacedLine,
} from "./accounts-words.ts";
import type { AccountsReading } from "./read-accounts.ts";

/** What importing a workbook of the accounts would do to a draft, as plain data: the tables, and every remark in words. */
export interface AccountsProposal {
  readonly tables: readonly TableProposal[];
  readonly contradictions: readonly AccountsLine[];
  readonly unplaced: readonly UnplacedLine[];
  readonly untouched: readonly {
    readonly table: TableId;
    readonly name: string;
    readonly why: string;
  }[];
  /** Sheets that were read: their name in the file, and what they are. */
  readonly sheets: readonly { readonly name: string; readonly what: string }[];
  readonly enteredIn: AmountUnit;
  /** Offices that the sheets name, and the cells that name them. */
  readonly orgNames: readonly { readonly text: string; readonly where: string }[];
  readonly otherYears: readonly { readonly year: number; readonly where: string }[];
}

export interface TableProposal extends TableChanges {
  readonly id: TableId;
  /** 公开03表 支出决算表. */
  readonly name: string;
  readonly table: TableData;
  /** Sheets of the accounts that its figures are from, and those that were only compared with them. */
  readonly sheets: readonly string[];
  readonly compared: readonly string[];
  /** The sheets that the figures would have been from in the first place, and that the workbook does not have. */
  readonly lacking: readonly string[];
}

export function proposalOf(
  edition: Edition,
  reading: AccountsReading,
  draft: (id: TableId) => TableData,
  /** Names of sheets that the file hides. */
  hidden: readonly string[] = [],
): AccountsProposal {
  const nameOf = (id: TableId): string => {
    const form = edition.forms.find((one) => one.id === id);
    return form?.number === undefined ? tableName(id, edition) : `${form.number} ${form.title}`;
  };
  const placed = ({ sheet = "", cell = "" }) => ({ where: `${sheet}!${cell}` });
  return {
    tables: reading.tables.map((proposed) => {
      const { id } = proposed.form;
      const { table, cells } = proposed;
      const givers = new Set(
        [...cells.values()].flatMap(({ origins }) => origins.map(({ sheet }) => sheet)),
      );
      const changes = proposedChanges(edition, proposed, draft(id));
      return {
        ...{ id, name: nameOf(id), table, ...changes },
        sheets: proposed.sheets.filter((sheet) => givers.has(sheet)),
        compared: proposed.sheets.filter((sheet) => !givers.has(sheet)),
        lacking: proposed.lacking,
      };
    }),
    contradictions: contradictions(edition, reading),
    unplaced: [...hidden.map(hiddenText), ...unplaced(reading)],
    untouched: reading.untouched.map((one) => ({
      ...{ table: one.table, name: nameOf(one.table) },
      why: untouchedText(one),
    })),
    sheets: reading.sheets.flatMap((sheet) =>
      sheet.kind === "read"
        ? [{ name: sheet.name, what: `${sheet.number}表 ${sheet.title}，${unitName[sheet.unit]}` }]
        : [],
    ),
    enteredIn: reading.enteredIn,
    orgNames: reading.orgNames.map(({ text, at }) => ({ text, ...placed(at) })),
    otherYears: reading.otherYears.map(({ year, at }) => ({ year, ...placed(at) })),
  };
}
