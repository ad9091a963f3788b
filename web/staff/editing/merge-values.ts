import { canonicalJson, type Json } from "../../../shared/canonical-json.ts";

type Value = Json | undefined;

/** A place in a section that both changed differently; the value of an absent member is undefined. */
export interface ValueConflict {
  readonly path: readonly string[];
  readonly mine: Value;
  readonly theirs: Value;
}

/**
 * Three-way merge of sections that are records: members only one of us changed are taken over, lists
 * count as one value, and what both changed differently shows theirs until chosen.
 */
export function mergeValues(
  { base, mine, theirs }: { base: Value; mine: Value; theirs: Value },
  path: readonly string[] = [],
): { merged: Value; conflicts: ValueConflict[] } {
  if (isSame(mine, base) || isSame(mine, theirs)) return { merged: theirs, conflicts: [] };
  if (isSame(theirs, base)) return { merged: mine, conflicts: [] };
  if (!isRecord(mine) || !isRecord(theirs)) {
    return { merged: theirs, conflicts: [{ path, mine, theirs }] };
  }
  const was = isRecord(base) ? base : {};
  const conflicts: ValueConflict[] = [];
  const merged: Record<string, Json> = {};
  for (const key of new Set([...Object.keys(theirs), ...Object.keys(mine)])) {
    const member = mergeValues({ base: was[key], mine: mine[key], theirs: theirs[key] }, [
      ...path,
      key,
    ]);
    if (member.merged !== undefined) merged[key] = member.merged;
    conflicts.push(...member.conflicts);
  }
  return { merged, conflicts };
}

/** The value with one member set, or taken out by `undefined`. */
export function withMember(value: Value, path: readonly string[], member: Value): Value {
  const [key, ...rest] = path;
  if (key === undefined) return member;
  const record = isRecord(value) ? value : {};
  const { [key]: present, ...others } = record;
  const next = withMember(present, rest, member);
  return next === undefined ? others : { ...others, [key]: next };
}

const isRecord = (value: Value): value is { readonly [key: string]: Json | undefined } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isSame = (a: Value, b: Value): boolean =>
  a === undefined || b === undefined ? a === b : canonicalJson(a) === canonicalJson(b);
