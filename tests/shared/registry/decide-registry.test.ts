import { describe, expect, it } from "vitest";
import { decideMember } from "../../../shared/registry/decide-registry.ts";
import {
  maxAdministrators,
  maxPendingGrants,
  type Member,
  type OrgNode,
  type PendingGrant,
  type RegistryState,
} from "../../../shared/registry/registry.ts";
import type { Role } from "../../../shared/workflow/roles.ts";
import { omitUndefined } from "../../../shared/omit-undefined.ts";

const region = "360200";
const now = "2023-08-01T02:00:00.000Z";
const org = (code: string, kind: OrgNode["kind"], parent?: string): OrgNode => ({
  ...{ region, code, name: `机构${code}`, kind, version: 1 },
  ...omitUndefined({ parent }),
});
const list = [
  org("000", "bureau"),
  org("137", "department", "000"),
  org("137001", "unit", "137"),
  org("200", "department", "000"),
];
const orgs = new Map(list.map((node) => [node.code, node]));
const member = (subject: string, version: number, ...roles: readonly [Role, string][]): Member => ({
  ...{ region, subject, name: subject, version },
  memberships: roles.map(([role, orgCode]) => ({ role, orgCode })),
});
const state = (administrators: readonly string[], grants: PendingGrant[] = []): RegistryState => ({
  administrators,
  grants,
});
const of = (by: string, so: RegistryState) => ({ state: so, by: { id: by, name: by }, now });
const change = (by: string, so: RegistryState, wanted: Member, before?: Member) =>
  decideMember(of(by, so), wanted, { before, orgs, newId: "g1" });
const types = (decided: ReturnType<typeof decideMember>) =>
  decided.ok ? decided.value.map(({ type }) => type) : decided.error.code;

const two = state(["sun", "xu"]);
const admin = (subject: string) => member(subject, 1, ["bureau_admin", "000"]);

describe("a person's roles", () => {
  it("are changed by an administrator, once the version is the one stored", () => {
    const before = member("li", 3, ["preparer", "137001"]);
    expect(types(change("xu", two, { ...before, memberships: [] }, before))).toEqual([
      "member_changed",
    ]);
    expect(types(change("xu", two, { ...before, version: 2 }, before))).toBe("stale_version");
  });

  it("that say what is stored already make no event", () => {
    const before = member("li", 3, ["preparer", "137001"]);
    expect(types(change("xu", two, before, before))).toEqual([]);
  });

  it("are never one's own, nor under another spelling of one's subject; one's address is", () => {
    const xu = admin("xu");
    expect(types(change("xu", two, { ...xu, name: "冯远" }, xu))).toBe("own_membership");
    expect(types(change("xu", two, { ...xu, memberships: [] }, xu))).toBe("own_membership");
    expect(types(change("xu", two, member("ＸＵ ", 0, ["auditor", "000"])))).toBe("own_membership");
    expect(types(change("xu", two, { ...xu, email: "x@example.org" }, xu))).toEqual([
      "member_changed",
    ]);
    expect(change("xu", two, { ...xu, name: "冯远" }, xu)).toMatchObject({
      error: { administrators: ["sun"] },
    });
  });

  it("make no more administrators than are answerable", () => {
    expect(types(change("xu", state(["xu"]), { ...admin("sun"), version: 0 }))).toEqual([
      "member_changed",
    ]);
    const many = state(Array.from({ length: maxAdministrators }, (_, n) => `a${String(n)}`));
    expect(types(change("a1", many, { ...admin("sun"), version: 0 }))).toBe("invalid_registry");
    expect(types(change("a1", many, { ...admin("a2"), name: "改名" }, admin("a2")))).toEqual([
      "member_changed",
    ]);
  });

  it("at two levels of one line wait for a second administrator, who must exist", () => {
    const wanted = member("li", 0, ["preparer", "137001"], ["unit_reviewer", "137001"]);
    expect(types(change("xu", two, wanted))).toEqual(["grant_asked"]);
    expect(change("xu", state(["xu"]), wanted)).toEqual({
      ok: false,
      error: {
        code: "second_administrator_needed",
        levels: "编制人（机构137001）和单位审核人（机构137001）",
      },
    });
    // The one concerned is no second administrator for themselves.
    const sun = { ...admin("sun"), memberships: [] };
    const both = member("sun", 1, ["bureau_admin", "000"], ["bureau_reviewer", "000"]);
    expect(types(change("xu", two, both, sun))).toBe("second_administrator_needed");
  });

  it("wait once a person, and a bounded number of times", () => {
    const wanted = member("li", 0, ["preparer", "137001"], ["unit_reviewer", "137001"]);
    const grant = (subject: string): PendingGrant => ({
      id: subject,
      asked: { at: now, by: "xu", byName: "许" },
      after: { ...wanted, subject },
    });
    expect(types(change("xu", state(["sun", "xu"], [grant("li")]), wanted))).toBe(
      "invalid_registry",
    );
    const full = Array.from({ length: maxPendingGrants }, (_, n) => grant(`p${String(n)}`));
    expect(types(change("xu", state(["sun", "xu"], full), wanted))).toBe("invalid_registry");
    expect(types(change("xu", state(["sun", "xu"], full.slice(1)), wanted))).toEqual([
      "grant_asked",
    ]);
  });

  it("are not changed by somebody who is an administrator no more", () => {
    expect(types(change("xu", state(["sun"]), member("li", 0)))).toBe("stale_version");
  });
});
