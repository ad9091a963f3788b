import type { CreateTableCommandInput } from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "../table.ts";

/** What creates the table where no CDK app does: the embedded engine and the contract tests. */
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
