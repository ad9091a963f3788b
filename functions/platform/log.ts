import { currentTrace } from "./trace.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";

/** Fields of a log line: anything; secrets are taken out and errors are written whole. */
type LogFields = Readonly<Record<string, unknown>>;

export type Log = {
  info(message: string, fields?: LogFields): void;
  warn(message: string, fields?: LogFields): void;
  error(message: string, fields?: LogFields): void;
  /** The same log with fields on every line, such as the person of the request. */
  with(fields: LogFields): Log;
};

type Level = "info" | "warn" | "error";

const redacted = "[redacted]";
const secretName =
  /authori[sz]ation|cookie|password|passwd|secret|token|credential|signature|private_?key|api_?key|code_?verifier|ticket$/i;
const maxDepth = 6;
const maxText = 8_000;
/** Of many errors thrown as one. */
const maxErrors = 5;

const secretText: readonly (readonly [pattern: RegExp, replacement: string])[] = [
  [/\b(Bearer|Basic|DPoP)\s+[\w\-.~+/]+=*/gi, `$1 ${redacted}`],
  [/\beyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g, redacted],
  // A presigned address is a key: everything after `?` goes when one parameter signs or admits.
  [
    /\?[^\s"'<>#]*\b(?:X-Amz-[\w-]+|AWSAccessKeyId|Signature|Policy|ticket|access_token|id_token|refresh_token|code(?==[\w-]{20}))=[^\s"'<>#]*/gi,
    `?${redacted}`,
  ],
];

/** The text with bearer tokens, JWTs and the query strings of presigned addresses taken out. */
export function redactText(text: string): string {
  const short = text.length > maxText ? `${text.slice(0, maxText)}… (${text.length})` : text;
  return secretText.reduce((kept, [pattern, by]) => kept.replace(pattern, by), short);
}

function redactValue(value: unknown, depth: number, ancestors: readonly object[]): unknown {
  if (typeof value === "string") return redactText(value);
  if (typeof value === "bigint" || typeof value === "symbol") return value.toString();
  if (typeof value === "function") return `[function ${value.name}]`;
  if (typeof value !== "object" || value === null) return value;
  if (ancestors.includes(value)) return "[circular]";
  if (depth >= maxDepth) return "[deep]";
  const inner = (member: unknown) => redactValue(member, depth + 1, [...ancestors, value]);
  if (value instanceof Error) {
    return {
      name: value.name,
      message: redactText(value.message),
      stack: redactText(value.stack ?? ""),
      ...(value.cause === undefined ? {} : { cause: inner(value.cause) }),
      ...(value instanceof AggregateError
        ? { errors: inner(value.errors.slice(0, maxErrors)) }
        : {}),
    };
  }
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "[no date]" : value.toJSON();
  if (value instanceof Uint8Array) return `[${value.byteLength} bytes]`;
  if (value instanceof Map) return inner(Object.fromEntries(value));
  if (value instanceof Set) return inner([...(value as ReadonlySet<unknown>)]);
  if (Array.isArray(value)) return value.map(inner);
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretName.test(name) && member !== undefined && member !== null ? redacted : inner(member),
    ]),
  );
}

/**
 * Structured log: one JSON object a line, as CloudWatch reads it. Never throws for what it is given,
 * and never writes authorization headers, cookies, tokens, passwords or presigned query strings. A line
 * written on behalf of a request carries its trace.
 */
export function createLog({
  now,
  write,
  fields = {},
}: {
  readonly now: () => string;
  readonly write: (line: string) => void;
  readonly fields?: LogFields;
}): Log {
  const at =
    (level: Level) =>
    (message: string, more: LogFields = {}) => {
      const line = redactValue({ ...fields, ...more }, 0, []);
      const trace = currentTrace();
      write(
        JSON.stringify({
          time: now(),
          level,
          message: redactText(message),
          ...omitUndefined({ trace }),
          ...(line as Record<string, unknown>),
        }),
      );
    };
  return {
    info: at("info"),
    warn: at("warn"),
    error: at("error"),
    with: (more) => createLog({ now, write, fields: { ...fields, ...more } }),
  };
}

/** Where a Lambda's log goes: one line on standard output. */
export const writeToStdout = (line: string): void => void process.stdout.write(`${line}\n`);
