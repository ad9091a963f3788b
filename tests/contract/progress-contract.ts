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
      expect(await progress.kept(year, "137", "137002")).toEqual(kept("137002"));
      expect(await progress.kept(year, "137", "137003")).toBeUndefined();
      expect(await progress.kept(year, "138", "137002")).toBeUndefined();
    });

    it("are never those of an older head", async () => {
      await progress.keep(year, "138", kept("138001", 5));
      await progress.keep(year, "138", kept("138001", 4));
      expect(await progress.under(year, "138")).toEqual([kept("138001", 5)]);
      const last = { type: "returned", at: "2023-08-01T02:00:00.000Z", byName: "王强" } as const;
      const course = { seq: 4, returns: 1, last };
      await progress.keep(year, "138", { ...kept("138001", 5), unsigned: ["secrecy"], course });
      expect((await progress.under(year, "138"))[0]).toMatchObject({
        unsigned: ["secrecy"],
        course,
      });
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

  it("notes are written over the version that was read, and read back by code", async () => {
    const check = {
      ...{ editionHash: "a".repeat(64), at: "2023-08-01T02:00:00.000Z", errors: 2, warnings: 1 },
      ...{ rules: { R101: 2, R301: 1 }, met: ["R101", "R301"] },
    };
    expect(await progress.note(year, "137", "137001")).toBeUndefined();
    expect(await progress.putNote(year, "137", { orgCode: "137001", check, version: 0 })).toBe(
      true,
    );
    const stored = { orgCode: "137001", check, version: 1 };
    expect(await progress.note(year, "137", "137001")).toEqual(stored);
    expect(await progress.putNote(year, "137", { orgCode: "137001", version: 0 })).toBe(false);
    expect(await progress.putNote(year, "137", { ...stored, openRemarks: 3 })).toBe(true);
    expect(await progress.notes(year, "137")).toEqual([{ ...stored, openRemarks: 3, version: 2 }]);
    expect(await progress.notes({ ...year, year: 2021 }, "137")).toEqual([]);
  });

  it("rules of departments are written over the version that was read, and come by code", async () => {
    const line = (code: string) => ({ code, rules: { R101: { now: 1, met: 2 } }, version: 0 });
    for (const code of ["200", "100"])
      expect(await progress.putRuleLine(year, line(code))).toBe(true);
    expect(await progress.putRuleLine(year, line("100"))).toBe(false);
    expect(await progress.ruleLine(year, "100")).toEqual({ ...line("100"), version: 1 });
    expect(await progress.ruleLine({ ...year, year: 2021 }, "100")).toBeUndefined();
    const { items } = await progress.ruleLines(year, { limit: 5 });
    expect(items.map(({ code }) => code)).toEqual(["100", "200"]);
  });

  it("days of a year come latest first, and a day written again is replaced", async () => {
    const day = (name: string, published: number) => ({
      ...{ day: name, counts: { published }, overdue: 0 },
    });
    for (const [name, published] of [
      ["2023-08-02", 1],
      ["2023-08-01", 0],
      ["2023-08-02", 2],
    ] as const) {
      await progress.putDay(year, day(name, published));
    }
    const first = await progress.days(year, { limit: 1 });
    expect(first.items).toEqual([day("2023-08-02", 2)]);
    const second = await progress.days(year, { limit: 1, after: first.next ?? "" });
    expect(second).toEqual({ items: [day("2023-08-01", 0)] });
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
