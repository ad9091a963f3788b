/** A template as a tree. Positions are where a word begins in the template, for faults alone. */

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in characters. */
  readonly column: number;
}

export interface Word {
  readonly text: string;
  readonly at: Position;
}

export type Node =
  | { readonly kind: "text"; readonly text: string }
  | Call
  | { readonly kind: "choice"; readonly branches: readonly Branch[] }
  | {
      readonly kind: "each";
      readonly list: Word;
      readonly separator: string;
      readonly body: readonly Node[];
    };

/** One operator with what it is applied to, e.g. {金额或无 年末结转 无=年末结转和结余}. */
export interface Call {
  readonly kind: "call";
  readonly operator: Word;
  readonly arguments: readonly Word[];
  readonly options: readonly Option[];
}

/** `key=value`. */
export interface Option {
  readonly key: Word;
  readonly value: string;
}

/** The first branch whose condition holds is written; the last may have none (否则). */
export interface Branch {
  readonly condition?: Condition;
  readonly body: readonly Node[];
}

/** One of the outer list, every one of the inner: 或 of 且. */
export type Condition = readonly (readonly Test[])[];

export interface Test {
  readonly negated: boolean;
  readonly predicate: Word;
  readonly arguments: readonly Word[];
}

/** The template that parses to the tree. */
export const printTemplate = (nodes: readonly Node[]): string => nodes.map(printNode).join("");

function printNode(node: Node): string {
  switch (node.kind) {
    case "text":
      return node.text;
    case "call":
      return tag(
        node.operator.text,
        ...node.arguments.map(({ text }) => text),
        ...node.options.map(({ key, value }) => `${key.text}=${value}`),
      );
    case "choice":
      return `${node.branches.map(printBranch).join("")}${tag("完")}`;
    case "each": {
      const separator = node.separator === "" ? [] : [`分隔=${node.separator}`];
      const body = printTemplate(node.body);
      return `${tag("逐", node.list.text, ...separator)}${body}${tag("完")}`;
    }
  }
}

function printBranch({ condition, body }: Branch, index: number): string {
  if (condition === undefined) return `${tag("否则")}${printTemplate(body)}`;
  return `${tag(index === 0 ? "若" : "否则若", printCondition(condition))}${printTemplate(body)}`;
}

export const printCondition = (condition: Condition): string =>
  condition.map((tests) => tests.map(printTest).join(" 且 ")).join(" 或 ");

const printTest = ({ negated, predicate, arguments: names }: Test): string =>
  [...(negated ? ["并非"] : []), predicate.text, ...names.map(({ text }) => text)].join(" ");

const tag = (...words: readonly string[]): string => `{${words.join(" ")}}`;
