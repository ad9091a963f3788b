import { z } from "zod";
import type { OrgView } from "../../../shared/contract/responses.ts";
import type { OrgActType } from "../../../shared/registry/registry.ts";

/** What is typed for a change of the tree, and the request it becomes. */

export interface WantedAct {
  readonly type: OrgActType;
  /** The node it is about; of an addition the one it comes under. */
  readonly org?: OrgView;
}

const newOrg = z.object({ code: z.string().optional(), name: z.string().optional() });

export const actFormSchema = z.object({
  year: z.string().optional(),
  reason: z.string().optional(),
  code: z.string().optional(),
  name: z.string().optional(),
  kind: z.enum(["department", "unit"]).optional(),
  parent: z.string().optional(),
  to: z.string().optional(),
  stays: z.enum(["yes", "no"]).optional(),
  parts: z.array(newOrg).optional(),
  others: z.array(z.string()).optional(),
  /** Code of the node the others become part of; `newTarget` where it is a new one. */
  into: z.string().optional(),
});
export type ActForm = z.infer<typeof actFormSchema>;

export const newTarget = "new";

/** `version`: of the node as it was when its form was begun. */
export function actBody(
  { type, org }: WantedAct,
  typed: ActForm,
  { orgs, version }: { readonly orgs: readonly OrgView[]; readonly version: number },
): object {
  const common = { type, year: Number(typed.year), reason: typed.reason };
  const seen = { code: org?.code, version };
  switch (type) {
    case "add": {
      const { code, name, kind, parent } = typed;
      return { ...common, code, name, kind, ...(kind === "unit" ? { parent } : {}) };
    }
    case "rename":
      return { ...common, org: seen, name: typed.name };
    case "move":
      return { ...common, org: seen, to: typed.to };
    case "split":
      return { ...common, org: seen, parts: typed.parts, stays: typed.stays === "yes" };
    case "merge": {
      const versionOf = (code: string) =>
        code === org?.code ? version : (orgs.find((one) => one.code === code)?.version ?? 0);
      const seenOf = (code: string) => ({ code, version: versionOf(code) });
      const all = [...(org === undefined ? [] : [org.code]), ...(typed.others ?? [])];
      const into =
        typed.into === newTarget
          ? { code: typed.code, version: 0, name: typed.name }
          : seenOf(typed.into ?? "");
      return { ...common, orgs: all.map(seenOf), into };
    }
    case "dissolve":
    case "restore":
    case "exempt":
    case "require":
      return { ...common, org: seen };
  }
}
