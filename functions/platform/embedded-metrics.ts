import { writeToStdout } from "./log.ts";
import { type Measure, measures, type Metrics, recordMemory, timed } from "./metrics.ts";

/** CloudWatch takes no more values of one metric in a line. */
const mostValues = 100;

export interface EmbeddedMetrics extends Metrics {
  /** The function that is measured: how long it takes, and a line of everything recorded when it ends. */
  measured<Given extends readonly unknown[], Answer>(
    measure: Measure,
    handler: (...given: Given) => Promise<Answer>,
  ): (...given: Given) => Promise<Answer>;
}

/**
 * Measures as CloudWatch reads them out of a Lambda's log (Embedded Metric Format): a line of numbers
 * at the end of each invocation, and no call. The dimension distinguishes functions and stages.
 */
export function createEmbeddedMetrics({
  functionName = process.env["AWS_LAMBDA_FUNCTION_NAME"] ?? "unnamed",
  nowMs = Date.now,
  write = writeToStdout,
}: {
  readonly functionName?: string;
  readonly nowMs?: () => number;
  readonly write?: (line: string) => void;
} = {}): EmbeddedMetrics {
  const values = new Map<Measure, number[]>();

  function flush(): void {
    if (values.size === 0) return;
    const definitions = [...values.keys()].map((name) => ({ Name: name, Unit: measures[name] }));
    const directive = {
      Namespace: "Juesuan",
      Dimensions: [["FunctionName"]],
      Metrics: definitions,
    };
    write(
      JSON.stringify({
        _aws: { Timestamp: nowMs(), CloudWatchMetrics: [directive] },
        FunctionName: functionName,
        ...Object.fromEntries(values),
      }),
    );
    values.clear();
  }

  const metrics: Metrics = {
    record(measure, value) {
      if (!Number.isFinite(value)) return;
      const recorded = values.get(measure) ?? [];
      values.set(measure, recorded);
      recorded.push(Math.round(value * 100) / 100);
      if (recorded.length === mostValues) flush();
    },
  };
  return {
    ...metrics,
    measured:
      (measure, handler) =>
      async (...given) => {
        try {
          return await timed(metrics, measure, () => handler(...given));
        } finally {
          recordMemory(metrics);
          flush();
        }
      },
  };
}
