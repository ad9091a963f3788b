import {
  importCodeList,
  type Classification,
  type CodeListChanges,
  type CodeListFault,
} from "../../shared/forms/codes/import-codes.ts";
import { err, type Result } from "../../shared/result.ts";
import type { HeavyWork } from "./heavy-work.ts";
import { fileFault } from "./workbook/file-fault.ts";

export interface CodeListRefusal {
  readonly code: "sheets_refused";
  readonly faults: readonly CodeListFault[];
}

/**
 * What a bureau's own list of 科目 changes in a code table, for a draft on the desk of editions. Nothing is stored: the
 * desk shows it, and saves it with the draft.
 */
export async function readCodeList(
  { heavyWork }: { readonly heavyWork: HeavyWork },
  request: {
    readonly classification: Classification;
    /** Codes of the draft with their names. */
    readonly current: Readonly<Record<string, string>>;
    readonly bytes: Uint8Array;
  },
): Promise<Result<CodeListChanges, CodeListRefusal>> {
  const opened = await heavyWork("readGrids", { bytes: request.bytes });
  if (!opened.ok) return err({ code: "sheets_refused", faults: [fileFault(opened.error)] });
  const current = new Map(Object.entries(request.current));
  const read = importCodeList(current, request.classification, opened.value.grids);
  return read.ok ? read : err({ code: "sheets_refused", faults: read.error });
}
