import { describe, expect, it } from "vitest";
import {
  createSectionDraft,
  type Backup,
  type SaveAnswer,
  type Stored,
} from "../../../web/staff/editing/section-draft.ts";

/** A desk whose clock is wound by hand and whose server answers on request. */
function desk(kept?: Backup<string>, { hasRoom = true, maySend = true } = {}) {
  const sent: {
    base: Stored<string>;
    value: string;
    answer: (answer: SaveAnswer<string>) => void;
  }[] = [];
  let backup = kept;
  let due: (() => void) | undefined;
  const delays: number[] = [];
  const draft = createSectionDraft<string>({
    save: (base, value) => new Promise((answer) => sent.push({ base, value, answer })),
    backup: {
      read: () => backup,
      write: (next) => {
        backup = next;
        return hasRoom;
      },
      clear: () => (backup = undefined),
    },
    maySend: () => maySend,
    schedule: (work, delayMs) => {
      due = work;
      delays.push(delayMs);
      return () => (due = undefined);
    },
  });
  return {
    draft,
    sent,
    delays,
    backup: () => backup,
    /** The moment after the last key. */
    wait: () => {
      const work = due;
      due = undefined;
      work?.();
    },
    answer: async (index: number, answer: SaveAnswer<string>) => {
      sent[index]?.answer(answer);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}
const stored = { hash: "h0", value: "甲" };
const savedAs = (hash: string): SaveAnswer<string> => ({
  kind: "saved",
  hash,
  at: "2023-03-01T00:00:00Z",
});

describe("a section being typed", () => {
  it("is kept in the browser at once and sent a moment later, with the hash it started from", async () => {
    const { draft, sent, backup, wait, answer } = desk();
    draft.change(stored, "乙");
    expect(backup()).toEqual({ base: stored, value: "乙" });
    expect(sent).toEqual([]);
    wait();
    expect(sent[0]).toMatchObject({ base: stored, value: "乙" });
    await answer(0, savedAs("h1"));
    expect(backup()).toBeUndefined();
    expect(draft.snapshot().state).toEqual({ kind: "saved", at: "2023-03-01T00:00:00Z" });
  });

  it("is sent again when keys came during a save, one save at a time, on the hash just saved", async () => {
    const { draft, sent, wait, answer } = desk();
    draft.change(stored, "乙");
    wait();
    draft.change(stored, "丙");
    wait();
    expect(sent).toHaveLength(1);
    await answer(0, savedAs("h1"));
    expect(sent[1]).toMatchObject({ base: { hash: "h1", value: "乙" }, value: "丙" });
    await answer(1, savedAs("h2"));
    expect(draft.snapshot().state.kind).toBe("saved");
    expect(sent).toHaveLength(2);
  });

  it("is not dropped when the connection is lost", async () => {
    const { draft, sent, backup, wait, answer } = desk();
    draft.change(stored, "乙");
    wait();
    await answer(0, { kind: "offline" });
    expect(draft.snapshot().state.kind).toBe("offline");
    expect(backup()?.value).toBe("乙");
    wait();
    await answer(1, savedAs("h1"));
    expect(sent[1]).toMatchObject({ base: stored, value: "乙" });
    expect(draft.snapshot().state.kind).toBe("saved");
  });

  it("is sent again, ever less often, while the server cannot save", async () => {
    const { draft, sent, backup, delays, wait, answer } = desk();
    draft.change(stored, "乙");
    for (let attempt = 0; attempt < 6; attempt += 1) {
      wait();
      await answer(attempt, { kind: "unavailable" });
      expect(draft.snapshot().state.kind).toBe("unavailable");
      expect(backup()?.value).toBe("乙");
    }
    expect(delays.slice(1)).toEqual([5_000, 10_000, 20_000, 40_000, 60_000, 60_000]);
    wait();
    await answer(6, savedAs("h1"));
    expect(sent[6]).toMatchObject({ base: stored, value: "乙" });
    expect(draft.snapshot().state.kind).toBe("saved");
  });

  it("is not sent again before the server asked for, however short the own wait", async () => {
    const { draft, delays, wait, answer } = desk();
    draft.change(stored, "乙");
    wait();
    await answer(0, { kind: "unavailable", retryAfterMs: 30_000 });
    wait();
    await answer(1, { kind: "unavailable", retryAfterMs: 2_000 });
    expect(delays.slice(1)).toEqual([30_000, 10_000]);
  });

  it("comes back after the browser was closed and is sent on its old base", () => {
    const { draft, sent, wait } = desk({ base: stored, value: "乙" });
    expect(draft.shown("丁", "h9")).toBe("乙");
    wait();
    expect(sent[0]).toMatchObject({ base: stored, value: "乙" });
  });

  it("holds both values when somebody else saved, and goes on from theirs when settled", async () => {
    const { draft, sent, wait, answer } = desk();
    draft.change(stored, "乙");
    wait();
    const theirs = { hash: "h7", value: "丁" };
    await answer(0, { kind: "conflict", byName: "李敏", theirs });
    expect(draft.snapshot().conflict).toEqual({ byName: "李敏", base: "甲", mine: "乙", theirs });
    expect(await draft.flush()).toBe(false);
    draft.settle("乙丁");
    expect(sent[1]).toMatchObject({ base: theirs, value: "乙丁" });
  });

  it("says why it was refused, and is sent again only with another value or when asked", async () => {
    const { draft, sent, wait, answer } = desk();
    draft.change(stored, "乙");
    wait();
    await answer(0, { kind: "refused", message: "不能保存。", details: undefined });
    wait();
    expect(sent).toHaveLength(1);
    expect(draft.snapshot().state).toMatchObject({ kind: "refused", message: "不能保存。" });
    draft.change(stored, "丙");
    wait();
    expect(sent[1]).toMatchObject({ base: stored, value: "丙" });
  });

  it("is sent at once when the report is about to be submitted", async () => {
    const { draft, sent, answer } = desk();
    draft.change(stored, "乙");
    const flushed = draft.flush();
    expect(sent).toHaveLength(1);
    await answer(0, savedAs("h1"));
    expect(await flushed).toBe(true);
  });

  it("gives way to what somebody saved after it was saved itself", async () => {
    const { draft, sent, wait, answer } = desk();
    draft.change(stored, "乙");
    wait();
    await answer(0, savedAs("h1"));
    expect(draft.shown("乙", "h1")).toBe("乙");
    expect(draft.shown("戊", "h2")).toBe("戊");
    draft.change({ hash: "h2", value: "戊" }, "己");
    wait();
    expect(sent[1]).toMatchObject({ base: { hash: "h2", value: "戊" }, value: "己" });
  });
});

describe("a section typed in two tabs of one person", () => {
  const elsewhere = { base: stored, value: "乙丙" };

  it("shows what the other tab typed, and leaves the sending to it", async () => {
    const { draft, sent, answer, wait } = desk();
    draft.change(stored, "乙");
    draft.adopt(elsewhere);
    expect(draft.snapshot().state.kind).toBe("other_tab");
    expect(draft.shown("甲", "h0")).toBe("乙丙");
    expect(sent).toEqual([]);
    draft.adopt(undefined);
    expect(draft.shown("乙丙", "h1")).toBe("乙丙");
    expect(draft.snapshot().state.kind).toBe("untouched");

    // Another tab sends for one that was closed before it could.
    draft.adopt(elsewhere);
    wait();
    await answer(0, savedAs("h1"));
    expect(sent[0]).toMatchObject({ base: stored, value: "乙丙" });
    expect(draft.snapshot().state.kind).toBe("saved");
  });

  it("goes on from what the other tab typed, on the hash it started from", () => {
    const { draft, sent, wait } = desk();
    draft.adopt(elsewhere);
    draft.change(stored, "乙丙丁");
    wait();
    expect(sent[0]).toMatchObject({ base: stored, value: "乙丙丁" });
  });

  it("loses nothing when the other tab types during a save", async () => {
    const { draft, sent, answer, backup } = desk();
    draft.change(stored, "乙");
    void draft.flush();
    draft.adopt(elsewhere);
    await answer(0, savedAs("h1"));
    expect(backup()).toEqual({ base: { hash: "h1", value: "乙" }, value: "乙丙" });
    expect(sent[1]).toMatchObject({ base: { hash: "h1" }, value: "乙丙" });
  });

  it("asks nothing when the other tab was faster with the same draft", async () => {
    const { draft, answer } = desk();
    draft.change(stored, "乙");
    const flushed = draft.flush();
    draft.adopt(elsewhere);
    draft.adopt(undefined);
    const theirs = { hash: "h1", value: "乙丙" };
    await answer(0, { kind: "conflict", byName: "陈雨", theirs });
    expect(await flushed).toBe(true);
    expect(draft.snapshot()).toEqual({ state: { kind: "untouched" } });
  });

  it("keeps what was typed here when the other tab, done with its own, clears the common backup", () => {
    const { draft, backup, sent } = desk();
    draft.change(stored, "乙");
    void draft.flush();
    expect(sent).toHaveLength(1);
    draft.adopt(undefined);
    expect(backup()).toEqual({ base: stored, value: "乙" });
  });
});

describe("a section that cannot be sent or kept", () => {
  it("waits while the report cannot be edited, and is unsent all the while", async () => {
    const { draft, sent, wait } = desk({ base: stored, value: "乙" }, { maySend: false });
    wait();
    expect(await draft.flush()).toBe(false);
    expect(sent).toEqual([]);
    expect(draft.snapshot().draft?.value).toBe("乙");
  });

  it("says that it goes with the page when the browser keeps nothing, until it is saved", async () => {
    const { draft, answer } = desk(undefined, { hasRoom: false });
    expect(draft.isAtRisk()).toBe(false);
    draft.change(stored, "乙");
    expect(draft.isAtRisk()).toBe(true);
    const flushed = draft.flush();
    await answer(0, savedAs("h1"));
    expect(await flushed).toBe(true);
    expect(draft.isAtRisk()).toBe(false);
  });
});
