import { PutCommand } from "@aws-sdk/lib-dynamodb";
import type { ItemKey } from "../items.ts";
import { type TableAccess, unlessRefused } from "./table-access.ts";

/** Puts a marker, never below the one that is there. */
export async function countUp(access: TableAccess, key: ItemKey, seq: number): Promise<void> {
  const put = new PutCommand({
    TableName: access.table,
    Item: { ...key, seq },
    ConditionExpression: "attribute_not_exists(pk) OR #seq < :seq",
    ExpressionAttributeNames: { "#seq": "seq" },
    ExpressionAttributeValues: { ":seq": seq },
  });
  await unlessRefused(access.db.send(put));
}
