import { roleOf, type RoleDefinition } from "../../shared/workflow/roles.ts";
import type { Actor } from "../../shared/workflow/report-state.ts";
import type { Member } from "../../shared/registry/registry.ts";
import type { RegistryStore, ReportStore } from "../storage/ports.ts";
import { actorTowards } from "../../shared/registry/access.ts";
import { lineageOf, seesRegion } from "../use-cases/access.ts";
import type { ReportInHand } from "../use-cases/handle-command.ts";
import { placeOfReport } from "../use-cases/open-report.ts";
import { reportInHand } from "../use-cases/report-in-hand.ts";
import type { Person } from "./deps.ts";
import { ApiError, notFound } from "./errors.ts";

interface AccessDeps {
  readonly reports: Pick<ReportStore, "load">;
  readonly registry: Pick<RegistryStore, "view">;
}

/** The person's membership in a region; without one the region does not exist for them (404). */
export function memberOf(person: Person, region: string): Member {
  const member = person.members.find((candidate) => candidate.region === region);
  if (member === undefined) throw notFound();
  return member;
}

export interface AuthorisedReport extends ReportInHand {
  readonly actor: Actor;
  readonly member: Member;
}

/** Loads a report with the person's roles towards it; without any role it does not exist for them (404). */
export async function authorise(
  deps: AccessDeps,
  person: Person,
  id: string,
): Promise<AuthorisedReport> {
  const member = memberOf(person, placeOfReport(id).region);
  const inHand = await reportInHand(deps, id);
  if (inHand === undefined) throw notFound();
  const actor = actorTowards(member, inHand.lineage);
  if (actor.roles.length === 0) throw notFound();
  return { ...inHand, actor, member };
}

/**
 * Whoever holds a role towards a report's node may see what is stored of it. Judged by the id alone:
 * they may also know of a report whose head is damaged.
 */
export async function requireSight(
  { registry }: Pick<AccessDeps, "registry">,
  person: Person,
  id: string,
): Promise<void> {
  const { region, year, orgCode } = placeOfReport(id);
  const member = memberOf(person, region);
  const lineage = await lineageOf(await registry.view(region), orgCode, year);
  if (lineage === undefined || actorTowards(member, lineage).roles.length === 0) throw notFound();
}

/** Refuses whoever holds no such role at the bureau of their region. */
export async function requireBureauRole(
  { registry }: Pick<AccessDeps, "registry">,
  member: Member,
  isMeant: (role: RoleDefinition) => boolean,
): Promise<void> {
  const view = await registry.view(member.region);
  const bureau = await view.bureau();
  const hasRole = member.memberships.some(
    ({ role, orgCode }) => isMeant(roleOf(role)) && orgCode === bureau?.code,
  );
  if (!hasRole || !(await seesRegion(member, view))) throw new ApiError("wrong_role");
}

/** An administrator of the bureau, who acts under the name their own region knows them by; refuses everybody else. */
export async function administratorOf(
  deps: Pick<AccessDeps, "registry">,
  person: Person,
  region: string,
): Promise<{ readonly id: string; readonly name: string }> {
  const member = memberOf(person, region);
  await requireBureauRole(deps, member, (role) => role.registry === "keeps");
  return { id: member.subject, name: member.name };
}
