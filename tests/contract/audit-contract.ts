import { beforeAll, describe, expect, it } from "vitest";
import type { AuditLog } from "../../functions/storage/ports.ts";
import type { AuditEntry } from "../../shared/audit/audit-entry.ts";

const region = "360200";
const entry = (at: string, seq: number, more: Partial<AuditEntry> = {}): AuditEntry => ({
  ...{ at, by: "limin", byName: "李敏", byRole: "preparer", type: "submitted", seq },
  ...{ reportId: "360200-2022-137001", year: 2022, orgCode: "137001", about: "某中心" },
  deed: "提交了版本 aaaaaaaa",
  ...more,
});
const later = "2024-01-01T00:00:00.000Z";

export function auditContract(open: () => Promise<AuditLog>): void {
  let audit: AuditLog;
  beforeAll(async () => {
    audit = await open();
  });

  describe("the audit log of a region", () => {
    const [first, second, third] = [
      entry("2023-08-01T02:00:00.000Z", 1),
      entry("2023-08-02T02:00:00.000Z", 2),
      entry("2023-08-31T23:59:59.999Z", 3),
    ];

    it("is read month by month, latest first, before an instant, in pages", async () => {
      await audit.record(region, [second, first]);
      await audit.record(region, [third, entry("2023-09-01T00:00:00.000Z", 4)]);
      const read = (before: string, page: { limit: number; after?: string }) =>
        audit.entries(region, "2023-08", before, page);
      const page = await read(later, { limit: 2 });
      expect(page.items).toEqual([third, second]);
      expect(await read(later, { limit: 2, after: page.next ?? "" })).toEqual({ items: [first] });
      expect((await read(third.at, { limit: 5 })).items).toEqual([second, first]);
      expect((await read("2023-08-01T00:00:00.000Z", { limit: 5 })).items).toEqual([]);
    });

    it("lists an event once, however often it is recorded, and two of one instant", async () => {
      await audit.record(region, [first, entry(first.at, 9)]);
      await audit.record(region, []);
      const change: AuditEntry = {
        ...{ at: first.at, by: "xuning", byName: "许宁", type: "org_changed", seq: 1 },
        deed: "修改机构",
      };
      await audit.record(region, [change]);
      const found = await audit.entries(region, "2023-08", "2023-08-01T03:00:00.000Z", {
        limit: 9,
      });
      expect(found.items).toEqual([change, entry(first.at, 9), first]);
      expect((await audit.entries("360300", "2023-08", later, { limit: 9 })).items).toEqual([]);
    });

    it("knows how far the registry is listed, and never goes back", async () => {
      expect(await audit.listed(region)).toBeUndefined();
      await audit.markListed(region, 7);
      await audit.markListed(region, 3);
      expect(await audit.listed(region)).toBe(7);
    });
  });
}
