import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { daysOfYear, weeksOf } from "../../../shared/workflow/year-days.ts";

describe("the days of a year", () => {
  it("are those the bureau set, and those the law counts from the approval", () => {
    const days = daysOfYear({
      ...{ unitDue: "2025-03-31", departmentDue: "2025-04-30", bureauDue: "2025-08-20" },
    });
    expect(days.map(({ name, day }) => `${name} ${day}`)).toEqual([
      "单位报送 2025-03-31",
      "部门报送 2025-04-30",
      "财政批复 2025-08-20",
      "部门批复所属单位 2025-09-04",
      "公开 2025-09-09",
    ]);
  });

  it("end on the bureau's own day of publication where it sets one", () => {
    const days = daysOfYear({
      ...{ unitDue: "2025-03-31", departmentDue: "2025-04-30", bureauDue: "2025-08-20" },
      publishDue: "2025-08-31",
    });
    expect(days.at(-1)).toEqual({ name: "公开", day: "2025-08-31" });
  });
});

describe("the weeks of a month", () => {
  it("begin on Monday", () => {
    const weeks = weeksOf("2026-02");
    expect(weeks).toHaveLength(5);
    // 2026-02-01 is a Sunday.
    expect(weeks[0]).toEqual([...Array<undefined>(6), "2026-02-01"]);
    expect(weeks[1]?.[0]).toBe("2026-02-02");
    expect(weeks.at(-1)?.slice(0, 6)).toEqual([
      ...["2026-02-23", "2026-02-24", "2026-02-25", "2026-02-26", "2026-02-27", "2026-02-28"],
    ]);
  });

  it("hold each day of any month once, on its day of the week", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1960, max: 2100 }), fc.integer({ min: 1, max: 12 }), (y, m) => {
        const month = `${String(y)}-${String(m).padStart(2, "0")}`;
        const weeks = weeksOf(month);
        const days = weeks.flatMap((week) => week.filter((day) => day !== undefined));
        expect(days).toHaveLength(new Date(Date.UTC(y, m, 0)).getUTCDate());
        for (const week of weeks) {
          for (const [at, day] of week.entries()) {
            if (day === undefined) continue;
            expect((new Date(day).getUTCDay() + 6) % 7).toBe(at);
          }
        }
      }),
    );
  });
});
