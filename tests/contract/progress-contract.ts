import { beforeAll, describe, expect, it } from "vitest";
import type { ProgressStore } from "../../functions/storage/ports.ts";
import type { DepartmentLine, KeptReport } from "../../shared/progress/progress.ts";

const year = { region: "360200", year: 2022 };

const kept = (orgCode: string, version = 1): KeptReport => ({
  orgCode,
  version,
  summary: {
    id: `360200-2022-${orgCode}`,
    ...year,
    orgCode,
    orgName: "某中心",
    kind: "unit",
    departmentCode: "137",
    edition: "jiangxi-2022",
    version,
    status: "draft",
    returned: false,
    correcting: false,
  },
  unsigned: [],
  isGone: false,
});
const line = (code: string): DepartmentLine => ({
  code,
  name: "某局",
  own: "draft",
  tally: { counts: { draft: 2 }, dues: { "2023-08-10": 2 } },
  version: 0,
});

export function progressContract(open: () => Promise<ProgressStore>): void {
  let progress: ProgressStore;
  beforeAll(async () => {
    progress = await open();
  });

  describe("the reports kept under a department", () => {
    it("are read back by code, without what went elsewhere, and none of another year", async () => {
      await progress.keep(year, "137", kept("137002"));
      await progress.keep(year, "137", kept("137001"));
      await progress.keep(year, "137", { ...kept("137003"), isGone: true });
      expect(await progress.under(year, "137")).toEqual([kept("137001"), kept("137002")]);
      expect(await progress.under({ ...year, year: 2021 }, "137")).toEqual([]);
      expect(await progress.under(year, "13")).toEqual([]);
    });

    it("are never those of an older head", async () => {
      await progress.keep(year, "138", kept("138001", 5));
      await progress.keep(year, "138", kept("138001", 4));
      expect(await progress.under(year, "138")).toEqual([kept("138001", 5)]);
      await progress.keep(year, "138", { ...kept("138001", 5), unsigned: ["secrecy"] });
      expect((await progress.under(year, "138"))[0]?.unsigned).toEqual(["secrecy"]);
    });

    it("say so where the head cannot be read", async () => {
      const damaged = { orgCode: "139001", version: 3, unsigned: [], isGone: false };
      await progress.keep(year, "139", damaged);
      expect(await progress.under(year, "139")).toEqual([damaged]);
    });
  });

  describe("the line of a department", () => {
    it("is written over the one that was read, by one of ten at once", async () => {
      expect(await progress.line(year, "200")).toBeUndefined();
      expect(await progress.putLine(year, line("200"))).toBe(true);
      const stored = { ...line("200"), version: 1 };
      expect(await progress.line(year, "200")).toEqual(stored);
      const written = await Promise.all(
        Array.from({ length: 10 }, (_, n) => progress.putLine(year, { ...stored, name: `局${n}` })),
      );
      expect(written.filter(Boolean)).toHaveLength(1);
      expect(await progress.putLine(year, line("200"))).toBe(false);
    });

    it("comes in pages, by code", async () => {
      const other = { ...year, year: 2020 };
      for (const code of ["300", "100", "200"]) await progress.putLine(other, line(code));
      const first = await progress.lines(other, { limit: 2 });
      expect(first.items.map(({ code }) => code)).toEqual(["100", "200"]);
      const second = await progress.lines(other, { limit: 2, after: first.next ?? "" });
      expect(second.items.map(({ code }) => code)).toEqual(["300"]);
      expect(second.next).toBeUndefined();
    });
  });

  it("the marks of a region go forward, and the check goes where it is sent", async () => {
    expect(await progress.followed("360300")).toBeUndefined();
    await progress.markFollowed("360300", 4);
    await progress.markFollowed("360300", 3);
    expect(await progress.followed("360300")).toBe(4);
    expect(await progress.checkPosition("360300")).toBeUndefined();
    await progress.setCheckPosition("360300", { year: 2022, after: "x" });
    await progress.setCheckPosition("360300", { year: 2021 });
    expect(await progress.checkPosition("360300")).toEqual({ year: 2021 });
  });
}
