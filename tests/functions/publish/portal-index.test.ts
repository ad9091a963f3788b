import { describe, expect, it } from "vitest";
import { redrawYear, updateYear } from "../../../functions/publish/portal-index.ts";
import { publishReport } from "../../../functions/publish/publish-report.ts";
import type { CatalogueRow } from "../../../shared/disclosure/catalogue.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { countedFiles, madeRows, noTraffic } from "./made-city.ts";
import { memoryFiles, OutOfPower, treeOf, type MemoryFiles } from "./memory-files.ts";
import { depsOn, list, requestOf } from "./publication.ts";

const year = 2022;
const waiting = (row: CatalogueRow): CatalogueRow => ({
  ...{ code: row.code, name: row.name, kind: row.kind },
  department: { code: row.department.code },
});
const change = (row: CatalogueRow, departments: readonly string[] = []) => ({
  ...{ code: row.code, departments, row },
});
const text = (portal: MemoryFiles, key: string) =>
  Buffer.from(portal.files.get(key) ?? []).toString();

async function drawn(rows: readonly CatalogueRow[]): Promise<MemoryFiles> {
  const portal = memoryFiles();
  await redrawYear(depsOn(portal), year, rows);
  return portal;
}

describe("the lists of a year", () => {
  const rows = madeRows(130);
  const [row] = rows.slice(57, 58);
  if (row === undefined) throw new Error("No row.");

  it("come out the same whether drawn at once or row by row, in any order", async () => {
    const meant = treeOf(await drawn(rows));
    const portal = await drawn(rows.slice(0, 1).map(waiting));
    const shuffled = rows.toSorted((a, b) =>
      (a.code.at(-1) ?? "").localeCompare(b.code.at(-1) ?? ""),
    );
    for (const one of shuffled) await updateYear(depsOn(portal), year, [change(one)]);
    expect(treeOf(portal)).toEqual(meant);
  });

  it("end in the same files wherever the power failed, also where a part splits or goes", async () => {
    const others = rows.filter((one) => one !== row);
    const added = { ...row, code: "999", department: { code: "999", name: "第999局" } };
    const moved = { ...row, department: { code: "201", name: "第201局" } };
    const stages = [
      { before: others, act: [change(row)] },
      { before: [...others.slice(0, 99), waiting(row)], act: [change(added)] },
      { before: rows, act: [change(moved, [row.department.code])] },
      { before: rows.slice(0, 101), act: [{ code: "201", departments: ["201"] }] },
    ];
    for (const { before, act } of stages) {
      const start = await drawn(before);
      const whole = memoryFiles(start.files);
      await updateYear(depsOn(whole), year, act);
      expect(whole.writes()).toBeGreaterThan(5);
      for (let cut = 1; cut <= whole.writes(); cut += 1) {
        const portal = memoryFiles(start.files);
        portal.onWrite = (write) => {
          if (write === cut) throw new OutOfPower();
        };
        await expect(updateYear(depsOn(portal), year, act)).rejects.toThrow(OutOfPower);
        portal.onWrite = () => undefined;
        await updateYear(depsOn(portal), year, act);
        expect(treeOf(portal), `power cut before write ${String(cut)}`).toEqual(treeOf(whole));
      }
    }
  });

  it("are left alone by the same change again", async () => {
    const portal = await drawn(rows);
    const before = portal.writes();
    await updateYear(depsOn(portal), year, [change(row)]);
    expect(portal.writes()).toBe(before + 1); // the stylesheet, if absent
  });

  it("show every office of a small city on the year's page, and departments of a large one", async () => {
    const small = text(await drawn(madeRows(100)), "2022/index.html");
    expect(small).toContain("第201局第5中心");
    const large = await drawn(madeRows(500));
    const page = text(large, "2022/index.html");
    expect(page).not.toContain("第201局第5中心");
    expect(page).toContain(`<a href="/org/201/2022/">第201局</a>`);
    expect(text(large, "org/201/2022/index.html")).toContain("第201局第5中心");
  });

  it("divide a department too large for a page, and every unit is found from it", async () => {
    const units = Array.from({ length: 250 }, (_, index): CatalogueRow => ({
      ...{ code: `101${String(index + 1).padStart(3, "0")}`, name: `第${String(index + 1)}小学` },
      ...{ kind: "unit", department: { code: "101" } },
    }));
    const own = { ...waiting(row), code: "101", name: "教育局", kind: "department" as const };
    const portal = await drawn([...units, { ...own, department: { code: "101" } }]);
    const front = text(portal, "org/101/2022/index.html");
    const parts = [...front.matchAll(/href="(\/org\/101\/2022\/[^"]+)"/g)].map(
      ([, path = ""]) => path,
    );
    expect(parts.length).toBeGreaterThan(2);
    const listed = parts.map((path) => text(portal, `${path.slice(1)}index.html`)).join("");
    for (const { name } of units) expect(listed).toContain(`>${name}</th>`);
    expect(front).toContain("应公开251份");
  });
});

describe("one publication", () => {
  it("touches as many files and bytes among a thousand as among ten", async () => {
    const request = requestOf(loadExampleUnit("137001"), {
      department: { code: "202", name: "第202局" },
    });
    const measured = [];
    for (const count of [10, 1_000]) {
      const portal = await drawn(madeRows(count));
      const traffic = noTraffic();
      const deps = depsOn(countedFiles(portal, traffic));
      await publishReport(deps, request);
      await list(deps, year, "137001");
      measured.push(traffic);
    }
    const [few, many] = measured;
    if (few === undefined || many === undefined) throw new Error("Nothing was measured.");
    const files = ({ reads, writes, listed }: typeof few) => reads + writes + listed;
    expect(files(many) / files(few)).toBeLessThanOrEqual(1.3);
    expect(
      (many.bytesRead + many.bytesWritten) / (few.bytesRead + few.bytesWritten),
    ).toBeLessThanOrEqual(1.3);
  });
});
