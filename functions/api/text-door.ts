import { createMiddleware } from "hono/factory";
import { isFileContent, textFieldAt } from "../../shared/text/fields.ts";
import {
  firstOffence,
  offenceName,
  placeInText,
  type Lines,
} from "../../shared/text/characters.ts";
import type { ApiEnv } from "./deps.ts";
import { ApiError, notFound } from "./errors.ts";

/** Faults that one answer names; whoever mends these sees the next. */
const mostIssues = 20;

interface Issue {
  readonly path: string;
  readonly message: string;
}

/**
 * The one door for text (docs/adr/0018-one-door-for-text.md): whatever a request says, in its address, its query or
 * its body, holds no character that cannot be read or that makes text read otherwise than it is stored. It is
 * refused with its field and the character named, before any route sees it; nothing is stripped in silence.
 */
export const textDoor = createMiddleware<ApiEnv>(async (c, next) => {
  const issues = [
    ...issuesOf("param", pathOf(c.req.path)),
    ...issuesOf("query", c.req.queries()),
    ...(c.req.method === "GET" || c.req.method === "HEAD" ? [] : bodyIssues(await c.req.text())),
  ];
  const [first] = issues;
  if (first !== undefined) {
    throw new ApiError("invalid_request", first.message, { issues: issues.slice(0, mostIssues) });
  }
  await next();
});

/** The address as its parts are read; one that is not UTF-8 leads nowhere. */
function pathOf(path: string): readonly string[] {
  try {
    return path.split("/").map(decodeURIComponent);
  } catch {
    throw notFound();
  }
}

function bodyIssues(body: string): Issue[] {
  // What is no JSON is refused by the routes, each in its own words.
  const value = parsedJson(body);
  return value === undefined ? [] : issuesOf("json", value);
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

type Target = "param" | "query" | "json";

/** Every fault of a value, its keys and texts alike, in document order. */
function issuesOf(target: Target, root: unknown): Issue[] {
  const issues: Issue[] = [];
  /** Path of the value being visited; one list for all, since a body may have millions of members. */
  const path: (string | number)[] = [];
  const refuse = (text: string, lines?: Lines) => {
    const fault = faultOf(target, path, text, lines);
    if (fault !== undefined) issues.push(fault);
    return fault !== undefined;
  };
  const visitValue = (value: unknown): void => {
    if (issues.length >= mostIssues) return;
    if (typeof value === "string") {
      if (!isFileContent(path)) refuse(value);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    const isList = Array.isArray(value);
    for (const key of Object.keys(value)) {
      if (!isList && refuse(key, "one")) continue;
      path.push(isList ? Number(key) : key);
      visitValue((value as Readonly<Record<string, unknown>>)[key]);
      path.pop();
    }
  };
  visitValue(root);
  return issues;
}

function faultOf(
  target: Target,
  path: readonly (string | number)[],
  text: string,
  lines?: Lines,
): Issue | undefined {
  // Most texts have no offence; the name of the field is looked up only for those that do.
  if (firstOffence(text, "one") === undefined) return undefined;
  const field = textFieldAt(path);
  const offence = firstOffence(text, lines ?? field.lines);
  if (offence === undefined) return undefined;
  const where = field.name === "" ? targetNames[target] : `“${field.name}”`;
  const place = placeInText(text, offence.index);
  return {
    path: [target, ...path].join("."),
    message: `${where}里有不能使用的字符：${place}是 ${offenceName(offence)}。请删去或改写后再提交，没有保存任何内容。`,
  };
}

const targetNames = { param: "地址", query: "查询条件", json: "提交的内容" } as const;
