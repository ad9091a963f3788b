import { parentPort, workerData } from "node:worker_threads";
import { inPlace, type HeavyTasks } from "../../functions/use-cases/heavy-work.ts";
import { createEditionLibrary, loadedSource } from "../../shared/editions/edition-library.ts";
import type { ThreadData } from "./heavy-pool.ts";

/** One thread of the pool: takes a piece of work, answers it, takes the next. */

interface Message {
  readonly name: keyof HeavyTasks;
  readonly input: never;
}

const { editions } = workerData as ThreadData;
const work = inPlace(createEditionLibrary(editions.map(loadedSource)));

parentPort?.on("message", ({ name, input }: Message) => {
  work(name, input).then(
    (value) => parentPort?.postMessage({ value }),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});
