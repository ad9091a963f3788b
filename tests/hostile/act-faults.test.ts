import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createApp } from "../../functions/api/app.ts";
import { sha256 } from "../../functions/platform/ids.ts";
import { chainStart, verifyLinks } from "../../functions/storage/chain.ts";
import type { Membership, OrgNode } from "../../shared/registry/registry.ts";
import type { ReportHead } from "../../functions/storage/ports.ts";
import { ok } from "../../shared/result.ts";
import { region, startService, type Service } from "../functions/api/service.ts";
import { enter } from "../functions/enter.ts";
import { isLong } from "./length.ts";
import { type Disturbance, faulty, injected, type Kind, kinds } from "./faults/faulty.ts";

/** What people do to a report by HTTP, from handing it in to the approval, with one call of a port disturbed. */

let service: Service;
let draft: ReportHead;
let next = 0;
const lives = 400;
const codeOf = (index: number) => `F${String(index).padStart(5, "0")}`;
beforeAll(async () => {
  service = await startService();
  const head = await service.head(await service.bring("137001", "draft"));
  if (head === undefined) throw new Error("No draft was brought.");
  draft = { ...head, chain: chainStart, outbox: [] };
  const codes = Array.from({ length: lives }, (_, index) => codeOf(index));
  const at = (role: Membership["role"]) => codes.map((orgCode) => ({ role, orgCode }));
  const person = (subject: string, role: Membership["role"]) => ({
    ...{ region, subject, name: subject, memberships: at(role), version: 0 },
  });
  await enter(service.deps.registry, region, {
    orgs: codes.map((code): OrgNode => ({
      ...{ region, code, name: `单位${code}`, kind: "unit", parent: "137", version: 0 },
    })),
    members: [person("preparer", "preparer"), person("reviewer", "unit_reviewer")],
  });
});
afterAll(() => service.close());

interface Order {
  readonly who: string;
  readonly path: string;
  readonly body: object;
}
const orders = (editionHash: string): readonly Order[] => [
  { who: "reviewer", path: "/approve", body: { editionHash } },
  { who: "qianli", path: "/sign-offs", body: { editionHash, kind: "secrecy" } },
  { who: "zhenghua", path: "/sign-offs", body: { editionHash, kind: "principal" } },
  { who: "suntao", path: "/approve", body: { editionHash } },
  {
    ...{ who: "fengyuan", path: "/approve" },
    body: { editionHash, documentNumber: "景财决〔2023〕12号" },
  },
];

/** A report of its own, taken from the draft to the approval by people who try again when asked to. */
async function lifeWith(kind: Kind, at: number) {
  const orgCode = codeOf((next += 1));
  const id = `${region}-2022-${orgCode}`;
  await service.deps.reports.create({ ...draft, id, orgCode, departmentCode: "137" });
  const { lines, deps } = service;
  lines.length = 0;
  const disturbance: Disturbance = { kind, at, calls: 0 };
  const disturb = <Port extends object>(name: string, port: Port) =>
    faulty(name, port, disturbance);
  const app = createApp({
    ...deps,
    reports: disturb("reports", deps.reports),
    registry: disturb("registry", deps.registry),
    threads: disturb("threads", deps.threads),
    vault: disturb("vault", deps.vault),
  });
  const ask = async ({ who, path, body }: Order) =>
    app.request(`/api/reports/${id}${path}`, {
      method: "POST",
      headers: {
        authorization: `Bearer ${await service.token(who)}`,
        "content-type": "application/json",
      },
      body: JSON.stringify(body),
    });
  const unclear: string[] = [];
  const versionOf = async () => (await deps.reports.load(id))?.version;
  const act = async (order: Order) => {
    const before = await versionOf();
    const first = await ask(order);
    if (first.ok) return;
    const text = await first.text();
    // Asked twice, the store rightly finds that the report has moved (its own repetitions it knows).
    const isMoved = first.status === 412 && disturbance.where === "reports.commit";
    if ((first.status < 500 && !isMoved) || text.includes(injected)) {
      unclear.push(`${order.path}: ${text}`);
    }
    // Whoever reads that something went wrong looks, and does it again where it was not done.
    if ((await versionOf()) !== before) return;
    const second = await ask(order);
    if (!second.ok) unclear.push(`${order.path} again: ${await second.text()}`);
  };
  await act({ who: "preparer", path: "/submit", body: {} });
  const { state } = (await deps.reports.load(id)) ?? draft;
  const editionHash = "submission" in state ? state.submission.editionHash : "";
  for (const order of orders(editionHash)) await act(order);
  const head = (await deps.reports.load(id)) ?? draft;
  return {
    ...{ disturbance, unclear, status: head.state.status },
    events: head.outbox.map(({ event }) => event.type),
    isChained: isDeepStrictEqual(
      verifyLinks({ reportId: id }, head.outbox, sha256),
      ok(head.chain),
    ),
    warnings: lines.filter((line) => !line.includes('"level":"info"')),
  };
}

describe("from handing in to the approval", () => {
  it.each(kinds)(
    "any one call of a port disturbed (%s) is answered, logged, and made good by doing it again",
    async (kind) => {
      const undisturbed = await lifeWith(kind, 0);
      expect(undisturbed).toMatchObject({
        ...{ status: "approved", isChained: true, unclear: [], warnings: [] },
      });
      expect(undisturbed.events).toHaveLength(6);
      const { calls } = undisturbed.disturbance;
      expect(calls).toBeGreaterThan(50);
      // Another part of all calls for each kind.
      const step = isLong ? 1 : kinds.length;
      for (let at = 1 + (kinds.indexOf(kind) % step); at <= calls; at += step) {
        const { disturbance, warnings, ...found } = await lifeWith(kind, at);
        const where = `call ${String(at)}, ${disturbance.where ?? "none"} (${kind})`;
        const { status, unclear, events, isChained } = undisturbed;
        expect(found, where).toEqual({ status, unclear, events, isChained });
        if (kind === "before" || kind === "after") {
          expect(warnings.join(), where).toContain(injected);
        }
      }
    },
  );
});
