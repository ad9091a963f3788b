import { useState, useSyncExternalStore } from "react";

/** What is beside the text; where there is no room beside it, what is in its place. */
export type View = "text" | "page" | "details";

/** As in `report.css`: from here on the text and what is beside it have room for both. */
const wide = "(min-width: 1241px)";

/** The text is in sight at any width that has room for it; `shown` is what else is. */
export function useView(first: Exclude<View, "text">) {
  const isWide = useSyncExternalStore(
    (changed) => {
      const query = matchMedia(wide);
      query.addEventListener("change", changed);
      return () => query.removeEventListener("change", changed);
    },
    () => matchMedia(wide).matches,
  );
  const [beside, setBeside] = useState(first);
  const [isAside, setAside] = useState(false);
  return {
    isWide,
    shown: isWide ? beside : isAside ? beside : ("text" as const),
    show: (view: View) => {
      if (view !== "text") setBeside(view);
      setAside(view !== "text");
    },
  };
}
