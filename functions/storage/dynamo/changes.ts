import type { UpdateCommandInput } from "@aws-sdk/lib-dynamodb";

interface Changes {
  /** New values by path, e.g. `#sections.#t01`; every name is written with its `#`. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Values set only where the path has none. */
  readonly setOnce?: Readonly<Record<string, unknown>>;
  /** Path of a number to count up by one. */
  readonly count?: string;
  /** Path that gets the same number as `count`. */
  readonly countedAt?: string;
  /** Members to add to the end of lists, by path. */
  readonly append?: Readonly<Record<string, readonly unknown[]>>;
  readonly remove?: readonly string[];
  /** Members to add to sets at the top of the item, by name; a set not there yet is made. */
  readonly add?: Readonly<Record<string, ReadonlySet<string>>>;
  readonly onlyIf: string;
  /** Values `onlyIf` names. */
  readonly given: Readonly<Record<string, unknown>>;
  /** Placeholders whose name is not the word after the `#`, e.g. a key with odd characters. */
  readonly named?: Readonly<Record<string, string>>;
}

/** One conditional update as DynamoDB words it. Names all go by placeholder: many are reserved words. */
export function changes({
  set = {},
  setOnce = {},
  count,
  countedAt,
  append = {},
  remove = [],
  add = {},
  onlyIf,
  given,
  named = {},
}: Changes): Pick<
  UpdateCommandInput,
  | "UpdateExpression"
  | "ConditionExpression"
  | "ExpressionAttributeNames"
  | "ExpressionAttributeValues"
> {
  const values: Record<string, unknown> = { ...given };
  const placed = (value: unknown): string => {
    const name = `:v${Object.keys(values).length}`;
    values[name] = value;
    return name;
  };
  const sets = [
    ...Object.entries(set).map(([path, value]) => `${path} = ${placed(value)}`),
    ...Object.entries(setOnce).map(
      ([path, value]) => `${path} = if_not_exists(${path}, ${placed(value)})`,
    ),
    ...Object.entries(append).map(
      ([path, members]) => `${path} = list_append(${path}, ${placed(members)})`,
    ),
    ...(count === undefined
      ? []
      : [count, ...(countedAt === undefined ? [] : [countedAt])].map(
          (path) => `${path} = ${count} + ${placed(1)}`,
        )),
  ];
  const update = [
    ...(sets.length === 0 ? [] : [`SET ${sets.join(", ")}`]),
    ...(remove.length === 0 ? [] : [`REMOVE ${remove.join(", ")}`]),
    ...Object.entries(add).map(([name, members]) => `ADD ${name} ${placed(members)}`),
  ].join(" ");
  const names = `${update} ${onlyIf}`.match(/#\w+/g) ?? [];
  return {
    UpdateExpression: update,
    ConditionExpression: onlyIf,
    ExpressionAttributeNames: {
      ...Object.fromEntries(names.map((name) => [name, name.slice(1)])),
      ...named,
    },
    ...(Object.keys(values).length === 0 ? {} : { ExpressionAttributeValues: values }),
  };
}
