import { parentPort } from "node:worker_threads";
import { inPlace } from "../../functions/use-cases/heavy-work.ts";
import type { Edition } from "../../shared/forms/form.ts";
import { replaceEditions, type ThreadMessage } from "./heavy-pool.ts";

/** One thread of the pool: takes a piece of work, answers it, takes the next. */

const known = new Map<string, Edition>();

parentPort?.on("message", ({ name, input, editions, forgotten }: ThreadMessage) => {
  for (const id of forgotten) known.delete(id);
  for (const edition of editions) known.set(edition.id, edition);
  const whole = replaceEditions(input, (id) => known.get(id as string));
  inPlace(name, whole as never).then(
    (value) => parentPort?.postMessage({ value }),
    (error: unknown) => parentPort?.postMessage({ error }),
  );
});
