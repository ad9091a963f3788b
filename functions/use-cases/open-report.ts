import type { Sha256 } from "../../shared/canonical-json.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { decide } from "../../shared/workflow/decide.ts";
import { absent, evolve } from "../../shared/workflow/evolve.ts";
import type { Actor, Rejection } from "../../shared/workflow/report-state.ts";
import { queueOf, turnOf } from "../../shared/workflow/turn.ts";
import { chainStart, linkEvents } from "../storage/chain.ts";
import { orgIn } from "../../shared/registry/org-in-year.ts";
import type { FiscalYear, OrgNode } from "../../shared/registry/registry.ts";
import type { ReportHead, ReportStore } from "../storage/ports.ts";
import type { Lineage } from "../../shared/registry/access.ts";

export const reportIdOf = (region: string, year: number, orgCode: string): string =>
  `${region}-${String(year)}-${orgCode}`;

/** What a report's id is made of; empty and 0 where it is none. */
export function placeOfReport(id: string): {
  readonly region: string;
  readonly year: number;
  readonly orgCode: string;
} {
  const [region = "", year = "0", ...orgCode] = id.split("-");
  return { region, year: Number(year), orgCode: orgCode.join("-") };
}

export type OpenRefusal =
  | Rejection
  | { readonly code: "already_exists"; readonly id: string }
  | { readonly code: "year_closed" }
  | { readonly code: "exempt"; readonly reason: string }
  /** The node was not there in that year: not founded yet, or dissolved. */
  | { readonly code: "not_in_year"; readonly name: string; readonly year: number };

/** Opens a node's report of a year (开始编制): one write of a first head. */
export async function openReport(
  deps: {
    readonly reports: Pick<ReportStore, "create">;
    readonly now: () => string;
    readonly sha256: Sha256;
  },
  { org: stored, lineage, year }: { org: OrgNode; lineage: Lineage; year: FiscalYear },
  actor: Actor,
): Promise<Result<ReportHead, OpenRefusal>> {
  const decided = decide({ type: "open" }, absent, actor, { kind: stored.kind, now: deps.now() });
  if (!decided.ok) return err(decided.error);
  if (year.status === "closed") return err({ code: "year_closed" });
  const org = orgIn(stored, year.year);
  if (org === undefined) return err({ code: "not_in_year", name: stored.name, year: year.year });
  if (org.exempt !== undefined) return err({ code: "exempt", reason: org.exempt.reason });

  const id = reportIdOf(org.region, year.year, org.code);
  const state = decided.value.reduce((before, event) => evolve(before, event, org.kind), absent);
  const outbox = linkEvents({ id, chain: chainStart }, decided.value, deps.sha256);
  const last = outbox.at(-1);
  const turn = turnOf(state, { ...lineage, kind: org.kind }, year);
  const created = await deps.reports.create({
    id,
    region: org.region,
    year: year.year,
    orgCode: org.code,
    orgName: org.name,
    kind: org.kind,
    departmentCode: lineage.departmentCode,
    edition: year.edition,
    version: 1,
    state,
    sections: {},
    chain: last === undefined ? chainStart : { seq: last.seq, hash: last.hash },
    outbox,
    ...(turn === undefined ? {} : { turn: { queue: queueOf(org.region, turn), due: turn.due } }),
  });
  return created.ok ? ok(created.value) : err({ code: "already_exists", id });
}
