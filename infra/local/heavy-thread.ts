import { parentPort } from "node:worker_threads";
import { inPlace, type HeavyTasks } from "../../functions/use-cases/heavy-work.ts";
import type { Edition } from "../../shared/forms/form.ts";
import type { ThreadMessage } from "./heavy-pool.ts";

/** One thread of the pool: takes a piece of work, answers it, takes the next. */

const editions = new Map<string, Edition>();
const work = inPlace({
  get listed() {
    return [...editions.values()];
  },
  get all() {
    return [...editions.values()];
  },
  byId: (id) => editions.get(id),
});

parentPort?.on("message", ({ name, input, editions: given }: ThreadMessage) => {
  for (const edition of given) editions.set(edition.id, edition);
  work(name as keyof HeavyTasks, input as never).then(
    (value) => parentPort?.postMessage({ value }),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});
