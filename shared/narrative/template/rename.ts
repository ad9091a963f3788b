import type {
  ChapterTemplate,
  ListDefinition,
  ParagraphTemplate,
  QuantityDefinition,
  Sentences,
  SentenceTemplate,
} from "../../forms/sentences-schema.ts";
import type { Operator, Predicate, Role } from "./define.ts";
import { operators } from "./operators/all.ts";
import { predicates } from "./predicates.ts";
import { definitionOf } from "./quantities.ts";
import { isList } from "../../read-only.ts";

/** What a name of an edition's sentences is of: a quantity (数字) and a list (列表) may be called the same. */
export type NameKind = "quantities" | "lists";

interface Renaming {
  readonly kind: NameKind;
  readonly from: string;
  readonly to: string;
}

/**
 * The sentences with another name of a quantity or list wherever it is used. Nothing else is printed than before: a
 * quantity that was called by its name keeps it as its label.
 */
export function renamed(sentences: Sentences, renaming: Renaming): Sentences {
  const { kind, from, to } = renaming;
  const name = (of: NameKind) => (text: string) => (of === kind && text === from ? to : text);
  const template = templateRenaming(renaming);
  const condition = conditionRenaming(renaming);
  const sentence = ({ when, text, ...rest }: SentenceTemplate): SentenceTemplate => ({
    ...rest,
    ...(when === undefined ? {} : { when: onLines(when, condition) }),
    text: onLines(text, template),
  });
  const paragraph = (old: ParagraphTemplate): ParagraphTemplate => {
    if ("ownChapters" in old) return old;
    if ("subheading" in old) return { ...old, subheading: template(old.subheading) };
    const { each, when, label, sentences: all } = old;
    return {
      ...(each === undefined ? {} : { each: name("lists")(each) }),
      ...(when === undefined ? {} : { when: onLines(when, condition) }),
      ...(label === undefined ? {} : { label: template(label) }),
      sentences: all.map((one) => ("pattern" in one ? one : sentence(one))),
    };
  };
  const chapter = ({ heading, paragraphs, ...rest }: ChapterTemplate): ChapterTemplate => ({
    ...rest,
    heading: template(heading),
    paragraphs: paragraphs.map(paragraph),
  });
  const { quantities, lists, patterns, overview, narrative } = sentences;
  return {
    quantities: renamedMembers(quantities, name("quantities"), (one, old) =>
      renamedQuantity(one, old, renaming),
    ),
    lists: renamedMembers(lists, name("lists"), (one) => renamedList(one, renaming)),
    ...(patterns === undefined
      ? {}
      : {
          patterns: renamedMembers(
            patterns,
            (key) => key,
            ({ list, sentences: all }) => ({
              list: name("lists")(list),
              sentences: all.map(sentence),
            }),
          ),
        }),
    overview: overview.map(chapter),
    narrative: narrative.map(chapter),
  };
}

/** Ids of the sentences, and headings, lists and quantities, that use a name: nothing of it may be left when it is removed. */
export function usesOf(sentences: Sentences, kind: NameKind, from: string): number {
  const without = renamed(sentences, { kind, from, to: unused });
  return JSON.stringify(without).split(unused).length - 1 - (from in sentences[kind] ? 1 : 0);
}

/** No name may hold a blank, so none is called this. */
const unused = " unused ";

function renamedMembers<Member>(
  members: Readonly<Record<string, Member>>,
  name: (name: string) => string,
  change: (member: Member, old: string) => Member,
): Record<string, Member> {
  return Object.fromEntries(
    Object.entries(members).map(([key, member]) => [name(key), change(member, key)]),
  );
}

