import type { SectionId } from "../../shared/report/section-ids.ts";
import type { Actor } from "../../shared/workflow/report-state.ts";
import { transitions } from "../../shared/workflow/transitions.ts";
import type { UnsentDevice, UnsentNote } from "../../shared/report/unsent-changes.ts";
import type { ReportHead, UnsentStore } from "../storage/ports.ts";

/**
 * Unsent changes (未保存的修改): a browser reports that a person has typed what was not sent yet, and
 * reports again when all of it is. Whoever is about to submit reads it, so that nobody hands a report in
 * without what a colleague has typed elsewhere. Reported, not enforced: it warns and blocks nothing.
 */

/** The report of a browser that never came back is dropped after a week. */
const lastsMs = 7 * 24 * 60 * 60 * 1000;
/** More browsers than one person works at; the oldest report gives way. */
const maxDevices = 5;
/** Two browsers of one person may write at once; more often than this they do not meet. */
const maxAttempts = 5;

interface UnsentDeps {
  readonly unsent: UnsentStore;
  readonly now: () => string;
}

/** Those who may type into the report at all, whatever its status now. */
export const mayHaveUnsent = ({ roles }: Actor): boolean =>
  transitions.edit.by.some((role) => roles.includes(role));

/** Stores which sections a person's browser has not sent; none takes its report away. */
export async function reportUnsent(
  { unsent, now }: UnsentDeps,
  reportId: string,
  { device, sections }: { readonly device: string; readonly sections: readonly SectionId[] },
  { id: subject, name }: Pick<Actor, "id" | "name">,
): Promise<"stored" | "given_up"> {
  const at = now();
  for (let attempt = 1; attempt <= maxAttempts; attempt += 1) {
    const stored = await unsent.load(reportId, subject);
    const others = (stored?.devices ?? []).filter(
      (other) => other.device !== device && isCurrent(other, at),
    );
    const devices = [
      ...others.slice(-(maxDevices - 1)),
      ...(sections.length === 0 ? [] : [{ device, sections: [...new Set(sections)], at }]),
    ];
    if (stored === undefined && devices.length === 0) return "stored";
    const version = stored?.version ?? 0;
    const written = await unsent.put({ reportId, subject, name, devices, version });
    if (written.ok) return "stored";
  }
  return "given_up";
}

/**
 * What people have typed into a report and not sent, latest first. Left out is what ran out, and a section the
 * person has saved since: a browser reports a section again when something is typed after a save.
 */
export async function unsentChanges(
  { unsent, now }: UnsentDeps,
  { id, sections: stored }: Pick<ReportHead, "id" | "sections">,
): Promise<readonly (UnsentDevice & Pick<UnsentNote, "subject" | "name">)[]> {
  const at = now();
  return (await unsent.list(id))
    .flatMap(({ subject, name, devices }) =>
      devices
        .filter((device) => isCurrent(device, at))
        .map((device) => ({
          ...{ subject, name, ...device },
          sections: device.sections.filter((section) => {
            const pointer = stored[section];
            return pointer?.by !== subject || pointer.at <= device.at;
          }),
        })),
    )
    .filter(({ sections }) => sections.length > 0)
    .sort((one, other) => (one.at < other.at ? 1 : -1));
}

const isCurrent = ({ at }: UnsentDevice, now: string): boolean =>
  Date.parse(now) - Date.parse(at) < lastsMs;
