import { z } from "zod";
import { reportParams } from "../../shared/contract/requests.ts";
import { reportResponse } from "../../shared/contract/responses.ts";
import type { Command } from "../../shared/workflow/report-state.ts";
import { stalenessOf } from "../use-cases/give-verdict.ts";
import { handleCommand } from "../use-cases/handle-command.ts";
import { answers } from "./answers.ts";
import type { ApiDeps, Person } from "./deps.ts";
import { authorise, type AuthorisedReport } from "./people.ts";
import { apiErrorOf, orRefuse } from "./refusals.ts";
import { reportView } from "./report-view.ts";

/** The version the person saw, as the report's ETag gave it; optional; a newer version is then refused. */
const ifMatch = z.object({
  "if-match": z
    .string()
    .regex(/^"\d+"$/)
    .optional(),
});

export const act = <Path extends string>(path: Path, summary: string) => ({
  method: "post" as const,
  path: `/api/reports/{id}/${path}` as const,
  summary,
  responses: answers("The report after the act", reportResponse),
});
export const actRequest = { params: reportParams, headers: ifMatch };

/** What every act on a report begins and ends with. */
export const actsOf = (deps: ApiDeps) => ({
  /** The report, unless it has moved since the person saw it. */
  inHand: async (
    person: Person,
    id: string,
    { "if-match": seen }: z.infer<typeof ifMatch>,
  ): Promise<AuthorisedReport> => {
    const found = await authorise(deps, person, id);
    if (seen !== undefined && seen !== `"${String(found.head.version)}"`) {
      throw apiErrorOf(stalenessOf(found.head, Number(seen.slice(1, -1))));
    }
    return found;
  },
  carryOut: async (found: AuthorisedReport, command: Command) =>
    reportView(deps, orRefuse(await handleCommand(deps, found, command, found.actor)), found.actor),
});
