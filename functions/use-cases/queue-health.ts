import type { QueueStatus } from "../storage/ports.ts";

/** Longer than any outage that passes by itself. */
const stuckAfterMs = 30 * 60_000;

/** Whether a queue needs an operator: something in it is dead, or has waited too long. */
export const isQueueFailing = ({ dead, oldestWaitingMs }: QueueStatus): boolean =>
  dead > 0 || oldestWaitingMs >= stuckAfterMs;
