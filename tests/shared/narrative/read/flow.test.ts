import { describe, expect, it } from "vitest";
import { isBlock, layOut } from "../../../../shared/narrative/read/flow.ts";
import { printedFigures } from "../../../../shared/narrative/read/printed-figure.ts";

const blocks = (source: string) =>
  layOut(source).parts.flatMap((part) => (isBlock(part) ? [`${part.kind} ${part.text}`] : []));
const figures = (text: string) =>
  printedFigures(text).map(({ unit, value }) => [unit, value] as const);

describe("text that a PDF was taken apart into", () => {
  it("is whole again where a line, a page or a space tore it", () => {
    expect(
      blocks("本年收 入合计4 654.86万\n\n- 12 -\n\f\n元，较2021年增\n加2485.8 万 元。"),
    ).toEqual(["paragraph 本年收入合计4654.86万元，较2021年增加2485.8万元。"]);
  });

  it("has plain digits, points and per cent signs", () => {
    expect(blocks("（一）支出１，２３４．５６万元,占９９．９９％;")).toEqual([
      "paragraph （一）支出1,234.56万元，占99.99%；",
    ]);
  });

  it("begins a new block at a heading and at a list item, not inside a sentence", () => {
    const source =
      "一、收入决算情况说明\n收入总计10万元，其中：\n（一）财政拨款6\n万元。\n（二）其他4万元。";
    expect(blocks(source)).toEqual([
      "heading 一、收入决算情况说明",
      "paragraph 收入总计10万元，其中：",
      "paragraph （一）财政拨款6万元。",
      "paragraph （二）其他4万元。",
    ]);
  });

  it("keeps the line of every character", () => {
    const [part] = layOut("\n\n本年支出\n\n合计10万元。").parts;
    expect(part && isBlock(part) && part.lines).toEqual([3, 3, 3, 3, 5, 5, 5, 5, 5, 5, 5]);
  });

  it("takes no table for sentences", () => {
    const source =
      "收入决算表\n公开02表\n金额单位：万元\n合计 10.00 9.00\n一、收入决算情况说明\n收入总计10万元。";
    expect(blocks(source)).toEqual(["heading 一、收入决算情况说明", "paragraph 收入总计10万元。"]);
  });
});

describe("a figure in a sentence", () => {
  it.each([
    ["支出4,914.20万元，", [["money", 49_142_000_00]]],
    ["支出0.12亿元，", [["money", 1_200_000_000]]],
    ["支出12元，", [["money", 1_200]]],
    [
      "占99.99%，得98.69分，共3个，33人次，5批，2辆。",
      [
        ["percent", 99.99],
        ["score", 98.69],
        ["count", 3],
        ["count", 33],
        ["count", 5],
        ["count", 2],
      ],
    ],
    ["占76.23，", [["bare", 76.23]]],
  ] as const)("%s", (text, read) => {
    expect(figures(text)).toEqual(read);
  });

  it.each([
    "2022年度",
    "2022年12月31日",
    "景财监〔2023〕1号",
    "单价100万元（含）以上设备",
    "第3批",
    "提高2.5个百分点",
  ])("is not %s", (text) => {
    expect(figures(text)).toEqual([]);
  });
});
