import { err, ok, type Result } from "../../result.ts";
import { scan, wordsIn, type Piece, type TemplateFault } from "./scan.ts";
import type { Branch, Condition, Node, Test, Word } from "./tree.ts";

type Parsed<Value> = Result<Value, readonly TemplateFault[]>;
type Tag = Extract<Piece, { kind: "tag" }>;

/** 若 and 逐 may be nested this deep; more cannot be read at sight. */
const deepest = 4;

/** Words that end a body: the block they are in reads them. */
const closing = new Set(["否则若", "否则", "完"]);

interface Cursor {
  readonly pieces: readonly Piece[];
  next: number;
  readonly faults: TemplateFault[];
}

/** The tree of a template, or every fault of its form; its names are compared with the edition's afterwards. */
export function parseTemplate(template: string): Parsed<readonly Node[]> {
  const { pieces, faults } = scan(template);
  const nodes = readNodes({ pieces, next: 0, faults }, 0);
  return faults.length === 0 ? ok(nodes) : err(faults);
}

/** A condition alone, as `when` of a sentence. */
export function parseCondition(text: string): Parsed<Condition> {
  const faults: TemplateFault[] = [];
  const condition = readCondition(wordsIn(text), { line: 1, column: 1 }, faults);
  return faults.length === 0 ? ok(condition) : err(faults);
}

/** Up to the end, or in a block up to the tag that ends its body. */
function readNodes(cursor: Cursor, depth: number): Node[] {
  const nodes: Node[] = [];
  for (;;) {
    const piece = cursor.pieces[cursor.next];
    if (piece === undefined) return nodes;
    const isClosing = piece.kind === "tag" && closing.has(piece.words[0].text);
    if (isClosing && depth > 0) return nodes;
    cursor.next += 1;
    if (piece.kind === "text") nodes.push(piece);
    else if (isClosing) {
      const message = `“${piece.words[0].text}”前面没有对应的“若”或“逐”。`;
      cursor.faults.push({ at: piece.at, message });
    } else nodes.push(readTag(cursor, piece, depth));
  }
}

function readTag(cursor: Cursor, tag: Tag, depth: number): Node {
  const [{ text: keyword }] = tag.words;
  if (keyword !== "若" && keyword !== "逐") return readCall(tag);
  if (depth >= deepest) {
    cursor.faults.push({ at: tag.at, message: `“若”和“逐”最多套 ${deepest} 层。` });
    skipBlock(cursor);
    return { kind: "text", text: "" };
  }
  return keyword === "若" ? readChoice(cursor, tag, depth) : readEach(cursor, tag, depth);
}

/** Passes a block over, its end included, whatever lies in it. */
function skipBlock(cursor: Cursor): void {
  for (let open = 1; open > 0; cursor.next += 1) {
    const piece = cursor.pieces[cursor.next];
    if (piece === undefined) return;
    if (piece.kind === "text") continue;
    const [{ text: keyword }] = piece.words;
    if (keyword === "若" || keyword === "逐") open += 1;
    else if (keyword === "完") open -= 1;
  }
}

function readCall({ words: [operator, ...rest] }: Tag): Node {
  const isOption = ({ text }: Word) => text.includes("=");
  return {
    kind: "call",
    operator,
    arguments: rest.filter((word) => !isOption(word)),
    options: rest.filter(isOption).map(({ text, at }) => {
      const [key = "", ...value] = text.split("=");
      return { key: { text: key, at }, value: value.join("=") };
    }),
  };
}

function readChoice(cursor: Cursor, opening: Tag, depth: number): Node {
  const branches: Branch[] = [];
  let tag: Tag = opening;
  for (;;) {
    const [{ text: keyword }, ...words] = tag.words;
    const isElse = keyword === "否则";
    if (isElse && words[0] !== undefined) {
      cursor.faults.push({ at: words[0].at, message: "“否则”后面不写条件；有条件请用“否则若”。" });
    }
    const condition = isElse ? undefined : readCondition(words, tag.at, cursor.faults);
    const body = readNodes(cursor, depth + 1);
    branches.push(condition === undefined ? { body } : { condition, body });
    const next = cursor.pieces[cursor.next];
    if (next?.kind !== "tag") {
      cursor.faults.push({ at: opening.at, message: "“若”没有用“{完}”结束。" });
      break;
    }
    cursor.next += 1;
    if (next.words[0].text === "完") break;
    if (isElse) {
      const message = `“否则”之后不能再写“${next.words[0].text}”。`;
      cursor.faults.push({ at: next.at, message });
    }
    tag = next;
  }
  return { kind: "choice", branches };
}

function readEach(cursor: Cursor, opening: Tag, depth: number): Node {
  const [, list = opening.words[0], ...rest] = opening.words;
  if (list === opening.words[0]) {
    cursor.faults.push({ at: opening.at, message: "“逐”后面要写列表的名称。" });
  }
  let separator = "";
  for (const { text, at } of rest) {
    if (text.startsWith("分隔=")) separator = text.slice("分隔=".length);
    else cursor.faults.push({ at, message: `“逐”后面只写列表名称和“分隔=”，不能写“${text}”。` });
  }
  const body = readNodes(cursor, depth + 1);
  const end = cursor.pieces[cursor.next];
  if (end?.kind !== "tag") {
    cursor.faults.push({ at: opening.at, message: "“逐”没有用“{完}”结束。" });
  } else {
    cursor.next += 1;
    if (end.words[0].text !== "完") {
      const message = `“逐”里没有“${end.words[0].text}”，请用“{完}”结束。`;
      cursor.faults.push({ at: end.at, message });
    }
  }
  return { kind: "each", list, separator, body };
}

function readCondition(words: readonly Word[], at: Word["at"], faults: TemplateFault[]): Condition {
  const read = (test: readonly Word[]): Test[] => {
    const negated = test[0]?.text === "并非";
    const [predicate, ...names] = negated ? test.slice(1) : test;
    if (predicate !== undefined) return [{ negated, predicate, arguments: names }];
    faults.push({ at: test[0]?.at ?? at, message: "这里缺少条件，例如“非零 本年收入”。" });
    return [];
  };
  return splitAt(words, "或").map((every) => splitAt(every, "且").flatMap(read));
}

function splitAt(words: readonly Word[], separator: string): Word[][] {
  const groups: Word[][] = [[]];
  for (const word of words) {
    if (word.text === separator) groups.push([]);
    else groups.at(-1)?.push(word);
  }
  return groups;
}
