import { proposalOf, type AccountsProposal } from "../../../shared/accounts/proposal.ts";
import { readAccounts } from "../../../shared/accounts/read-accounts.ts";
import { isOfAccounts } from "../../../shared/accounts/sheet-name.ts";
import { accountsOf } from "../../../shared/editions/accounts-of.ts";
import { isRefusal, validateTable } from "../../../shared/forms/canonical-table.ts";
import { tableFaultText } from "../../../shared/forms/fault-text.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { tableSchema } from "../../../shared/forms/table-data.ts";
import type { Tables } from "../../../shared/report/sections.ts";
import { tableIn } from "../../../shared/report/section-ids.ts";
import { oversize } from "../../../shared/report/section-bounds.ts";
import { err, ok, type Result } from "../../../shared/result.ts";
import { placedFaults, wordedFaults, type PlacedFault } from "../placed-fault.ts";
import { characterFaults, refusalFaults } from "./read-tables.ts";
import { openWorkbook } from "./read-workbook.ts";

/** What a workbook of the accounts would make of a draft's tables, or why it is not read. */
export async function readAccountsWorkbook(
  edition: Edition,
  bytes: Uint8Array,
  draft: Tables,
): Promise<Result<AccountsProposal, readonly PlacedFault[]>> {
  const opened = await openWorkbook(bytes);
  if (!opened.ok) return err(refusalFaults(edition, opened.error));
  const { grids, hidden } = opened.value;
  const refused = grids.flatMap(characterFaults);
  if (refused.length > 0) return err(placedFaults(edition, refused));
  const accounts = accountsOf(edition);
  const titles = edition.forms.map(({ title }) => title);
  if (!isOfAccounts(accounts, grids, titles)) return err([notAccounts]);
  const reading = readAccounts({ edition, accounts }, grids, ({ id }) => tableIn(draft, id));
  const proposal = proposalOf(edition, reading, (id) => tableIn(draft, id), hidden);
  const { year } = edition;
  if (proposal.otherYears.length > 0) {
    return err(
      wordedFaults(proposal.otherYears, (other) => ({
        where: other.where,
        message: `账表的年度是 ${String(other.year)}，本报告为 ${String(year)} 年度。别的年度的数不能填入。请选择 ${String(year)} 年度的账表。`,
      })),
    );
  }
  if (proposal.tables.length === 0) return err(nothingRead(proposal));
  const faults = proposal.tables.flatMap(({ id, name, table }) => {
    const tooLarge = tableSchema.safeParse(table).success ? oversize(id, table) : "行数或名称过长";
    if (tooLarge !== undefined) {
      return [{ where: name, message: `${tooLarge}，没有导入。请核对账表中的科目。` }];
    }
    const form = edition.forms.find((one) => one.id === id);
    if (form === undefined) throw new Error(`No form ${id}.`);
    return validateTable(edition, form, table)
      .filter(isRefusal)
      .map((fault) => {
        const { where, what, why, mend } = tableFaultText(edition, fault);
        return { where, message: `${what}。${why}。${mend}。` };
      });
  });
  return faults.length === 0 ? ok(proposal) : err(wordedFaults(faults, (fault) => fault));
}

const notAccounts: PlacedFault = {
  where: "导入文件",
  message:
    "工作簿不是部门决算的账表：没有一张表写着“财决…表”的表号或表名。请选择决算软件导出的账表，或用本系统的模板导入。",
};

const nothingRead = ({ unplaced }: AccountsProposal): PlacedFault[] => [
  {
    where: "导入文件",
    message: "没有读到公开各表所取的账表。请核对工作簿中是否有财决01至财决11、财决附03各表。",
  },
  ...wordedFaults(unplaced, ({ where, message }) => ({ where, message })),
];
