import type { AccountsMapping } from "../forms/accounts-mapping.ts";
import type { Edition } from "../forms/form.ts";
import {
  accountsDocuments,
  accountsSheets,
  furtherAccountsTitles,
} from "./national/accounts/sheets.ts";
import { accountsTables } from "./national/accounts/tables.ts";

/** What an edition's tables follow from in the accounts, with the titles of sheets that none follows from. */
export interface AccountsOfEdition extends AccountsMapping {
  readonly furtherTitles: readonly string[];
}

/**
 * The national mapping, with the sheets and tables that the edition states itself in place of the nation's. The accounts
 * are the nation's own form, so an edition that does not derive from a national one is served as well.
 */
export function accountsOf({ accounts = {} }: Pick<Edition, "accounts">): AccountsOfEdition {
  const { documents = {}, sheets = [], tables = {} } = accounts;
  const own = new Set(sheets.map(({ number }) => number));
  return {
    documents: { ...accountsDocuments, ...documents },
    sheets: [...accountsSheets.filter(({ number }) => !own.has(number)), ...sheets],
    tables: { ...accountsTables, ...tables },
    furtherTitles: furtherAccountsTitles,
  };
}
