import { Buffer } from "node:buffer";
import { accountsPlanSchema, type AccountsPlan } from "../../shared/accounts/accounts-plan.ts";
import { canonicalJson, type Json } from "../../shared/canonical-json.ts";
import type { TableId } from "../../shared/forms/form.ts";
import type { TableData } from "../../shared/forms/table-data.ts";
import type { AmountUnit } from "../../shared/money.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { putBlob, putSection } from "../storage/blobs.ts";
import type { ReportHead } from "../storage/ports.ts";
import { loadSection, type ContentDeps } from "./report-content.ts";

/** Stores what an import would write, by which it is applied and taken back. */
export async function storePlan(
  deps: ContentDeps,
  head: ReportHead,
  {
    fileName,
    tables,
    enteredIn,
    otherOffice,
  }: {
    readonly fileName: string;
    readonly tables: readonly { readonly id: TableId; readonly table: TableData }[];
    /** Of the file; undefined where it does not say. */
    readonly enteredIn: AmountUnit | undefined;
    readonly otherOffice?: string | undefined;
  },
): Promise<{ readonly id: string; readonly plan: AccountsPlan }> {
  const facts = await loadSection(deps, "facts", head.sections.facts?.sha256, head.edition);
  const written = await Promise.all(
    tables.map(async ({ id, table }) => ({
      id,
      before: head.sections[id]?.sha256 ?? null,
      after: await putSection(deps, id, table),
    })),
  );
  // What would not be read back is not stored.
  const plan = accountsPlanSchema.parse({
    ...{ kind: "accounts-import", report: head.id, edition: head.edition },
    ...{ fileName, enteredIn: enteredIn ?? facts.enteredIn },
    ...{ enteredInBefore: facts.enteredIn, tables: written },
    ...omitUndefined({ otherOffice }),
  });
  const id = await putBlob(deps, Buffer.from(canonicalJson(plan as Json)), "application/json");
  return { id, plan };
}
