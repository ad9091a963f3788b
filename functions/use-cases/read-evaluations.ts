import { Buffer } from "node:buffer";
import type { EvaluationSheets } from "../../shared/report/evaluation-sheets/read-evaluation-sheets.ts";
import { err, type Result } from "../../shared/result.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { refusal } from "../../shared/workflow/transitions.ts";
import type { ReportHead } from "../storage/ports.ts";
import { HeavyWorkStopped, type HeavyWork } from "./heavy-work.ts";
import { tooHeavy } from "./import-tables.ts";
import { listed, type PlacedFault } from "./placed-fault.ts";
import type { ContentDeps } from "./report-content.ts";
import { editionOf } from "./stored-edition.ts";

export type EvaluationsRefusal =
  Rejection | { readonly code: "import_refused"; readonly faults: readonly PlacedFault[] };

/** Reads 自评表 from a workbook for a draft; what becomes of them is decided by who looks at them. */
export async function readEvaluations(
  deps: ContentDeps & { readonly heavyWork: HeavyWork },
  head: ReportHead,
  { content }: { readonly content: string },
  actor: Actor,
): Promise<Result<Omit<EvaluationSheets, "faults">, EvaluationsRefusal>> {
  const refused = refusal("edit", head.state, actor);
  if (refused !== undefined) return err(refused);
  const edition = await editionOf(deps, head.edition);
  const bytes = new Uint8Array(Buffer.from(content, "base64"));
  const read = await deps
    .heavyWork("readEvaluations", { edition, bytes, department: head.orgName })
    .catch((error: unknown) => {
      if (error instanceof HeavyWorkStopped) return err([tooHeavy]);
      throw error;
    });
  return read.ok ? read : err({ code: "import_refused", faults: listed(read.error) });
}
