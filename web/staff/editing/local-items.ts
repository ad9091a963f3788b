import { isSectionId } from "../../../shared/report/section-ids.ts";

/** What the browser keeps for one person on this machine, shared by all their tabs. */
export interface LocalItems {
  readonly read: (key: string) => string | undefined;
  /** False when the browser keeps nothing more: its store is full, or the window is private. */
  readonly write: (key: string, text: string) => boolean;
  readonly clear: (key: string) => void;
  readonly keys: () => readonly string[];
  /** What another tab of the same person wrote, or cleared (undefined). */
  readonly onOtherTab: (listener: (key: string, text: string | undefined) => void) => void;
}

/** The browser as far as drafts need it; `storage` is absent where it is forbidden. */
export interface Keeping {
  readonly storage:
    | {
        readonly length: number;
        readonly key: (index: number) => string | null;
        readonly getItem: (key: string) => string | null;
        readonly setItem: (key: string, text: string) => void;
        readonly removeItem: (key: string) => void;
      }
    | undefined;
  /** Calls back with what other tabs changed; a null key means everything. */
  readonly onStorage: (
    listener: (change: { readonly key: string | null; readonly newValue: string | null }) => void,
  ) => void;
}

/** Keyed by person: who signs in next on the same machine neither sees nor overwrites anything of them. */
export function personalItems({ storage, onStorage }: Keeping, subject: string): LocalItems {
  const prefix = `${ownPrefix}${encodeURIComponent(subject)}/`;
  const write = (key: string, text: string): boolean => {
    try {
      storage?.setItem(prefix + key, text);
      return storage !== undefined;
    } catch {
      return false;
    }
  };
  const items: LocalItems = {
    read: (key) => storage?.getItem(prefix + key) ?? undefined,
    write,
    clear: (key) => storage?.removeItem(prefix + key),
    keys: () =>
      allKeys(storage)
        .filter((key) => key.startsWith(prefix))
        .map((key) => key.slice(prefix.length)),
    onOtherTab: (listener) =>
      onStorage(({ key, newValue }) => {
        if (key?.startsWith(prefix)) listener(key.slice(prefix.length), newValue ?? undefined);
      }),
  };
  takeOver(storage, items);
  return items;
}

const ownPrefix = "juesuan/of/";

/**
 * Drafts of before they were keyed by person (`juesuan/<report>/<section>`) become those of whoever signs in
 * first: most machines have one user, and a draft that nobody sees would be lost.
 */
function takeOver(storage: Keeping["storage"], items: LocalItems): void {
  for (const old of allKeys(storage)) {
    const [, report, section, ...more] = old.split("/");
    const isDraft = old.startsWith("juesuan/") && isSectionId(section ?? "");
    if (!isDraft || more.length > 0) continue;
    const key = `${report ?? ""}/${section ?? ""}`;
    const text = storage?.getItem(old) ?? undefined;
    if (text === undefined) continue;
    if (items.read(key) === undefined && !items.write(key, text)) continue;
    storage?.removeItem(old);
  }
}

const allKeys = (storage: Keeping["storage"]): string[] =>
  Array.from({ length: storage?.length ?? 0 }, (_, index) => storage?.key(index) ?? "").filter(
    Boolean,
  );
