import type { ReminderMessage } from "../../shared/contract/messages.ts";
import type { MailCounts } from "../platform/mail/send-once.ts";
import { pagesOf } from "../storage/pages.ts";
import type { ProgressStore, RegistryStore } from "../storage/ports.ts";
import { notifyPeople, type PeopleDeps } from "../use-cases/notify-people.ts";
import { lettersOf, stillDue } from "../use-cases/remind-by-hand.ts";

export interface ReminderDeps extends PeopleDeps {
  readonly registry: Pick<RegistryStore, "view" | "events">;
  readonly progress: Pick<ProgressStore, "under">;
  readonly staffUrl: string;
}

/** Tells those whom an administrator reminded (催办); the same reminder delivered twice is mailed once. */
export async function sendReminder(
  deps: ReminderDeps,
  { region, seq }: ReminderMessage,
): Promise<MailCounts> {
  const event = await reminderAt(deps, region, seq);
  const year = await (await deps.registry.view(region)).year(event.year);
  if (year === undefined) throw new Error(`The year of reminder ${String(seq)} is not there.`);
  const { byName } = event;
  const nodes = await stillDue(deps, year, event.nodes);
  const letters = lettersOf(nodes, { byName, now: deps.now(), staffUrl: deps.staffUrl });
  const occasion = `${region}.registry.${String(seq)}.remind`;
  return notifyPeople(
    deps,
    { region, at: event.at },
    letters.map((letter) => ({ occasion, ...letter })),
  );
}

async function reminderAt({ registry }: ReminderDeps, region: string, seq: number) {
  for await (const { items } of pagesOf((page) => registry.events(region, page), 50)) {
    const found = items.find((one) => one.seq === seq);
    if (found?.event.type === "reminded") return found.event;
    if (items.some((one) => one.seq <= seq)) break;
  }
  throw new Error(`No reminder ${String(seq)} in ${region}.`);
}
