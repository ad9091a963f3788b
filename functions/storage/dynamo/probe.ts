import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { keys } from "../items.ts";
import type { StoreProbe } from "../ports.ts";
import type { TableAccess } from "./table-access.ts";

/** One item, overwritten; nobody reads it. */
export const createStoreProbe = ({ db, table }: TableAccess): StoreProbe => ({
  write: async (at) => {
    await db.send(new PutCommand({ TableName: table, Item: { ...keys.probe, at } }));
  },
});
