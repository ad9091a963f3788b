import { DatabaseSync, type StatementSyncInstance } from "@photostructure/sqlite";
import { existsSync } from "node:fs";
import { err, ok, type Result } from "../../../shared/result.ts";
import { UnavailableError } from "../unavailable-error.ts";
import { openAcknowledgements, readAcknowledged, type Acknowledged } from "./acknowledgements.ts";

/**
 * One SQLite file that one process writes. A write is one transaction; it is answered once its log and
 * the number of the write (`acknowledgements.ts`) are on the disk, so that neither a kill nor a loss of
 * power undoes an acknowledged write (docs/adr/0021).
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

type Work = () => unknown;
interface Waiting {
  readonly item: string;
  readonly work: Work;
  readonly answer: (done: unknown) => void;
  readonly refuse: (error: unknown) => void;
}
/** What a write came to, with its number among all. */
interface Written {
  readonly done: unknown;
  readonly number?: number;
}
type Outcome = Written | { readonly error: unknown };

/** So many hold the process up for some ten milliseconds. */
const writesTogether = 64;

export type SqlValue = string | number | null;
type Row = Readonly<Record<string, unknown>>;

export type DatabaseRefusal =
  /** Its pages or items are damaged, or it is no database; `faults` names the places. */
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

  /** One that changes nothing is given no number. */
  function numbered(work: Work): Written {
    changes = 0;
    const done = work();
    if (changes === 0) return { done };
    const [row] = rows("UPDATE last_write SET number = number + 1 RETURNING number");
    return { done, number: Number(row?.["number"]) };
  }

  /** All of `body` or nothing of it. */
  function transaction<T>(body: () => T): T {
    sqlite.exec("BEGIN IMMEDIATE");
    try {
      const done = body();
      sqlite.exec("COMMIT");
      return done;
    } catch (error) {
      if (sqlite.isTransaction) sqlite.exec("ROLLBACK");
      throw error;
    }
  }

  function alone(work: Work): Outcome {
    try {
      return transaction(() => numbered(work));
    } catch (error) {
      return failed(error);
    }
  }

  /** Each after the other in one transaction; what one throws takes back that one. */
  function together(works: readonly Work[]): readonly Outcome[] {
    const inTurn = (work: Work): Outcome => {
      sqlite.exec("SAVEPOINT one");
      try {
        return numbered(work);
      } catch (error) {
        if (!sqlite.isTransaction) throw error; // SQLite gave up all of them
        sqlite.exec("ROLLBACK TO one");
        return failed(error);
      } finally {
        if (sqlite.isTransaction) sqlite.exec("RELEASE one");
      }
    };
    try {
      return transaction(() => works.map(inTurn));
    } catch {
      return works.map(alone);
    }
  }

  let waiting: Waiting[] = [];
  let settling: Promise<void> | undefined;
  /** Writes that come while others are synced share a transaction, and so its two syncs. */
  async function settle(): Promise<void> {
    while (waiting.length > 0) {
      const group = waiting.slice(0, writesTogether);
      waiting = waiting.slice(writesTogether);
      const works = group.map(({ work }) => work);
      const outcomes = works.length === 1 ? works.map(alone) : together(works);
      await Promise.all(group.map((one, index) => settleOne(one, outcomes[index])));
    }
    settling = undefined;
  }

  async function settleOne({ item, answer, refuse }: Waiting, outcome: Outcome | undefined) {
    try {
      if (outcome === undefined) throw new Error(`A write of ${item} came to nothing.`);
      if ("error" in outcome) throw outcome.error;
      const { done, number } = outcome;
      if (number !== undefined) await list.add({ number, at: now(), item });
      answer(done);
    } catch (error) {
      refuse(error);
    }
  }

  return ok({
    rows,
    run,

    write: <T>(item: string, work: () => T) =>
      new Promise<T>((resolve, refuse) => {
        waiting.push({ item, work, refuse, answer: (done) => resolve(done as T) });
        settling ??= settle();
      }),

    copyTo: (path) => {
      sqlite.prepare("VACUUM INTO ?").run(path);
    },

    async close() {
      await settling;
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

const failed = (error: unknown): Outcome => ({
  error: isOutOfRoom(error) ? new UnavailableError("full", error) : error,
});

/** SQLITE_FULL, and SQLITE_IOERR_WRITE and _FSYNC, by which some systems say the same. */
const outOfRoom: readonly unknown[] = [13, 778, 1034];
const isOutOfRoom = (error: unknown): boolean =>
  error instanceof Error && "errcode" in error && outOfRoom.includes(error.errcode);

/** SQLITE_CORRUPT and SQLITE_NOTADB. */
const damageCodes: readonly unknown[] = [11, 26];
const isDamage = (error: unknown): error is Error =>
  error instanceof Error && "errcode" in error && damageCodes.includes(error.errcode);
