import { parentPort } from "node:worker_threads";
import { inPlace, type HeavyTasks } from "../../functions/use-cases/heavy-work.ts";

/** One thread of the pool: takes a piece of work, answers it, takes the next. */

interface Message {
  readonly name: keyof HeavyTasks;
  readonly input: never;
}

parentPort?.on("message", ({ name, input }: Message) => {
  inPlace(name, input).then(
    (value) => parentPort?.postMessage({ value }),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});
