import { isGrade } from "../figures.ts";
import { placeFault, sampleKeys, type Places } from "./check-places.ts";
import type { Need, Operator, Predicate, Role } from "./define.ts";
import { operators } from "./operators/all.ts";
import { predicates } from "./predicates.ts";
import type { Definition } from "./quantities.ts";
import type { TemplateFault } from "./scan.ts";
import type { ListDefinition } from "../../forms/sentences-schema.ts";
import { suggestion } from "./suggest.ts";
import type { Call, Condition, Node, Word } from "./tree.ts";

/** The names that a template may use where it is written. */
export interface AllowedNames extends Places {
  readonly names: {
    readonly quantities: ReadonlyMap<string, Definition>;
    readonly lists: ReadonlyMap<string, ListDefinition>;
  };
  /** The list whose entry is being written. */
  readonly list?: ListDefinition;
  /** The condition on the entries of a list: naming lists in it, a list could depend on itself. */
  readonly ofEntries?: true;
  /** A heading, label or name: words that print text alone. */
  readonly wordsOnly?: true;
}

/** Operators, quantities and lists that do not exist, or that cannot be used so, in the order they are written. */
export const checkNodes = (nodes: readonly Node[], allowed: AllowedNames): TemplateFault[] =>
  nodes.flatMap((node): TemplateFault[] => {
    switch (node.kind) {
      case "text":
        return [];
      case "call":
        return checkCall(node, allowed);
      case "choice":
        return node.branches.flatMap(({ condition, body }) => [
          ...(condition === undefined ? [] : checkCondition(condition, allowed)),
          ...checkNodes(body, allowed),
        ]);
      case "each": {
        const { list } = node;
        if (allowed.list !== undefined) {
          return [{ at: list.at, message: "列表里不能再用“逐”。" }];
        }
        const faults = checkWord("list", list, allowed);
        const definition = allowed.names.lists.get(list.text);
        return definition === undefined
          ? faults
          : [...faults, ...checkNodes(node.body, { ...allowed, list: definition })];
      }
    }
  });

export const checkCondition = (condition: Condition, allowed: AllowedNames): TemplateFault[] =>
  condition.flat().flatMap(({ predicate, arguments: words }) => {
    const found = predicates.get(predicate.text);
    if (found !== undefined)
      return checkUse(found, { keyword: predicate, words, options: [] }, allowed);
    const hint = suggestion(predicate.text, predicates.keys());
    return [{ at: predicate.at, message: `没有“${predicate.text}”这个条件。${hint}` }];
  });

function checkCall(
  { operator, arguments: words, options }: Call,
  allowed: AllowedNames,
): TemplateFault[] {
  const found = operators.get(operator.text);
  if (found === undefined) {
    const hint = suggestion(operator.text, [...operators.keys(), "若", "逐"]);
    return [{ at: operator.at, message: `没有“${operator.text}”这个写法。${hint}` }];
  }
  if (allowed.wordsOnly === true && !found.isWord) {
    const message = `标题、序号和名称里不能用“${operator.text}”，只能用“年”“部门”“名称”等词。`;
    return [{ at: operator.at, message }];
  }
  return checkUse(found, { keyword: operator, words, options }, allowed);
}

interface Use {
  readonly keyword: Word;
  readonly words: readonly Word[];
  readonly options: Call["options"];
}

function checkUse(
  definition: Operator | Predicate,
  use: Use,
  allowed: AllowedNames,
): TemplateFault[] {
  const { keyword, words } = use;
  const members = Object.entries(definition.takes);
  const missing = members.slice(words.length).map(([, role]) => roleNames[role]);
  if (missing.length > 0) {
    return [{ at: keyword.at, message: `“${keyword.text}”后面还缺：${missing.join("、")}。` }];
  }
  return [
    ...insideFault(definition, keyword, allowed),
    ...members.flatMap(([member, role], index) => {
      const word = words[index];
      if (word === undefined) return [];
      const need = definition.needs?.[member];
      return checkWord(role, word, allowed, need && { need, keyword: keyword.text });
    }),
    ...checkOptions(definition, use, allowed),
  ];
}

function insideFault(
  { inside }: Operator | Predicate,
  { text, at }: Word,
  { list }: AllowedNames,
): TemplateFault[] {
  const isInside =
    inside === undefined ||
    (inside === "list" ? list !== undefined : list !== undefined && "functionCodes" in list);
  if (isInside) return [];
  const where = inside === "codes" ? "支出功能分类的列表" : "列表";
  return [{ at, message: `“${text}”只能写在${where}里。` }];
}

function checkOptions(
  { takes, options = {} }: Operator | Predicate,
  { keyword, words, options: given }: Use,
  allowed: AllowedNames,
): TemplateFault[] {
  const known = Object.values(options);
  const flags = new Set(known.flatMap((one) => (one.role === "flag" ? [one.keyword] : [])));
  const surplus = words.slice(Object.keys(takes).length).filter(({ text }) => !flags.has(text));
  return [
    ...surplus.map(({ text, at }) => ({
      at,
      message: `“${keyword.text}”后面多了“${text}”。${suggestion(text, flags)}`,
    })),
    ...given.flatMap(({ key, value }) => {
      const option = known.find((one) => one.keyword === key.text && one.role !== "flag");
      if (option === undefined) {
        const hint = suggestion(
          key.text,
          known.map((one) => one.keyword),
        );
        return [{ at: key.at, message: `“${keyword.text}”没有“${key.text}=”这个选项。${hint}` }];
      }
      if (option.role === "flag") return [];
      return checkWord(option.role, { text: value, at: key.at }, entryNames(takes, words, allowed));
    }),
  ];
}

