import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { draft as draftState, newHead, opened, pointer } from "../contract/fixtures.ts";
import { openSqlite } from "../contract/open-sqlite.ts";
import { editorOf, openCounty, read, type County, type Draft } from "./county.ts";
import type { Line } from "./line.ts";
import { median, msOf, quantile } from "./quantile.ts";

const editors = 300;
const secondsBetweenSaves = 5;
const saturatedSeconds = 15;
const saversAtOnce = 32;
const approvers = 100;

/**
 * An office at work on one machine: three hundred people who each save every five seconds and read in between, for a
 * minute, or for ten with `--long`; then as many saves as go; then a hundred people who approve one report at once.
 */
export async function measureLoad({
  isLong,
}: {
  readonly isLong: boolean;
}): Promise<readonly Line[]> {
  const county = await openCounty({ departments: 100, editors });
  try {
    const alone = await aloneRatio(county);
    const office = await workAsOffice(county, isLong ? 600 : 60);
    const msPerSave = await saturate(county);
    const approval = await approveAtOnce(county);
    const name = `${String(editors)} editors`;
    return [
      { name: `${name}: 95 of 100 saves within`, value: office.saveMs, unit: "ms", limit: 300 },
      { name: `${name}: 95 of 100 reads within`, value: office.readMs, unit: "ms", limit: 150 },
      { name: `${name}: requests that failed`, value: office.errors, unit: "errors", limit: 0 },
      {
        name: "As many saves as go: machine time of one (2.5 ms: 400 a second)",
        ...{ value: msPerSave, unit: "ms", limit: 2.5 },
      },
      {
        name: "A save over HTTP ÷ a bare synced conditional write",
        ...{ value: alone, unit: "×", limit: 4 },
      },
      {
        name: `${String(approvers)} people approve one report, one wins: until all have an answer`,
        ...{ value: approval.ms, unit: "ms", limit: 500 },
      },
      {
        name: "Of these, wins besides the one and unclear answers",
        ...{ value: approval.errors, unit: "errors", limit: 0 },
      },
    ];
  } finally {
    await county.close();
  }
}

/** A process that has just started runs its program slower than one that has worked for a while. */
const warmUpRounds = 150;

/** One after the other, in turns with the same conditional write on a database of the same kind. */
async function aloneRatio(county: County): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), "juesuan-bench-load-"));
  const sqlite = await openSqlite(join(folder, "bare.sqlite"));
  try {
    const { reports } = sqlite.stores;
    const head = newHead("B01");
    await reports.create(head);
    await reports.commit(head, [opened], { state: draftState });
    const save = await editorOf(county, draftAt(county, 0));
    const times = { http: [] as number[], bare: [] as number[] };
    let base: string | undefined;
    for (let round = -warmUpRounds; round < 200; round += 1) {
      const next = pointer(`round ${String(round)}`);
      const http = await msOf(save);
      const bare = await msOf(async () => {
        const saved = await reports.saveSection(head.id, "t03", base, next);
        if (!saved.ok) throw new Error(saved.error.code);
      });
      base = next.sha256;
      if (round < 0) continue;
      times.http.push(http);
      times.bare.push(bare);
    }
    return median(times.http) / median(times.bare);
  } finally {
    await sqlite.close();
    await rm(folder, { recursive: true, force: true });
  }
}

function draftAt(county: County, index: number): Draft {
  const draft = county.drafts[index % county.drafts.length];
  if (draft === undefined) throw new Error("There is nothing to save in.");
  return draft;
}

/** Each person begins at another moment of the five seconds; a request that comes late is not left out. */
async function workAsOffice(county: County, seconds: number) {
  const saves: number[] = [];
  const reads: number[] = [];
  let errors = 0;
  const measured = async (times: number[], act: () => Promise<unknown>) => {
    try {
      times.push(await msOf(act));
    } catch {
      errors += 1;
    }
  };
  const save = await Promise.all(
    county.drafts.slice(0, editors).map((draft) => editorOf(county, draft)),
  );
  const until = performance.now() + seconds * 1_000;
  await Promise.all(
    save.map(async (act, index) => {
      const { id, preparer } = draftAt(county, index);
      const periodMs = secondsBetweenSaves * 1_000;
      let due = performance.now() + (periodMs * index) / editors;
      while (due < until) {
        await pause(Math.max(0, due - performance.now()));
        await measured(saves, act);
        await measured(reads, () => read(county, preparer, `/api/reports/${id}`));
        await measured(reads, () => read(county, preparer, "/api/regions/360200/worklist"));
        due += periodMs;
      }
    }),
  );
  return { saveMs: quantile(saves, 0.95), readMs: quantile(reads, 0.95), errors };
}

async function saturate(county: County): Promise<number> {
  const until = performance.now() + saturatedSeconds * 1_000;
  let count = 0;
  const ms = await msOf(() =>
    Promise.all(
      Array.from({ length: saversAtOnce }, async (_, index) => {
        const save = await editorOf(county, draftAt(county, index));
        while (performance.now() < until) {
          await save();
          count += 1;
        }
      }),
    ),
  );
  return ms / count;
}

async function approveAtOnce(county: County) {
  const [id] = county.waiting;
  const body = { editionHash: county.editionHash, documentNumber: "景财决〔2023〕12号" };
  const began = performance.now();
  const answers = await Promise.all(
    Array.from({ length: approvers }, () =>
      county.ask("fengyuan", "POST", `/api/reports/${id ?? ""}/approve`, body),
    ),
  );
  const ms = performance.now() - began;
  const wins = answers.filter(({ status }) => status === 200).length;
  const clear = answers.filter(({ status }) => status === 409 || status === 412).length;
  return { ms, errors: Math.abs(wins - 1) + (approvers - wins - clear) };
}
