import type { Host } from "../../../infra/local/host.ts";
import { enterMember, everyMember } from "../../functions/enter.ts";

const region = "360200";

export async function memberOf(host: Host, person: string) {
  const members = await everyMember(host.data.registry, region);
  const member = members.find(({ subject }) => subject === person);
  if (member === undefined) throw new Error(`The city has no ${person}.`);
  return member;
}

export async function alsoPrepares(host: Host, person: string, orgCode: string): Promise<void> {
  const member = await memberOf(host, person);
  await enterMember(host.data.registry, {
    ...member,
    memberships: [...member.memberships, { role: "preparer", orgCode }],
  });
}
