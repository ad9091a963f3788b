import { z } from "zod";
import { cellAddressSchema } from "../forms/cell-schema.ts";

/** The value outside the tables at a path in the sections, e.g. `facts.procurement.goods`. */
const path = z
  .string()
  .max(120)
  .regex(/^(?:facts|performance)(?:\.[A-Za-z0-9_]{1,40}){1,6}$/);

const cell = z.strictObject({ kind: z.literal("cell"), cell: cellAddressSchema });
/** Last year's figure of the cell. */
const prior = z.strictObject({ kind: z.literal("prior"), cell: cellAddressSchema });
const fact = z.strictObject({ kind: z.literal("fact"), path });
const sum = z.strictObject({
  kind: z.literal("sum"),
  get of() {
    return z.array(figureSourceSchema);
  },
  get less() {
    return z.array(figureSourceSchema).optional();
  },
});
/** current − base; printed without its sign, beside 增加 or 减少. */
const difference = z.strictObject({
  kind: z.literal("difference"),
  get current() {
    return figureSourceSchema;
  },
  get base() {
    return figureSourceSchema;
  },
});
/** (current − base) ÷ base. */
const rate = z.strictObject({
  kind: z.literal("rate"),
  get current() {
    return figureSourceSchema;
  },
  get base() {
    return figureSourceSchema;
  },
});
const share = z.strictObject({
  kind: z.literal("share"),
  get part() {
    return figureSourceSchema;
  },
  get whole() {
    return figureSourceSchema;
  },
});
const completion = z.strictObject({
  kind: z.literal("completion"),
  get final() {
    return figureSourceSchema;
  },
  get budget() {
    return figureSourceSchema;
  },
});
/** Length of a list, or how many of its scores are of the grade. */
const count = z.strictObject({
  kind: z.literal("count"),
  path,
  grade: z.enum(["优", "良", "中", "差"]).optional(),
});
/** Mean of the scores of a list. */
const mean = z.strictObject({ kind: z.literal("mean"), path });
/** Grade of a score. */
const grade = z.strictObject({
  kind: z.literal("grade"),
  get of() {
    return figureSourceSchema;
  },
});

/** Where a printed figure comes from: a cell, last year's cell, a fact, or arithmetic over them. */
const figureSourceSchema = z.discriminatedUnion("kind", [
  ...([cell, prior, fact, sum, difference, rate] as const),
  ...([share, completion, count, mean, grade] as const),
]);
export type FigureSource = z.infer<typeof figureSourceSchema>;

/** Deep enough for 完成年初预算 of a budget less its parts, each the sum of its codes. */
const deepest = 16;
const mostNodes = 5_000;

/** A source as somebody sends it: measured before it is read, since it is read recursively. */
export const givenSourceSchema = z
  .unknown()
  .refine((value) => isBounded(value), { error: "数字来源的层次过多或过长。", abort: true })
  .pipe(figureSourceSchema);

function isBounded(value: unknown): boolean {
  let nodes = 0;
  const fits = (node: unknown, depth: number): boolean => {
    nodes += 1;
    if (typeof node !== "object" || node === null) return true;
    return (
      depth < deepest &&
      nodes <= mostNodes &&
      Object.values(node).every((member) => fits(member, depth + 1))
    );
  };
  return fits(value, 0);
}
