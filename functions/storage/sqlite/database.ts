import { DatabaseSync, type StatementSyncInstance } from "@photostructure/sqlite";
import { existsSync } from "node:fs";
import { err, ok, type Result } from "../../../shared/result.ts";
import { UnavailableError } from "../unavailable-error.ts";
import { openAcknowledgements, readAcknowledged, type Acknowledged } from "./acknowledgements.ts";

/**
 * One SQLite file that one process writes. A write is one transaction; it is answered once its log and
 * the number of the write (`acknowledgements.ts`) are on the disk, so that neither a kill nor a loss of
 * power takes back what somebody was told (docs/adr/0021).
 */
export interface Database {
  /** Rows of a query. */
  rows(sql: string, ...values: readonly SqlValue[]): readonly Row[];
  /** One change within `write`; the number of rows it changed. */
  run(sql: string, ...values: readonly SqlValue[]): number;
  /**
   * All of `work` or nothing of it; `item` names what is written. Work that changes nothing costs no
   * sync. An error thrown by `work` takes everything back and rises.
   */
  write<T>(item: string, work: () => T): Promise<T>;
  /** Writes a copy of the whole database as it is at this moment to a file that is not there yet. */
  copyTo(path: string): void;
  close(): Promise<void>;
}

export type SqlValue = string | number | null;
type Row = Readonly<Record<string, unknown>>;

export type DatabaseRefusal =
  /** Its pages or items are damaged, or it is no database; `faults` says where. */
  | { readonly code: "damaged"; readonly faults: readonly string[] }
  /** It lacks its latest acknowledged writes; `last` is the number of the last. */
  | { readonly code: "behind"; readonly lost: readonly Acknowledged[]; readonly last: number }
  /** A later version of the program wrote it. */
  | { readonly code: "too_new"; readonly version: number };

export interface DatabaseSettings {
  readonly file: string;
  readonly now: () => string;
  /** What makes version n + 1 of the schema from version n, from an empty database on. */
  readonly migrations: readonly string[];
  /** A query for the keys of at most ten damaged rows. */
  readonly damagedRows: string;
  /** The number of the last acknowledged write, by which somebody consents to what a `behind` named. */
  readonly acceptLossUpTo?: number | undefined;
}

/** Opens a database, made where there is none. One that is refused is left as it was. */
export async function openDatabase(
  settings: DatabaseSettings,
): Promise<Result<Database, DatabaseRefusal>> {
  const { file, now, migrations } = settings;
  const listFile = `${file}.acknowledged`;
  const acknowledged = await readAcknowledged(listFile);
  const refused = existsSync(file) ? refusalOf(settings, acknowledged) : undefined;
  if (refused !== undefined) return err(refused);

  const sqlite = new DatabaseSync(file);
  sqlite.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 5000");
  migrate(sqlite, migrations);
  const list = await openAcknowledgements(listFile, acknowledged);
  const statements = new Map<string, StatementSyncInstance>();
  const statement = (text: string) => {
    const known = statements.get(text) ?? sqlite.prepare(text);
    statements.set(text, known);
    return known;
  };
  let changes = 0;
  const rows: Database["rows"] = (text, ...values) => statement(text).all(...values) as Row[];
  const run: Database["run"] = (text, ...values) => {
    const changed = statement(text).run(...values).changes;
    changes += changed;
    return changed;
  };
  const last = acknowledged.at(-1)?.number ?? 0;
  run("UPDATE last_write SET number = ? WHERE number < ?", last, last); // a loss somebody consented to

  /** The number of the write is absent where nothing was changed. */
  function transaction<T>(work: () => T): { readonly done: T; readonly number?: number } {
    changes = 0;
    sqlite.exec("BEGIN IMMEDIATE");
    try {
      const done = work();
      if (changes === 0) {
        sqlite.exec("ROLLBACK");
        return { done };
      }
      const [row] = rows("UPDATE last_write SET number = number + 1 RETURNING number");
      sqlite.exec("COMMIT");
      return { done, number: Number(row?.["number"]) };
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
      throw isOutOfRoom(error) ? new UnavailableError("full", error) : error;
    }
  }

  return ok({
    rows,
    run,

    async write(item, work) {
      const { done, number } = transaction(work);
      if (number !== undefined) await list.add({ number, at: now(), item });
      return done;
    },

    copyTo: (path) => {
      sqlite.prepare("VACUUM INTO ?").run(path);
    },

    async close() {
      sqlite.close();
      await list.close();
    },
  });
}

/** Looks at a database without changing it. */
function refusalOf(
  { file, migrations, damagedRows, acceptLossUpTo }: DatabaseSettings,
  acknowledged: readonly Acknowledged[],
): DatabaseRefusal | undefined {
  let sqlite: InstanceType<typeof DatabaseSync> | undefined;
  try {
    sqlite = new DatabaseSync(file, { readOnly: true });
    const version = versionOf(sqlite);
    if (version > migrations.length) return { code: "too_new", version };
    const faults = [
      ...columnOf(sqlite, "PRAGMA quick_check(10)").filter((text) => text !== "ok"),
      ...(version === 0 ? [] : columnOf(sqlite, damagedRows)),
    ];
    if (faults.length > 0) return { code: "damaged", faults };
    const found = version === 0 ? 0 : lastWrite(sqlite);
    const last = acknowledged.at(-1)?.number ?? 0;
    if (found >= last || last === acceptLossUpTo) return undefined;
    return { code: "behind", lost: acknowledged.filter(({ number }) => number > found), last };
  } catch (error) {
    if (!isDamage(error)) throw error;
    return { code: "damaged", faults: [error.message] };
  } finally {
    sqlite?.close();
  }
}

/** Each version in a transaction of its own, so that a killed migration leaves the one before. */
function migrate(sqlite: InstanceType<typeof DatabaseSync>, migrations: readonly string[]): void {
  for (let version = versionOf(sqlite); version < migrations.length; version += 1) {
    const counter = version === 0 ? countWrites : "";
    const next = `PRAGMA user_version = ${String(version + 1)}`;
    sqlite.exec(`BEGIN IMMEDIATE; ${counter} ${migrations[version] ?? ""}; ${next}; COMMIT`);
  }
}

const countWrites =
  "CREATE TABLE last_write (number INTEGER NOT NULL) STRICT; INSERT INTO last_write VALUES (0);";

const lastWrite = (sqlite: InstanceType<typeof DatabaseSync>): number =>
  Number(columnOf(sqlite, "SELECT number FROM last_write")[0]);

const versionOf = (sqlite: InstanceType<typeof DatabaseSync>): number =>
  Number(columnOf(sqlite, "PRAGMA user_version")[0]);

const columnOf = (sqlite: InstanceType<typeof DatabaseSync>, sql: string): string[] =>
  (sqlite.prepare(sql).all() as Row[]).map((row) => String(Object.values(row)[0]));

/** SQLITE_FULL, and SQLITE_IOERR_WRITE and _FSYNC, by which some systems say the same. */
const outOfRoom: readonly unknown[] = [13, 778, 1034];
const isOutOfRoom = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && outOfRoom.includes(error.errcode);

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const damageCodes: readonly unknown[] = [11, 26];
const isDamage = (error: unknown): error is Error =>
  error instanceof Error && "errcode" in error && damageCodes.includes(error.errcode);
