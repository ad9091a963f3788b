import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Bureau, openBureau } from "../functions/effects/bureau.ts";
import { type Disturbance, injected, type Kind, kinds } from "./faults/faulty.ts";
import { live } from "./faults/life.ts";
import { isLong } from "./length.ts";

const unit = "137001";

/** A bureau whose unit has been submitted, reviewed and approved; nothing of it is relayed yet. */
let approved: Bureau;
beforeAll(async () => {
  approved = await openBureau();
  await approved.open(unit);
  await approved.walk.submit(unit);
  await approved.walk.approve(unit);
  await approved.leave();
});
afterAll(() => approved.close());

/** One life with one disturbance, and what is left of it. */
async function lifeWith(kind: Kind, at: number) {
  const bureau = await openBureau(approved.folder);
  try {
    const disturbance: Disturbance = { kind, at, calls: 0 };
    const life = await live(bureau, unit, disturbance);
    const lines = bureau.lines.map((line) => JSON.parse(line) as { readonly level: string });
    const warnings = lines
      .filter(({ level }) => level !== "info")
      .map((one) => JSON.stringify(one));
    return { ...life, disturbance, warnings };
  } finally {
    await bureau.close();
  }
}

type Life = Awaited<ReturnType<typeof lifeWith>>;

/** A run that broke off announces itself anew; nothing else may differ. */
const withoutRepeatedStarts = (events: readonly string[]): readonly string[] =>
  events.filter((type, index) => type !== "publication_started" || events[index - 1] !== type);

/** Whatever number its event has. */
const occasions = (letters: readonly string[]): readonly string[] =>
  [...new Set(letters)].map((letter) => letter.replace(/^\d+ /u, "")).toSorted();

/** Nobody can know whether a mail went out whose sending failed afterwards, or whose note was not stored. */
const mayRepeatLetter = ({ kind, where }: Disturbance): boolean =>
  (where === "mailer.send" && (kind === "after" || kind === "doubled")) ||
  (where === "effects.markDone" && kind === "before");

function expectSame(found: Life, undisturbed: Life): void {
  expect(found.status).toBe("published");
  expect(found.sequence).toEqual(found.events.map((_, index) => index + 1));
  expect(withoutRepeatedStarts(found.events)).toEqual(withoutRepeatedStarts(undisturbed.events));
  expect(found.tree).toEqual(undisturbed.tree);
  expect(occasions(found.letters)).toEqual(occasions(undisturbed.letters));
  const repeated = found.letters.length - new Set(found.letters).size;
  expect(repeated).toBeLessThanOrEqual(mayRepeatLetter(found.disturbance) ? 1 : 0);
}

describe("a life from the approval to the portal and the last letter", () => {
  let undisturbed: Life;
  beforeAll(async () => {
    undisturbed = await lifeWith("slow", 0);
  });

  it("undisturbed is published, with its letters, and warns of nothing", () => {
    expect(undisturbed.status).toBe("published");
    expect(undisturbed.letters.length).toBeGreaterThan(3);
    expect(undisturbed.warnings).toEqual([]);
  });

  it.each(kinds)(
    "with any one call of a port disturbed (%s) ends the same, and leaves a line of what failed",
    async (kind) => {
      const { calls } = undisturbed.disturbance;
      expect(calls).toBeGreaterThan(100);
      // Another part of all calls for each kind.
      const step = isLong ? 1 : 23;
      const silent: string[] = [];
      for (let at = 1 + (kinds.indexOf(kind) % step); at <= calls; at += step) {
        const found = await lifeWith(kind, at);
        const where = `call ${String(at)}, ${found.disturbance.where ?? "none"}`;
        try {
          expectSame(found, undisturbed);
        } catch (error) {
          throw new Error(`Not the same after ${where} (${kind}).`, { cause: error });
        }
        const isFailure = kind === "before" || kind === "after";
        const isNamed = found.warnings.some((line) => line.includes(injected));
        if (isFailure && !isNamed) silent.push(where);
      }
      expect(silent).toEqual([]);
    },
    isLong ? 900_000 : 120_000,
  );
});
