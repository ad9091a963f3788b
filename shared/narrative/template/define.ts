import type { Phrase } from "../phrase.ts";
import { listNamed, quantityNamed } from "./look-up.ts";
import { fillIn, type List, type Quantity, type Scope } from "./scope.ts";
import type { Option, Word } from "./tree.ts";

/** How operators and predicates are defined: what each takes is stated once, and read, checked and typed from it. */

/**
 * What a word of a template names: a quantity, a list, a quantity of every entry of that list, an id (slot), a text
 * as printed, or a number.
 */
export type Role = "quantity" | "list" | "entry" | "id" | "text" | "number";

type ValueOf<R extends Role> = R extends "quantity"
  ? Quantity
  : R extends "list"
    ? List
    : R extends "number"
      ? number
      : string;

type Takes = { readonly [member: string]: Role };
type Values<T extends Takes> = { readonly [Member in keyof T]: ValueOf<T[Member]> };

/** An option: `keyword=value`, or a keyword alone. */
interface OptionDefinition {
  readonly keyword: string;
  readonly role: Role | "flag";
}
type Options = { readonly [member: string]: OptionDefinition };
type OptionValues<O extends Options> = {
  readonly [Member in keyof O]?: O[Member]["role"] extends infer R
    ? R extends Role
      ? ValueOf<R>
      : true
    : never;
};

/** What a quantity has to have for an operator: last year's figure, a unit, or a path of the facts. */
export type Need = "prior" | "unit" | "fact";

interface Definition {
  readonly keyword: string;
  readonly takes: Takes;
  readonly options?: Options;
  readonly needs?: { readonly [member: string]: Need };
  /** Only inside a list, or only in a list of codes. */
  readonly inside?: "list" | "codes";
}

/** A definition with its types forgotten: what the interpreter and the checker go by. */
interface Defined extends Definition {
  readonly members: readonly (readonly [member: string, role: Role])[];
  readonly optionMembers: readonly (readonly [member: string, option: OptionDefinition])[];
}

const defined = (definition: Definition): Defined => ({
  ...definition,
  members: Object.entries(definition.takes),
  optionMembers: Object.entries(definition.options ?? {}),
});

export interface Operator extends Defined {
  /** Writes text alone, so that a heading or a label may use it. */
  readonly isWord: boolean;
  readonly write: (values: object, scope: Scope) => Phrase;
}

export interface Predicate extends Defined {
  readonly holds: (values: object, scope: Scope) => boolean;
}

// The values handed to `write` and `holds` come from `resolve` by the very `takes` and `options` they are typed by.
export const operator = <const T extends Takes, const O extends Options>(
  definition: Definition & {
    readonly takes: T;
    readonly options?: O;
    readonly write: (values: Values<T> & OptionValues<O>, scope: Scope) => Phrase;
  },
): Operator => ({
  ...defined(definition),
  isWord: false,
  write: (values, scope) => definition.write(values as Values<T> & OptionValues<O>, scope),
});

export const predicate = <const T extends Takes>(
  definition: Definition & {
    readonly takes: T;
    readonly holds: (values: Values<T>, scope: Scope) => boolean;
  },
): Predicate => ({
  ...defined(definition),
  holds: (values, scope) => definition.holds(values as Values<T>, scope),
});

/** A word that prints text, e.g. {年}. */
export const word = (
  keyword: string,
  write: (scope: Scope) => string,
  inside?: Definition["inside"],
): Operator => ({
  ...defined({ keyword, takes: {}, ...(inside === undefined ? {} : { inside }) }),
  isWord: true,
  write: (_, scope) => write(scope),
});

/** Reads the values of a call's words in a scope, by the members of its definition. */
export function valueReader(
  { members, optionMembers }: Operator | Predicate,
  words: readonly Word[],
  given: readonly Option[],
): (scope: Scope) => object {
  const readers: [member: string, read: (scope: Scope) => unknown][] = members.map(
    ([member, role], index) => [member, reader(role, words[index]?.text ?? "")],
  );
  // Flags follow the words that are taken.
  const flags = new Set(words.slice(members.length).map(({ text }) => text));
  for (const [member, { keyword, role }] of optionMembers) {
    if (role === "flag") {
      if (flags.has(keyword)) readers.push([member, () => true]);
      continue;
    }
    const option = given.find(({ key }) => key.text === keyword);
    if (option !== undefined) readers.push([member, reader(role, option.value)]);
  }
  return (scope) => {
    const values: Record<string, unknown> = {};
    for (const [member, read] of readers) values[member] = read(scope);
    return values;
  };
}

function reader(role: Role, text: string): (scope: Scope) => Quantity | List | string | number {
  switch (role) {
    case "quantity":
      return (scope) => quantityNamed(scope, text);
    case "list":
      return (scope) => listNamed(scope, text);
    case "id":
      return (scope) => fillIn(text, scope);
    case "number":
      return () => Number(text);
    case "entry":
    case "text":
      return () => text;
  }
}
