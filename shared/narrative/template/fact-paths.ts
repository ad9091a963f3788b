import { z } from "zod";
import { factsSchema, performanceSchema } from "../../report/sections.ts";

/** What is at a path of the facts, by the schemas of the sections themselves. */

export type FactKind = "number" | "text" | "list" | "group";

const sections = z.strictObject({ facts: factsSchema, performance: performanceSchema });

/** `undefined` where the sections have no such place; a number or `*` is an entry of a list. */
export function factKind(path: string): FactKind | undefined {
  let schema: z.core.$ZodType | undefined = sections;
  for (const step of path.split(".")) schema = schema && memberOf(bare(schema), step);
  return schema && kindOf(bare(schema));
}

/** Every place that people fill in, an entry of a list as `*`; places under names that are free are not listed. */
export const factPaths = (): readonly { readonly path: string; readonly kind: FactKind }[] =>
  Object.entries(sections.shape).flatMap(([name, schema]) => pathsIn(bare(schema), name));

function pathsIn(
  schema: z.core.$ZodType,
  path: string,
): { readonly path: string; readonly kind: FactKind }[] {
  const own = { path, kind: kindOf(schema) };
  if (schema instanceof z.ZodObject) {
    const members = Object.entries<z.core.$ZodType>(schema.shape);
    const inside = members.flatMap(([name, member]) => pathsIn(bare(member), `${path}.${name}`));
    return path.includes(".") ? [own, ...inside] : inside;
  }
  if (schema instanceof z.ZodArray) return [own, ...pathsIn(bare(schema.element), `${path}.*`)];
  return [own];
}

/** Without the wrappers that say when a member is there. */
const bare = (schema: z.core.$ZodType): z.core.$ZodType =>
  schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
    ? bare(schema.unwrap())
    : schema;

function memberOf(schema: z.core.$ZodType, step: string): z.core.$ZodType | undefined {
  if (schema instanceof z.ZodObject) {
    return Object.hasOwn(schema.shape, step)
      ? (schema.shape as Readonly<Record<string, z.core.$ZodType>>)[step]
      : undefined;
  }
  if (schema instanceof z.ZodArray) return /^(?:\d+|\*)$/u.test(step) ? schema.element : undefined;
  if (schema instanceof z.ZodRecord) {
    return z.safeParse(schema.keyType, step).success ? schema.valueType : undefined;
  }
  return undefined;
}

function kindOf(schema: z.core.$ZodType): FactKind {
  if (schema instanceof z.ZodArray) return "list";
  if (schema instanceof z.ZodNumber) return "number";
  return schema instanceof z.ZodObject || schema instanceof z.ZodRecord ? "group" : "text";
}
