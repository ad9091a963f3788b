import type { Holds } from "./book.ts";
import { checkCondition, checkNodes, type AllowedNames } from "./check-names.ts";
import type { Places } from "./check-places.ts";
import { linkCondition } from "./link.ts";
import { parseCondition, parseTemplate } from "./parse.ts";
import type { TemplateFault } from "./scan.ts";
import { suggestion } from "./suggest.ts";
import type { Node, Position } from "./tree.ts";

/** A fault of an edition's sentences: which template or name, where in it, and what to do. */
export interface SentencesFault {
  /** Members of the sentences that lead to it, e.g. narrative, 0, paragraphs, 1, sentences, 0, text. */
  readonly path: readonly (string | number)[];
  /** In words, e.g. “一、收入决算情况说明”第1段 句子 income.year. */
  readonly where: string;
  /** Where in the template; absent of a name or an id. */
  readonly at?: Position;
  readonly message: string;
}

/** A fault on one line: “一、收入决算情况说明”第1段 句子 income.year，第1行第12字：没有名为“收入总记”的数字。 */
export const faultText = ({ where, at, message }: SentencesFault): string =>
  `${where}${at === undefined ? "" : `，第${at.line}行第${at.column}字`}：${message}`;

/** Where a template or name is in the edition. */
export type Spot = Pick<SentencesFault, "path" | "where">;

/** What the pieces of an edition's sentences are compiled with; every fault is reported, none stops the rest. */
export interface Compiler extends AllowedNames {
  readonly report: (spot: Spot, message: string) => void;
  readonly faults: SentencesFault[];
}

export const compilerFor = (places: Places, names: AllowedNames["names"]): Compiler => {
  const faults: SentencesFault[] = [];
  return { ...places, names, faults, report: (spot, message) => faults.push({ ...spot, message }) };
};

/** A text that an edition writes as a list of lines. */
const linesOf = (text: string | readonly string[]): string =>
  typeof text === "string" ? text : text.join("\n");

/** A template as what writes it; what has faults writes nothing, and the edition is refused. */
export function compileTemplate<Written>(
  compiler: Compiler,
  text: string | readonly string[],
  spot: Spot,
  link: (nodes: readonly Node[]) => Written,
): Written {
  const parsed = parseTemplate(linesOf(text));
  const faults = parsed.ok ? checkNodes(parsed.value, compiler) : parsed.error;
  reportAll(compiler, faults, spot);
  return link(parsed.ok && faults.length === 0 ? parsed.value : []);
}

export function compileCondition(
  compiler: Compiler,
  text: string | readonly string[],
  spot: Spot,
): Holds {
  const parsed = parseCondition(linesOf(text));
  const faults = parsed.ok ? checkCondition(parsed.value, compiler) : parsed.error;
  reportAll(compiler, faults, spot);
  return linkCondition(parsed.ok && faults.length === 0 ? parsed.value : []);
}

const reportAll = (compiler: Compiler, faults: readonly TemplateFault[], spot: Spot): void => {
  for (const { at, message } of faults) compiler.faults.push({ ...spot, at, message });
};

/** A quantity, list or pattern that is named and is not there. */
export function reportUnknown(
  compiler: Compiler,
  spot: Spot,
  unknown: { readonly kind: "数字" | "列表" | "句式"; readonly name: string },
  known: Iterable<string>,
): void {
  const { kind, name } = unknown;
  compiler.report(spot, `没有名为“${name}”的${kind}。${suggestion(name, known)}`);
}