function renamedQuantity(
  quantity: QuantityDefinition,
  name: string,
  { kind, from, to }: Renaming,
): QuantityDefinition {
  if (kind !== "quantities") return quantity;
  const definition = definitionOf(quantity);
  const { of, label } = definition;
  const terms = (names: readonly string[]) => names.map((one) => (one === from ? to : one));
  const isSum = typeof of !== "string" && "sum" in of;
  if (!isSum && name !== from) return quantity;
  const { sum, less } = isSum ? of : { sum: [], less: undefined };
  return {
    ...definition,
    ...(isSum ? { of: { sum: terms(sum), ...(less && { less: terms(less) }) } } : {}),
    ...(name === from && label === undefined ? { label: from } : {}),
  };
}

function renamedList(list: ListDefinition, renaming: Renaming): ListDefinition {
  const { kind, from, to } = renaming;
  const when =
    list.when === undefined ? {} : { when: onLines(list.when, conditionRenaming(renaming)) };
  const whole = { ...list, ...when };
  if (kind !== "quantities" || !("quantities" in whole)) return whole;
  const { quantities } = whole;
  return {
    ...whole,
    quantities: isList(quantities)
      ? quantities.map((one) => (one === from ? to : one))
      : renamedMembers(
          quantities,
          (one) => (one === from ? to : one),
          (one) => one,
        ),
  };
}

type Template = SentenceTemplate["text"];

/** A tag may reach from one line to the next. */
const onLines = (template: Template, change: (text: string) => string): Template =>
  typeof template === "string" ? change(template) : change(template.join("\n")).split("\n");

const templateRenaming =
  (renaming: Renaming) =>
  (text: string): string =>
    text.replace(
      /\{([^{}]*)\}/gu,
      (_, content: string) => `{${inWords(content, rolesOfTag, renaming)}}`,
    );

const conditionRenaming =
  (renaming: Renaming) =>
  (text: string): string =>
    inWords(text, rolesOfCondition, renaming);

/** What each word names: its role alone, or that of the value of `keyword=value`. */
type WordRole = Role | undefined;

/** Words renamed where their role is that of the name; blanks and line breaks stay as they are. */
function inWords(
  text: string,
  rolesOf: (words: readonly string[]) => readonly WordRole[],
  { kind, from, to }: Renaming,
): string {
  const roles = rolesOf(text.match(/\S+/gu) ?? []);
  let index = -1;
  return text.replace(/\S+/gu, (word) => {
    index += 1;
    const role = roles[index];
    const named =
      role === "list"
        ? "lists"
        : role === "quantity" || role === "entry"
          ? "quantities"
          : undefined;
    if (named !== kind) return word;
    if (word === from) return to;
    const [key = "", ...value] = word.split("=");
    return value.length > 0 && value.join("=") === from ? `${key}=${to}` : word;
  });
}

function rolesOfTag([keyword = "", ...words]: readonly string[]): readonly WordRole[] {
  if (keyword === "若" || keyword === "否则若") return [undefined, ...rolesOfCondition(words)];
  if (keyword === "逐") return [undefined, "list"];
  const operator = operators.get(keyword);
  return operator === undefined ? [] : [undefined, ...rolesOfUse(operator, words)];
}

function rolesOfUse(
  { members, optionMembers }: Operator | Predicate,
  words: readonly string[],
): readonly WordRole[] {
  let taken = 0;
  return words.map((word) => {
    if (!word.includes("=")) return members[taken++]?.[1];
    const [key] = word.split("=");
    const option = optionMembers.find(([, one]) => one.keyword === key)?.[1];
    return option === undefined || option.role === "flag" ? undefined : option.role;
  });
}

function rolesOfCondition(words: readonly string[]): readonly WordRole[] {
  let predicate: Predicate | undefined;
  let isBegun = false;
  let taken = 0;
  return words.map((word) => {
    if (word === "且" || word === "或") {
      isBegun = false;
      return undefined;
    }
    if (!isBegun) {
      if (word === "并非") return undefined;
      isBegun = true;
      taken = 0;
      predicate = predicates.get(word);
      return undefined;
    }
    return predicate?.members[taken++]?.[1];
  });
}
