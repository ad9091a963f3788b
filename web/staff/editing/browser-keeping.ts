import type { Keeping } from "./local-items.ts";

/** The browser's own store. */
export function browserKeeping(): Keeping {
  return {
    storage: storageIfAllowed(),
    onStorage: (listener) => addEventListener("storage", listener),
  };
}

function storageIfAllowed(): Storage | undefined {
  try {
    return localStorage;
  } catch {
    return undefined; // Reading the property throws where the browser forbids it.
  }
}
