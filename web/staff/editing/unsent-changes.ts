import type { ApiClient } from "../api/client.ts";
import type { Drafts } from "./drafts.ts";
import type { LocalItems } from "./local-items.ts";

/**
 * Reports to the server which sections of a report this browser has not sent, so that a colleague about to
 * submit knows of them. The first key after a save reports at once, for afterwards the connection may be gone.
 * The save itself takes the report back (the server compares the times), so a tab may be closed right after;
 * what was given up or mended is taken back after a pause.
 */

const pauseMs = 10_000;
const retryMs = 30_000;

interface Known {
  /** The last report sent to the server. */
  sent: string;
  busy: boolean;
  callOff: () => void;
}

export function reportUnsentChanges({
  drafts,
  device,
  api,
  schedule = later,
}: {
  readonly drafts: Pick<Drafts, "subscribe" | "editable" | "unsent">;
  readonly device: string;
  readonly api: Pick<ApiClient, "send">;
  readonly schedule?: (work: () => void, delayMs: number) => () => void;
}): void {
  const reports = new Map<string, Known>();
  const unsentOf = (id: string) => {
    const unsent = drafts.unsent(id);
    return {
      sections: unsent.map(({ section }) => section),
      /** Changes with every save: a section typed into again was stored meanwhile. */
      mark: unsent.map(({ section, base }) => `${section}@${base ?? ""}`).join(),
    };
  };
  const report = async (id: string, known: Known): Promise<void> => {
    const { sections, mark } = unsentOf(id);
    if (known.busy || mark === known.sent) return;
    known.busy = true;
    let isDone = false;
    try {
      await api.send("PUT", `/reports/${id}/unsent`, { device, sections }, "unsentResponse");
      known.sent = mark;
      isDone = true;
    } catch {
      // Offline or refused: what is unsent is kept on this machine all the same.
    }
    known.busy = false;
    if (isDone) check(id);
    else known.callOff = schedule(() => void report(id, known), retryMs);
  };
  const check = (id: string) => {
    const known = reports.get(id) ?? { sent: "", busy: false, callOff: () => undefined };
    reports.set(id, known);
    if (known.busy) return;
    known.callOff();
    const { sections, mark } = unsentOf(id);
    if (mark === known.sent) return;
    if (sections.length > 0) void report(id, known);
    else known.callOff = schedule(() => void report(id, known), pauseMs);
  };
  drafts.subscribe(() => {
    for (const id of drafts.editable()) check(id);
  });
}

const later = (work: () => void, delayMs: number) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};

/** 128 random bits, made once and kept; one that cannot be kept lasts as long as the page. */
export function deviceName(items: Pick<LocalItems, "read" | "write">): string {
  const kept = items.read("device");
  if (kept !== undefined) return kept;
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const made = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  items.write("device", made);
  return made;
}
