import { z } from "zod";
import { cellAddressSchema, tableIdSchema } from "../forms/cell-schema.ts";
import type { TableId } from "../forms/form.ts";
import { tableSchema, type TableData } from "../forms/table-data.ts";
import { isSectionId, isTable, recordIds, type RecordId, type SectionId } from "./section-ids.ts";
import { ownTokensSchema, skeletonSchema, tokensSchema } from "./token.ts";
import {
  attachmentBytes,
  boxCharacters,
  mostAttachments,
  nameCharacters,
  proseCharacters,
} from "./section-bounds.ts";
import { unixLines } from "../text/characters.ts";

/**
 * A report (决算报告) is a set of sections; each is stored as canonical JSON under its SHA-256.
 * The schemas here are the one definition of what a section may hold; all amounts are integer 分.
 */

const fen = z.int();
const count = z.int().min(0);
const line = z.string().trim().min(1).max(nameCharacters);
const prose = z.string().overwrite(unixLines).trim().max(proseCharacters);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** 二、部门基本情况 and the figures that no table holds. */
export const factsSchema = z.strictObject({
  /** Unit the amounts were typed in: 元 is checked exactly, 万元 within the rounding envelope. */
  enteredIn: z.enum(["yuan", "wan"]),
  /** 主要职责, one entry a duty. */
  duties: z.array(prose.min(1)).max(60),
  /** 纳入决算汇编范围的单位, the department's own office (本级) first. */
  units: z
    .array(
      z.strictObject({
        name: line,
        kind: z.enum(["own_office", "subordinate"]),
        /** 行政单位或参照公务员法管理: its 公用经费 counts as 机关运行经费. */
        administrative: z.boolean(),
      }),
    )
    .max(500),
  /** 年末人员. */
  people: z
    .strictObject({
      active: count,
      retiredCadres: count,
      retired: count,
      others: count,
      students: count,
      /** 由养老保险基金发放养老金的离退休人员. */
      pensioned: count,
    })
    .optional(),
  /** Last year's figures by cell address (`t01/opening/final` → 分), typed or rolled forward. */
  prior: z.record(z.string().regex(/^t\d{2}\/[a-z0-9_]+\/[a-z0-9_]+$/), z.int()),
  /** 年初预算数: total and by 支出功能分类 code (类, or 项 where the edition itemises by 项). */
  initialBudget: z
    .strictObject({
      total: fen.optional(),
      byCode: z.record(z.string().regex(/^\d{3}(\d{2}){0,2}$/), fen),
    })
    .optional(),
  /** 机关运行经费. */
  operatingCost: z.strictObject({ current: fen, prior: fen.optional() }).optional(),
  /** 政府采购: amounts spent, and contract amounts granted to 中小企业 and 小微企业. */
  procurement: z
    .strictObject({
      goods: fen,
      works: fen,
      services: fen,
      sme: fen,
      micro: fen,
      smeGoods: fen,
      smeWorks: fen,
      smeServices: fen,
      /** Where the edition has it: reserved budgets and awards by who was meant and who won. */
      reserved: z
        .strictObject({
          sme: fen,
          micro: fen,
          smeAwarded: fen,
          microAwarded: fen,
          openToSmeAwarded: fen,
        })
        .optional(),
    })
    .optional(),
  /** What 其他用车 are used for; required when there are any. */
  otherVehicleUse: prose.optional(),
  /** 监督索引号: the number under which the bureau supervises the disclosure, where the edition prints one. */
  supervisionNumber: z
    .string()
    .trim()
    .regex(/^[0-9A-Za-z-]{1,40}$/, { error: "监督索引号只含数字、字母和短横线，不超过40个字符。" })
    .optional(),
});
export type Facts = z.infer<typeof factsSchema>;

/** What people write between the figures; the figures themselves are written from cells. */
export const narrativeSchema = z.strictObject({
  /** 主要原因 by slot (`income.year`, `class.201`, …); the writer lists the slots it needs. */
  reasons: z.record(z.string().regex(/^[a-z0-9_.]{1,60}$/), prose),
  /** 主要用于 by 项 code, for editions that itemise. */
  purposes: z.record(z.string().regex(/^\d{3,7}$/), prose),
  /** Paragraphs added after the statutory sentences, by chapter id; a text has no figures bound. */
  additions: z.record(
    z.string().regex(/^[a-z0-9_.]{1,60}$/),
    z.array(z.union([prose.min(1), ownTokensSchema])).max(40),
  ),
  /** Statutory sentences in other words, by sentence id; void when the sentence is another than `from`. */
  rewritten: z
    .record(
      z.string().regex(/^[a-z0-9_.]{1,60}$/),
      z.strictObject({ from: skeletonSchema, parts: tokensSchema }),
    )
    .optional(),
});
export type Narrative = z.infer<typeof narrativeSchema>;

