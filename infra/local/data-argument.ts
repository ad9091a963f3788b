import { parseArgs } from "node:util";

/** The data folder of a command that takes `--data DIR` and nothing else; undefined where it was given more. */
export function dataArgument(): string | undefined {
  try {
    return parseArgs({ options: { data: { type: "string", default: ".data" } } }).values.data;
  } catch {
    return undefined;
  }
}
