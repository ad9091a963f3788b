import { canonicalJson } from "../canonical-json.ts";
import { omit } from "../omit.ts";
import {
  asJson,
  entriesOf,
  isJsonObject,
  isKeyedList,
  type EditionChanges,
  type Json,
  type JsonObject,
} from "./derive.ts";
import type { EditionData } from "./edition-data.ts";

/** What `derive` needs to make an edition of the base: no more than differs. */
export function changesBetween(base: EditionData, edition: EditionData): EditionChanges {
  const { id, name, year } = edition;
  const changes = changedMembers(asJson(omit(base, "sources")), asJson(edition));
  delete changes["base"];
  return { ...changes, id, name, year };
}

function changedMembers(old: JsonObject, current: JsonObject): { [member: string]: Json } {
  const changes: { [member: string]: Json } = {};
  for (const [member, value] of Object.entries(current)) {
    const change = changeOf(member, old[member], value);
    if (change !== undefined) changes[member] = change;
  }
  for (const member of Object.keys(old)) {
    if (!(member in current)) changes[member] = null;
  }
  return changes;
}

/** undefined where nothing differs. */
function changeOf(member: string, old: Json | undefined, current: Json): Json | undefined {
  if (isKeyedList(member, old) && isKeyedList(member, current)) {
    return changeOfList(entriesOf(member, old), entriesOf(member, current));
  }
  if (isJsonObject(old) && isJsonObject(current)) {
    const changes = changedMembers(old, current);
    return Object.keys(changes).length === 0 ? undefined : changes;
  }
  return old !== undefined && canonicalJson(old) === canonicalJson(current) ? undefined : current;
}

function changeOfList(
  old: ReadonlyMap<string, Json>,
  current: ReadonlyMap<string, Json>,
): Json | undefined {
  const changes = changedMembers(Object.fromEntries(old), Object.fromEntries(current));
  const kept = [...old.keys()].filter((name) => current.has(name));
  // In the order in which an object keeps them: names that are numbers come first.
  const added = Object.keys(changes).filter((name) => !old.has(name));
  const order = [...current.keys()];
  const isOrdered = order.join("\n") === [...kept, ...added].join("\n");
  if (isOrdered && Object.keys(changes).length === 0) return undefined;
  return isOrdered ? changes : { ...changes, $order: order };
}
