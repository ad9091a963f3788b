import { describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { chainStart, linkEvents } from "../../../functions/storage/chain.ts";
import type { ReportHead, ReportStore } from "../../../functions/storage/ports.ts";
import { recentEvents } from "../../../functions/use-cases/history.ts";
import { absent, beforeCorrection, evolve } from "../../../shared/workflow/evolve.ts";
import type { ReportEvent, ReportState } from "../../../shared/workflow/report-state.ts";

const stamp = { at: "2023-08-01T02:00:00.000Z", by: "limin", byName: "李敏" };

/** A department's report, published and corrected so many times, each submission another. */
function history(corrections: number): ReportEvent[] {
  const edition = (number: number): ReportEvent[] => {
    const editionHash = sha256(`edition ${String(number)}`);
    const about = { ...stamp, editionHash, threadsHash: sha256("none") };
    return [
      { ...stamp, type: "submitted", editionHash, editors: ["limin"] },
      { ...about, by: "suntao", type: "passed", stage: "department" },
      {
        ...about,
        by: "fengyuan",
        type: "approved",
        documentNumber: "景财决〔2023〕1号",
        publishBy: "2023-08-21",
      },
      { ...stamp, type: "published", editionHash, number, path: "/2022/137/" },
    ];
  };
  return [
    { ...stamp, type: "opened", kind: "department" },
    ...edition(1),
    ...Array.from({ length: corrections }, (_, index): ReportEvent[] => [
      { ...stamp, type: "correction_opened", reason: "更正", forgetsActs: true },
      ...edition(index + 2),
    ]).flat(),
  ];
}
const stateAfter = (events: readonly ReportEvent[], start: ReportState = absent) =>
  events.reduce((state, event) => evolve(state, event, "department"), start);

/** A store that has these events and counts its pages. */
function storeOf(events: readonly ReportEvent[]) {
  const recorded = linkEvents({ id: "360200-2022-137", chain: chainStart }, events, sha256);
  const asked = { pages: 0 };
  const reports: Pick<ReportStore, "latestEvents"> = {
    latestEvents: (_, { limit, after }) => {
      asked.pages += 1;
      const from = Number(after ?? 0);
      const items = recorded.toReversed().slice(from, from + limit);
      const next = from + limit < recorded.length ? { next: String(from + limit) } : {};
      return Promise.resolve({ items, ...next });
    },
  };
  return { reports, asked, recorded };
}
const head = { id: "360200-2022-137", outbox: [] } as unknown as ReportHead;

describe("a report corrected a hundred times", () => {
  it("has a head no larger than one corrected twice", () => {
    const sizeAfter = (corrections: number) =>
      JSON.stringify(stateAfter(history(corrections))).length;
    expect(sizeAfter(99)).toBeLessThanOrEqual(sizeAfter(3) + 4);
  });

  it("is read back to the submission before the last, whatever came earlier", async () => {
    const { reports, asked, recorded } = storeOf(history(100));
    const recent = await recentEvents({ reports }, head);
    expect(recent).toEqual(recorded.slice(-10));
    expect(asked.pages).toBe(1);
  });

  it("goes through the same states, as far as letters tell of them", () => {
    const events = history(5);
    const recent = events.slice(-10);
    const start = recent[0] === undefined ? absent : beforeCorrection(recent[0], recent);
    for (let count = 1; count <= recent.length; count += 1) {
      const rebuilt = stateAfter(recent.slice(0, count), start);
      const whole = stateAfter(events.slice(0, events.length - recent.length + count));
      expect(rebuilt.status).toBe(whole.status);
      const known = (state: ReportState) => [
        "submission" in state && state.submission,
        "stage" in state && state.stage,
        "correcting" in state && state.correcting.reason,
        "publication" in state && [state.publication.number, state.publication.path],
      ];
      expect(known(rebuilt)).toEqual(known(whole));
    }
  });
});

describe("a report that was never corrected", () => {
  it("is read from its beginning, with what is still in its outbox", async () => {
    const { recorded, reports } = storeOf(history(0));
    const first = { reports: storeOf(history(0).slice(0, 3)).reports };
    expect(await recentEvents({ reports }, head)).toEqual(recorded);
    const waiting = { ...head, outbox: recorded.slice(2) };
    expect(await recentEvents(first, waiting)).toEqual(recorded);
  });
});
