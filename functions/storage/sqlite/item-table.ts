import { z } from "zod";
import { nextAfter, position, readCursor } from "../cursor.ts";
import { type ItemKey, parseItem, surveyItem } from "../items.ts";
import type { Found, Page, PageRequest } from "../ports.ts";
import { type IndexName, tableDefinition } from "../table.ts";
import type { Database, SqlValue } from "./database.ts";

/**
 * The items of `table.ts` as rows: their keys, and the rest as JSON. The members that indexes go by are
 * columns generated from that JSON, so that no index can say what its item does not.
 */
export interface ItemTable {
  get<Schema extends z.ZodType>(key: ItemKey, schema: Schema): z.output<Schema> | undefined;
  survey<Schema extends z.ZodType>(
    key: ItemKey,
    schema: Schema,
  ): Found<z.output<Schema>> | undefined;
  /** Within `write` alone, as the three that follow. */
  put(item: StoredItem): void;
  /** False, and nothing is put, when an item has the key. */
  putIfNone(item: StoredItem): boolean;
  /** Takes away what a partition holds below a sort key, of those that begin with the prefix. */
  removeBelow(at: Required<Partition>, sk: string): void;
  /** As `Database.write`, for a decision on what is stored. */
  write<T>(key: ItemKey, work: () => T): Promise<T>;
  /** A small partition as a whole, by sort key. */
  partition<Schema extends z.ZodType>(at: Partition, schema: Schema): z.output<Schema>[];
  surveyPartition<Schema extends z.ZodType>(
    at: Partition,
    schema: Schema,
  ): Found<z.output<Schema>>[];
  page<Schema extends z.ZodType>(query: PartitionQuery, schema: Schema): Page<z.output<Schema>>;
  surveyPage<Schema extends z.ZodType>(
    query: PartitionQuery,
    schema: Schema,
  ): Page<Found<z.output<Schema>>>;
  /** Items that an index finds, by its sort key; damage is an answer, by the partition key. */
  surveyIndex<Schema extends z.ZodType>(
    query: IndexQuery,
    schema: Schema,
  ): Page<Found<z.output<Schema>>>;
}

export type StoredItem = ItemKey & Readonly<Record<string, unknown>>;

interface Partition {
  readonly pk: string;
  readonly prefix?: string;
}
interface PartitionQuery {
  readonly pk: string;
  readonly prefix?: string;
  readonly newestFirst?: boolean;
  readonly page: PageRequest;
}
interface IndexQuery {
  readonly index: IndexName;
  readonly value: string;
  readonly newestFirst?: boolean;
  readonly page: PageRequest;
}

const { indexes } = tableDefinition;

/** The schema, version by version: a version that was released is never changed. */
export const migrations: readonly string[] = [
  `CREATE TABLE items (
    pk TEXT NOT NULL,
    sk TEXT NOT NULL,
    item TEXT NOT NULL,
    ${Object.values(indexes)
      .flatMap(({ partitionKey, sortKey, sortType }) => [
        column(partitionKey, "TEXT"),
        column(sortKey, sortType === "N" ? "INTEGER" : "TEXT"),
      ])
      .join(",\n    ")},
    PRIMARY KEY (pk, sk)
  ) STRICT;
  ${Object.entries(indexes)
    .map(
      ([name, { partitionKey, sortKey }]) =>
        `CREATE INDEX ${name} ON items (${partitionKey}, ${sortKey}, pk, sk)
           WHERE ${partitionKey} IS NOT NULL AND ${sortKey} IS NOT NULL`,
    )
    .join(";\n  ")}`,
];

/** Keys of items whose text is no JSON: SQLite does not look into values. */
export const damagedRows =
  "SELECT 'item ' || pk || ' / ' || sk FROM items WHERE NOT json_valid(item) LIMIT 10";

function column(name: string, type: string): string {
  return `${name} ${type} GENERATED ALWAYS AS (json_extract(item, '$.${name}')) VIRTUAL`;
}

