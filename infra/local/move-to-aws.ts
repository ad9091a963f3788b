import "./quiet-sdk.ts";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { now } from "../../functions/platform/clock.ts";
import { openTable } from "../../functions/storage/dynamo/table-access.ts";
import { readFolderFiles } from "../../functions/storage/folder/files.ts";
import { createS3Files } from "../../functions/storage/s3/files.ts";
import { openDatabase } from "../../functions/storage/sqlite/database.ts";
import { damagedRows, migrations } from "../../functions/storage/sqlite/item-table.ts";
import { databaseFile, hasContent } from "./data-folder.ts";
import { acquireDataLock } from "./data-lock.ts";
import { loadInstallation } from "./installation/kind.ts";
import { addCopied, type Copied } from "./move/copied.ts";
import { copyFiles } from "./move/copy-files.ts";
import { copyItems } from "./move/copy-items.ts";

/**
 * `npm run move-to-aws -- --data DIR --table TABLE --vault BUCKET --portal BUCKET [--check]`: copies a restored data folder
 * into DynamoDB and S3, or engines that speak their protocols (`--dynamodb URL`, `--s3 URL`), and reads everything again
 * there. Cut off anywhere, it is run again; `--check` compares and writes nothing. Exit 0: all of it is there; 1: refused,
 * or faults, a line each.
 */
const usage =
  "Usage: npm run move-to-aws -- --data DIR --table TABLE --vault BUCKET --portal BUCKET [--check] [--dynamodb URL] [--s3 URL] [--without-accounts]";

/** Faults that are named; there may be as many as items. */
const mostNamed = 20;

interface Wanted {
  readonly data: string;
  readonly table: string;
  readonly vault: string;
  readonly portal: string;
  readonly isCheck: boolean;
  readonly withoutAccounts: boolean;
  readonly dynamodb: string | undefined;
  readonly s3: string | undefined;
}

function readArguments(): Wanted | undefined {
  try {
    const { values } = parseArgs({
      options: {
        ...{ data: { type: "string" }, table: { type: "string" }, vault: { type: "string" } },
        ...{ portal: { type: "string" }, check: { type: "boolean", default: false } },
        ...{ dynamodb: { type: "string" }, s3: { type: "string" } },
        "without-accounts": { type: "boolean", default: false },
      },
    });
    const { data, table, vault, portal, check: isCheck, dynamodb, s3 } = values;
    if (data === undefined || table === undefined) return undefined;
    if (vault === undefined || portal === undefined) return undefined;
    const withoutAccounts = values["without-accounts"];
    return { data, table, vault, portal, isCheck, withoutAccounts, dynamodb, s3 };
  } catch {
    return undefined;
  }
}

/** Why this folder cannot be moved as it is; undefined where it can. */
async function refusalOf({ data, withoutAccounts }: Wanted): Promise<string | undefined> {
  if (!existsSync(databaseFile(data))) return `${data} is no data folder: name it with --data.`;
  const loaded = await loadInstallation(data);
  if (!loaded.ok) return loaded.error.message;
  if (loaded.value === undefined) {
    return `${data} is a demonstration, whose people share one password: set an installation up with npm run setup. Nothing was copied.`;
  }
  if (loaded.value.issuer.kind === "embedded" && !withoutAccounts) {
    return `People sign in to ${data} with accounts of its own, which do not exist on AWS: let them use the government's issuer first (issuer in installation.json), or go on with --without-accounts and give administrators a role there by other means. Nothing was copied.`;
  }
  if (await hasContent(join(data, "queues"))) {
    return `${data} has queues, whose messages would be lost: make a backup of it, restore that into a new folder with npm run restore, which sets on its way again what was queued, and move the new folder. Nothing was copied.`;
  }
  return undefined;
}

async function copyAll(wanted: Wanted): Promise<Copied | string> {
  const { data, table, isCheck, dynamodb, s3 } = wanted;
  const file = databaseFile(data);
  const opened = await openDatabase({ file, now, migrations, damagedRows });
  if (!opened.ok)
    return `${file} is ${opened.error.code}: run npm run verify-audit -- --data ${data}.`;
  const database = opened.value;
  const client = new DynamoDBClient(dynamodb === undefined ? {} : { endpoint: dynamodb });
  const bucketClient = new S3Client(s3 === undefined ? {} : { endpoint: s3, forcePathStyle: true });
  try {
    const parts: Copied[] = [];
    for (const [name, bucket] of [
      ["vault", wanted.vault],
      ["portal", wanted.portal],
    ] as const) {
      const files = createS3Files({ client: bucketClient, bucket });
      const from = readFolderFiles(join(data, name));
      parts.push(await copyFiles(from, files, { name, isCheck }));
      say(`${name}: ${countsText(parts.at(-1))}.`);
    }
    // Whoever finds an item finds the files that it names.
    parts.push(await copyItems(database, openTable(client, table), { isCheck }));
    say(`${table}: ${countsText(parts.at(-1))}.`);
    return addCopied(parts);
  } catch (error) {
    if (!(error instanceof Error && "$metadata" in error)) throw error;
    return `AWS answered ${error.name}: ${error.message}. What was copied by then is there; run it again once that is mended.`;
  } finally {
    await database.close();
    client.destroy();
    bucketClient.destroy();
  }
}

const say = (line: string) => process.stdout.write(`${line}\n`);

const countsText = ({ written, there, faults }: Copied = { written: 0, there: 0, faults: [] }) =>
  `${String(written)} written, ${String(there)} there already, ${String(faults.length)} faults`;

async function main(): Promise<readonly string[]> {
  const wanted = readArguments();
  if (wanted === undefined) return [usage];
  const refused = await refusalOf(wanted);
  if (refused !== undefined) return [refused];
  const lock = await acquireDataLock(wanted.data, { now });
  if (!lock.ok) return [lock.error.message];
  try {
    const copied = await copyAll(wanted);
    if (typeof copied === "string") return [copied];
    const { faults } = copied;
    if (faults.length === 0) {
      say(`Everything in ${wanted.data} is there, read again and the same.`);
      return [];
    }
    const more = faults.length - mostNamed;
    return [
      ...faults.slice(0, mostNamed).map(({ where, what }) => `${where} ${what}.`),
      ...(more > 0 ? [`and ${String(more)} more.`] : []),
    ];
  } finally {
    await lock.value.release();
  }
}

const refusals = await main();
if (refusals.length > 0) {
  process.stderr.write(`${refusals.join("\n")}\n`);
  process.exitCode = 1;
}
