import { setFlagsFromString } from "node:v8";
import { createApiHandler } from "../../functions/api/handler.ts";
import { newId } from "../../functions/platform/ids.ts";
import type { Member, OrgNode } from "../../shared/registry/registry.ts";
import type { ReportHead } from "../../functions/storage/ports.ts";
import { createGateway } from "../../infra/local/gateway/gateway.ts";
import { createCallerAddress } from "../../infra/local/caller-address.ts";
import { awsLimits } from "../../infra/local/gateway/limits.ts";
import { createHeavyPool } from "../../infra/local/heavy-pool.ts";
import { listen, serve } from "../../infra/local/listen.ts";
import { region, startService } from "../functions/api/service.ts";
import { enter } from "../functions/enter.ts";
import type { Draft } from "./county.ts";

/** A program: the API on the embedded database behind the local gateway, with as many reports as requested. */

const [departments, editors] = process.argv.slice(2).map(Number);
if (departments === undefined || editors === undefined) throw new Error("Say how large it is.");

/** Verdicts that can be measured: each is given once. */
const verdicts = 60;

setFlagsFromString("--expose-gc");
const service = await startService();
const { deps } = service;
const heavy = createHeavyPool();

const waitingId = await service.bring("137001", "bureau");
const draftId = await draftOfTheOther();
const [waitingHead, draftHead] = await Promise.all([waitingId, draftId].map(headOf));
if (waitingHead === undefined || draftHead === undefined) throw new Error("Nothing was brought.");

const codes = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${String(index).padStart(5, "0")}`);
const drafts: Draft[] = codes("E", editors + 1).map((code) => ({
  id: idOf(code),
  preparer: `preparer-${code}`,
}));
const waiting = codes("V", verdicts).map(idOf);

const unit = (code: string): OrgNode => ({
  ...{ region, code, name: `单位${code}`, kind: "unit", parent: "137", version: 0 },
});
const department = (code: string): OrgNode => ({
  ...{ region, code, name: `部门${code}`, kind: "department", parent: "000", version: 0 },
});
const departmentCodes = codes("D", departments);
await enter(deps.registry, region, {
  orgs: [
    ...codes("E", editors + 1).map(unit),
    ...codes("V", verdicts).map(unit),
    ...departmentCodes.map(department),
  ],
  members: codes("E", editors + 1).map((code): Member => ({
    region,
    subject: `preparer-${code}`,
    name: `编制人${code}`,
    memberships: [{ role: "preparer", orgCode: code }],
    version: 0,
  })),
});
await inParts([
  ...codes("E", editors + 1).map((code) => copyOf(draftHead, code, "137")),
  ...codes("V", verdicts).map((code) => copyOf(waitingHead, code, "137")),
  ...departmentCodes.map((code, index) =>
    copyOf(index % 2 === 0 ? waitingHead : draftHead, code, code),
  ),
]);

// As if each department had four units.
await Promise.all(
  departmentCodes.slice(0, Math.ceil(departments / 5)).map((code) =>
    deps.progress.putLine(
      { region, year: 2022 },
      {
        ...{ code, name: `部门${code}`, own: "in_review", version: 0 },
        tally: { counts: { draft: 2, in_review: 2, published: 1 }, dues: { "2023-07-31": 4 } },
      },
    ),
  ),
);

const listening = await listen("127.0.0.1", 0, "county");
if (!listening.ok) throw new Error(listening.error.message);
serve(
  listening.value,
  createGateway({
    handler: createApiHandler({ ...deps, heavyWork: heavy.work }),
    limits: awsLimits,
    callerAddress: createCallerAddress([]),
    now: deps.now,
    newId,
    onError: (error) => {
      process.stderr.write(`${String(error)}\n`);
    },
  }),
  (error) => process.stderr.write(`${String(error)}\n`),
);

process.on("message", (message) => {
  if (message === "memory") {
    globalThis.gc?.();
    process.send?.(process.memoryUsage.rss());
  }
  if (message === "close") void close();
});

const { state } = waitingHead;
if (state.status !== "in_review") throw new Error("Nothing waits.");
const people = [...drafts.map(({ preparer }) => preparer), "fengyuan", "suntao"];
process.send?.({
  port: listening.value.port,
  tokens: Object.fromEntries(
    await Promise.all(people.map(async (who) => [who, await service.token(who)] as const)),
  ),
  ...{ drafts, waiting, editionHash: state.submission.editionHash },
});

async function draftOfTheOther(): Promise<string> {
  return service.bring("137002", "draft");
}

async function headOf(id: string): Promise<ReportHead | undefined> {
  return service.head(id);
}

function idOf(code: string): string {
  return `${region}-2022-${code}`;
}

/** The same report of another office. Its events are not copied: nothing here reads them. */
function copyOf(head: ReportHead, orgCode: string, departmentCode: string): ReportHead {
  return { ...head, id: idOf(orgCode), orgCode, departmentCode, outbox: [] };
}

async function inParts(heads: readonly ReportHead[]): Promise<void> {
  for (let from = 0; from < heads.length; from += 200) {
    await Promise.all(heads.slice(from, from + 200).map((head) => deps.reports.create(head)));
  }
}

async function close(): Promise<void> {
  if (listening.ok) listening.value.server.closeAllConnections();
  await heavy.close();
  await service.close();
  process.exit();
}
