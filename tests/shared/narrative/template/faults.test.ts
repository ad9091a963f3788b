import { describe, expect, it } from "vitest";
import { loadEdition } from "../../../../shared/editions/load-edition.ts";
import { editionData } from "../../../../shared/editions/counted-edition.ts";
import { compileSentences } from "../../../../shared/narrative/template/compile.ts";
import { factKind } from "../../../../shared/narrative/template/fact-paths.ts";
import { faultText } from "../../../../shared/narrative/template/compiler.ts";
import { parseTemplate } from "../../../../shared/narrative/template/parse.ts";
import { example, sentencesWith } from "./written.ts";

const faultsOf = (...[sentences]: Parameters<typeof sentencesWith>) => {
  const compiled = compileSentences(sentencesWith(sentences), example.edition, factKind);
  return compiled.ok ? [] : compiled.error.map(faultText);
};
const ofText = (text: string | string[]) => faultsOf([{ text }]);

describe("a template whose form is wrong", () => {
  it.each([
    ["没有结束{金额 收入总计", 1, 5, "“{”没有对应的“}”。"],
    ["多了}", 1, 3, "“}”前面没有对应的“{”。"],
    ["{}", 1, 1, "花括号里没有写内容。"],
    ["甲\n乙{完}", 2, 2, "“完”前面没有对应的“若”或“逐”。"],
    ["{若 非零 甲}乙", 1, 1, "“若”没有用“{完}”结束。"],
    ["{若}乙{完}", 1, 1, "这里缺少条件，例如“非零 本年收入”。"],
    ["{若 非零 甲}{否则 丙}{完}", 1, 13, "“否则”后面不写条件；有条件请用“否则若”。"],
    ["{若 非零 甲}{否则}{否则}{完}", 1, 13, "“否则”之后不能再写“否则”。"],
    ["{逐}{完}", 1, 1, "“逐”后面要写列表的名称。"],
    ["{逐 单位 隔=、}{完}", 1, 7, "“逐”后面只写列表名称和“分隔=”，不能写“隔=、”。"],
    ["{逐 单位}{否则}", 1, 7, "“逐”里没有“否则”，请用“{完}”结束。"],
  ])("%s: named at its line and character", (template, line, column, message) => {
    const parsed = parseTemplate(template);
    expect(parsed.ok ? [] : parsed.error).toContainEqual({ at: { line, column }, message });
  });

  it("is refused where it goes deeper than can be read at sight", () => {
    const deep = (levels: number) => `${"{若 是单位}".repeat(levels)}${"{完}".repeat(levels)}`;
    expect(parseTemplate(deep(4)).ok).toBe(true);
    for (const levels of [5, 20_000]) {
      expect(parseTemplate(deep(levels))).toEqual({
        ok: false,
        error: [{ at: { line: 1, column: 29 }, message: "“若”和“逐”最多套 4 层。" }],
      });
    }
  });
});

describe("a template whose names are wrong", () => {
  it.each([
    ["{金额 收入总记}", /第1行第5字：.*收入总记.*是否要写“收入总计”？/u],
    ["{金额}", /第1行第2字：“金额”后面还缺/u],
    ["{钱数 收入总计}", /第1行第2字：没有“钱数”这个写法/u],
    ["{金额 收入总计 支出总计}", /第1行第10字：“金额”后面多了“支出总计”/u],
    ["{金额或无 收入总计 引语=甲}", /“金额或无”没有“引语=”这个选项/u],
    ["{较上年 决算编制范围的单位数}", /上年/u],
    ["{计数 收入总计}", /单位/u],
    ["{引文 收入总计}", /收入总计/u],
    ["{名称}", /“名称”只能写在.*里。/u],
    ["{主要用途}", /“主要用途”只能写在.*里。/u],
    ["{若 大于零 收入总计}甲{完}", /没有“大于零”这个条件/u],
    ["{若 有 收入总计}甲{完}", /收入总计/u],
    ["{逐 单为}甲{完}", /单为.*是否要写“单位”？/u],
  ])("%s", (template, message) => {
    expect(ofText(template)).toEqual([expect.stringMatching(message)]);
  });

  it("is named with its paragraph and sentence, in the line it is in", () => {
    expect(faultsOf([{ text: "甲" }, { text: ["甲{年}", "{金额 无此数}"] }])).toEqual([
      expect.stringMatching(/^“一、测试”第2段 句子 one\.1，第2行第5字：/u),
    ]);
  });

  it("is named beside every other fault", () => {
    expect(faultsOf([{ text: "{金额 无此数}{钱数}" }, { text: "{完}" }])).toHaveLength(3);
  });
});

describe("quantities and lists", () => {
  const withNames = (...[more]: [NonNullable<Parameters<typeof sentencesWith>[1]>]) => {
    const compiled = compileSentences(
      sentencesWith([{ text: "甲" }], more),
      example.edition,
      factKind,
    );
    return compiled.ok ? [] : compiled.error.map(faultText);
  };

  it.each(["t99/total/total", "t01/nowhere/final", "t01/income_sum/nowhere"])(
    "name only cells of the edition's forms: not %s",
    (cell) => expect(withNames({ quantities: { 新数: cell } })).toHaveLength(1),
  );

  it.each(["facts.nothing", "facts.operatingCost.nothing", "performance.overall.colour"])(
    "name only facts that can be filled in: not %s",
    (path) => expect(withNames({ quantities: { 新数: path } })).toHaveLength(1),
  );

  it("name only members that the entries of their list have", () => {
    const quantities = { 新数: "performance.projects.*.colour" };
    const used = sentencesWith([{ text: "{逐 自评项目}{金额 新数}{完}" }], { quantities });
    expect(compileSentences(used, example.edition, factKind)).toMatchObject({
      ok: false,
      error: [{ message: "补充数据中没有 performance.projects.0.colour。" }],
    });
  });

  it("add up only quantities there are, and never themselves", () => {
    expect(withNames({ quantities: { 新数: { of: { sum: ["无此数"] } } } })).toHaveLength(1);
    const ofItself = { 新数: { of: { sum: ["新数"] } } };
    const used = sentencesWith([{ text: "{金额 新数}" }], { quantities: ofItself });
    expect(compileSentences(used, example.edition, factKind)).toMatchObject({
      ok: false,
      error: [{ message: "合计中的“新数”本身也是合计。请直接写它的各项。" }],
    });
  });

  it("list nothing that depends on a list, itself among them", () => {
    const entries = "facts.units";
    for (const lists of [
      { 甲: { entries, when: "有 甲" } },
      { 甲: { entries, when: "有 乙" }, 乙: { entries, when: "没有 甲" } },
    ]) {
      expect(withNames({ lists })[0]).toContain("列表的条件里不能再用列表。");
    }
  });

  it("list only tables and facts there are", () => {
    expect(withNames({ lists: { 新表: { entries: "facts.nothing" } } })).toHaveLength(1);
    const table = { functionCodes: "t99", level: "class" } as const;
    expect(withNames({ lists: { 新表: table } })).toHaveLength(1);
  });
});

it("an edition whose sentences have a fault is not loaded, and the fault has its path", () => {
  const data = editionData(example.edition);
  const sentences = sentencesWith([{ text: "{金额 收入总记}" }]);
  const loaded = loadEdition(JSON.parse(JSON.stringify({ ...data, sentences })));
  expect(loaded).toEqual({
    ok: false,
    error: [
      {
        path: "sentences.narrative[0].paragraphs[0].sentences[0].text",
        message: expect.stringContaining("收入总记") as string,
      },
    ],
  });
});
