import type { Operator } from "../define.ts";
import { comparisonOperators } from "./comparisons.ts";
import { figureOperators } from "./figures.ts";
import { textOperators } from "./texts.ts";
import { words } from "./words.ts";

/** Every operator by its keyword. A new one is defined in its family's file; docs/templates.md describes each. */
export const operators: ReadonlyMap<string, Operator> = new Map(
  [...words, ...figureOperators, ...comparisonOperators, ...textOperators].map((one) => [
    one.keyword,
    one,
  ]),
);
