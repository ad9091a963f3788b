import { useState } from "react";
import { useKeys } from "../app/use-keys.ts";
import { lazyPart } from "../app/lazy-part.tsx";

const KeyHelp = lazyPart(async () => (await import("../review/key-help.tsx")).KeyHelp, "dialog");

/** The keys of a worklist: from report to report, and Enter opens the one in focus. */
export function WorklistKeys() {
  const [isHelpOpen, setHelpOpen] = useState(false);
  useKeys({
    j: () => focusReport(1),
    k: () => focusReport(-1),
    "?": () => setHelpOpen(true),
  });
  return isHelpOpen && <KeyHelp of="worklist" onClose={() => setHelpOpen(false)} />;
}

function focusReport(by: 1 | -1): void {
  const links = [...document.querySelectorAll<HTMLElement>(".worklist tbody a")];
  const at = links.findIndex((one) => one === document.activeElement);
  const other = at < 0 ? links[by > 0 ? 0 : links.length - 1] : links[at + by];
  other?.focus();
  other?.scrollIntoView({ block: "nearest" });
}
