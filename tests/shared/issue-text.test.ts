import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueText } from "../../shared/issue-text.ts";
import { saveSectionBody } from "../../shared/contract/requests.ts";
import { factsSchema } from "../../shared/report/sections.ts";

const wordsOf = (schema: z.ZodType, value: unknown) =>
  schema.safeParse(value).error?.issues.map(issueText);

describe("what a schema refuses, in words", () => {
  it.each([
    [z.string().min(2), "一", "内容太短，至少 2 个字。"],
    [z.string().max(2), "一二三", "内容太长，最多 2 个字，请删减。"],
    [z.array(z.int()).max(1), [1, 2], "项数太多，最多 1 项，请删减。"],
    [z.int().min(0), -1, "数值太小，不能小于 0。"],
    [z.int().max(5), 6, "数值太大，不能大于 5。"],
    [z.int(), "一", "内容的类型不对，应为数字。"],
    [z.int(), 1.5, "内容的类型不对，应为整数。"],
    [z.strictObject({ a: z.int() }), {}, "缺少这一项，请填写。"],
    [z.strictObject({}), { b: 1 }, "含有不认识的内容“b”，请去掉。"],
    [z.enum(["yuan", "wan"]), "jiao", "不在可选的范围内，请重新选择。"],
    [z.iso.date(), "明天", "格式不对，请核对后重新填写。"],
    [z.string().regex(/^t\d\d$/, { error: "表号写作 t11。" }), "11", "表号写作 t11。"],
  ] as const)("%#", (schema, value, words) => {
    expect(wordsOf(schema, value)).toEqual([words]);
  });

  it("holds no English of the schema library", () => {
    const wrong: readonly [z.ZodType, unknown][] = [
      [factsSchema, { enteredIn: 1, duties: [""], units: "x", prior: { a: 1 }, extra: 1 }],
      [saveSectionBody, { base: "x" }],
      [z.union([z.int(), z.boolean()]), "x"],
    ];
    for (const [schema, value] of wrong) {
      const words = wordsOf(schema, value) ?? [];
      expect(words.length).toBeGreaterThan(0);
      for (const one of words) expect(one.replace("extra", "")).not.toMatch(/[A-Za-z]{3,}/u);
    }
  });
});
