import { expect, it } from "vitest";
import { react } from "../../../shared/workflow/react.ts";
import type { ReportEvent } from "../../../shared/workflow/report-state.ts";
import { submissionA, now, threadsHash } from "./given.ts";

const stamp = { at: now, by: "qian", byName: "钱" };
const chained = (event: ReportEvent) => ({
  reportId: "360200-2022-137001",
  seq: 7,
  event,
  previous: "0".repeat(64),
  hash: "1".repeat(64),
});

it("an approval is rendered, listed and notified", () => {
  expect(
    react(
      chained({
        ...stamp,
        type: "approved",
        editionHash: submissionA,
        threadsHash,
        documentNumber: "财决〔2023〕1号",
        publishBy: "2023-08-21",
      }),
    ),
  ).toEqual([
    { type: "render", reportId: "360200-2022-137001", editionHash: submissionA, seq: 7 },
    { type: "index", reportId: "360200-2022-137001" },
    { type: "notify", reportId: "360200-2022-137001", seq: 7 },
  ]);
});

it("a take-down is retracted, listed and notified", () => {
  expect(react(chained({ ...stamp, type: "taken_down", legalBasis: "依据" }))).toEqual([
    { type: "retract", reportId: "360200-2022-137001" },
    { type: "index", reportId: "360200-2022-137001" },
    { type: "notify", reportId: "360200-2022-137001", seq: 7 },
  ]);
});

it("a publication is listed once it counts, and notified", () => {
  const published = {
    ...{ ...stamp, type: "published" as const, editionHash: submissionA },
    ...{ number: 1, path: "/2022/137001/" },
  };
  expect(react(chained(published))).toEqual([
    { type: "index", reportId: "360200-2022-137001" },
    { type: "notify", reportId: "360200-2022-137001", seq: 7 },
  ]);
});

it("opening a report asks nothing of anybody else", () => {
  expect(react(chained({ ...stamp, type: "opened", kind: "unit" }))).toEqual([]);
});
