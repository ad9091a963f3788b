import { expect, it } from "vitest";
import { now } from "../../../functions/platform/clock.ts";

it("an instant is an ISO 8601 text in UTC", () => {
  expect(now()).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
});
