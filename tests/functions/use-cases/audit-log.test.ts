import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { auditEntries } from "../../../functions/use-cases/audit/audit-log.ts";
import { rebuildProgress } from "../../../functions/use-cases/progress/follow-registry.ts";
import type { AuditEntry } from "../../../shared/audit/audit-entry.ts";
import { openBureau, region, reportOf, type Bureau } from "../effects/bureau.ts";
import { enterOrg } from "../enter.ts";

let bureau: Bureau;
beforeEach(async () => {
  bureau = await openBureau();
  await bureau.relay();
});
afterEach(() => bureau.close());

const search = (
  filter: Parameters<typeof auditEntries>[2]["filter"] = {},
  {
    from = "2023-01-01",
    to = "2023-12-31",
    limit = 100,
    after = undefined as string | undefined,
  } = {},
) =>
  auditEntries(bureau.data, region.code, {
    ...{ from, to, filter },
    page: { limit, ...(after === undefined ? {} : { after }) },
  });
const types = async (...given: Parameters<typeof search>) =>
  (await search(...given)).items.map(({ type }) => type);

describe("the audit log", () => {
  it("lists events of reports and of the registry once they are relayed, latest first, each once", async () => {
    expect(await types()).toEqual(["registry_entered"]);
    bureau.clock.at = "2023-08-02T02:00:00.000Z";
    await bureau.open("137001");
    bureau.clock.at = "2023-08-03T02:00:00.000Z";
    await bureau.walk.submit("137001");
    const unit = await bureau.data.registry.org(region.code, "137002");
    if (unit === undefined) throw new Error("No unit.");
    bureau.clock.at = "2023-08-04T02:00:00.000Z";
    await enterOrg(bureau.data.registry, { ...unit, name: "市行政服务中心" });
    await bureau.relay();
    await bureau.relay();
    expect(await types()).toEqual(["submitted", "opened", "registry_entered", "registry_entered"]);
    expect(await types({ unit: "137001" })).toEqual(["submitted", "opened"]);
    expect(await types({ person: "李敏", type: "opened" })).toEqual(["opened"]);
    expect(await types({}, { from: "2023-08-02", to: "2023-08-03" })).toEqual([
      "submitted",
      "opened",
    ]);
    // 16:00 in UTC is midnight in Shanghai.
    expect(await types({}, { from: "2023-08-03", to: "2023-08-03" })).toEqual(["submitted"]);
  });

  it("has what an earlier version did not list once everything is made again", async () => {
    await bureau.open("137001");
    await bureau.walk.submit("137001");
    const listed: (readonly AuditEntry[])[] = [];
    const audit = {
      ...bureau.data.audit,
      record: (_: string, entries: readonly AuditEntry[]) => {
        listed.push(entries);
        return Promise.resolve();
      },
    };
    await rebuildProgress({ ...bureau.data, audit }, region.code);
    expect(listed.flat().map(({ reportId, type }) => [reportId, type])).toEqual([
      [reportOf("137001"), "opened"],
      [reportOf("137001"), "submitted"],
    ]);
  });

  it("is read in bounded pages over months in which nothing happened, and ends", async () => {
    const entry = (month: number, day: number): AuditEntry => ({
      at: `2023-${String(month).padStart(2, "0")}-${String(day).padStart(2, "0")}T03:00:00.000Z`,
      ...{ by: "limin", byName: "李敏", type: "submitted", seq: day, deed: "提交" },
      reportId: `360200-2022-${String(month)}`,
    });
    for (const month of [1, 2, 6]) {
      const entries = Array.from({ length: 28 * 4 }, (_, index) => ({
        ...entry(month, (index % 28) + 1),
        reportId: `r${String(index)}`,
      }));
      await bureau.data.audit.record("360300", entries);
    }
    const read: AuditEntry[] = [];
    let after: string | undefined;
    let pages = 0;
    do {
      const page: Awaited<ReturnType<typeof auditEntries>> = await auditEntries(
        bureau.data,
        "360300",
        {
          ...{ from: "2023-01-15", to: "2023-12-31", filter: {} },
          page: { limit: 50, ...(after === undefined ? {} : { after }) },
        },
      );
      read.push(...page.items);
      after = page.next;
      pages += 1;
    } while (after !== undefined && pages < 50);
    expect(read).toHaveLength(28 * 4 * 2 + 14 * 4);
    expect(read.map(({ at }) => at)).toEqual(
      read
        .map(({ at }) => at)
        .toSorted()
        .toReversed(),
    );
    expect(new Set(read.map(({ at, reportId = "" }) => at + reportId)).size).toBe(read.length);
    expect(pages).toBeLessThanOrEqual(8);
  });
});
