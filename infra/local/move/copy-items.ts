import { GetCommand, PutCommand } from "@aws-sdk/lib-dynamodb";
import { canonicalJson, type Json } from "../../../shared/canonical-json.ts";
import { unlessRefused, type TableAccess } from "../../../functions/storage/dynamo/table-access.ts";
import type { ItemKey } from "../../../functions/storage/items.ts";
import type { Database } from "../../../functions/storage/sqlite/database.ts";
import { inBatches } from "../../../functions/use-cases/in-batches.ts";
import { copiedOf, type Copied, type Outcome } from "./copied.ts";

type Members = Readonly<Record<string, unknown>>;

/** Items that are read or written side by side. */
const itemsAtOnce = 32;
/** Rows of the database in memory at once. */
const rowsAtOnce = 2_000;

/**
 * Copies every item of a database into a table of DynamoDB's, or with `isCheck` compares them alone. What is there stays:
 * an item with other members is a fault. Heads come last, so that nothing acts on a report before all of it is there.
 */
export async function copyItems(
  database: Pick<Database, "rows">,
  access: TableAccess,
  { isCheck }: { readonly isCheck: boolean },
): Promise<Copied> {
  const outcomes: Outcome[] = [];
  for (const heads of ["sk <> 'head'", "sk = 'head'"]) {
    for (const rows of rowsWhere(database, heads)) {
      outcomes.push(
        ...(await inBatches(rows, itemsAtOnce, (row) => copyItem(access, row, isCheck))),
      );
    }
  }
  return copiedOf(outcomes);
}

interface Row extends ItemKey {
  readonly item: string;
}

function* rowsWhere(
  database: Pick<Database, "rows">,
  condition: string,
): Generator<readonly Row[]> {
  let after: ItemKey = { pk: "", sk: "" };
  for (;;) {
    const rows = database
      .rows(
        `SELECT pk, sk, item FROM items WHERE ${condition} AND (pk, sk) > (?, ?)
           AND NOT (pk = 'health' AND sk = 'probe') ORDER BY pk, sk LIMIT ?`,
        ...[after.pk, after.sk, rowsAtOnce],
      )
      .map((row): Row => ({
        ...{ pk: String(row["pk"]), sk: String(row["sk"]), item: String(row["item"]) },
      }));
    yield rows;
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) return;
    after = { pk: last.pk, sk: last.sk };
  }
}

async function copyItem(access: TableAccess, row: Row, isCheck: boolean): Promise<Outcome> {
  const { pk, sk } = row;
  const where = `item ${pk} / ${sk}`;
  const wanted = { ...(JSON.parse(row.item) as Members), pk, sk };
  const before = await itemAt(access, row);
  if (before !== undefined) {
    return isSame(before, wanted) ? "there" : { where, what: "is other than here" };
  }
  if (isCheck) return { where, what: "is missing there" };
  const put = new PutCommand({
    TableName: access.table,
    Item: withSets(wanted),
    ConditionExpression: "attribute_not_exists(pk)",
  });
  try {
    await unlessRefused(access.db.send(put));
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    return { where, what: "is too large for the table" };
  }
  // Whoever wrote it, it is there now, and is as it is here or not.
  const after = await itemAt(access, row);
  return after !== undefined && isSame(after, wanted)
    ? "written"
    : { where, what: "is other than here" };
}

async function itemAt(
  { db, table }: TableAccess,
  { pk, sk }: ItemKey,
): Promise<Members | undefined> {
  const get = new GetCommand({ TableName: table, Key: { pk, sk }, ConsistentRead: true });
  return (await db.send(get)).Item;
}

/** Who saved a report is a set in the table, where two may add themselves at once, and a list in JSON. */
const withSets = ({ editors, ...members }: Members): Members =>
  Array.isArray(editors)
    ? { ...members, editors: new Set(editors as string[]) }
    : { ...members, ...(editors === undefined ? {} : { editors }) };

const isSame = (stored: Members, wanted: Members): boolean =>
  canonicalJson(asJson(stored)) === canonicalJson(asJson(wanted));

const asJson = (members: Members): Json =>
  JSON.parse(
    JSON.stringify(members, (_, value: unknown) =>
      value instanceof Set ? [...(value as Set<string>)].sort() : value,
    ),
  ) as Json;

/** 400 KB an item is DynamoDB's bound. */
const isTooLarge = (error: unknown): boolean =>
  error instanceof Error && error.name === "ValidationException" && /size/iu.test(error.message);
