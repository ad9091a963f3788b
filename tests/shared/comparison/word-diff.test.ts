import { describe, expect, it } from "vitest";
import { wordDiff, type DiffPiece } from "../../../shared/comparison/word-diff.ts";
import { createRandom } from "../../random.ts";

const shown = (pieces: readonly DiffPiece[]) =>
  pieces
    .map(({ kind, text }) => ({ same: text, removed: `[-${text}-]`, added: `[+${text}+]` })[kind])
    .join("");
const side = (pieces: readonly DiffPiece[], left: "removed" | "added") =>
  pieces.flatMap(({ kind, text }) => (kind === left ? [] : [text])).join("");

describe("what changed in a sentence", () => {
  it("is a figure as a whole, with its separators and its per cent", () => {
    expect(shown(wordDiff("支出1,234.56万元，增长12.5%。", "支出1,234.65万元，增长2.5%。"))).toBe(
      "支出[-1,234.56-][+1,234.65+]万元，增长[-12.5%-][+2.5%+]。",
    );
  });

  it("is the words that were taken out and put in, in one piece each", () => {
    expect(shown(wordDiff("主要原因是人员减少。", "主要原因是退休人员减少，工资调整。"))).toBe(
      "主要原因是[+退休+]人员减少[+，工资调整+]。",
    );
    expect(shown(wordDiff("厉行节约", "厉行节约"))).toBe("厉行节约");
    expect(shown(wordDiff("", "新增"))).toBe("[+新增+]");
    expect(wordDiff("", "")).toEqual([]);
  });

  it("has on each side all of that text, whatever the texts", () => {
    const random = createRandom(7);
    const letters = ["支", "出", "1", "2", ".", ",", "万", "元", "a", "b", "%", "𠮷"] as const;
    const text = () =>
      Array.from({ length: random.below(40) }, () => letters[random.below(letters.length)]).join(
        "",
      );
    for (let round = 0; round < 500; round += 1) {
      const [older, newer] = [text(), text()];
      const pieces = wordDiff(older, newer);
      expect([side(pieces, "added"), side(pieces, "removed")]).toEqual([older, newer]);
    }
  });

  it("of two long texts without anything in common is shown at once", () => {
    const pieces = wordDiff("甲".repeat(5_000), "乙".repeat(5_000));
    expect(pieces.map(({ kind }) => kind)).toEqual(["removed", "added"]);
  });
});
