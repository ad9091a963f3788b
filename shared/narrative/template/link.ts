import { joined, sentence, type Phrase } from "../phrase.ts";
import { sentenceText } from "../written.ts";
import type { Holds, WritePhrase, WriteText } from "./book.ts";
import { valueReader } from "./define.ts";
import { listNamed } from "./look-up.ts";
import { operators } from "./operators/all.ts";
import { predicates } from "./predicates.ts";
import { within, type Scope } from "./scope.ts";
import type { Call, Condition, Node, Test } from "./tree.ts";

/** Turns a checked tree into what writes it: operators are looked up once an edition, not once a report. */

export function linkPhrase(nodes: readonly Node[]): WritePhrase {
  const writers = nodes.map(linkNode);
  return (scope) => writers.map((write) => write(scope));
}

/** Of a heading, label or name, which hold words alone. */
export function linkText(nodes: readonly Node[]): WriteText {
  const [first] = nodes;
  if (nodes.length === 1 && first?.kind === "text") return () => first.text;
  const writers = nodes.map(linkNode);
  return (scope) => writers.map((write) => textOf(write(scope))).join("");
}

function textOf(phrase: Phrase): string {
  if (typeof phrase === "string") return phrase;
  return sentenceText(sentence("", phrase));
}

export function linkCondition(condition: Condition): Holds {
  const any = condition.map((tests) => tests.map(linkTest));
  return (scope) => any.some((all) => all.every((holds) => holds(scope)));
}

function linkNode(node: Node): WritePhrase {
  switch (node.kind) {
    case "text":
      return () => node.text;
    case "call":
      return linkCall(node);
    case "choice": {
      const branches = node.branches.map(({ condition, body }) => ({
        holds: condition === undefined ? () => true : linkCondition(condition),
        write: linkPhrase(body),
      }));
      return (scope) => branches.find(({ holds }) => holds(scope))?.write(scope) ?? "";
    }
    case "each": {
      const { list, separator } = node;
      const write = linkPhrase(node.body);
      const ofEntries = (scope: Scope): Phrase[] =>
        listNamed(scope, list.text).entries.map((entry) => write(within(scope, entry)));
      return (scope) => joined(ofEntries(scope), separator);
    }
  }
}

function linkCall({ operator, arguments: words, options }: Call): WritePhrase {
  const found = operators.get(operator.text);
  if (found === undefined) throw new Error(`No operator ${operator.text}.`);
  const values = valueReader(found, words, options);
  return (scope) => found.write(values(scope), scope);
}

function linkTest({ negated, predicate, arguments: words }: Test): Holds {
  const found = predicates.get(predicate.text);
  if (found === undefined) throw new Error(`No predicate ${predicate.text}.`);
  const values = valueReader(found, words, []);
  return (scope) => found.holds(values(scope), scope) !== negated;
}
