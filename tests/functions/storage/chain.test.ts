import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { chainStart, linkEvents, verifyLinks } from "../../../functions/storage/chain.ts";
import type { ChainedEvent, ReportEvent } from "../../../shared/workflow/report-state.ts";

const id = "360200-2022-137001";
const events: ReportEvent[] = [
  { type: "opened", kind: "unit", at: "2023-03-01T01:00:00Z", by: "zhou", byName: "周敏" },
  {
    type: "submitted",
    editionHash: sha256("edition"),
    at: "2023-03-02T01:00:00Z",
    by: "zhou",
    byName: "周敏",
  },
  { type: "withdrawn", at: "2023-03-03T01:00:00Z", by: "zhou", byName: "周敏" },
];
const chain = linkEvents({ id, chain: chainStart }, events, sha256);
const verify = (links: readonly ChainedEvent[]) => verifyLinks({ reportId: id }, links, sha256);
const changed = (place: number, change: Partial<ChainedEvent>) =>
  chain.map((link, at) => (at === place ? { ...link, ...change } : link));

describe("a report's chain of events", () => {
  it("begins after 64 zeros and counts from 1", () => {
    expect(chain.map((link) => link.seq)).toEqual([1, 2, 3]);
    expect(chain[0]?.previous).toBe("0".repeat(64));
    expect(chain[1]?.previous).toBe(chain[0]?.hash);
  });

  it("hashes the canonical JSON of report, number, event and the hash before", () => {
    const [first] = chain;
    const text =
      `{"event":{"at":"2023-03-01T01:00:00Z","by":"zhou","byName":"周敏","kind":"unit","type":"opened"},` +
      `"previous":"${"0".repeat(64)}","reportId":"${id}","seq":1}`;
    expect(first?.hash).toBe(sha256(text));
  });

  it("holds when nothing was touched, and answers its tip", () => {
    expect(verify([])).toEqual({ ok: true, value: chainStart });
    expect(verify(chain)).toEqual({ ok: true, value: { seq: 3, hash: chain[2]?.hash } });
  });

  it("names the first link whose event was changed", () => {
    const event: ReportEvent = {
      type: "withdrawn",
      at: "2023-03-02T01:00:00Z",
      by: "wu",
      byName: "吴",
    };
    expect(verify(changed(1, { event }))).toEqual({
      ok: false,
      error: { seq: 2, fault: "wrong_hash" },
    });
  });

  it("names the link after one that was changed and hashed anew", () => {
    const [first, ...rest] = chain;
    const [opened] = events;
    if (first === undefined || opened === undefined) throw new Error("no first event");
    const forged = linkEvents({ id, chain: chainStart }, [{ ...opened, by: "wu" }], sha256);
    expect(verify([...forged, ...rest])).toEqual({
      ok: false,
      error: { seq: 2, fault: "wrong_previous" },
    });
  });

  it("names a missing, a doubled and a misplaced link by number", () => {
    const [first, second, third] = chain as [ChainedEvent, ChainedEvent, ChainedEvent];
    for (const links of [
      [first, third],
      [first, first, second],
      [first, third, second],
    ]) {
      expect(verify(links)).toEqual({ ok: false, error: { seq: 2, fault: "wrong_number" } });
    }
  });

  it("takes no link of another report", () => {
    expect(verifyLinks({ reportId: "360200-2022-138" }, chain, sha256)).toEqual({
      ok: false,
      error: { seq: 1, fault: "wrong_subject" },
    });
  });

  const eventArbitrary: fc.Arbitrary<ReportEvent> = fc.record({
    type: fc.constant("correction_opened" as const),
    reason: fc.string({ unit: "grapheme" }),
    at: fc.constant("2023-03-01T01:00:00Z"),
    by: fc.string(),
    byName: fc.string({ unit: "binary" }),
  });

  it("holds for any history, however it was committed in parts", () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(eventArbitrary, { maxLength: 4 }), { maxLength: 5 }),
        (commits) => {
          let tip = chainStart;
          const links: ChainedEvent[] = [];
          for (const commit of commits) {
            const linked = linkEvents({ id, chain: tip }, commit, sha256);
            links.push(...linked);
            const last = linked.at(-1);
            if (last !== undefined) tip = { seq: last.seq, hash: last.hash };
          }
          expect(verify(links)).toEqual({ ok: true, value: tip });
          expect(links).toEqual(linkEvents({ id, chain: chainStart }, commits.flat(), sha256));
        },
      ),
    );
  });

  it("breaks at or right after any link that is tampered with", () => {
    const history = fc.array(eventArbitrary, { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(history, fc.nat(), fc.string(), (reasons, place, by) => {
        const links = linkEvents({ id, chain: chainStart }, reasons, sha256);
        const at = place % links.length;
        const target = links[at];
        fc.pre(target !== undefined && target.event.by !== by);
        const tampered = links.map((link, index) =>
          index === at ? { ...link, event: { ...link.event, by } } : link,
        );
        expect(verify(tampered)).toEqual({
          ok: false,
          error: { seq: at + 1, fault: "wrong_hash" },
        });
      }),
    );
  });
});
