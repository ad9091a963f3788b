import { describe, expect, it } from "vitest";
import { now, shanghaiDay } from "../../../functions/platform/clock.ts";

describe("the calendar day in Asia/Shanghai", () => {
  it.each([
    ["2023-09-14T15:59:59.999Z", "2023-09-14"],
    ["2023-09-14T16:00:00.000Z", "2023-09-15"],
    ["2023-12-31T16:00:00.000Z", "2024-01-01"],
    ["2024-02-28T20:00:00.000Z", "2024-02-29"],
  ])("of %s is %s", (instant, day) => {
    expect(shanghaiDay(instant)).toBe(day);
  });

  it("agrees with the time zone data of the platform all through a year", () => {
    const platform = new Intl.DateTimeFormat("en-CA", { timeZone: "Asia/Shanghai" });
    for (let hour = 0; hour < 366 * 24; hour += 7) {
      const instant = new Date(Date.UTC(2024, 0, 1, hour)).toISOString();
      expect(shanghaiDay(instant)).toBe(platform.format(new Date(instant)));
    }
  });
});

it("an instant is an ISO 8601 text in UTC", () => {
  expect(now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