/** Scores in hundredths of a point: 9869 is 98.69 分. */
const score = z.int().min(0).max(1_000_00);

/** Text of a box of a form: empty until it is filled in. */
const boxText = z.string().trim().max(boxCharacters);

/** 年初预算数, 全年预算数 (A), 全年执行数 (B); absent where not filled in. */
const fundsSchema = z.strictObject({
  initial: fen.optional(),
  full: fen.optional(),
  executed: fen.optional(),
});

export const indicatorSchema = z.strictObject({
  level1: boxText,
  level2: boxText,
  level3: boxText,
  target: boxText,
  actual: boxText,
  weight: score.optional(),
  score: score.optional(),
  deviation: prose.optional(),
});

/** 项目支出绩效自评表; a figure that is not filled in yet is absent, a text empty. */
export const selfEvaluationSchema = z.strictObject({
  project: line,
  year: z.int(),
  department: boxText,
  unit: boxText,
  /** 项目资金 in all and by source. */
  funds: z.strictObject({
    total: fundsSchema,
    fiscal: fundsSchema.optional(),
    carriedOver: fundsSchema.optional(),
    other: fundsSchema.optional(),
  }),
  fundsWeight: score.optional(),
  fundsScore: score.optional(),
  goals: z.array(z.strictObject({ expected: prose, achieved: prose })).max(40),
  indicators: z.array(indicatorSchema).max(200),
  totalScore: score.optional(),
});
export type SelfEvaluation = z.infer<typeof selfEvaluationSchema>;

/** 预算绩效: what the narrative's performance chapter and the attachments tell; a figure not filled in is absent. */
export const performanceSchema = z.strictObject({
  /** 单位自评 projects with their scores. */
  projects: z
    .array(z.strictObject({ name: line, score: score.optional(), amount: fen.optional() }))
    .max(500),
  /** 涉及资金 of the projects, by fund. */
  amounts: z
    .strictObject({
      total: fen.optional(),
      general: fen.optional(),
      fund: fen.optional(),
      capital: fen.optional(),
    })
    .optional(),
  /** 部门整体支出绩效评价. */
  overall: z
    .strictObject({ score: score.optional(), general: fen.optional(), fund: fen.optional() })
    .optional(),
  /** 预算绩效管理, where the edition has it: rules in force, projects under 全过程 management, problems found. */
  management: z
    .strictObject({
      /** 管理制度 by name. */
      rules: z.array(line).max(20),
      /** 编报绩效目标 and 绩效跟踪: projects and their budget. */
      goals: z.strictObject({ projects: count.optional(), amount: fen.optional() }),
      tracking: z.strictObject({ projects: count.optional(), amount: fen.optional() }),
      problems: z.strictObject({
        found: count.optional(),
        mended: count.optional(),
        mending: count.optional(),
      }),
    })
    .optional(),
  /** Chapters of 绩效自评结果, written by the department. */
  summary: z
    .array(z.strictObject({ heading: line, paragraphs: z.array(prose.min(1)).max(40) }))
    .max(20),
  selfEvaluations: z.array(selfEvaluationSchema).max(50),
  /** 部门评价 report, as an outline of numbered chapters. */
  evaluation: z
    .strictObject({
      project: line,
      score: score.optional(),
      grade: z.enum(["优", "良", "中", "差"]).optional(),
      chapters: z
        .array(
          z.strictObject({
            heading: line,
            level: z.int().min(1).max(3),
            paragraphs: z.array(prose.min(1)).max(60),
          }),
        )
        .max(200),
      dimensions: z
        .array(z.strictObject({ name: line, weight: score.optional(), score: score.optional() }))
        .max(20),
    })
    .optional(),
});
export type Performance = z.infer<typeof performanceSchema>;

