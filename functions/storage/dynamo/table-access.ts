import { ConditionalCheckFailedException, type DynamoDBClient } from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/lib-dynamodb";
import { z } from "zod";
import type { Found, Page, PageRequest } from "../ports.ts";
import { UnavailableError } from "../unavailable-error.ts";
import { nextAfter, position, readCursor } from "../cursor.ts";
import { type ItemKey, parseItem, surveyItem } from "../items.ts";
import { type IndexName, tableDefinition } from "../table.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

/** The table as the stores use it: consistent reads, bounded pages, conditional writes. */
export interface TableAccess {
  readonly db: DynamoDBDocumentClient;
  readonly table: string;
}

export function openTable(client: DynamoDBClient, table: string): TableAccess {
  const marshallOptions = { removeUndefinedValues: true };
  const db = DynamoDBDocumentClient.from(client, { marshallOptions });
  db.middlewareStack.add(
    (next) => async (args) => {
      try {
        return await next(args);
      } catch (error) {
        throw isBusy(error) ? new UnavailableError("busy", error) : error;
      }
    },
    { step: "initialize", name: "juesuanUnavailable", override: true },
  );
  return { db, table };
}

/** What DynamoDB answers, after the SDK's own tries, when it is throttled or unavailable. */
const busy: readonly string[] = [
  "InternalServerError",
  "ProvisionedThroughputExceededException",
  "RequestLimitExceeded",
  "ServiceUnavailable",
  "ThrottlingException",
  "TimeoutError",
];
const isBusy = (error: unknown): boolean => error instanceof Error && busy.includes(error.name);

/** A write's answer, or undefined when its condition did not hold; anything else rises. */
export async function unlessRefused<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

export async function getItem<Schema extends z.ZodType>(
  { db, table }: TableAccess,
  key: ItemKey,
  schema: Schema,
  { consistent = true }: { readonly consistent?: boolean } = {},
): Promise<z.output<Schema> | undefined> {
  const { Item } = await db.send(
    new GetCommand({ TableName: table, Key: key, ConsistentRead: consistent }),
  );
  return Item === undefined ? undefined : parseItem(schema, Item);
}

/** Puts an item where none is; false when one is there. */
export async function putIfNone(
  { db, table }: TableAccess,
  item: ItemKey & Readonly<Record<string, unknown>>,
): Promise<boolean> {
  const put = new PutCommand({
    TableName: table,
    Item: item,
    ConditionExpression: "attribute_not_exists(pk)",
  });
  return (await unlessRefused(db.send(put))) !== undefined;
}

/** Puts a whole item over the version that was read (0: over none), counted up; false when it moved. */
export async function putOverVersion(
  access: TableAccess,
  item: ItemKey & { readonly version: number },
): Promise<boolean> {
  const next = { ...item, version: item.version + 1 };
  if (item.version === 0) return putIfNone(access, next);
  const put = new PutCommand({
    TableName: access.table,
    Item: next,
    ConditionExpression: "#version = :read",
    ExpressionAttributeNames: { "#version": "version" },
    ExpressionAttributeValues: { ":read": item.version },
  });
  return (await unlessRefused(access.db.send(put))) !== undefined;
}

interface Partition {
  readonly pk: string;
  readonly prefix?: string;
}

/** All items of a small partition (a region's nodes, a report's threads), paged to the end. */
export async function readPartition<Schema extends z.ZodType>(
  access: TableAccess,
  partition: Partition,
  schema: Schema,
): Promise<z.output<Schema>[]> {
  return (await itemsOf(access, partition)).map((item) => parseItem(schema, item));
}

/** The same where damage is an answer: each item by its sort key. */
export async function surveyPartition<Schema extends z.ZodType>(
  access: TableAccess,
  partition: Partition,
  schema: Schema,
): Promise<Found<z.output<Schema>>[]> {
  return (await itemsOf(access, partition)).map((item) => surveyItem(schema, item));
}

