import { useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { ReportView } from "../../../shared/contract/responses.ts";
import { useKeys } from "../app/use-keys.ts";
import type { ReportPart } from "../report/parts.ts";
import { KeyHelp } from "./key-help.tsx";
import { useNextReport } from "./next-report.ts";

/** The keys of a reviewer on a report; each presses what the mouse would. */
export function ReviewKeys({
  report,
  next,
}: {
  report: ReportView;
  /** The next part that is not ticked as viewed. */
  next: ReportPart | undefined;
}) {
  const [isHelpOpen, setHelpOpen] = useState(false);
  const navigate = useNavigate();
  const others = useNextReport(report);
  const step = (by: 1 | -1) => {
    if (!focusChange(by)) others.step(by);
  };
  useKeys({
    j: () => step(1),
    k: () => step(-1),
    J: () => others.step(1),
    K: () => others.step(-1),
    n: () => {
      if (next === undefined) return;
      void navigate({ to: "/reports/$id/$part", params: { id: report.id, part: next.id } });
    },
    v: pressTick,
    c: remark,
    a: () => press('[data-act="approve"]'),
    r: () => press('[data-act="return"]'),
    "?": () => setHelpOpen(true),
  });
  return (
    <>
      <button type="button" className="link keys" onClick={() => setHelpOpen(true)}>
        快捷键 <kbd>?</kbd>
      </button>
      {isHelpOpen && <KeyHelp of="report" onClose={() => setHelpOpen(false)} />}
    </>
  );
}

const press = (selector: string) => document.querySelector<HTMLElement>(selector)?.click();

/** Goes to the next or previous change in sight; false where the part shows none. */
function focusChange(by: 1 | -1): boolean {
  const changes = [...document.querySelectorAll<HTMLElement>("[data-change]")];
  if (changes.length === 0) return false;
  const at = changes.findIndex((one) => one === document.activeElement);
  const other = at < 0 ? changes[by > 0 ? 0 : changes.length - 1] : changes[at + by];
  other?.focus();
  other?.scrollIntoView({ block: "center" });
  return true;
}

/** The tick of the group of changes that has the focus, or of the part in sight. */
function pressTick(): void {
  const group = document.activeElement?.closest("section.panel");
  const tick = group?.querySelector<HTMLElement>(".tick input") ?? undefined;
  (tick ?? document.querySelector<HTMLElement>(".review-bar .tick input"))?.click();
}

/** Frames that the box for a remark may take to appear once its cell was opened. */
const framesAwaited = 120;

/** Goes to the box for a remark: of a change in focus first to its cell or sentence. */
function remark(): void {
  const { activeElement } = document;
  const change = activeElement?.closest<HTMLElement>("[data-change]");
  (change instanceof HTMLAnchorElement ? change : change?.querySelector("a"))?.click();
  const focus = (frames: number) => {
    const box = document.querySelector<HTMLElement>(".new-thread textarea");
    if (box !== null) box.focus();
    else if (frames > 0) requestAnimationFrame(() => focus(frames - 1));
  };
  requestAnimationFrame(() => focus(framesAwaited));
}
