import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "../../functions/storage/table.ts";

/** The table as the CDK app creates it, for an engine that the tests start. */
export function createTableInput(table: string): CreateTableCommandInput {
  const indexes = Object.entries(tableDefinition.indexes);
  const { partitionKey, sortKey } = tableDefinition;
  return {
    TableName: table,
    BillingMode: "PAY_PER_REQUEST",
    AttributeDefinitions: [
      { AttributeName: partitionKey, AttributeType: "S" },
      { AttributeName: sortKey, AttributeType: "S" },
      ...indexes.flatMap(([, index]) => [
        { AttributeName: index.partitionKey, AttributeType: "S" as const },
        { AttributeName: index.sortKey, AttributeType: index.sortType },
      ]),
    ],
    KeySchema: [
      { AttributeName: partitionKey, KeyType: "HASH" },
      { AttributeName: sortKey, KeyType: "RANGE" },
    ],
    GlobalSecondaryIndexes: indexes.map(([name, index]) => ({
      IndexName: name,
      KeySchema: [
        { AttributeName: index.partitionKey, KeyType: "HASH" },
        { AttributeName: index.sortKey, KeyType: "RANGE" },
      ],
      Projection: { ProjectionType: "KEYS_ONLY" },
    })),
  };
}
