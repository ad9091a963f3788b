import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  isOverdue,
  publishBy,
  publishByIn,
  shanghaiDay,
  unitsApprovedBy,
} from "../../../shared/workflow/deadlines.ts";

describe("deadlines", () => {
  it("count from the day in Asia/Shanghai, not in UTC", () => {
    expect(shanghaiDay("2023-07-31T15:59:59.999Z")).toBe("2023-07-31");
    expect(shanghaiDay("2023-07-31T16:00:00.000Z")).toBe("2023-08-01");
    expect(publishBy("2023-07-31T15:59:59Z")).toBe("2023-08-20");
    expect(publishBy("2023-07-31T16:00:00Z")).toBe("2023-08-21");
  });

  it("give publication 20 days and units 15 over month, leap day and year ends", () => {
    expect(publishBy("2024-02-10T02:00:00Z")).toBe("2024-03-01");
    expect(publishBy("2023-02-10T02:00:00Z")).toBe("2023-03-02");
    expect(publishBy("2023-12-20T02:00:00Z")).toBe("2024-01-09");
    expect(unitsApprovedBy(publishBy("2023-08-20T02:00:00Z"))).toBe("2023-09-04");
  });

  it("end publication on the bureau's own day where that is to come and earlier than the law's", () => {
    expect(publishByIn("2025-08-20", undefined)).toBe("2025-09-09");
    expect(publishByIn("2025-08-20", "2025-08-31")).toBe("2025-08-31");
    expect(publishByIn("2025-08-31", "2025-08-31")).toBe("2025-08-31");
    // Whoever is approved later has the law's days, and nobody has more.
    expect(publishByIn("2025-09-01", "2025-08-31")).toBe("2025-09-21");
    expect(publishByIn("2025-08-01", "2025-08-31")).toBe("2025-08-21");
  });

  it("are missed when the last day has passed, not on it", () => {
    expect(isOverdue("2023-08-20", "2023-08-20T15:59:59Z")).toBe(false);
    expect(isOverdue("2023-08-20", "2023-08-20T16:00:00Z")).toBe(true);
  });

  it("agree with the calendar for every day of four centuries", () => {
    const start = Date.UTC(1900, 0, 1);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 146_097 }),
        fc.integer({ min: -800, max: 800 }),
        (n, d) => {
          const day = (offset: number) =>
            new Date(start + offset * 86_400_000).toISOString().slice(0, 10);
          expect(addDays(day(n), d)).toBe(day(n + d));
        },
      ),
    );
  });

  it("refuse what is no instant in UTC and no day", () => {
    expect(() => shanghaiDay("2023-07-31 15:59")).toThrow("Not an instant in UTC");
    expect(() => addDays("31.7.2023", 1)).toThrow("Not a day");
  });
});
