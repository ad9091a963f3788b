import type { Random } from "../random.ts";

/** A JSON schema as far as the description of the API uses it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly additionalProperties?: Schema | boolean;
  readonly propertyNames?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
}

/** How often a place gets what its schema does not allow. */
const wrongShare = 0.04;

/** A value of a schema, or with something in it that the schema does not allow. */
export function fuzzed(schema: Schema, random: Random): unknown {
  if (random.chance(wrongShare)) return hostileValue(random);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum !== undefined) return schema.enum[random.below(schema.enum.length)];
  const branches = schema.anyOf ?? schema.oneOf;
  if (branches !== undefined) return fuzzed(branches[random.below(branches.length)] ?? {}, random);
  switch ([schema.type].flat()[0]) {
    case "object":
      return fuzzedObject(schema, random);
    case "array": {
      const length = random.below(Math.min(schema.maxItems ?? 4, 4) + 1);
      return Array.from({ length }, () => fuzzed(schema.items ?? {}, random));
    }
    case "integer":
      return number(schema, random);
    case "number":
      return number(schema, random) + (random.chance(0.5) ? 0.5 : 0);
    case "boolean":
      return random.chance(0.5);
    case "null":
      return null;
    case "string":
      return text(schema, random);
    default:
      return random.chance(0.5) ? {} : hostileValue(random);
  }
}

function fuzzedObject(
  { properties = {}, required = [], additionalProperties, propertyNames }: Schema,
  random: Random,
): Record<string, unknown> {
  const members = Object.entries(properties)
    .filter(([key]) => required.includes(key) !== random.chance(wrongShare) || random.chance(0.3))
    .map(([key, schema]) => [key, fuzzed(schema, random)] as const);
  const open = typeof additionalProperties === "object" ? additionalProperties : undefined;
  const more =
    open === undefined
      ? random.chance(wrongShare)
        ? [[random.pick(keys), 1] as const]
        : []
      : Array.from(
          { length: random.below(4) },
          () => [text(propertyNames ?? {}, random), fuzzed(open, random)] as const,
        );
  return Object.fromEntries([...members, ...more]);
}

const keys = ["__proto__", "constructor", "toString", "hasOwnProperty", "id", "甲", ""] as const;
const numbers = [0, -0, 1, -1, 2, 7, 100, 2022, 2 ** 31, 2 ** 53, -(2 ** 53), 1e21, 1e308] as const;
const texts = [
  ...["", " ", "0", "-1", "null", "undefined", "NaN", "true", "[object Object]", "1e309"],
  ...["甲".repeat(5_000), "a".repeat(200_000), "１２３，４５６.７８", "占1%".repeat(1_000)],
  ...["<script>alert(1)</script>", "'; DROP TABLE reports; --", "${7*7}", "=HYPERLINK(1)"],
  ...[
    "../../etc/passwd",
    "%00",
    "%2e%2e%2f",
    "a/b\\c",
    "\r\nset-cookie: a=b",
    "file:///etc/passwd",
  ],
  ...["甲\u0000乙", "甲\u202e乙", "\ud800", "\ufffe", "e\u0301", "👩‍💻", "\ue000", "𬭩", "İ", "ß"],
  ...["__proto__", "constructor", "2022-02-30", "9999-99-99", "137001", "t01", "t01/total/final"],
  ...["a".repeat(64), "0".repeat(32), "01890000-0000-7000-8000-000000000001", "财决〔2023〕1号"],
] as const;

function number({ minimum, maximum }: Schema, random: Random): number {
  const one = numbers[random.below(numbers.length)] ?? 0;
  if (random.chance(0.3)) return one;
  return Math.trunc(Math.min(Math.max(one, minimum ?? one), maximum ?? one));
}

/** Of the shapes that the API's patterns ask for, so that most texts pass them. */
function text({ pattern = "" }: Schema, random: Random): string {
  const digits = (count: number) => Array.from({ length: count }, () => random.below(10)).join("");
  const hex = (count: number) =>
    Array.from({ length: count }, () => random.below(16).toString(16)).join("");
  if (random.chance(0.8)) {
    const [, exact] = /\{(\d+)\}\$?$/u.exec(pattern) ?? [];
    if (pattern.includes("0-9a-f") && exact !== undefined) return hex(Number(exact));
    if (pattern.includes("\\d{4}-")) return `20${digits(2)}-0${String(1 + random.below(9))}-15`;
    if (pattern.includes("\\d") && exact !== undefined) return digits(Number(exact));
    if (random.chance(0.5)) return random.pick(["请核对合计", "因项目增加", "市教育局", "a.pdf"]);
  }
  return texts[random.below(texts.length)] ?? "";
}

function hostileValue(random: Random): unknown {
  const deep = Array.from({ length: 40 }).reduce<unknown>((inner) => [inner], 1);
  const values = [null, true, -1, 1.5, 1e300, [], {}, [[]], deep, { length: 1e9 }, { toString: 1 }];
  return random.chance(0.5) ? values[random.below(values.length)] : text({}, random);
}

/** An object that members can be set on. */
export const isBlank = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
