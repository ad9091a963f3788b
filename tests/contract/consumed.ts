import type { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { tableDefinition } from "../../functions/storage/table.ts";

/** Read and write units (4 KB and 1 KB) that a client's requests consumed since it was asked last. */
export interface Consumed {
  readonly read: number;
  readonly write: number;
}

/**
 * Counts what every request consumes. The emulator answers the units of the table alone; an index is written once
 * where an item enters it or leaves it, and twice where the key changes by which it goes.
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
        else write += units + indexUnits(input as Written);
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
  readonly Item?: Readonly<Record<string, unknown>>;
  readonly UpdateExpression?: string;
}

/** A report's shard of the outbox never changes: it only enters and leaves. */
const entersAndLeaves = "outboxShard";

function indexUnits({ Item = {}, UpdateExpression = "" }: Written): number {
  return Object.values(tableDefinition.indexes).reduce((sum, { partitionKey }) => {
    const isSet = UpdateExpression.includes(`#${partitionKey} =`);
    if (isSet && partitionKey !== entersAndLeaves) return sum + 2;
    const isRemoved = new RegExp(`#${partitionKey}\\b`, "u").test(UpdateExpression);
    return partitionKey in Item || isSet || isRemoved ? sum + 1 : sum;
  }, 0);
}
