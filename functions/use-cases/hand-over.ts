import { decideHandOver, type HandOver } from "../../shared/registry/decide-hand-over.ts";
import type { Member } from "../../shared/registry/registry.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { explained, orgsNamed, type Administrator, type RegistryRefusal } from "./registry.ts";
import { changeRegistry, type RegistryDeps } from "./registry-chain.ts";

/** Hands one person's roles at a node over to another (移交); answers both as stored. */
export async function handOver(
  deps: RegistryDeps,
  by: Administrator,
  request: HandOver & {
    readonly region: string;
    readonly subject: string;
    readonly to: string;
  },
): Promise<Result<{ readonly from: Member; readonly to: Member }, RegistryRefusal>> {
  const { region, subject, to: successor } = request;
  const changed = await changeRegistry(deps, region, async ({ state }) => {
    const [from, to] = await Promise.all([
      deps.registry.member(region, subject),
      deps.registry.member(region, successor),
    ]);
    const orgs = await orgsNamed(deps, region, [from, to]);
    return decideHandOver({ state, by, now: deps.now() }, request, { from, to, orgs });
  });
  if (!changed.ok) return explained(deps, region, changed.error);
  const [event] = changed.value;
  return event?.type === "roles_handed_over"
    ? ok({ from: event.from.after, to: event.to.after })
    : err({ code: "not_found" });
}
