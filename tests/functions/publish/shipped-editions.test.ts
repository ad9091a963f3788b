import { Buffer } from "node:buffer";
import { describe, expect, it } from "vitest";
import { publishReport } from "../../../functions/publish/publish-report.ts";
import { readBack } from "../../../functions/publish/read-back.ts";
import { consolidate } from "../../../shared/consolidation/consolidate.ts";
import { checkReport } from "../../../shared/checks/check-report.ts";
import { sampleReport } from "../../../shared/sample/sample-report.ts";
import { variedEditions } from "../../examples/varied-editions.ts";
import { unitOf } from "../../shared/consolidation/unit-of.ts";
import { memoryFiles } from "./memory-files.ts";
import { depsOn, requestOf, sha256 } from "./publication.ts";

describe.each(variedEditions)("a report of $id", (edition) => {
  it("is published with every table and part of its edition, and read back the same", async () => {
    const portal = memoryFiles();
    const report = sampleReport(edition, { seed: 11 });
    const { outcome, path } = await publishReport(depsOn(portal), requestOf(report));
    expect(outcome).toBe("published");
    expect(await readBack({ portal, sha256 }, path)).toMatchObject({ ok: true });
    const page = Buffer.from(portal.files.get(`${path.slice(1)}index.html`) ?? []).toString();
    for (const { title, unprinted } of edition.forms) {
      if (unprinted !== true) expect(page).toContain(title);
    }
    const bearsNumber = edition.cover.above?.includes("{监督索引号}") === true;
    expect(page.includes("<dt>监督索引号</dt><dd>00000000000000001</dd>")).toBe(bearsNumber);
    const titled = edition.parts.filter(
      ({ holds, continues }) => holds !== "attachments" && continues !== true,
    );
    const parts = titled.map(({ id }) => page.indexOf(`<h2 id="${id}">`));
    expect(parts).toEqual(parts.toSorted((a, b) => a - b));
    expect(parts.every((at) => at > 0)).toBe(true);
  });

  it("is added up cell by cell in its own tables, whose relations hold of the sum", () => {
    const [one, other] = [21, 22].map((seed) => sampleReport(edition, { seed, kind: "unit" }));
    if (one === undefined || other === undefined) throw new Error("Two units.");
    const units = [one, other].map((report, index) => ({
      ...unitOf(report),
      orgCode: `1000${String(index + 1)}`,
    }));
    const { tables } = consolidate(edition, units, []);
    const department = sampleReport(edition, { seed: 21 });
    const sections = { ...department.sections, ...tables };
    const { ledger } = checkReport({ ...department, sections });
    const own = ledger.filter(({ rule }) => rule.startsWith("E"));
    expect(own).toHaveLength(edition.relations?.length ?? 0);
    expect(own.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  });
});
