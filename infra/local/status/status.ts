import type { IncomingMessage, ServerResponse } from "node:http";
import { monitorEventLoopDelay } from "node:perf_hooks";
import {
  type Measure,
  measures,
  type MetricsWindow,
  recordMemory,
  type Summary,
} from "../../../functions/platform/metrics.ts";
import type { QueueStatus } from "../../../functions/storage/ports.ts";
import { isOperator } from "./operator.ts";
import { statusPage } from "./status-page.ts";

/** What the operator of a local host sees: numbers and names of ours, nothing of a report or a person. */
export interface StatusReport {
  readonly at: string;
  readonly since: string;
  readonly canWrite: boolean;
  readonly queues: readonly QueueStatus[];
  /** Of the last hour, or since the start; what was not measured yet is left out. */
  readonly measured: { readonly [Name in Measure]?: Summary };
}

interface Status {
  /** Answers the operator's page; false, and nothing is answered, to everybody and everything else. */
  readonly answer: (request: IncomingMessage, response: ServerResponse) => Promise<boolean>;
  readonly close: () => void;
}

const sampleMs = 10_000;
/** The delay's own timer; what it measures is counted from there. */
const resolutionMs = 20;

export function openStatus({
  metrics,
  queues,
  canWrite,
  now,
}: {
  readonly metrics: MetricsWindow;
  readonly queues: () => readonly QueueStatus[];
  readonly canWrite: () => Promise<boolean>;
  readonly now: () => string;
}): Status {
  const since = now();
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  delay.enable();
  const sample = () => {
    recordMemory(metrics);
    metrics.record("eventLoopDelay", Math.max(0, delay.max / 1e6 - resolutionMs));
    delay.reset();
    const current = queues();
    metrics.record("queueAge", Math.max(0, ...current.map((one) => one.oldestWaitingMs)));
    metrics.record(
      "deadLetters",
      current.reduce((sum, { dead }) => sum + dead, 0),
    );
  };
  sample();
  const timer = setInterval(sample, sampleMs);

  const report = async (): Promise<StatusReport> => ({
    ...{ at: now(), since, canWrite: await canWrite(), queues: queues() },
    measured: Object.fromEntries(
      (Object.keys(measures) as Measure[]).flatMap((name) => {
        const summary = metrics.summary(name);
        return summary === undefined ? [] : [[name, summary]];
      }),
    ),
  });

  return {
    async answer(request, response) {
      const path = (request.url ?? "/").split("?")[0];
      if (path !== "/status" && path !== "/status.json") return false;
      if (!isOperator(request) || !["GET", "HEAD"].includes(request.method ?? "")) return false;
      const found = await report();
      const isPage = path === "/status";
      response.writeHead(200, {
        "content-type": isPage ? "text/html; charset=utf-8" : "application/json",
        "cache-control": "no-store",
        "content-security-policy":
          "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'",
        "cross-origin-resource-policy": "same-origin",
        "referrer-policy": "no-referrer",
        "x-content-type-options": "nosniff",
      });
      response.end(isPage ? statusPage(found) : JSON.stringify(found));
      return true;
    },
    close: () => {
      clearInterval(timer);
      delay.disable();
    },
  };
}
