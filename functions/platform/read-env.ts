import type { z } from "zod";

/** The settings do not allow a start; the message is the whole sentence for the operator. */
export class SettingsError extends Error {
  override readonly name = "SettingsError";
}

type Variables = Readonly<Record<string, string | undefined>>;

/**
 * A function's own settings, read once at cold start. Throws one sentence that names every variable
 * missing or wrong; values are never repeated, as they may be secret. An empty variable is a missing one.
 */
export function readEnv<Schema extends z.ZodObject>(
  schema: Schema,
  variables: Variables = process.env,
): z.infer<Schema> {
  const own: Record<string, string> = {};
  for (const name of Object.keys(schema.shape)) {
    const value = variables[name];
    if (value !== undefined && value !== "") own[name] = value;
  }
  const read = schema.safeParse(own);
  if (read.success) return read.data;

  const faults = new Map<string, string>();
  for (const issue of read.error.issues) {
    const name = String(issue.path[0] ?? "settings");
    if (!faults.has(name)) {
      faults.set(name, name in own ? `${name} is wrong (${issue.message})` : `${name} is missing`);
    }
  }
  throw new SettingsError(`Cannot start: ${[...faults.values()].join("; ")}.`);
}
