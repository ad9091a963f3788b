import { describe, expect, it } from "vitest";
import { createChunk, type ServedBuild } from "../../../web/staff/app/chunk.ts";

/** A chunk whose network and clock are worked by hand. */
function piece(served: ServedBuild, outcomes: readonly ("arrives" | "fails")[]) {
  const delays: number[] = [];
  const due: (() => void)[] = [];
  let requests = 0;
  let reloads = 0;
  const chunk = createChunk(
    () =>
      outcomes[requests++] === "arrives"
        ? Promise.resolve("page")
        : Promise.reject(new TypeError()),
    {
      schedule: (work, delayMs) => {
        delays.push(delayMs);
        due.push(work);
      },
      servedBuild: () => Promise.resolve(served),
      reload: () => {
        reloads += 1;
      },
    },
  );
  return {
    chunk,
    delays,
    asked: () => requests,
    reloads: () => reloads,
    wait: async () => {
      due.shift()?.();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

describe("a piece of the app", () => {
  it("is fetched once, however many ask for it", async () => {
    const { chunk, asked: requests } = piece("same", ["arrives"]);
    await Promise.all([chunk.load(), chunk.load()]);
    await chunk.load();
    expect(chunk.snapshot()).toEqual({ kind: "ready", value: "page" });
    expect(requests()).toBe(1);
  });

  it("that does not arrive is asked for again by itself, ever less often, until it does", async () => {
    const { chunk, delays, wait, reloads } = piece("unreachable", [
      ...(["fails", "fails", "fails", "fails", "fails", "fails"] as const),
      "arrives",
    ]);
    await chunk.load();
    expect(chunk.snapshot()).toEqual({ kind: "failed" });
    for (let round = 1; round <= 6; round += 1) await wait();
    expect(delays).toEqual([3_000, 6_000, 12_000, 24_000, 48_000, 60_000]);
    expect(chunk.snapshot()).toEqual({ kind: "ready", value: "page" });
    expect(reloads()).toBe(0);
  });

  it("of an older build makes the page load anew as soon as the server has a newer one", async () => {
    const { chunk, reloads } = piece("newer", ["fails"]);
    await chunk.load();
    expect(reloads()).toBe(1);
  });

  it("that stays away although the server answers makes the page load anew after three tries", async () => {
    const { chunk, reloads, wait } = piece("same", ["fails", "fails", "fails"]);
    await chunk.load();
    await wait();
    expect(reloads()).toBe(0);
    await wait();
    expect(reloads()).toBe(1);
  });
});
