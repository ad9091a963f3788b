import type { ReadOnly } from "../read-only.ts";
import { z } from "zod";
import { tableIdSchema } from "./cell-schema.ts";

/**
 * The sentences of an edition as data: what a JSON file of it holds. Its grammar, for those who write one, is in
 * docs/templates.md; `compileSentences` compares its names with the edition's forms.
 */

const name = z
  .string()
  .max(60)
  .regex(/^[^\s{}=*]+$/u, { error: "名称不能为空，也不能含空格、花括号、等号和星号。" });
/** Bounded, so that nested expressions are read without going too deep. */
const line = z.string().max(5_000);
export const templateSchema = z
  .union([line, z.array(line).max(40)], { error: "应为文字，或逐行书写的文字列表。" })
  .describe("A list of strings is the lines of one text.");

const cellPattern = z.string().regex(/^t\d\d\/(?:[a-z0-9_]+|\*)\/(?:[a-z0-9_]+|\*)$/, {
  error: "单元格写作 表/行/列，例如 t01/income_total/final；在列表中可用 * 代替行或列。",
});
const factPattern = z.string().regex(/^(?:facts|performance)(?:\.(?:[A-Za-z0-9_]+|\*))+$/, {
  error: "补充数据写作 facts. 或 performance. 开头的路径。",
});
/** A cell of this year or the path of a fact. */
const place = z.union([cellPattern, factPattern]);

const computed = z.union([
  z.strictObject({ prior: cellPattern }),
  z.strictObject({ sum: z.array(name).min(1), less: z.array(name).optional() }),
  z.strictObject({ count: factPattern, grade: z.enum(["优", "良", "中", "差", "*"]).optional() }),
  z.strictObject({ mean: factPattern }),
  /** 年初预算数 of the list's code, or the total without the codes of the two other budgets. */
  z.strictObject({ initialBudget: z.enum(["code", "general"]) }),
  /** As stated at a path, or the sum over a list whose every entry states its own. */
  z.strictObject({ stated: factPattern, otherwiseSum: factPattern }),
]);

/** A named quantity: where it comes from and what it is called where it is missing. */
const quantitySchema = z.union([
  place,
  z.strictObject({
    of: z.union([place, computed]),
    /** The quantity's name unless stated. */
    label: z.string().min(1).max(100).optional(),
    /** Unit of a count: 个, 人次, 辆. */
    unit: z.string().min(1).max(8).optional(),
    /** Last year's figure where it is not the same cell of last year. */
    prior: place.optional(),
  }),
]);
export type QuantityDefinition = ReadOnly<z.infer<typeof quantitySchema>>;

const filtered = {
  /** Condition on an entry, as after 若. */
  when: templateSchema.optional(),
  /** Entries that are kept whatever the condition says. */
  always: z.array(z.string()).optional(),
};
/** What a sentence or paragraph may be repeated over; `*` of a quantity stands for the entry's key. */
const listSchema = z.union([
  /** Quantities, each with the name it is printed by where that is not its label. */
  z.strictObject({
    quantities: z.union([z.array(name), z.record(name, z.string())]),
    ...filtered,
  }),
  /** Rows, columns or grades by key, each with the name it is printed by. */
  z.strictObject({ keys: z.record(z.string(), z.string().min(1)), ...filtered }),
  /** 经济分类 codes, named by the year's code list. */
  z.strictObject({ economicCodes: z.array(z.string().regex(/^\d{3,5}$/)), ...filtered }),
  /** 经济分类 rows of a table that begin with one of the classes. */
  z.strictObject({
    economicRows: tableIdSchema,
    classes: z.array(z.string().regex(/^\d{3}$/)),
    ...filtered,
  }),
  /** 支出功能分类 codes of a table and of a budget: every 类, or the lowest level of each. */
  z.strictObject({
    functionCodes: tableIdSchema,
    level: z.enum(["class", "lowest"]),
    budget: z.enum(["all", "general", "fund", "capital"]).optional(),
    /** Names every level of a code with what it is: …（类）…（款）…（项）. */
    levelNames: z.literal(true).optional(),
    ...filtered,
  }),
  /** Entries of a list of facts, by their place from 0. */
  z.strictObject({
    entries: factPattern,
    /** Only entries with these members. */
    where: z.record(z.string(), z.string()).optional(),
    ...filtered,
  }),
]);
export type ListDefinition = ReadOnly<z.infer<typeof listSchema>>;

const sentenceSchema = z.strictObject({
  /** Stable across years; `*` is the list's key, `#` the number of its entry. */
  id: z.string().regex(/^[a-z0-9_.*#]{1,60}$/),
  when: templateSchema.optional(),
  text: templateSchema,
});
export type SentenceTemplate = ReadOnly<z.infer<typeof sentenceSchema>>;

/** Sentences that several paragraphs have alike, each for one entry of the list (by key). */
const patternSchema = z.strictObject({ list: name, sentences: z.array(sentenceSchema).min(1) });
const patternUse = z.strictObject({ pattern: name, entry: z.string() });
export type PatternUse = ReadOnly<z.infer<typeof patternUse>>;

const paragraphSchema = z.union([
  z.strictObject({
    /** List that the paragraph is repeated over. */
    each: name.optional(),
    when: templateSchema.optional(),
    /** Number or mark before the paragraph, e.g. （{一}）. */
    label: line.optional(),
    sentences: z.array(z.union([sentenceSchema, patternUse])).min(1),
  }),
  z.strictObject({ id: z.string().regex(/^[a-z0-9_.]{1,60}$/), subheading: line }),
  /** 绩效自评结果 in the department's own chapters. */
  z.strictObject({ ownChapters: z.literal(true) }),
]);
export type ParagraphTemplate = ReadOnly<z.infer<typeof paragraphSchema>>;

const chapterSchema = z.strictObject({
  /** Stable across years, e.g. `income`. */
  id: z.string().regex(/^[a-z0-9_]{1,40}$/),
  heading: line,
  paragraphs: z.array(paragraphSchema).min(1),
});
export type ChapterTemplate = ReadOnly<z.infer<typeof chapterSchema>>;

export const sentencesSchema = z.strictObject({
  quantities: z.record(name, quantitySchema),
  lists: z.record(name, listSchema),
  patterns: z.record(name, patternSchema).optional(),
  /** 第一部分 概况. */
  overview: z.array(chapterSchema).min(1),
  /** 第三部分 决算情况说明. */
  narrative: z.array(chapterSchema).min(1),
});
export type Sentences = ReadOnly<z.infer<typeof sentencesSchema>>;
