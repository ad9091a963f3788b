import type { FileStore, Stores } from "../storage/ports.ts";
import type { HeavyTasks, HeavyWork } from "../use-cases/heavy-work.ts";
import type { Log } from "./log.ts";
import { type Measure, type Metrics, timed } from "./metrics.ts";

/** The same stores, of which every call is measured as a read or a write. */
export function measuredStores<Given extends Partial<Stores>>(
  stores: Given,
  metrics: Metrics,
): Given {
  const measured = Object.entries(stores).map(([name, store]) => {
    const writes = (storeWrites as Partial<Record<string, readonly string[]>>)[name];
    return [
      name,
      writes === undefined
        ? store
        : measuredPort(store as object, metrics, (method) =>
            writes.includes(method) ? "storeWriteTime" : "storeReadTime",
          ),
    ];
  });
  return Object.fromEntries(measured) as Given;
}

const storeWrites: { readonly [Name in keyof Stores]: readonly (keyof Stores[Name])[] } = {
  reports: ["create", "commit", "saveSection", "saveSections", "recordEvents", "trimOutbox"],
  threads: ["create", "append"],
  unsent: ["put"],
  looks: ["put"],
  notices: ["put", "putBook"],
  registry: ["commit", "project", "markWritten", "recordEvents", "trimOutbox"],
  progress: [
    "keep",
    "putLine",
    "putNote",
    "putRuleLine",
    "putDay",
    "markFollowed",
    "setCheckPosition",
  ],
  audit: ["record", "markListed"],
  effects: ["markDone"],
  probe: ["write"],
};

const fileWrites: readonly string[] = [
  "put",
  "putIfAbsent",
  "delete",
] satisfies (keyof FileStore)[];

export const measuredFiles = <Files extends Partial<FileStore>>(
  files: Files,
  metrics: Metrics,
): Files =>
  measuredPort(files, metrics, (method) =>
    fileWrites.includes(method) ? "fileWriteTime" : "fileReadTime",
  );

function measuredPort<Port extends object>(
  port: Port,
  metrics: Metrics,
  measureOf: (method: string) => Measure,
): Port {
  const measured = Object.entries(port).map(([method, call]: [string, unknown]) => [
    method,
    typeof call !== "function"
      ? call
      : (...given: unknown[]) =>
          timed(
            metrics,
            measureOf(method),
            () => Reflect.apply(call, port, given) as Promise<unknown>,
          ),
  ]);
  return Object.fromEntries(measured) as Port;
}

const heavyMeasures = {
  findings: "checkTime",
  checkSummary: "checkTime",
  diff: "checkTime",
  publicChanges: "checkTime",
  reason: "checkTime",
  trial: "checkTime",
  writeWorkbook: "workbookTime",
  readWorkbook: "workbookTime",
  readGrids: "workbookTime",
  readAccounts: "workbookTime",
  readEvaluations: "workbookTime",
  writeEvaluations: "workbookTime",
} as const satisfies Record<keyof HeavyTasks, Measure>;

/** Heavy work, measured from the request on, so that waiting for a thread counts. */
export const measuredWork =
  (work: HeavyWork, metrics: Metrics): HeavyWork =>
  (name, input) =>
    timed(metrics, heavyMeasures[name], () => work(name, input));

/** A log whose errors are counted. */
export const countedErrors = (log: Log, metrics: Metrics): Log => ({
  ...log,
  error(message, fields) {
    metrics.record("errors", 1);
    log.error(message, fields);
  },
  with: (fields) => countedErrors(log.with(fields), metrics),
});
