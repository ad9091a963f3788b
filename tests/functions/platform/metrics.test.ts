import { jiangxi2022 } from "../../examples/editions.ts";
import { describe, expect, it } from "vitest";
import { createEmbeddedMetrics } from "../../../functions/platform/embedded-metrics.ts";
import { createLog } from "../../../functions/platform/log.ts";
import {
  countedErrors,
  measuredFiles,
  measuredStores,
  measuredWork,
} from "../../../functions/platform/measured-ports.ts";
import {
  createMetricsWindow,
  type Measure,
  type Metrics,
} from "../../../functions/platform/metrics.ts";
import { inPlace } from "../../../functions/use-cases/heavy-work.ts";
import { memoryFiles } from "../publish/memory-files.ts";

const minuteMs = 60_000;

describe("the window of the last hour", () => {
  it("says half, 95 in a hundred and the longest, at most a fifth too high", () => {
    const metrics = createMetricsWindow(() => 0);
    for (let ms = 1; ms <= 1000; ms += 1) metrics.record("requestTime", ms);
    const { count, p50, p95, max, last } = metrics.summary("requestTime") ?? {};
    expect({ count, max, last }).toEqual({ count: 1000, max: 1000, last: 1000 });
    expect(p50).toBeGreaterThanOrEqual(500);
    expect(p50).toBeLessThan(500 * 1.2);
    expect(p95).toBeGreaterThanOrEqual(950);
    expect(p95).toBeLessThanOrEqual(1000);
  });

  it("knows nothing of what was never recorded, or longer ago than an hour", () => {
    let nowMs = 0;
    const metrics = createMetricsWindow(() => nowMs);
    expect(metrics.summary("printTime")).toBeUndefined();
    metrics.record("printTime", 9_000);
    nowMs = 54 * minuteMs;
    metrics.record("printTime", 10);
    expect(metrics.summary("printTime")).toMatchObject({ count: 2, max: 9_000 });
    nowMs = 65 * minuteMs;
    expect(metrics.summary("printTime")).toMatchObject({ count: 1, max: 10 });
    nowMs = 500 * minuteMs;
    expect(metrics.summary("printTime")).toBeUndefined();
  });

  it("takes any number there is", () => {
    const metrics = createMetricsWindow(() => 0);
    for (const value of [0, -5, 0.001, 1e12, Number.NaN, Number.POSITIVE_INFINITY]) {
      metrics.record("queueAge", value);
    }
    expect(metrics.summary("queueAge")).toMatchObject({ count: 4, max: 1e12, last: 1e12 });
  });
});

describe("measures of a Lambda", () => {
  interface EmfLine {
    readonly _aws: {
      readonly Timestamp: number;
      readonly CloudWatchMetrics: readonly {
        readonly Namespace: string;
        readonly Dimensions: readonly (readonly string[])[];
        readonly Metrics: readonly { readonly Name: string; readonly Unit: string }[];
      }[];
    };
    readonly [name: string]: unknown;
  }
  function recording() {
    const lines: string[] = [];
    const metrics = createEmbeddedMetrics({
      functionName: "stage-Render",
      nowMs: () => 1_700_000_000_000,
      write: (line) => lines.push(line),
    });
    return { metrics, lines, parsed: () => lines.map((line) => JSON.parse(line) as EmfLine) };
  }

  it("are one line of Embedded Metric Format at the end of an invocation, also of one that fails", async () => {
    const { metrics, parsed } = recording();
    const handler = metrics.measured("printTime", (body: string) => {
      metrics.record("fileReadTime", 1.23456);
      metrics.record("fileReadTime", 2);
      return body === "bad" ? Promise.reject(new Error("no")) : Promise.resolve(body);
    });
    expect(await handler("good")).toBe("good");
    await expect(handler("bad")).rejects.toThrow("no");
    const [line, ...rest] = parsed();
    expect(rest).toHaveLength(1);
    expect(line?._aws).toEqual({
      Timestamp: 1_700_000_000_000,
      CloudWatchMetrics: [
        {
          Namespace: "Juesuan",
          Dimensions: [["FunctionName"]],
          Metrics: [
            { Name: "fileReadTime", Unit: "Milliseconds" },
            { Name: "printTime", Unit: "Milliseconds" },
            { Name: "residentMemory", Unit: "Megabytes" },
            { Name: "heapUsed", Unit: "Megabytes" },
          ],
        },
      ],
    });
    expect(line).toMatchObject({ FunctionName: "stage-Render", fileReadTime: [1.23, 2] });
    expect(line?.["printTime"]).toHaveLength(1);
  });

  it("are never more than the hundred values of a metric that CloudWatch takes in a line", async () => {
    const { metrics, parsed } = recording();
    const read = () => {
      for (let n = 0; n < 250; n += 1) metrics.record("storeReadTime", n);
      return Promise.resolve();
    };
    await metrics.measured("relayTime", read)();
    const values = parsed().map((line) => (line["storeReadTime"] as number[]).length);
    expect(values).toEqual([100, 100, 50]);
  });
});

/** Names in the order in which they were recorded. */
function names() {
  const recorded: Measure[] = [];
  const metrics: Metrics = {
    record(measure, value) {
      expect(value).toBeGreaterThanOrEqual(0);
      recorded.push(measure);
    },
  };
  return { metrics, recorded };
}

describe("what is wrapped to be measured", () => {
  it("does what it did, and is measured as a read or a write, also when it fails", async () => {
    const { metrics, recorded } = names();
    const effects = {
      done: () => Promise.resolve(new Set(["zhou"])),
      markDone: () => Promise.reject(new Error("The disk is full.")),
    };
    const stores = measuredStores({ effects }, metrics);
    expect(await stores.effects.done()).toEqual(new Set(["zhou"]));
    await expect(stores.effects.markDone()).rejects.toThrow("full");
    const files = measuredFiles(memoryFiles(), metrics);
    await files.put("a/b", new Uint8Array([1]), "text/plain");
    expect(await files.get("a/b")).toEqual(new Uint8Array([1]));
    expect(recorded).toEqual(["storeReadTime", "storeWriteTime", "fileWriteTime", "fileReadTime"]);
  });

  it("separates checks from workbooks", async () => {
    const { metrics, recorded } = names();
    const work = measuredWork(inPlace, metrics);
    const bytes = new Uint8Array([1, 2, 3]);
    await work("readWorkbook", { edition: jiangxi2022, bytes }).catch(() => undefined);
    await expect(work("diff", { older: {}, newer: {} } as never)).rejects.toThrow();
    expect(recorded).toEqual(["workbookTime", "checkTime"]);
  });

  it("counts the lines of a log that are errors, those of its children, too", () => {
    const { metrics, recorded } = names();
    const lines: string[] = [];
    const log = countedErrors(
      createLog({ now: () => "2023-09-15T08:00:00.000Z", write: (line) => lines.push(line) }),
      metrics,
    );
    log.info("fine");
    log.error("bad");
    log.with({ door: "api" }).error("worse");
    expect(recorded).toEqual(["errors", "errors"]);
    expect(lines).toHaveLength(3);
    expect(lines[2]).toContain('"door":"api"');
  });
});
