import { describe, expect, it } from "vitest";
import {
  outdatedUnits,
  statesOfUnits,
} from "../../../functions/use-cases/consolidate-unit-states.ts";
import {
  outstandingUnits,
  type DepartmentUnit,
} from "../../../functions/use-cases/consolidate-units.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const [one, two] = ["1", "2"].map((digit) => digit.repeat(64));
const unit = (code: string, more: Partial<DepartmentUnit> = {}): DepartmentUnit => ({
  org: { region: "360200", code, name: `单位${code}`, kind: "unit", parent: "137", version: 1 },
  reportId: `360200-2022-${code}`,
  exempt: false,
  ...more,
});
const approved = (code: string, hash = one): DepartmentUnit =>
  unit(code, hash === undefined ? {} : { approved: hash });
const standings = (units: readonly DepartmentUnit[], basis?: Record<string, string>) =>
  statesOfUnits(units, basis).map(({ orgCode, standing }) => [orgCode, standing]);

describe("a unit of a department", () => {
  it("counts by its approved submission alone, and is waited for unless exempt", () => {
    const units = [unit("001"), unit("002", { exempt: true }), approved("003")];
    expect(standings(units)).toEqual([
      ["001", "outstanding"],
      ["002", "exempt"],
      ["003", "not_used"],
    ]);
    expect(outstandingUnits(units)).toEqual(["001"]);
  });

  it("is in the sums only as the very submission they were added up from", () => {
    const basis = { "001": one ?? "", "002": one ?? "" };
    expect(standings([approved("001"), approved("002", two)], basis)).toEqual([
      ["001", "used"],
      ["002", "resubmitted"],
    ]);
  });

  it("stays in the sums after it left the department until they are added up anew", () => {
    expect(standings([approved("001")], { "001": one ?? "", "009": two ?? "" })).toEqual([
      ["001", "used"],
      ["009", "removed"],
    ]);
  });
});

describe("sums are outdated", () => {
  const basis = { "001": one ?? "", "002": one ?? "" };
  const codes = (units: readonly DepartmentUnit[], of?: Record<string, string>) =>
    outdatedUnits(units, { entries: [], ...omitUndefined({ basis: of }) }).map(
      ({ orgCode }) => orgCode,
    );

  it("by a unit approved anew, approved since, or gone", () => {
    expect(codes([approved("001", two), approved("003")], basis)).toEqual(["001", "003", "002"]);
  });

  it("by no unit that is being corrected, and never before the first 汇总", () => {
    expect(codes([approved("001"), unit("002")], basis)).toEqual([]);
    expect(codes([approved("001", two)])).toEqual([]);
  });
});
