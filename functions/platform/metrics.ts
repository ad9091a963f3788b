/** Everything that is measured, with its unit as CloudWatch names it (docs/adr/0027). */
export const measures = {
  /** From a request to its answer. */
  requestTime: "Milliseconds",
  relayTime: "Milliseconds",
  printTime: "Milliseconds",
  publishTime: "Milliseconds",
  letterTime: "Milliseconds",
  deadLetterTime: "Milliseconds",
  remindTime: "Milliseconds",
  /** Findings, comparisons and the judgement of reasons. */
  checkTime: "Milliseconds",
  workbookTime: "Milliseconds",
  storeReadTime: "Milliseconds",
  storeWriteTime: "Milliseconds",
  fileReadTime: "Milliseconds",
  fileWriteTime: "Milliseconds",
  /** How long others wait for the one thread. */
  eventLoopDelay: "Milliseconds",
  /** Age of the oldest message that waits in any queue. */
  queueAge: "Milliseconds",
  deadLetters: "Count",
  /** Lines logged as errors. */
  errors: "Count",
  residentMemory: "Megabytes",
  heapUsed: "Megabytes",
} as const;

export type Measure = keyof typeof measures;

export interface Metrics {
  /** Never throws, and keeps nothing but the number. */
  record(measure: Measure, value: number): void;
}

export interface Summary {
  readonly count: number;
  /** Of half, and of 95 in a hundred: the upper edge of a bucket, at most a fifth too high. */
  readonly p50: number;
  readonly p95: number;
  readonly max: number;
  /** The latest. */
  readonly last: number;
}

export interface MetricsWindow extends Metrics {
  /** What was recorded within the last hour, or undefined. */
  summary(measure: Measure): Summary | undefined;
}

const slotMs = 5 * 60_000;
const slots = 12;
const buckets = 128;
/** Four buckets double: the last one begins at 3.6 billion. */
const bucketsADoubling = 4;

interface Slot {
  /** Five-minute steps since 1970. */
  readonly step: number;
  readonly counts: Uint32Array;
  max: number;
}

/** The last hour of every measure in buckets: as much memory after a million records as after one. */
export function createMetricsWindow(nowMs: () => number): MetricsWindow {
  const kept = new Map<Measure, { readonly slots: Slot[]; last: number }>();
  const stepNow = () => Math.floor(nowMs() / slotMs);
  return {
    record(measure, value) {
      if (!Number.isFinite(value)) return;
      const step = stepNow();
      const found = kept.get(measure) ?? { slots: [], last: value };
      kept.set(measure, found);
      found.last = value;
      const at = step % slots;
      let slot = found.slots[at];
      if (slot?.step !== step) {
        slot = { step, counts: new Uint32Array(buckets), max: value };
        found.slots[at] = slot;
      }
      const bucket = bucketOf(value);
      slot.counts[bucket] = (slot.counts[bucket] ?? 0) + 1;
      slot.max = Math.max(slot.max, value);
    },

    summary(measure) {
      const found = kept.get(measure);
      const oldest = stepNow() - slots;
      // A window that was never full has holes, which `filter` leaves out.
      const recent = found?.slots.filter(({ step }) => step > oldest) ?? [];
      if (found === undefined || recent.length === 0) return undefined;
      const counts = Array.from({ length: buckets }, (_, bucket) =>
        recent.reduce((sum, slot) => sum + (slot.counts[bucket] ?? 0), 0),
      );
      const count = counts.reduce((sum, one) => sum + one, 0);
      const max = Math.max(...recent.map((slot) => slot.max));
      const edge = (share: number): number => {
        let left = Math.ceil(count * share);
        const bucket = counts.findIndex((one) => (left -= one) <= 0);
        return Math.min(max, upperEdge(bucket));
      };
      return { count, p50: edge(0.5), p95: edge(0.95), max, last: found.last };
    },
  };
}

const bucketOf = (value: number): number =>
  value <= 1 ? 0 : Math.min(buckets - 1, Math.ceil(Math.log2(value) * bucketsADoubling));
const upperEdge = (bucket: number): number => 2 ** (bucket / bucketsADoubling);

/** Records how long work takes, also when it fails. */
export async function timed<T>(
  metrics: Metrics,
  measure: Measure,
  work: () => Promise<T>,
): Promise<T> {
  const started = performance.now();
  try {
    return await work();
  } finally {
    metrics.record(measure, performance.now() - started);
  }
}

export function recordMemory(metrics: Metrics): void {
  const { rss, heapUsed } = process.memoryUsage();
  metrics.record("residentMemory", rss / bytesAMegabyte);
  metrics.record("heapUsed", heapUsed / bytesAMegabyte);
}

const bytesAMegabyte = 1024 * 1024;
