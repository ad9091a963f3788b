import { takeDownAskedOf } from "../../../shared/workflow/transitions.ts";
import type { SQSEvent, SQSRecord } from "aws-lambda";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sha256 } from "../../../functions/platform/ids.ts";
import { createLog } from "../../../functions/platform/log.ts";
import type { RegionSettings } from "../../../functions/platform/regions.ts";
import type { EffectQueue, RegistryStore, ReportHead } from "../../../functions/storage/ports.ts";
import { sweep } from "../../../functions/relay/relay.ts";
import { actorTowards } from "../../../shared/registry/access.ts";
import { handleCommand } from "../../../functions/use-cases/handle-command.ts";
import { reportIdOf } from "../../../functions/use-cases/open-report.ts";
import { reportInHand } from "../../../functions/use-cases/report-in-hand.ts";
import { openDataFolder } from "../../../infra/local/data-folder.ts";
import { city } from "../../../infra/local/seed/city.ts";
import { createPlay } from "../../../infra/local/seed/play.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Sections } from "../../../shared/report/sections.ts";
import type { Command } from "../../../shared/workflow/report-state.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { enter } from "../enter.ts";

const [jingdezhen] = city;
if (jingdezhen === undefined) throw new Error("The city has no region.");
export const region: RegionSettings = jingdezhen.settings;
const { orgs, people } = jingdezhen;
export const year = 2022;
export const deadlines = {
  unitDue: "2023-08-10",
  departmentDue: "2023-08-20",
  bureauDue: "2023-08-31",
};

export const reportOf = (orgCode: string): string => reportIdOf(region.code, year, orgCode);

/** Who does what in the seeded city, unit by unit. */
const staffOf = {
  "137001": { preparer: "limin", reviewer: "wangqiang" },
  "137002": { preparer: "zhouting", reviewer: "wugang" },
} as const;
export type UnitCode = keyof typeof staffOf;

/**
 * The seeded offices and people on embedded stores in a folder of their own, or on a copy of what an
 * earlier one left behind; the clock is set by hand.
 */