async function itemsOf(
  access: TableAccess,
  { pk, prefix }: Partition,
): Promise<Record<string, unknown>[]> {
  const found: Record<string, unknown>[] = [];
  let start: Record<string, unknown> | undefined;
  do {
    const page = await access.db.send(
      new QueryCommand({
        TableName: access.table,
        ConsistentRead: true,
        ...partitionCondition(pk, prefix),
        ...omitUndefined({ ExclusiveStartKey: start }),
      }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

const partitionCondition = (pk: string, prefix: string | undefined) =>
  prefix === undefined
    ? { KeyConditionExpression: "pk = :pk", ExpressionAttributeValues: { ":pk": pk } }
    : {
        KeyConditionExpression: "pk = :pk AND begins_with(sk, :prefix)",
        ExpressionAttributeValues: { ":pk": pk, ":prefix": prefix },
      };

interface PartitionQuery {
  readonly pk: string;
  readonly prefix?: string;
  readonly newestFirst?: boolean;
  readonly page: PageRequest;
  /** False where a moment's delay is worth half the price. */
  readonly consistent?: boolean;
}

/** A page of a partition by sort key. */
export async function pagePartition<Schema extends z.ZodType>(
  access: TableAccess,
  query: PartitionQuery,
  schema: Schema,
): Promise<Page<z.output<Schema>>> {
  const page = await pageItems(access, query);
  return { ...page, items: page.items.map((item) => parseItem(schema, item)) };
}

/** The same where damage is an answer: each item by its sort key. */
export async function surveyPage<Schema extends z.ZodType>(
  access: TableAccess,
  query: PartitionQuery,
  schema: Schema,
): Promise<Page<Found<z.output<Schema>>>> {
  const page = await pageItems(access, query);
  return { ...page, items: page.items.map((item) => surveyItem(schema, item)) };
}

async function pageItems(
  access: TableAccess,
  { pk, prefix, newestFirst = false, page, consistent = true }: PartitionQuery,
): Promise<Page<Record<string, unknown>>> {
  const cursor = readCursor(page.after, z.tuple([position]));
  const { items, more } = await pageOf(access, page, {
    ConsistentRead: consistent,
    ScanIndexForward: !newestFirst,
    ...partitionCondition(pk, prefix),
    ...(cursor?.[0].startsWith(prefix ?? "") === true
      ? { ExclusiveStartKey: { pk, sk: cursor[0] } }
      : {}),
  });
  return { items, ...nextAfter(more, items.at(-1), (last) => [last["sk"]]) };
}

export interface IndexQuery {
  readonly index: IndexName;
  readonly value: string;
  readonly newestFirst?: boolean;
  readonly page: PageRequest;
}

/** A page of the keys an index holds for a value. */
export async function pageIndex(
  access: TableAccess,
  { index, value, newestFirst = false, page }: IndexQuery,
): Promise<Page<ItemKey>> {
  const { partitionKey, sortKey, sortType } = tableDefinition.indexes[index];
  const sort = sortType === "N" ? z.int() : position;
  const cursor = readCursor(page.after, z.tuple([sort, position, position]));
  const { items, more } = await pageOf(access, page, {
    IndexName: index,
    ScanIndexForward: !newestFirst,
    KeyConditionExpression: "#partition = :value",
    ExpressionAttributeNames: { "#partition": partitionKey },
    ExpressionAttributeValues: { ":value": value },
    ...(cursor === undefined
      ? {}
      : {
          ExclusiveStartKey: {
            [partitionKey]: value,
            [sortKey]: cursor[0],
            pk: cursor[1],
            sk: cursor[2],
          },
        }),
  });
  return {
    items: items.map((item) => ({ pk: String(item["pk"]), sk: String(item["sk"]) })),
    ...nextAfter(more, items.at(-1), (last) => [last[sortKey], last["pk"], last["sk"]]),
  };
}

/** At most what one consistent batch read answers. */
const maxPage = 100;

/** Asks for one more than the page holds, so that a page is named only when it exists. */
async function pageOf(
  { db, table }: TableAccess,
  { limit }: PageRequest,
  query: Omit<QueryCommandInput, "TableName" | "Limit">,
): Promise<{ readonly items: Record<string, unknown>[]; readonly more: boolean }> {
  const size = Math.min(Math.max(1, Math.trunc(limit)), maxPage);
  const found = await db.send(new QueryCommand({ TableName: table, Limit: size + 1, ...query }));
  const items: Record<string, unknown>[] = found.Items ?? [];
  const isCutShort = found.LastEvaluatedKey !== undefined && items.length > 0;
  return { items: items.slice(0, size), more: items.length > size || isCutShort };
}

/** Reads items by key, consistently, in the order of the keys; items deleted meanwhile are left out. */
export async function getItems<Schema extends z.ZodType>(
  access: TableAccess,
  keys: readonly ItemKey[],
  schema: Schema,
): Promise<z.output<Schema>[]> {
  return (await itemsAt(access, keys)).map((item) => parseItem(schema, item));
}

/** The same where damage is an answer: each item by its partition key, so that a list does not end at it. */
export async function surveyItems<Schema extends z.ZodType>(
  access: TableAccess,
  keys: readonly ItemKey[],
  schema: Schema,
  reading: { readonly consistent?: boolean } = {},
): Promise<Found<z.output<Schema>>[]> {
  const items = await itemsAt(access, keys, reading);
  return items.map((item) => ({ ...surveyItem(schema, item), name: String(item["pk"]) }));
}

async function itemsAt(
  { db, table }: TableAccess,
  keys: readonly ItemKey[],
  { consistent = true }: { readonly consistent?: boolean } = {},
): Promise<Record<string, unknown>[]> {
  const found = new Map<string, Record<string, unknown>>();
  let wanted: Record<string, unknown>[] = keys.map(({ pk, sk }) => ({ pk, sk }));
  for (let round = 0; wanted.length > 0; round++) {
    if (round === 10) throw new Error(`${wanted.length} items of ${table} were not answered`);
    const answer = await db.send(
      new BatchGetCommand({
        RequestItems: { [table]: { Keys: wanted.slice(0, maxPage), ConsistentRead: consistent } },
      }),
    );
    for (const item of answer.Responses?.[table] ?? []) {
      found.set(nameOf({ pk: String(item["pk"]), sk: String(item["sk"]) }), item);
    }
    wanted = [...(answer.UnprocessedKeys?.[table]?.Keys ?? []), ...wanted.slice(maxPage)];
  }
  return keys.flatMap((key) => {
    const item = found.get(nameOf(key));
    return item === undefined ? [] : [item];
  });
}

const nameOf = ({ pk, sk }: ItemKey): string => `${pk}\n${sk}`;
