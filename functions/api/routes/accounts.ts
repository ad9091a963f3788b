import { createRoute } from "@hono/zod-openapi";
import type { TableProposal } from "../../../shared/accounts/proposal.ts";
import {
  accountsPlanParams,
  applyAccountsBody,
  planAccountsBody,
  planTablesBody,
  reportParams,
  undoAccountsBody,
} from "../../../shared/contract/requests.ts";
import {
  accountsPlanResponse,
  importResponse,
  type AccountsPlanView,
} from "../../../shared/contract/responses.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";
import type { Result } from "../../../shared/result.ts";
import {
  applyAccounts,
  planAccounts,
  undoAccounts,
  type PlannedAccounts,
  type SavedImport,
} from "../../use-cases/accounts-import.ts";
import { planImport, type PlannedImport } from "../../use-cases/import-tables.ts";
import { shortened } from "../../use-cases/placed-fault.ts";
import { hashOf } from "../../use-cases/report-content.ts";
import { answer, answers, body } from "../answers.ts";
import type { ApiApp, ApiDeps } from "../deps.ts";
import { ApiError } from "../errors.ts";
import { authorise } from "../people.ts";
import { orRefuse, type Refusal } from "../refusals.ts";

const base = "/api/reports/{id}/accounts";

const plan = createRoute({
  method: "post",
  path: base,
  summary: "Read a workbook of the accounts and weigh it against the draft; nothing is saved",
  request: { params: reportParams, body: body(planAccountsBody) },
  responses: answers("What it would fill, contradicts and could not place", accountsPlanResponse),
});
const planTables = createRoute({
  method: "post",
  path: "/api/reports/{id}/import-plans",
  summary: "Read tables from a file and weigh them against the draft; nothing is saved",
  request: { params: reportParams, body: body(planTablesBody) },
  responses: answers("What it would change of each table", accountsPlanResponse),
});
const apply = createRoute({
  method: "post",
  path: `${base}/{plan}/apply`,
  summary: "Fill in the tables of a planned import, of the accounts or of tables, in one write",
  request: { params: accountsPlanParams, body: body(applyAccountsBody) },
  responses: answers("The sections saved", importResponse),
});
const undo = createRoute({
  method: "post",
  path: `${base}/{plan}/undo`,
  summary: "Put back what tables had before a planned import was applied",
  request: { params: accountsPlanParams, body: body(undoAccountsBody) },
  responses: answers("The sections saved", importResponse),
});

/** Listed at most: figures of all tables together, and lines of a list. */
const listed = { changes: 3_000, lines: 200 } as const;

export function addAccountsRoutes(app: ApiApp, deps: ApiDeps): void {
  const all = { ...deps, files: deps.vault };
  const saved = (result: Result<SavedImport, Refusal>) => {
    if (!result.ok && result.error.code === "section_conflict") {
      throw new ApiError(
        "stale_version",
        "核对之后有人保存过其中的表，没有写入。请重新选择文件核对。",
      );
    }
    const { head, saved: changes } = orRefuse(result);
    return {
      saved: changes.map(({ section, pointer }) => ({
        ...{ section, pointer, version: head.version },
        editionHash: hashOf(deps, head),
      })),
    };
  };

  app.openapi(plan, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const planned = orRefuse(await planAccounts(all, head, c.req.valid("json"), actor));
    return answer(c, accountsPlanResponse, viewOf(planned));
  });

  app.openapi(planTables, async (c) => {
    const { head, actor } = await authorise(deps, c.var.person, c.req.valid("param").id);
    const planned = orRefuse(await planImport(all, head, c.req.valid("json"), actor));
    return answer(c, accountsPlanResponse, importView(planned));
  });

  app.openapi(apply, async (c) => {
    const { id, plan: hash } = c.req.valid("param");
    const { head, actor } = await authorise(deps, c.var.person, id);
    const request = { ...c.req.valid("json"), plan: hash };
    const applied = saved(await applyAccounts(all, head, request, actor));
    c.var.log.info("An import was applied.", { report: id, plan: hash });
    return answer(c, importResponse, applied);
  });

  app.openapi(undo, async (c) => {
    const { id, plan: hash } = c.req.valid("param");
    const { head, actor } = await authorise(deps, c.var.person, id);
    const request = { ...c.req.valid("json"), plan: hash };
    const undone = saved(await undoAccounts(all, head, request, actor));
    c.var.log.info("An import was taken back.", { report: id, plan: hash });
    return answer(c, importResponse, undone);
  });
}

function viewOf({ id, plan: stored, proposal }: PlannedAccounts): AccountsPlanView {
  const { contradictions, unplaced } = proposal;
  return {
    ...{ kind: "accounts", plan: id, fileName: stored.fileName, sheets: [...proposal.sheets] },
    ...omitUndefined({ otherOffice: stored.otherOffice }),
    tables: tablesOf(
      proposal.tables.map((table) => ({ ...table, codes: { added: [], removed: [] } })),
    ),
    ignored: [],
    contradictions: contradictions.slice(0, listed.lines).map(short),
    furtherContradictions: Math.max(contradictions.length - listed.lines, 0),
    unplaced: unplaced.slice(0, listed.lines).map(short),
    furtherUnplaced: Math.max(unplaced.length - listed.lines, 0),
    untouched: proposal.untouched.map(({ name, why }) => ({ name, why })),
  };
}

const short = <Line extends { readonly where: string; readonly message: string }>(line: Line) => ({
  ...line,
  where: shortened(line.where),
  message: shortened(line.message),
});

const importView = ({ id, fileName, tables, ignored }: PlannedImport): AccountsPlanView => ({
  ...{ kind: "tables", plan: id, fileName, sheets: [] },
  tables: tablesOf(tables.map((table) => ({ ...table, sheets: [], compared: [], lacking: [] }))),
  ...{ contradictions: [], furtherContradictions: 0, unplaced: [], furtherUnplaced: 0 },
  ...{ ignored: ignored.map(shortened), untouched: [] },
});

type Weighed = Omit<TableProposal, "table"> & {
  readonly codes: PlannedImport["tables"][number]["codes"];
};

function tablesOf(tables: readonly Weighed[]): AccountsPlanView["tables"] {
  let room: number = listed.changes;
  return tables.map(({ id, name, sheets, compared, lacking, same, codes, changes }) => {
    const shown = changes.slice(0, room);
    room -= shown.length;
    const filled = changes.filter(({ before }) => before === undefined).length;
    const emptied = changes.filter(({ after }) => after === undefined).length;
    return {
      ...{ id, name, sheets: [...sheets], compared: [...compared], lacking: [...lacking] },
      ...{ same, filled, altered: changes.length - filled - emptied, emptied },
      codes: { added: [...codes.added], removed: [...codes.removed] },
      changes: shown.map((change) => ({ ...change, from: shortened(change.from) })),
    };
  });
}
