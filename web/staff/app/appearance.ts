import { useSyncExternalStore } from "react";

/** Light or dark: as the system has it, until the person chooses on this machine. */
export type Appearance = "light" | "dark";

const key = "juesuan/appearance";
const prefersDark = matchMedia("(prefers-color-scheme: dark)");
const listeners = new Set<() => void>();
/** Where the browser keeps nothing, the choice holds for this page. */
let chosen = kept();

function kept(): Appearance | undefined {
  try {
    const value = localStorage.getItem(key);
    return value === "light" || value === "dark" ? value : undefined;
  } catch {
    return undefined;
  }
}

const appearance = (): Appearance => chosen ?? (prefersDark.matches ? "dark" : "light");

function apply(): void {
  document.documentElement.dataset["appearance"] = appearance();
  for (const listener of listeners) listener();
}

export function chooseAppearance(next: Appearance): void {
  chosen = next;
  try {
    localStorage.setItem(key, next);
  } catch {
    // Kept for this page alone.
  }
  apply();
}

/** From the first paint on; another tab's choice is this one's, too. */
export function followAppearance(): void {
  prefersDark.addEventListener("change", apply);
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    chosen = kept();
    apply();
  });
  apply();
}

export const useAppearance = (): Appearance =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, appearance);
