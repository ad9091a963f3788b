import { beforeAll, describe, expect, it } from "vitest";
import type { NoticeStore } from "../../functions/storage/ports.ts";
import { everyItem } from "../../functions/storage/pages.ts";
import { emptyBook, noticeId, noticesKept, type Notice } from "../../shared/workflow/notices.ts";

const region = "360200";
const instant = (number: number) => new Date(Date.UTC(2023, 7, 1, 0, number)).toISOString();
const notice = (number: number): Notice => ({
  ...{ id: noticeId(instant(number), `r.${String(number)}.notify`), at: instant(number) },
  ...{ kind: "returned", about: "已退回，请修改", title: "某单位2022年度单位决算" },
  ...{ detail: "附件缺页", path: "/reports/360200-2022-137001/findings" },
});

/** What every store of notices keeps to. */
export function noticeStoreContract(open: () => Promise<NoticeStore>): void {
  let notices: NoticeStore;
  beforeAll(async () => {
    notices = await open();
  });
  const idsOf = async (subject: string) =>
    (await everyItem((page) => notices.list(region, subject, page))).map(({ id }) => id);

  describe("a person's notices", () => {
    it("are read back latest first, by the person alone, and page by page", async () => {
      for (const number of [2, 1, 3]) await notices.put(region, "n-zhou", notice(number));
      const page = await notices.list(region, "n-zhou", { limit: 2 });
      expect(page.items).toEqual([notice(3), notice(2)]);
      expect(await idsOf("n-zhou")).toEqual([3, 2, 1].map((one) => notice(one).id));
      expect(await idsOf("n-wu")).toEqual([]);
      expect((await notices.list("360100", "n-zhou", { limit: 5 })).items).toEqual([]);
    });

    it("of one occasion are one", async () => {
      for (const _ of [1, 2]) await notices.put(region, "n-once", notice(1));
      expect(await idsOf("n-once")).toEqual([notice(1).id]);
    });

    it("are kept while they are among the latest", async () => {
      const all = Array.from({ length: noticesKept + 5 }, (_, index) => notice(index));
      for (const one of all) await notices.put(region, "n-many", one);
      const kept = await idsOf("n-many");
      const latest = all.toReversed().map(({ id }) => id);
      expect(kept.slice(0, noticesKept)).toEqual(latest.slice(0, noticesKept));
    });

    it("are no membership of anybody's", async () => {
      const [first] = (await notices.list(region, "n-zhou", { limit: 1 })).items;
      expect(first).not.toHaveProperty("subject");
    });
  });

  describe("what a person has read", () => {
    it("is written over the version that was read, by one of five at once", async () => {
      expect(await notices.book(region, "n-book")).toBeUndefined();
      const book = { ...emptyBook, readIds: [notice(1).id], pageOnly: ["progress" as const] };
      expect(await notices.putBook(region, "n-book", book)).toEqual({
        ok: true,
        value: { ...book, version: 1 },
      });
      const again = await Promise.all(
        Array.from({ length: 5 }, () =>
          notices.putBook(region, "n-book", { ...book, readTo: notice(2).id, version: 1 }),
        ),
      );
      expect(again.filter(({ ok }) => ok)).toHaveLength(1);
      expect(again).toContainEqual({ ok: false, error: { code: "stale_version" } });
      expect(await notices.book(region, "n-book")).toMatchObject({
        readTo: notice(2).id,
        version: 2,
      });
    });
  });
}
