import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  fileNameFault,
  firstOffence,
  offenceName,
  placeInText,
  unixLines,
  writableText,
} from "../../../shared/text/characters.ts";
import { codePointsOf, hasCodePoint, unpackCodePoints } from "../../../shared/text/code-points.ts";
import { packCodePoints } from "./pack-code-points.ts";
import { textFieldAt } from "../../../shared/text/fields.ts";
import { unprintableIn, unprintableWords } from "../../../shared/text/printable.ts";
import { caseCount } from "../../case-count.ts";

const anyText = fc.string({ unit: "binary", maxLength: 60 });
/** Halves of pairs too, which no other arbitrary gives. */
const anyUnits = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 })
  .map((units) => String.fromCharCode(...units));

describe("a text", () => {
  it("is refused at its first character that does something instead of being read", () => {
    expect(firstOffence("甲乙\u0007丙\u202e", "several")).toEqual({ index: 2, codePoint: 7 });
    expect(firstOffence("\u{1f680}\ud800", "several")).toEqual({ index: 2, codePoint: 0xd800 });
    expect(firstOffence("甲\u{1ffff}", "several")).toEqual({ index: 1, codePoint: 0x1ffff });
  });

  it("may be of several lines only where a text is", () => {
    expect(firstOffence("甲\n\t乙\r\n", "several")).toBeUndefined();
    expect(firstOffence("甲\n乙", "one")).toEqual({ index: 1, codePoint: 10 });
  });

  it("never lets through what the Unicode standard calls control, half a pair or no character", () => {
    const noCharacter = /[\p{Cc}\p{Cs}\p{Noncharacter_Code_Point}\p{Bidi_Control}]/u;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0x10ffff }), (codePoint) => {
        const text = String.fromCodePoint(codePoint);
        expect(firstOffence(text, "one") !== undefined || !noCharacter.test(text)).toBe(true);
      }),
      { numRuns: caseCount(5_000) },
    );
  });

  it("holds every letter, ideograph, digit and mark of punctuation in use", () => {
    const inUse = /[\p{Script=Han}\p{L}\p{Nd}\p{P}\p{Sc}\p{Sm}]/u;
    const invisible = /\p{Default_Ignorable_Code_Point}/u;
    const refused: string[] = [];
    for (let codePoint = 0; codePoint <= 0x3_23af; codePoint += 1) {
      const text = String.fromCodePoint(codePoint);
      if (firstOffence(text, "one") === undefined) continue;
      if (inUse.test(text) && !invisible.test(text)) refused.push(codePoint.toString(16));
    }
    expect(refused).toEqual([]);
  });

  it("is named without being repeated", () => {
    expect(offenceName({ codePoint: 0x202e })).toBe("U+202E 从右至左强制符（不可见）");
    expect(offenceName({ codePoint: 7 })).toBe("U+0007 响铃控制符");
    expect(offenceName({ codePoint: 0xe0041 })).toBe("U+E0041 标签字符（不可见）");
    expect(placeInText("请附上合同文本和附件清单", 10)).toBe("“上合同文本和附件”之后");
    expect(placeInText("\u0007", 0)).toBe("开头");
  });

  it("keeps our line ends", () => {
    expect(unixLines("一\r\n二\r三\n四")).toBe("一\n二\n三\n四");
  });

  it("is written by every export as XML can hold it, and unchanged where it can already", () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits), (text) => {
        const written = writableText(text);
        expect(written).toMatch(
          /^[\t\n\r\u{20}-\u{7e}\u{a0}-\u{d7ff}\u{e000}-\u{fdcf}\u{fdf0}-\u{fffd}\u{10000}-\u{10ffff}]*$/u,
        );
        expect(writableText(written)).toBe(written);
        expect(written.length).toBeLessThanOrEqual(text.length);
      }),
    );
    expect(writableText("甲　Ａ１\u{1f680}\ue000\n")).toBe("甲　Ａ１\u{1f680}\ue000\n");
  });

  it("is no path where it names a file", () => {
    expect(fileNameFault("自评表（终稿）.pdf")).toBeUndefined();
    for (const name of ["a/b.pdf", "..\\b.pdf", "..", "."])
      expect(fileNameFault(name)).toBeDefined();
  });
});

describe("a set of code points", () => {
  it("is the same after it was packed", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 0x10ffff }), { minLength: 1 }), (members) => {
        const set = codePointsOf(members);
        expect(unpackCodePoints(packCodePoints(set))).toEqual(set);
        for (const member of members) expect(hasCodePoint(set, member)).toBe(true);
        expect(set.reduce((sum, [first, last]) => sum + last - first + 1, 0)).toBe(
          new Set(members).size,
        );
      }),
    );
  });
});

describe("a character that no font has", () => {
  it.each([
    [0x1f680, "表情符号", "改写为文字"],
    [0xe000, "自造字", "字库文件"],
    [0x20000, "生僻字", "字库文件"],
    [0x7, "响铃控制符", "删去"],
    [0x302, "附加在前一个字上的符号", "整个字"],
    [0x200d, "不可见", "删去"],
    [0x2800, "没有的符号", "通用的文字"],
  ])("%i is named by its kind, with its way out", (codePoint, kind, mend) => {
    const words = unprintableWords({ codePoint });
    expect(words.name).toContain(`U+${codePoint.toString(16).toUpperCase().padStart(4, "0")}`);
    expect(words.name).toContain(kind);
    expect(words.mend).toContain(mend);
  });

  it("is found once a text, where it first is", () => {
    expect(unprintableIn("甲\u{1f680}乙\ue000\u{1f680}")).toEqual([
      { codePoint: 0x1f680, index: 1 },
      { codePoint: 0xe000, index: 4 },
    ]);
  });

  it("is printable once a licensed font has it", () => {
    expect(unprintableIn("\ue000", [[0xe000, 0xe0ff]])).toEqual([]);
  });
});

describe("a field in words", () => {
  it("is named by its members, entries counted from one", () => {
    expect(textFieldAt(["value", "selfEvaluations", 0, "indicators", 2, "level3"]).name).toBe(
      "自评表第1项的指标第3项的三级指标",
    );
    expect(textFieldAt(["value", "reasons", "income.year"])).toEqual({
      name: "主要原因",
      lines: "several",
    });
  });
});
