import { describe, expect, it } from "vitest";
import { actingLevel, roleIds, roles, rolesWhere } from "../../../shared/workflow/roles.ts";
import {
  administratorRole,
  preparerRole,
  readerRole,
  reviewerOf,
  signerOf,
  type RoleDefinition,
} from "../../../shared/workflow/roles.ts";
import { roleSchema } from "../../../shared/workflow/report-state-schema.ts";
import { transitions } from "../../../shared/workflow/transitions.ts";

const complete: RoleDefinition = {
  name: "观察员",
  heldAt: ["department"],
  neededAt: [],
  reach: "department",
  duty: { kind: "reads" },
  registry: "none",
  outcomeLetters: "none",
  attendsFailures: false,
  supervises: "none",
};

describe("the table of roles", () => {
  it("does not compile with a row that leaves something out", () => {
    const { supervises, ...incomplete } = complete;
    // @ts-expect-error a row says whom the role supervises
    const row: RoleDefinition = incomplete;
    expect({ ...row, supervises }).toEqual(complete);
  });

  it("gives every role a name of its own and a node to be held at", () => {
    const names = roleIds.map((role) => roles[role].name);
    expect(new Set(names).size).toBe(names.length);
    expect(rolesWhere(({ heldAt }) => heldAt.length === 0)).toEqual([]);
  });

  it("holds a role that reaches the region at the bureau alone, and no other there", () => {
    const atBureau = rolesWhere(({ heldAt }) => heldAt.includes("bureau"));
    expect(atBureau).toEqual(rolesWhere(({ reach }) => reach === "region"));
    expect(atBureau.every((role) => roles[role].heldAt.length === 1)).toBe(true);
  });

  it("has one role for each level, each signature, and the registry", () => {
    for (const [stage, role] of Object.entries(reviewerOf)) {
      expect(
        rolesWhere(({ duty }) => duty.kind === "reviews" && duty.stage === stage),
        stage,
      ).toEqual([role]);
    }
    for (const [kind, role] of Object.entries(signerOf)) {
      expect(
        rolesWhere(({ duty }) => duty.kind === "signs" && duty.signOff === kind),
        kind,
      ).toEqual([role]);
    }
    expect(rolesWhere(({ duty }) => duty.kind === "prepares")).toEqual([preparerRole]);
    expect(rolesWhere(({ duty }) => duty.kind === "administers")).toEqual([administratorRole]);
    expect(rolesWhere(({ registry }) => registry === "keeps")).toEqual([administratorRole]);
    expect(roles[readerRole].duty).toEqual({ kind: "reads" });
  });

  it("is what stored and sent roles are read by", () => {
    expect(roleSchema.options).toEqual(roleIds);
    expect(roleSchema.safeParse("observer").success).toBe(false);
  });

  it("lets who only reads make no move", () => {
    const movers = new Set(Object.values(transitions).flatMap(({ by }) => by));
    expect(roleIds.filter((role) => !movers.has(role))).toEqual(
      rolesWhere(({ duty }) => duty.kind === "reads"),
    );
  });

  it("sets preparing, each review, and keeping the registry on levels of their own", () => {
    expect(Object.fromEntries(roleIds.map((role) => [role, actingLevel(role)]))).toEqual({
      preparer: "preparer",
      unit_reviewer: "unit",
      department_reviewer: "department",
      bureau_reviewer: "bureau",
      secrecy_officer: "department",
      principal: "department",
      bureau_admin: "administration",
      auditor: undefined,
    });
  });
});
