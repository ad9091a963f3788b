import { describe, expect, it } from "vitest";
import { reviewBases, type ReviewHistory } from "../../../shared/comparison/review-bases.ts";

const day = (n: number) => `2023-08-0${String(n)}T02:00:00.000Z`;
/** Submissions by name, latest first. */
const submissions = (...hashes: string[]) =>
  hashes.map((editionHash, index) => ({
    ...{ editionHash, byName: "李敏" },
    submittedAt: day(hashes.length - index),
  }));
const bases = (history: Partial<ReviewHistory>) =>
  reviewBases({
    ...{ submissions: [], editionHash: "now", isInReview: true, hasLastYear: false },
    ...history,
  }).map((base) => (base.kind === "last_year" ? base.kind : `${base.kind} ${base.editionHash}`));

describe("what a report is compared with", () => {
  it("is first what the person looked at, then the latest other submission, never the oldest", () => {
    const history = { submissions: submissions("now", "b", "a") };
    expect(bases({ ...history, looked: { editionHash: "a", at: day(1) } })).toEqual([
      ...["looked a", "submission b"],
    ]);
    expect(bases(history)).toEqual(["submission b", "submission a"]);
    expect(bases({ ...history, looked: { editionHash: "gone", at: day(1) } })[0]).toBe(
      "submission b",
    );
  });

  it("is last year where nothing was handed in before", () => {
    expect(bases({ submissions: submissions("now"), hasLastYear: true })).toEqual(["last_year"]);
    expect(bases({ submissions: submissions("now") })).toEqual([]);
  });

  it("is for a draft the last submission, also while it is the same", () => {
    const history = { isInReview: false, submissions: submissions("now", "a") };
    expect(bases(history)).toEqual(["submission now", "submission a"]);
  });

  it("is for what came back unchanged the very content that was looked at", () => {
    const history = { submissions: submissions("now", "a") };
    expect(bases({ ...history, looked: { editionHash: "now", at: day(1) } })[0]).toBe("looked now");
  });

  it("is for a correction what is public, until the person has looked at the correction itself", () => {
    const history = { submissions: submissions("now", "c", "public", "a"), publicHash: "public" };
    expect(bases({ ...history, looked: { editionHash: "a", at: day(1) } })).toEqual([
      ...["public public", "submission c", "submission a"],
    ]);
    expect(bases({ ...history, looked: { editionHash: "public", at: day(2) } })[0]).toBe(
      "public public",
    );
    expect(bases({ ...history, looked: { editionHash: "c", at: day(3) } })).toEqual([
      ...["looked c", "public public", "submission a"],
    ]);
  });
});
