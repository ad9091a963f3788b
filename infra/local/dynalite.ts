import {
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { randomBytes } from "node:crypto";
import { mkdir } from "node:fs/promises";
import type { IncomingMessage, RequestListener, Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { createTableInput } from "../../functions/storage/dynamo/table.ts";
import { err, ok, type Result } from "../../shared/result.ts";

/**
 * The embedded DynamoDB: dynalite on LevelDB, in this process, on a loopback port of its own.
 * Two things are mended around it. Its index and item writes are separate, so a killed process could
 * leave a report outside its index: here they go down as one batch. And it serves whoever asks, web
 * pages included: here it serves only who knows the access key made at this start.
 */
export interface EmbeddedDynamo {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  close(): Promise<void>;
}

/** The message is one sentence for the person at the terminal. */
export interface EmbeddedDynamoRefusal {
  readonly code: "in_use";
  readonly message: string;
}

export async function startEmbeddedDynamo({
  path,
  table,
}: {
  /** Folder of the database, created when absent. */
  readonly path: string;
  readonly table: string;
}): Promise<Result<EmbeddedDynamo, EmbeddedDynamoRefusal>> {
  const folder = resolve(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { server, store } = createEngine(folder);
  try {
    await store.db.open();
  } catch (error) {
    if (!isLocked(error)) throw error;
    return err({
      code: "in_use",
      message: `The database ${folder} is in use by another process: stop that one or name another folder.`,
    });
  }
  const credentials = {
    accessKeyId: randomBytes(16).toString("hex"),
    secretAccessKey: randomBytes(16).toString("hex"),
  };
  admitOnly(server, credentials.accessKeyId);
  const { port } = await listen(server);
  const endpoint = `http://127.0.0.1:${port}`;
  const client = new DynamoDBClient({ endpoint, region: "local", credentials });
  await createTable(client, table);
  return ok({
    client,
    endpoint,
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      await new Promise<void>((closed, failed) => {
        server.close((error) => (error ? failed(error) : closed()));
      });
    },
  });
}

async function createTable(client: DynamoDBClient, table: string): Promise<void> {
  try {
    await client.send(new DescribeTableCommand({ TableName: table }));
    return;
  } catch (error) {
    if (!(error instanceof ResourceNotFoundException)) throw error;
  }
  await client.send(new CreateTableCommand(createTableInput(table)));
  for (;;) {
    const { Table } = await client.send(new DescribeTableCommand({ TableName: table }));
    if (Table?.TableStatus === "ACTIVE") return;
    await delay(2);
  }
}

function listen(server: Server): Promise<AddressInfo> {
  return new Promise((listening, failed) => {
    server.once("error", failed);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (address === null || typeof address === "string") failed(new Error("No port was given"));
      else listening(address);
    });
  });
}

/** Dynalite checks no signature and allows every origin; the access key stands in for both. */
function admitOnly(server: Server, accessKeyId: string): void {
  const listeners = server.listeners("request") as RequestListener[];
  server.removeAllListeners("request");
  server.on("request", (request, response) => {
    if (!isSignedWith(request, accessKeyId)) {
      response.writeHead(403).end();
      return;
    }
    for (const listener of listeners) listener(request, response);
  });
}

const isSignedWith = ({ headers }: IncomingMessage, accessKeyId: string): boolean =>
  headers.origin === undefined &&
  (headers.authorization ?? "").includes(`Credential=${accessKeyId}/`);

/** LevelDB's lock on its folder, which the operating system lets go when a process dies. */
const isLocked = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof Error &&
  "code" in error.cause &&
  error.cause.code === "LEVEL_LOCKED";

interface BatchStep {
  readonly type: "put" | "del";
  readonly key: string;
  readonly value?: unknown;
}
interface Engine {
  readonly db: {
    open(): Promise<void>;
    batch(steps: readonly BatchStep[], done: (error: Error | null) => void): void;
  };
}
type Item = Readonly<Record<string, unknown>>;
interface TableDescription {
  readonly TableName: string;
  readonly LocalSecondaryIndexes?: readonly unknown[];
  readonly GlobalSecondaryIndexes?: readonly unknown[];
}
interface IndexActions {
  readonly puts: readonly { readonly index: string; readonly key: string; readonly item: Item }[];
  readonly deletes: readonly { readonly index: string; readonly key: string }[];
}

/** The part of dynalite's `db` module, 4.0.0, that its actions call by name. */
interface EngineModule {
  create: (options: object) => Engine;
  createKey(item: Item, table: TableDescription): string;
  getIndexActions(
    indexes: readonly unknown[],
    before: Item | null | undefined,
    after: Item | null | undefined,
    table: TableDescription,
  ): IndexActions;
  updateIndexes(
    store: Engine,
    table: TableDescription,
    before: Item | null | undefined,
    after: Item | null | undefined,
    done: (error?: Error | null) => void,
  ): void;
}

const require = createRequire(import.meta.url);
const engineModule = require("dynalite/db") as EngineModule;
const dynalite = require("dynalite") as (options: object) => Server;

/** Every item write passes here first; the item's own write that follows repeats what the batch did. */
engineModule.updateIndexes = (store, table, before, after, done) => {
  const item = after ?? before;
  if (item == null) {
    done();
    return;
  }
  const steps: BatchStep[] = [];
  for (const [kind, indexes] of [
    ["local", table.LocalSecondaryIndexes ?? []],
    ["global", table.GlobalSecondaryIndexes ?? []],
  ] as const) {
    const actions = engineModule.getIndexActions(indexes, before, after, table);
    const prefix = (index: string) => `index-${kind}~${table.TableName}~${index}~`;
    for (const { index, key } of actions.deletes) {
      steps.push({ type: "del", key: prefix(index) + key });
    }
    for (const { index, key, item: value } of actions.puts) {
      steps.push({ type: "put", key: prefix(index) + key, value });
    }
  }
  const key = `item-${table.TableName}~${engineModule.createKey(item, table)}`;
  steps.push(after == null ? { type: "del", key } : { type: "put", key, value: after });
  store.db.batch(steps, done);
};

/** Starts dynalite and keeps hold of the store it makes, which it does not give out itself. */
function createEngine(path: string): { readonly server: Server; readonly store: Engine } {
  const create = engineModule.create;
  let store: Engine | undefined;
  engineModule.create = (options) => (store = create(options));
  try {
    const server = dynalite({ path, createTableMs: 0 });
    if (store === undefined) throw new Error("dynalite made no store");
    return { server, store };
  } finally {
    engineModule.create = create;
  }
}
