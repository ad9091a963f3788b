import { z } from "zod";
import { tableIdSchema } from "./cell-schema.ts";

const cellPattern = z.string().regex(/^t\d\d\/(?:[a-z0-9_]+|\*)\/(?:[a-z0-9_]+|\*)$/, {
  error: "单元格写作 表/行/列，例如 t11/total/final；每一行或每一列写作 *。",
});

/** One cell, or what cells add up to. */
const figureSchema = z.union([
  cellPattern,
  z.strictObject({
    sum: z.array(cellPattern).min(1).max(100),
    less: z.exactOptional(z.array(cellPattern).min(1).max(100)),
  }),
]);

const head = {
  id: z.string().regex(/^E\d{2,3}$/, { error: "编号写作 E 和两三位数字，例如 E01。" }),
  /** What must hold, as the trade says it. */
  statement: z.string().min(1).max(200),
  /** Law or 文号 it rests on. */
  basis: z.exactOptional(z.string().min(1).max(200)),
  severity: z.enum(["error", "warning", "hint"]),
};

export const relationSchema = z.union([
  /** 合计 = Σ 类, 类 = Σ 款, 款 = Σ 项, in every column. */
  z.strictObject({ ...head, sumsByCode: tableIdSchema }),
  z.strictObject({ ...head, cell: cellPattern, equals: figureSchema }),
  z.strictObject({ ...head, cell: cellPattern, notAbove: figureSchema }),
]);
