import { describe, expect, it } from "vitest";
import { historiesOf } from "../../../functions/publish/org-history.ts";
import type { OrgNode } from "../../../shared/registry/registry.ts";

const unit = (code: string, name: string, more: Partial<OrgNode> = {}): OrgNode => ({
  ...{ region: "360200", code, name, kind: "unit", parent: "137", version: 1 },
  ...more,
});
const linesOf = (orgs: readonly OrgNode[]) =>
  Object.fromEntries(
    [...historiesOf(orgs)].map(([code, links]) => [
      code,
      links.map(({ from, kind, offices }) =>
        `${String(from)} ${kind} ${offices.map(({ name }) => name).join("+")}`.trim(),
      ),
    ]),
  );

describe("the history of an office", () => {
  it("names who was merged into it, at both ends, and nothing of an office without one", () => {
    expect(
      linesOf([
        unit("1", "甲", { dissolved: { from: 2024, reason: "合并", successors: ["3"] } }),
        unit("2", "乙", { dissolved: { from: 2024, reason: "合并", successors: ["3"] } }),
        unit("3", "丙", {
          since: 2024,
          predecessors: [{ from: 2024, by: "merge", codes: ["1", "2"] }],
        }),
        unit("4", "丁"),
      ]),
    ).toEqual({
      1: ["2024 merged_into 丙"],
      2: ["2024 merged_into 丙"],
      3: ["2024 merged_from 甲+乙"],
    });
  });

  it("names all parts of a split in one line, whether the office stays or not", () => {
    const part = (code: string, name: string) =>
      unit(code, name, { since: 2024, predecessors: [{ from: 2024, by: "split", codes: ["1"] }] });
    const parts = [part("2", "乙"), part("3", "丙")];
    const dissolved = { from: 2024, reason: "分立", successors: ["2", "3"] };
    for (const source of [unit("1", "甲"), unit("1", "甲", { dissolved })]) {
      expect(linesOf([source, ...parts])).toEqual({
        ...{ 1: ["2024 split_off 乙+丙"], 2: ["2024 split_from 甲"], 3: ["2024 split_from 甲"] },
      });
    }
  });

  it("names offices as they were called then, and each change of a name", () => {
    const renamed = unit("1", "甲中心", {
      earlier: [{ through: 2022, name: "甲站", parent: "137" }],
    });
    const heir = unit("2", "乙", {
      predecessors: [{ from: 2022, by: "merge", codes: ["1"] }],
    });
    expect(linesOf([renamed, heir])).toEqual({
      1: ["2022 merged_into 乙", "2023 renamed 甲站"],
      2: ["2022 absorbed 甲站"],
    });
    const moved = unit("1", "甲", { earlier: [{ through: 2022, name: "甲", parent: "105" }] });
    expect(linesOf([moved])).toEqual({});
  });

  it("ends with who took its business over, and is none for an office that never was", () => {
    expect(
      linesOf([
        unit("1", "甲", { dissolved: { from: 2023, reason: "撤销", successors: ["2"] } }),
        unit("2", "乙"),
        unit("3", "丙", { dissolved: { from: 2023, reason: "撤销" } }),
        unit("4", "丁", { since: 2023, dissolved: { from: 2023, reason: "撤回导入" } }),
      ]),
    ).toEqual({ 1: ["2023 dissolved 乙"], 2: ["2023 took_over 甲"], 3: ["2023 dissolved"] });
  });
});
