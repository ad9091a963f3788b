import { z } from "zod";
import { sectionIdSchema } from "../../../shared/report/sections.ts";

const begun = {
  /** Counts the acts of one process. */
  act: z.int(),
  report: z.string(),
  /** Instant of the act, used once in a report: whatever the act stored bears it. */
  at: z.iso.datetime(),
};

/**
 * What a process that will be killed says on its standard output, one JSON line each: that it begins
 * an act, and, only once the use case has answered, that the act is done or was refused.
 */
export const lineSchema = z.discriminatedUnion("say", [
  z.strictObject({ say: z.literal("ready") }),
  z.strictObject({ say: z.literal("settled") }),
  /** `token` is a text that only this content of the section holds. */
  z.strictObject({
    say: z.literal("saves"),
    ...begun,
    section: sectionIdSchema,
    token: z.string(),
  }),
  z.strictObject({ say: z.literal("orders"), ...begun, order: z.string() }),
  z.strictObject({ say: z.literal("remarks"), ...begun }),
  z.strictObject({ say: z.literal("saved"), act: z.int(), sha256: z.string() }),
  z.strictObject({ say: z.literal("ordered"), act: z.int(), seq: z.int(), hash: z.string() }),
  z.strictObject({ say: z.literal("remarked"), act: z.int(), thread: z.string() }),
  z.strictObject({ say: z.literal("refused"), act: z.int(), code: z.string() }),
]);
export type OutputLine = z.infer<typeof lineSchema>;
export type Begun = Extract<OutputLine, { say: "saves" | "orders" | "remarks" }>;

/** What a process is started with, as its one argument. */
export const assignmentSchema = z.strictObject({
  folder: z.string(),
  seed: z.int(),
  /** `act`: people work until the process is killed · `settle`: what is owed is done, then it ends. */
  task: z.enum(["act", "settle"]),
  /** JSON file with the sections every report is filled with, by report. */
  contents: z.string(),
});
export type Assignment = z.infer<typeof assignmentSchema>;
