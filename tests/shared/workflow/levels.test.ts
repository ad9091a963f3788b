import { describe, expect, it } from "vitest";
import {
  addedPairs,
  type HeldRole,
  type PlacedNode,
  twoLevels,
} from "../../../shared/workflow/levels.ts";
import type { Role } from "../../../shared/workflow/roles.ts";

const nodes = new Map<string, PlacedNode>(
  [
    { code: "000", kind: "bureau" as const },
    { code: "137", kind: "department" as const, parent: "000" },
    { code: "137001", kind: "unit" as const, parent: "137" },
    { code: "137002", kind: "unit" as const, parent: "137" },
    { code: "200", kind: "department" as const, parent: "000" },
  ].map((node) => [node.code, node]),
);
const rolesOf = (...roles: readonly string[]): HeldRole[] =>
  roles.map((text) => {
    const [role, orgCode = ""] = text.split("@");
    return { role: role as Role, orgCode };
  });
const pairs = (...roles: readonly string[]) => twoLevels(rolesOf(...roles), nodes).length;

describe("two levels of one line", () => {
  it.each([
    ["preparer@137001", "unit_reviewer@137001"],
    ["preparer@137001", "department_reviewer@137"],
    ["preparer@137001", "secrecy_officer@137"],
    ["preparer@137001", "principal@137001"],
    ["preparer@137", "department_reviewer@137"],
    ["preparer@137002", "bureau_reviewer@000"],
    ["unit_reviewer@137001", "department_reviewer@137"],
    ["unit_reviewer@137001", "principal@137"],
    ["department_reviewer@137", "bureau_reviewer@000"],
    ["secrecy_officer@137", "bureau_reviewer@000"],
    ["bureau_admin@000", "bureau_reviewer@000"],
    ["bureau_admin@000", "department_reviewer@200"],
    ["bureau_admin@000", "preparer@137001"],
  ])("are %s and %s, in either order", (one, other) => {
    expect(pairs(one, other)).toBe(1);
    expect(pairs(other, one)).toBe(1);
  });

  it.each([
    ["one level twice", "preparer@137001", "preparer@137002"],
    ["the two signatures", "secrecy_officer@137", "principal@137"],
    ["a department's reviewer who signs", "department_reviewer@137", "principal@137"],
    ["units beside each other", "preparer@137001", "unit_reviewer@137002"],
    ["another department", "preparer@137001", "department_reviewer@200"],
    ["a department's own account and a unit's", "preparer@137", "unit_reviewer@137001"],
    ["who only reads", "auditor@000", "bureau_reviewer@000"],
    ["who keeps the registry and reads", "bureau_admin@000", "auditor@000"],
  ])("are not %s", (_, one, other) => {
    expect(pairs(one, other)).toBe(0);
    expect(pairs(other, one)).toBe(0);
  });

  it("are required for every pair, and not again for those held before", () => {
    const before = rolesOf("preparer@137001", "unit_reviewer@137001");
    const after = rolesOf("unit_reviewer@137001", "preparer@137001", "bureau_reviewer@000");
    expect(twoLevels(after, nodes)).toHaveLength(3);
    const added = addedPairs(twoLevels(before, nodes), twoLevels(after, nodes));
    expect(added.map((pair) => pair.map(({ role }) => role))).toEqual([
      ["unit_reviewer", "bureau_reviewer"],
      ["preparer", "bureau_reviewer"],
    ]);
  });
});