/** Where an option names a quantity of every entry: inside the list that the operator takes. */
function entryNames(
  takes: Operator["takes"],
  words: readonly Word[],
  allowed: AllowedNames,
): AllowedNames & { readonly entries?: ListDefinition } {
  const index = Object.values(takes).indexOf("list");
  const entries = allowed.names.lists.get(words[index]?.text ?? "");
  return entries === undefined ? allowed : { ...allowed, entries };
}

const roleNames: Record<Role, string> = {
  quantity: "数字的名称",
  list: "列表的名称",
  entry: "列表中每一项的数字",
  id: "原因的代号",
  text: "文字",
  number: "个数",
};

function checkWord(
  role: Role,
  { text, at }: Word,
  allowed: AllowedNames & { readonly entries?: ListDefinition },
  use?: { readonly need: Need; readonly keyword: string },
): TemplateFault[] {
  const fault = (message: string) => [{ at, message }];
  switch (role) {
    case "text":
      return [];
    case "number":
      return /^[1-9]\d?$/u.test(text) ? [] : fault(`“${text}”应为 1 到 99 的整数。`);
    case "id":
      return /^[a-z0-9_.*]{1,60}$/u.test(text)
        ? []
        : fault(`原因的代号“${text}”只能用小写字母、数字、点和下划线。`);
    case "list": {
      const { lists } = allowed.names;
      if (allowed.ofEntries === true) return fault("列表的条件里不能再用列表。");
      return lists.has(text)
        ? []
        : fault(`没有名为“${text}”的列表。${suggestion(text, lists.keys())}`);
    }
    case "quantity":
      return quantityFaults(text, allowed, use).flatMap(fault);
    case "entry": {
      const { entries: list } = allowed;
      return list === undefined ? [] : quantityFaults(text, { ...allowed, list }).flatMap(fault);
    }
  }
}

/** What keeps a quantity from being used where it is named. */
function quantityFaults(
  name: string,
  allowed: AllowedNames,
  use?: { readonly need: Need; readonly keyword: string },
): string[] {
  const { quantities } = allowed.names;
  if (name === "本项") {
    const { list } = allowed;
    return list !== undefined && "quantities" in list ? [] : ["“本项”只能写在数字的列表里。"];
  }
  const found = quantities.get(name);
  if (found === undefined) {
    return [`没有名为“${name}”的数字。${suggestion(name, quantities.keys())}`];
  }
  const need = use === undefined ? undefined : needFault(found, use.need);
  if (need !== undefined) return [`“${name}”${need}，不能用于“${use?.keyword ?? ""}”。`];
  // A sum within a sum is refused where it is declared, and not followed.
  const terms = termsOf(found).filter((term) => termsOf(quantities.get(term)).length === 0);
  return [
    ...entryFaults(name, found, allowed),
    ...terms.flatMap((term) => quantityFaults(term, allowed)),
  ];
}

const termsOf = (definition: Definition | undefined): readonly string[] => {
  const { of } = definition ?? {};
  return typeof of === "object" && "sum" in of ? [...of.sum, ...(of.less ?? [])] : [];
};

/** What keeps a quantity of every entry of a list (with `*`) from being used where it is named. */
function entryFaults(name: string, found: Definition, allowed: AllowedNames): string[] {
  const { edition, list } = allowed;
  const { of } = found;
  const places = placesOf(found).filter((one) => one.includes("*"));
  const isOfCode = typeof of !== "string" && "initialBudget" in of && of.initialBudget === "code";
  const isOfGrade = typeof of !== "string" && "count" in of && of.grade === "*";
  if (places.length === 0 && !isOfCode && !isOfGrade) return [];
  if (list === undefined || "quantities" in list) {
    return [`“${name}”是列表中每一项的数字，只能写在它的列表里。`];
  }
  if (isOfCode && !("functionCodes" in list)) {
    return [`“${name}”只能写在支出功能分类的列表里。`];
  }
  const keys = sampleKeys(list, edition);
  if (isOfGrade && !keys.every(isGrade)) return [`“${name}”只能写在优、良、中、差的列表里。`];
  return places.flatMap((one) => placeFault(allowed, one, keys) ?? []);
}

/** Cells and paths that a quantity is taken from. */
export function placesOf({ of, prior }: Definition): string[] {
  return [...ownPlaces(of), ...(prior === undefined ? [] : [prior])];
}

function ownPlaces(of: Definition["of"]): string[] {
  if (typeof of === "string") return [of];
  if ("prior" in of) return [of.prior];
  if ("count" in of) return [of.count];
  if ("mean" in of) return [of.mean];
  return "stated" in of ? [of.stated, of.otherwiseSum.replace("*", "0")] : [];
}

function needFault(definition: Definition, need: Need): string | undefined {
  const { of } = definition;
  switch (need) {
    case "unit":
      return definition.unit === undefined ? "没有计量单位" : undefined;
    case "fact":
      return typeof of === "string" && !of.includes("/") ? undefined : "不是补充数据";
    case "prior":
      return definition.prior !== undefined || (typeof of === "string" && of.includes("/"))
        ? undefined
        : "没有上年数";
  }
}
