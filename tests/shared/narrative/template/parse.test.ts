import { describe, expect, it } from "vitest";
import { shippedEditions } from "../../../../shared/editions/shipped-editions.ts";
import { parseTemplate } from "../../../../shared/narrative/template/parse.ts";
import { printTemplate, type Node } from "../../../../shared/narrative/template/tree.ts";
import { caseCount } from "../../../case-count.ts";
import { randomOf, type Random } from "../../../corpus/random.ts";

/** A tree without the places its words were read at. */
const placeless = (nodes: readonly Node[]): unknown =>
  JSON.parse(JSON.stringify(nodes, (key, value: unknown) => (key === "at" ? undefined : value)));

function reread(template: string): { readonly once: unknown; readonly again: unknown } {
  const once = parseTemplate(template);
  if (!once.ok) throw new Error(template);
  const again = parseTemplate(printTemplate(once.value));
  return { once: placeless(once.value), again: again.ok ? placeless(again.value) : again };
}

describe("a printed tree is read as the same tree", () => {
  const texts = (value: unknown): string[] =>
    typeof value === "string"
      ? [value]
      : value !== null && typeof value === "object"
        ? Object.values(value).flatMap(texts)
        : [];
  const all = shippedEditions.all.flatMap(({ sentences }) =>
    texts([sentences.overview, sentences.narrative, sentences.patterns]),
  );
  const shipped = [...new Set(all)].filter((text) => parseTemplate(text).ok);

  it("of every template that is shipped", () => {
    expect(shipped.length).toBeGreaterThan(200);
    for (const template of shipped) {
      const { once, again } = reread(template);
      expect(again).toEqual(once);
    }
  });

  it("of templates made at random", () => {
    const random = randomOf(20);
    for (let round = 0; round < caseCount(10_000); round += 1) {
      const { once, again } = reread(printTemplate(nodesOf(random, 0)));
      expect(again).toEqual(once);
    }
  });
});

const at = { line: 1, column: 1 };
const words = ["金额", "收入总计", "本年收入", "A", "其他支出（对附属单位补助支出）", "“三公”经费"];
const wordOf = (random: Random) => ({ text: random.pick(words), at });
const several = <T>(random: Random, make: () => T): T[] =>
  Array.from({ length: Math.floor(random.next() * 3) }, make);

function nodesOf(random: Random, depth: number): Node[] {
  return several(random, () => nodeOf(random, depth));
}

function nodeOf(random: Random, depth: number): Node {
  const kind = random.pick(depth < 3 ? ["text", "call", "choice", "each"] : ["text", "call"]);
  if (kind === "text") return { kind: "text", text: random.pick(["甲", "，其中：", "= 100%。"]) };
  if (kind === "each") {
    const separator = random.pick(["", "、", "；"]);
    return { kind: "each", list: wordOf(random), separator, body: nodesOf(random, depth + 1) };
  }
  if (kind === "choice") {
    const branch = () => ({
      condition: [[testOf(random)], ...several(random, () => [testOf(random), testOf(random)])],
      body: nodesOf(random, depth + 1),
    });
    const last = random.chance(0.5) ? [{ body: nodesOf(random, depth + 1) }] : [];
    return { kind: "choice", branches: [branch(), ...several(random, branch), ...last] };
  }
  return {
    kind: "call",
    operator: wordOf(random),
    arguments: several(random, () => wordOf(random)),
    options: several(random, () => ({
      key: wordOf(random),
      value: random.pick(["无", "a=b", ""]),
    })),
  };
}

const testOf = (random: Random) => ({
  negated: random.chance(0.3),
  predicate: wordOf(random),
  arguments: several(random, () => wordOf(random)),
});