export const attachmentSchema = z.strictObject({
  sha256,
  name: line,
  contentType: z.enum([
    "application/pdf",
    "image/png",
    "image/jpeg",
    "text/csv",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  ]),
  sizeBytes: z.int().min(1).max(attachmentBytes),
  /** Published with the report, or kept for the reviewers only (佐证材料). */
  disclosed: z.boolean(),
});
export const attachmentsSchema = z.strictObject({
  files: z.array(attachmentSchema).max(mostAttachments),
});
export type Attachment = z.infer<typeof attachmentSchema>;
export type Attachments = z.infer<typeof attachmentsSchema>;

/** One correction of a 汇总 (调整分录): what it adds to cells, so that no cell is changed without a reason. */
export const adjustmentEntrySchema = z.strictObject({
  id: z.string().regex(/^[0-9A-Za-z._]{1,120}$/),
  /** 分, or a number for count cells; negative to take away. */
  cells: z
    .array(z.strictObject({ cell: cellAddressSchema, fen }))
    .min(1)
    .max(200),
  reason: prose.min(2),
  /** The internal flow it takes off both sides (抵销), by the id it was proposed under. */
  pair: z.string().optional(),
});
export type AdjustmentEntry = z.infer<typeof adjustmentEntrySchema>;

/** 调整表: what a department's tables hold beyond the sum of its units. */
export const adjustmentsSchema = z.strictObject({
  /** Unit submissions by org code that the tables were last added up from; absent before. */
  basis: z.record(z.string().regex(/^[0-9A-Z]{3,18}$/), sha256).optional(),
  entries: z.array(adjustmentEntrySchema).max(1_000),
});
export type Adjustments = z.infer<typeof adjustmentsSchema>;

/** Why the figures of a warning (需说明) are right: bound to its rule, cells and figures, void when one changes. */
export const explanationSchema = z.strictObject({
  id: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
  /** `findingFingerprint` of what was explained. */
  finding: z.string().min(1).max(20_000),
  rule: z.string().min(1).max(40),
  cells: z.array(cellAddressSchema).max(1_000),
  /** Place of a finding without cells: a sentence, or a dotted path of the sections. */
  place: z.string().max(200).optional(),
  /** The reason of the narrative that it gives. */
  slot: z.string().max(60).optional(),
  reason: prose.min(2).max(2_000),
  by: z.string().min(1).max(200),
  byName: line,
  at: z.iso.datetime(),
});
export type Explanation = z.infer<typeof explanationSchema>;

/** 审核说明: one a finding; a new one about the same cells replaces the old. */
export const explanationsSchema = z.strictObject({
  entries: z.array(explanationSchema).max(2_000),
});
export type Explanations = z.infer<typeof explanationsSchema>;

/** The sections every report has, whatever its edition. */
export const recordSchemas = {
  facts: factsSchema,
  narrative: narrativeSchema,
  performance: performanceSchema,
  attachments: attachmentsSchema,
  // Reports kept before departments were added up have no such section.
  adjustments: adjustmentsSchema.default({ entries: [] }),
  // Nor have those kept before warnings were explained this one.
  explanations: explanationsSchema.default({ entries: [] }),
} as const satisfies Record<RecordId, z.ZodType>;

export type Records = { [Id in RecordId]: z.infer<(typeof recordSchemas)[Id]> };
/** Tables by id; a table that is absent was never filled in. */
export type Tables = { [id: TableId]: TableData };
export type Sections = Tables & Records;
export type SomeSections = Tables & Partial<Records>;

/** Something of the sections that have it: a hash, a pointer. */
export type BySection<Value> = { readonly [id: TableId]: Value } & {
  readonly [Id in RecordId]?: Value;
};

export const sectionIdSchema = z.union([tableIdSchema, z.enum(recordIds)]);

/** Every record, and the tables that are filled in; any other name is refused. */
export const sectionsSchema = z
  .object(recordSchemas)
  .catchall(tableSchema)
  .refine((sections) => Object.keys(sections).every(isSectionId), {
    error: "no such section",
  }) as unknown as z.ZodType<Sections>;

/** Keyed by section; a name that is no section's is refused. */
export const bySectionSchema = <Value extends z.ZodType>(value: Value) =>
  z.partialRecord(sectionIdSchema, value) as unknown as z.ZodType<BySection<z.infer<Value>>>;

/** What a section may hold. */
export function sectionSchema<Id extends SectionId>(section: Id): z.ZodType<Sections[Id]>;
export function sectionSchema(section: SectionId): z.ZodType {
  return isTable(section) ? tableSchema : recordSchemas[section];
}
