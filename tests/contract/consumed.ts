import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "../../functions/storage/table.ts";

/** Read and write units (4 KB and 1 KB) that a client's requests consumed since it was asked last. */
export interface Consumed {
  readonly read: number;
  readonly write: number;
}

/**
 * Counts what every request consumes. The emulator answers the units of the table alone; an index whose key a
 * request changes is written twice, away from the old place and to the new one.
 */
export function meter(client: DynamoDBClient): () => Consumed {
  let read = 0;
  let write = 0;
  client.middlewareStack.add(
    (next, { commandName = "" }) =>
      async (args) => {
        const input = { ...args.input, ReturnConsumedCapacity: "TOTAL" };
        const answer = await next({ ...args, input });
        const { ConsumedCapacity: consumed } = answer.output as {
          readonly ConsumedCapacity?: Capacity | readonly Capacity[];
        };
        const units = [consumed ?? []]
          .flat()
          .reduce((sum, { CapacityUnits = 0 }) => sum + CapacityUnits, 0);
        if (isRead(commandName)) read += units;
        else write += units + 2 * indexesChanged(input as Written);
        return answer;
      },
    { step: "initialize", name: "consumed" },
  );
  return () => {
    const since = { read, write };
    read = 0;
    write = 0;
    return since;
  };
}

interface Capacity {
  readonly CapacityUnits?: number;
}

const isRead = (commandName: string): boolean => /^(?:Get|BatchGet|Query)/u.test(commandName);

interface Written {
  readonly Item?: object;
  readonly ExpressionAttributeNames?: Readonly<Record<string, string>>;
}

function indexesChanged(input: Written): number {
  const members = new Set([
    ...Object.keys(input.Item ?? {}),
    ...Object.values(input.ExpressionAttributeNames ?? {}),
  ]);
  return Object.values(tableDefinition.indexes).filter(({ partitionKey }) =>
    members.has(partitionKey),
  ).length;
}