export function createItemTable(database: Database): ItemTable {
  const rowAt = ({ pk, sk }: ItemKey) => {
    const [row] = database.rows("SELECT pk, sk, item FROM items WHERE pk = ? AND sk = ?", pk, sk);
    return row === undefined ? undefined : itemOf(row);
  };

  const rowsOf = ({ pk, prefix = "" }: Partition) =>
    database
      .rows(
        "SELECT pk, sk, item FROM items WHERE pk = ? AND sk >= ? AND sk < ? ORDER BY sk",
        ...[pk, prefix, endOf(prefix)],
      )
      .map(itemOf);

  function pageOf({ pk, prefix = "", newestFirst = false, page }: PartitionQuery) {
    const [after] = readCursor(page.after, z.tuple([position])) ?? [];
    const [compare, order] = newestFirst ? ["<", "DESC"] : [">", "ASC"];
    const from = after?.startsWith(prefix) === true ? after : undefined;
    const size = sizeOf(page);
    const found = database
      .rows(
        `SELECT pk, sk, item FROM items WHERE pk = ? AND sk >= ? AND sk < ?
           ${from === undefined ? "" : `AND sk ${compare} ?`} ORDER BY sk ${order} LIMIT ?`,
        ...[pk, prefix, endOf(prefix), ...(from === undefined ? [] : [from]), size + 1],
      )
      .map(itemOf);
    const items = found.slice(0, size);
    return {
      items,
      ...nextAfter(found.length > size, items.at(-1), (last) => [last["sk"]]),
    };
  }

  function indexPage({ index, value, newestFirst = false, page }: IndexQuery) {
    const { partitionKey, sortKey, sortType } = indexes[index];
    const sort = sortType === "N" ? z.int() : position;
    const cursor = readCursor(page.after, z.tuple([sort, position, position]));
    const [compare, order] = newestFirst ? ["<", "DESC"] : [">", "ASC"];
    const size = sizeOf(page);
    const found = database.rows(
      `SELECT pk, sk, item, ${sortKey} AS sort FROM items
         WHERE ${partitionKey} = ? AND ${partitionKey} IS NOT NULL AND ${sortKey} IS NOT NULL
         ${cursor === undefined ? "" : `AND (${sortKey}, pk, sk) ${compare} (?, ?, ?)`}
         ORDER BY ${sortKey} ${order}, pk ${order}, sk ${order} LIMIT ?`,
      ...[value, ...((cursor ?? []) as readonly SqlValue[]), size + 1],
    );
    const items = found.slice(0, size);
    return {
      items: items.map(itemOf),
      ...nextAfter(found.length > size, items.at(-1), (last) => [
        last["sort"],
        last["pk"],
        last["sk"],
      ]),
    };
  }

  return {
    get: (key, schema) => {
      const found = rowAt(key);
      return found === undefined ? undefined : parseItem(schema, found);
    },
    survey: (key, schema) => {
      const found = rowAt(key);
      return found === undefined ? undefined : surveyItem(schema, found);
    },
    put: ({ pk, sk, ...members }) => {
      database.run(
        "INSERT INTO items VALUES (?, ?, ?) ON CONFLICT (pk, sk) DO UPDATE SET item = excluded.item",
        ...[pk, sk, textOf(members)],
      );
    },
    putIfNone: ({ pk, sk, ...members }) =>
      database.run(
        "INSERT INTO items VALUES (?, ?, ?) ON CONFLICT (pk, sk) DO NOTHING",
        ...[pk, sk, textOf(members)],
      ) > 0,
    removeBelow: ({ pk, prefix }, sk) => {
      database.run("DELETE FROM items WHERE pk = ? AND sk >= ? AND sk < ?", pk, prefix, sk);
    },
    write: ({ pk, sk }, work) => database.write(`${pk} / ${sk}`, work),
    partition: (at, schema) => rowsOf(at).map((item) => parseItem(schema, item)),
    surveyPartition: (at, schema) => rowsOf(at).map((item) => surveyItem(schema, item)),
    page: (query, schema) => {
      const page = pageOf(query);
      return { ...page, items: page.items.map((item) => parseItem(schema, item)) };
    },
    surveyPage: (query, schema) => {
      const page = pageOf(query);
      return { ...page, items: page.items.map((item) => surveyItem(schema, item)) };
    },
    surveyIndex: (query, schema) => {
      const page = indexPage(query);
      return {
        ...page,
        items: page.items.map((item) => ({ ...surveyItem(schema, item), name: item.pk })),
      };
    },
  };
}

const maxPage = 100;
const sizeOf = ({ limit }: PageRequest): number =>
  Math.min(Math.max(1, Math.trunc(limit)), maxPage);

/** The first text after all that begin with a prefix; keys are made of characters before U+10FFFF. */
const endOf = (prefix: string): string => `${prefix}\u{10ffff}`;

/** JSON with sets as sorted lists. */
const textOf = (members: Readonly<Record<string, unknown>>): string =>
  JSON.stringify(members, (_, value: unknown) =>
    value instanceof Set ? [...(value as Set<string>)].sort() : value,
  );

/** An item by its row; text that is no JSON is an item without any of its members. */
function itemOf(row: Readonly<Record<string, unknown>>): StoredItem {
  const key = { pk: String(row["pk"]), sk: String(row["sk"]) };
  try {
    const members: unknown = JSON.parse(String(row["item"]));
    return { ...(members as Record<string, unknown>), ...key };
  } catch (error) {
    if (error instanceof SyntaxError) return key;
    throw error;
  }
}
