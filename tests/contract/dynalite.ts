import { CreateTableCommand, DynamoDBClient, waitUntilTableExists } from "@aws-sdk/client-dynamodb";
import { once } from "node:events";
import type { Server } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { createTableInput } from "./create-table.ts";

const dynalite = createRequire(import.meta.url)("dynalite") as (options: object) => Server;

/** DynamoDB's requests as an emulator answers them: what the adapter is proven on. */
export interface Dynalite {
  readonly client: DynamoDBClient;
  readonly endpoint: string;
  readonly close: () => Promise<void>;
}

/** In memory, or in a folder as versions before SQLite kept it. */
export async function startDynalite(table: string, path?: string): Promise<Dynalite> {
  const server = dynalite({ createTableMs: 0, path }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const client = new DynamoDBClient({ endpoint, region: "local", credentials });
  await client.send(new CreateTableCommand(createTableInput(table)));
  await waitUntilTableExists({ client, maxWaitTime: 30, minDelay: 1 }, { TableName: table });
  return {
    client,
    endpoint,
    close: async () => {
      client.destroy();
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
