import type { LocalItems } from "./local-items.ts";

/**
 * Texts that belong to no section yet, or cannot be stored in one: a half-written comment, a reason in an open
 * dialog, a figure that is no number. Each is kept on this machine by report and place, from the first key on,
 * until it is sent or given up.
 */
export interface KeptTexts {
  readonly get: (report: string, place: string) => string | undefined;
  /** Keeps a text, an empty one too; undefined forgets it. */
  readonly set: (report: string, place: string, text: string | undefined) => void;
  /** Texts of a report whose place begins so, by the rest of the place; the same map until one of them changes. */
  readonly under: (report: string, prefix: string) => ReadonlyMap<string, string>;
  readonly subscribe: (listener: () => void) => () => void;
  /** Some text is in this page's memory alone and is lost when it is closed. */
  readonly isAtRisk: () => boolean;
}

const mark = "/text/";

export function createKeptTexts(items: LocalItems): KeptTexts {
  const listeners = new Set<() => void>();
  const texts = new Map<string, string>();
  const loose = new Set<string>();
  const maps = new Map<string, ReadonlyMap<string, string>>();
  for (const key of items.keys()) {
    const text = key.includes(mark) ? items.read(key) : undefined;
    if (text !== undefined) texts.set(key, text);
  }
  const changed = (key: string, text: string | undefined) => {
    if (text === undefined) texts.delete(key);
    else texts.set(key, text);
    for (const prefix of maps.keys()) if (key.startsWith(prefix)) maps.delete(prefix);
    for (const listener of listeners) listener();
  };
  items.onOtherTab((key, text) => {
    if (key.includes(mark)) changed(key, text);
  });
  return {
    get: (report, place) => texts.get(report + mark + place),
    set: (report, place, text) => {
      const key = report + mark + place;
      if (texts.get(key) === text) return;
      loose.delete(key);
      if (text === undefined) items.clear(key);
      else if (!items.write(key, text)) loose.add(key);
      changed(key, text);
    },
    under: (report, prefix) => {
      const start = report + mark + prefix;
      const known = maps.get(start);
      if (known !== undefined) return known;
      const found = new Map(
        [...texts]
          .filter(([key]) => key.startsWith(start))
          .map(([key, text]) => [key.slice(start.length), text]),
      );
      maps.set(start, found);
      return found;
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    isAtRisk: () => loose.size > 0,
  };
}
