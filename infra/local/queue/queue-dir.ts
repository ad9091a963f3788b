import { join } from "node:path";

export const queueNames = ["render", "publish", "notify", "dead-letters"] as const;
export type QueueName = (typeof queueNames)[number];

/** Where a data folder keeps a queue. */
export const queueDir = (dataDir: string, name: QueueName): string => join(dataDir, "queues", name);
