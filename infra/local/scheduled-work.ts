import type { Log } from "../../functions/platform/log.ts";
import { sweep } from "../../functions/relay/relay.ts";
import type { FileStore } from "../../functions/storage/ports.ts";
import { isQueueFailing } from "../../functions/use-cases/queue-health.ts";
import { clearAbandonedUploads } from "../../functions/use-cases/uploads.ts";
import type { BackgroundWork } from "./background-work.ts";

/** What AWS calls on a schedule, at start and from then on; answers how to end it. */
export function startScheduledWork(
  { relay, handOverDead, remind, plan, queues }: BackgroundWork,
  {
    files,
    regions,
    now,
    log,
  }: {
    readonly files: FileStore;
    readonly regions: readonly string[];
    readonly now: () => string;
    readonly log: Log;
  },
): () => void {
  relay(sweep);
  // Dead letters of earlier runs, too: reports that wait in vain are shown as failed from now on.
  relay(handOverDead);
  // Mails and plans are made once a day whatever is called, so calling hourly is as good as a schedule.
  const runDailyWork = (how: { readonly sweep?: true } = {}) => {
    relay(remind);
    relay(() => clearAbandonedUploads({ files, now }));
    for (const code of regions) relay(() => plan(code, how));
  };
  // After a crash the operator wants to know at once what was lost.
  runDailyWork({ sweep: true });
  const reportQueues = queueReport(queues, log);
  const timers = [
    // What a failed relay left behind is taken up without a new start.
    setInterval(() => {
      relay(sweep);
      relay(handOverDead);
      // `npm run redrive` sends messages back through the folders.
      relay(() => Promise.all(queues.map((one) => one.takeIn())));
      reportQueues();
    }, 60_000),
    setInterval(() => runDailyWork(), 3_600_000),
  ];
  return () => {
    for (const timer of timers) clearInterval(timer);
  };
}

/** Logs queues that need an operator, once for the same ones. */
function queueReport(queues: BackgroundWork["queues"], log: Log): () => void {
  let reported = "";
  return () => {
    const failing = queues.map((one) => one.status()).filter(isQueueFailing);
    const found = failing.map(({ name, dead }) => `${name} ${String(dead)}`).join();
    if (found !== reported && failing.length > 0) {
      log.error("Queues need an operator: see `npm run redrive`.", { queues: failing });
    }
    reported = found;
  };
}
