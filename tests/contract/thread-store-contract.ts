import { beforeAll, describe, expect, it } from "vitest";
import type { ThreadEntry } from "../../shared/workflow/thread.ts";
import type { ReportHead, ReportStore, ThreadStore } from "../../functions/storage/ports.ts";
import { at, draft, inReview, newHead, newThread, opened, submitted } from "./fixtures.ts";

const stale = { ok: false, error: { code: "stale_version" } };

/** What every ThreadStore promises, beside the reports whose heads its remarks go through. */
export function threadStoreContract(
  open: () => Promise<{ readonly threads: ThreadStore; readonly reports: ReportStore }>,
): void {
  let threads: ThreadStore;
  let reports: ReportStore;
  beforeAll(async () => {
    ({ threads, reports } = await open());
  });
  const answer: ThreadEntry = {
    id: "answer-1",
    by: "wu",
    byName: "吴刚",
    at,
    text: "已核对，附批复文件",
    act: "answer",
    level: "unit",
    role: "unit_reviewer",
  };

  const stored = async (id: string): Promise<ReportHead> => {
    const head = await reports.load(id);
    if (head === undefined) throw new Error(`${id} is not stored`);
    return head;
  };
  async function givenDraft(orgCode: string): Promise<ReportHead> {
    const head = newHead(orgCode);
    await reports.create(head);
    const committed = await reports.commit(head, [opened], { state: draft });
    if (!committed.ok) throw new Error(committed.error.code);
    return committed.value;
  }

  describe("a review thread", () => {
    it("is read back whole, alone and among its report's, and among no other's", async () => {
      const { id } = await givenDraft("T01");
      const other = await givenDraft("T02");
      const first = newThread(id, "01");
      const second = newThread(id, "02");
      await threads.create(second);
      await threads.create(first);
      await threads.create(newThread(other.id, "03"));
      expect(await threads.load(id, "01")).toEqual(first);
      expect(await threads.list(id)).toEqual([first, second]);
      expect(await threads.load(other.id, "01")).toBeUndefined();
      expect(await threads.list("360200-2022-T09")).toEqual([]);
    });

    it("is opened once", async () => {
      const { id } = await givenDraft("T03");
      const thread = newThread(id, "01");
      await threads.create(thread);
      const another = { ...thread, entries: [{ ...answer, act: "open" as const }] };
      expect(await threads.create(another)).toEqual(stale);
      expect(await threads.load(id, "01")).toEqual(thread);
    });

    it("grows by an entry, with its status and version", async () => {
      const { id } = await givenDraft("T04");
      const thread = newThread(id, "01");
      await threads.create(thread);
      const grown = {
        ...thread,
        status: "answered",
        version: 2,
        entries: [...thread.entries, answer],
      };
      expect(await threads.append(thread, answer, "answered")).toEqual({ ok: true, value: grown });
      expect(await threads.load(id, "01")).toEqual(grown);
    });

    it("takes one of ten entries written on the same version at once", async () => {
      const { id } = await givenDraft("T05");
      const thread = newThread(id, "01");
      await threads.create(thread);
      const answers = await Promise.all(
        Array.from({ length: 10 }, (_, n) =>
          threads.append(thread, { ...answer, id: `answer-${n}` }, "answered"),
        ),
      );
      expect(answers.filter((one) => one.ok)).toHaveLength(1);
      expect((await threads.load(id, "01"))?.entries).toHaveLength(2);
    });

    it("takes no entry where there is no thread", async () => {
      const { id } = await givenDraft("T06");
      expect(await threads.append(newThread(id, "01"), answer, "answered")).toEqual(stale);
      expect(await threads.load(id, "01")).toBeUndefined();
      expect(await threads.list(id)).toEqual([]);
    });
  });

  describe("a remark and its report's head", () => {
    it("counts the head's version up, and names the one at which it came in", async () => {
      const head = await givenDraft("T10");
      expect(head.remarkVersion).toBeUndefined();
      const thread = newThread(head.id, "01");
      await threads.create(thread);
      expect(await stored(head.id)).toEqual({
        ...head,
        version: head.version + 1,
        remarkVersion: head.version + 1,
      });
      await threads.append(thread, answer, "answered");
      expect((await stored(head.id)).remarkVersion).toBe(head.version + 2);
    });

    it("refuses what was decided on the head as it was before", async () => {
      const head = await givenDraft("T11");
      await threads.create(newThread(head.id, "01"));
      expect(await reports.commit(head, [submitted], { state: inReview })).toEqual(stale);
    });

    it("is refused where nobody remarks any more, and leaves nothing", async () => {
      const refused = { ok: false, error: { code: "not_commentable" } };
      const missing = newThread("360200-2022-T12", "01");
      expect(await threads.create(missing)).toEqual(refused);
      const head = await givenDraft("T13");
      const thread = newThread(head.id, "01");
      await threads.create(thread);
      const { submission, verdicts, signOffs, acts } = inReview;
      const state = {
        ...{ submission, verdicts, signOffs, acts },
        status: "approved",
        approval: { by: "qian", byName: "钱", at, documentNumber: "1", publishBy: "2023-04-01" },
      } as const;
      const closed = await reports.commit(await stored(head.id), [], { state });
      expect(closed.ok).toBe(true);
      expect(await threads.append(thread, answer, "answered")).toEqual(refused);
      expect(await threads.create(newThread(head.id, "02"))).toEqual(refused);
      expect(await threads.list(head.id)).toEqual([thread]);
    });

    it("comes in with 15 others at once, each once, whatever is saved meanwhile", async () => {
      const head = await givenDraft("T14");
      const names = Array.from({ length: 16 }, (_, n) => String(n).padStart(2, "0"));
      const written = await Promise.all(
        names.map((name) => threads.create(newThread(head.id, name))),
      );
      expect(written.filter(({ ok }) => !ok)).toEqual([]);
      expect((await threads.list(head.id)).map(({ id }) => id)).toEqual(names);
      expect((await stored(head.id)).version).toBe(head.version + names.length);
    });
  });
}
