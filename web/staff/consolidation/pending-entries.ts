import type { ConsolidationView } from "../../../shared/contract/responses.ts";

export type Entry = Pick<ConsolidationView["entries"][number], "cells" | "reason">;

/** Pairs ticked and entries typed since the last 汇总; they wait on this machine for the next one. */
export interface Pending {
  readonly chosen?: readonly string[] | undefined;
  readonly typed?: readonly Entry[] | undefined;
}

/** What this machine kept; anything else than it writes is nothing. */
export function readPending(text: string): Pending {
  if (text === "") return {};
  try {
    const kept: unknown = JSON.parse(text);
    return isPending(kept) ? kept : {};
  } catch {
    return {};
  }
}

const isPending = (kept: unknown): kept is Pending =>
  isObject(kept) &&
  (kept["chosen"] === undefined || isListOf(kept["chosen"], (one) => typeof one === "string")) &&
  (kept["typed"] === undefined || isListOf(kept["typed"], isEntry));

const isEntry = (one: unknown): boolean =>
  isObject(one) &&
  typeof one["reason"] === "string" &&
  isListOf(
    one["cells"],
    (cell) =>
      isObject(cell) && typeof cell["cell"] === "string" && Number.isSafeInteger(cell["fen"]),
  );

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;

const isListOf = (value: unknown, holds: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.every(holds);
