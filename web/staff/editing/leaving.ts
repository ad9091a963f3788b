import type { Drafts } from "./drafts.ts";

/**
 * Whoever leaves a part, hides the tab or closes the window leaves nothing behind: open fields are taken over,
 * kept on this machine and sent. The browser asks before closing only when something could not be kept.
 */
export function sendOnLeaving(
  drafts: Drafts,
  onNavigation: (listener: () => void) => unknown,
): void {
  onNavigation(drafts.leave);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") drafts.leave();
  });
  addEventListener("pagehide", drafts.leave);
  addEventListener("beforeunload", (event) => {
    drafts.commitEditors();
    if (drafts.isAtRisk()) event.preventDefault();
  });
}