export async function openBureau(copyOf?: string) {
  const folder = await mkdtemp(join(tmpdir(), "bureau-"));
  if (copyOf !== undefined) await cp(copyOf, folder, { recursive: true });
  const clock = { at: "2023-08-01T02:00:00.000Z" };
  const now = () => clock.at;
  let ids = 0;
  const newId = () => `00000000-0000-7000-8000-${String((ids += 1)).padStart(12, "0")}`;
  const opened = await openDataFolder({
    folder,
    sha256,
    now,
    secret: "only for tests",
    filesUrl: "http://files.invalid",
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const data = opened.value;
  const { registry } = data;
  if (copyOf === undefined) await enterCity(registry);
  const play = createPlay(
    { ...data, files: data.vault, sha256, editions: shippedEditions, now, newId },
    region.code,
    year,
  );
  let isOpen = true;
  const lines: string[] = [];
  const log = createLog({ now, write: (line) => lines.push(line) });

  const headOf = async (orgCode: string): Promise<ReportHead> => {
    const head = await data.reports.load(reportOf(orgCode));
    if (head === undefined) throw new Error(`No report of ${orgCode}.`);
    return head;
  };
  const walk = {
    async submit(unit: UnitCode, sections: Sections = loadExampleUnit(unit).sections) {
      await play.fill(unit, staffOf[unit].preparer, sections);
      await play.explain(unit, staffOf[unit].preparer, seedReason);
      await play.submit(unit, staffOf[unit].preparer);
    },
    async approve(unit: UnitCode, documentNumber = "景财决〔2023〕12号") {
      await play.approve(unit, staffOf[unit].reviewer);
      // Sign-offs of the very same edition are kept when it comes again.
      const { state } = await headOf(unit);
      const signOffs = state.status === "in_review" ? state.signOffs : {};
      if (signOffs.secrecy === undefined) await play.signOff(unit, "secrecy", "qianli");
      if (signOffs.principal === undefined) await play.signOff(unit, "principal", "zhenghua");
      await play.approve(unit, "suntao");
      await play.approve(unit, "fengyuan", documentNumber);
    },
  };

  return {
    folder,
    clock,
    now,
    newId,
    data,
    play,
    walk,
    log,
    lines,
    open: (unit: UnitCode) => play.open(unit, staffOf[unit].preparer),
    /** One command of a person of the city, as the API would carry it out. */
    async act(orgCode: string, subject: string, command: Command) {
      const inHand = await reportInHand(data, reportOf(orgCode));
      const [member] = await registry.membersBySubject(subject);
      if (inHand === undefined || member === undefined)
        throw new Error(`No ${orgCode}, ${subject}.`);
      const actor = actorTowards(member, inHand.lineage);
      const done = await handleCommand({ reports: data.reports, now }, inHand, command, actor);
      if (!done.ok) throw new Error(`${command.type} was refused: ${done.error.code}.`);
    },
    /** 撤下: the administrator asks, the bureau's reviewer confirms. */
    async takeDown(orgCode: string, legalBasis: string, summary = "附表含有不宜公开的内容") {
      await this.act(orgCode, "xuning", { type: "ask_take_down", legalBasis, summary });
      const { state } = await headOf(orgCode);
      const askedAt = takeDownAskedOf(state)?.at ?? "";
      await this.act(orgCode, "fengyuan", { type: "take_down", askedAt });
    },
    head: headOf,
    /** Relays what waits into the year's progress; its effects go nowhere. */
    async relay() {
      const queues = { render: memoryQueue(), publish: memoryQueue(), notify: memoryQueue() };
      await sweep({ ...data, files: data.vault, queues, now, log, regions: [region.code] });
    },
    async recorded(orgCode: string) {
      return (await data.reports.events(reportOf(orgCode), { limit: 100 })).items;
    },
    /** Lets go of the folder but leaves it, to be copied. */
    async leave() {
      isOpen = false;
      await data.close();
    },
    async close() {
      if (isOpen) await data.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
const enterCity = (registry: RegistryStore): Promise<void> =>
  enter(registry, region.code, {
    orgs: orgs.map((org) => ({ ...org, region: region.code, version: 0 })),
    years: [
      {
        region: region.code,
        year,
        edition: "jiangxi-2022",
        status: "open",
        ...deadlines,
        version: 0,
      },
    ],
    members: people.map(({ id, name, memberships }) => ({
      ...{ region: region.code, subject: id, name, memberships },
      email: `${id}@example.gov.cn`,
      version: 0,
    })),
  });

export type Bureau = Awaited<ReturnType<typeof openBureau>>;

/** A queue that remembers every id it was ever given, as the local one does for two weeks. */
export function memoryQueue() {
  const messages = new Map<string, string>();
  const queue: EffectQueue & { readonly messages: ReadonlyMap<string, string>; sends: number } = {
    messages,
    sends: 0,
    send({ id, body }) {
      queue.sends += 1;
      if (messages.has(id) && messages.get(id) !== body) {
        throw new Error(`Two messages under the id ${id}.`);
      }
      messages.set(id, body);
      return Promise.resolve();
    },
  };
  return queue;
}

/** Messages as SQS hands them to a function, the how manieth time, and since when: long ago unless named. */
export const sqsEvent = (
  messages: Iterable<readonly [id: string, body: string]>,
  attempt = 1,
  firstAt = "1970-01-01T00:00:00.000Z",
): SQSEvent => ({
  Records: [...messages].map(([id, body]): SQSRecord => ({
    messageId: id,
    receiptHandle: id,
    body,
    attributes: {
      ApproximateReceiveCount: String(attempt),
      SentTimestamp: "0",
      SenderId: "test",
      ApproximateFirstReceiveTimestamp: String(Date.parse(firstAt)),
    },
    messageAttributes: { effectId: { dataType: "String", stringValue: id } },
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:local:000000000000:effects",
    awsRegion: "local",
  })),
});
