import { z } from "zod";
import { orgKindSchema, roleSchema, sha256Schema } from "../workflow/report-state-schema.ts";
import type { Invitation } from "./invitation.ts";
import {
  orgActTypes,
  type ChainedRegistryEvent,
  type FiscalYear,
  type Member,
  type OrgActNote,
  type OrgNode,
  type OwnEdition,
  type PendingGrant,
  type RegistryEvent,
  type RegistryRecord,
  type RegistryState,
  type ReminderRule,
} from "./registry.ts";

/** Parses what was stored or sent; the types in registry.ts are the meaning, these hold them at run time. */

const version = z.int().min(0);

const exemptionSchema = z.strictObject({ year: z.int(), reason: z.string() });
/** What a node keeps of its years; answered to whoever may read the tree. */
export const orgYearsShape = {
  since: z.exactOptional(z.int()),
  earlier: z.exactOptional(
    z.array(
      z.strictObject({
        through: z.int(),
        name: z.string(),
        parent: z.exactOptional(z.string()),
      }),
    ),
  ),
  exemptions: z.exactOptional(z.array(exemptionSchema)),
  dissolved: z.exactOptional(
    z.strictObject({
      from: z.int(),
      reason: z.string(),
      successors: z.exactOptional(z.array(z.string())),
    }),
  ),
  predecessors: z.exactOptional(
    z.array(
      z.strictObject({
        from: z.int(),
        by: z.enum(["merge", "split"]),
        codes: z.array(z.string()),
      }),
    ),
  ),
};

export const orgSchema = z.strictObject({
  region: z.string(),
  code: z.string(),
  name: z.string(),
  kind: orgKindSchema,
  parent: z.exactOptional(z.string()),
  exempt: z.exactOptional(exemptionSchema),
  formerParents: z.exactOptional(z.array(z.string())),
  ...orgYearsShape,
  version,
}) satisfies z.ZodType<OrgNode>;

/** Later than a season lasts nobody need learn of anything. */
const daysLate = z.int().min(1).max(60);
export const reminderRuleSchema = z.strictObject({
  daily: z.boolean(),
  headAfter: z.exactOptional(daysLate),
  departmentAfter: daysLate,
  bureauAfter: daysLate,
}) satisfies z.ZodType<ReminderRule>;

export const fiscalYearSchema = z.strictObject({
  region: z.string(),
  year: z.int(),
  edition: z.string(),
  status: z.enum(["open", "closed"]),
  unitDue: z.iso.date(),
  departmentDue: z.iso.date(),
  bureauDue: z.iso.date(),
  publishDue: z.exactOptional(z.iso.date()),
  reminders: z.exactOptional(reminderRuleSchema),
  version,
}) satisfies z.ZodType<FiscalYear>;

export const memberSchema = z.strictObject({
  region: z.string(),
  subject: z.string(),
  name: z.string(),
  email: z.exactOptional(z.string()),
  memberships: z.array(z.strictObject({ role: roleSchema, orgCode: z.string() })),
  version,
}) satisfies z.ZodType<Member>;

export const ownEditionSchema = z.strictObject({
  region: z.string(),
  key: z.string(),
  name: z.string(),
  year: z.int(),
  base: z.string(),
  draft: sha256Schema,
  versions: z.array(
    z.strictObject({
      id: z.string(),
      at: z.iso.datetime(),
      by: z.string(),
      byName: z.string(),
      note: z.string(),
    }),
  ),
  discarded: z.exactOptional(z.literal(true)),
  version,
}) satisfies z.ZodType<OwnEdition>;

export const invitationSchema = z.strictObject({
  region: z.string(),
  id: z.string(),
  name: z.string(),
  email: z.exactOptional(z.string()),
  mobile: z.exactOptional(z.string()),
  memberships: z.array(z.strictObject({ role: roleSchema, orgCode: z.string() })),
  invitedBy: z.string(),
  status: z.enum(["unconfirmed", "waiting", "accepted", "withdrawn"]),
  confirmedBy: z.exactOptional(z.string()),
  codeHash: sha256Schema,
  expiresAt: z.iso.datetime(),
  acceptedBy: z.exactOptional(z.string()),
  version,
}) satisfies z.ZodType<Invitation>;

const recordSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("org"), value: orgSchema }),
  z.strictObject({ kind: z.literal("year"), value: fiscalYearSchema }),
  z.strictObject({ kind: z.literal("member"), value: memberSchema }),
  z.strictObject({ kind: z.literal("edition"), value: ownEditionSchema }),
  z.strictObject({ kind: z.literal("invitation"), value: invitationSchema }),
]) satisfies z.ZodType<RegistryRecord>;

const event = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({
    at: z.iso.datetime(),
    by: z.string(),
    byName: z.string(),
    byRole: z.enum([...roleSchema.options, "system"]),
    type: z.literal(type),
    ...shape,
  });
const change = <Schema extends z.ZodType>(schema: Schema) => ({
  before: z.exactOptional(schema),
  after: schema,
});
const records = z.array(recordSchema);
const invitationChange = { before: invitationSchema, after: invitationSchema };
const closedGrant = { grant: z.string(), subject: z.string(), name: z.string() };

const actNoteSchema = z.strictObject({
  type: z.enum(orgActTypes),
  year: z.int(),
  reason: z.string(),
}) satisfies z.ZodType<OrgActNote>;

const registryEventSchema = z.discriminatedUnion("type", [
  event("registry_adopted", { records }),
  event("registry_entered", { records }),
  event("org_changed", change(orgSchema)),
  event("orgs_changed", {
    act: actNoteSchema,
    changes: z.array(z.strictObject(change(orgSchema))),
  }),
  event("roles_handed_over", {
    orgCode: z.string(),
    roles: z.array(roleSchema),
    reason: z.string(),
    from: z.strictObject({ before: memberSchema, after: memberSchema }),
    to: z.strictObject({ before: memberSchema, after: memberSchema }),
  }),
  event("import_applied", {
    import: sha256Schema,
    fileName: z.string(),
    part: z.int().min(1),
    parts: z.int().min(1),
    undoes: z.exactOptional(sha256Schema),
    changes: z.array(
      z.discriminatedUnion("kind", [
        z.strictObject({ kind: z.literal("org"), ...change(orgSchema) }),
        z.strictObject({ kind: z.literal("member"), ...change(memberSchema) }),
      ]),
    ),
  }),
  event("year_changed", { ...change(fiscalYearSchema), reason: z.exactOptional(z.string()) }),
  event("member_changed", change(memberSchema)),
  event("edition_changed", change(ownEditionSchema)),
  event("grant_asked", { grant: z.string(), ...change(memberSchema) }),
  event("grant_confirmed", {
    grant: z.string(),
    askedBy: z.string(),
    askedByName: z.string(),
    ...change(memberSchema),
  }),
  event("reminded", {
    year: z.int(),
    nodes: z.array(
      z.strictObject({
        orgCode: z.string(),
        departmentCode: z.string(),
        to: z.array(z.string()),
      }),
    ),
  }),
  event("grant_declined", closedGrant),
  event("grant_withdrawn", closedGrant),
  event("person_invited", { after: invitationSchema }),
  event("invitation_renewed", invitationChange),
  event("invitation_confirmed", invitationChange),
  event("invitation_withdrawn", invitationChange),
  event("invitation_accepted", { ...invitationChange, member: memberSchema }),
  event("password_reset", { subject: z.string(), name: z.string() }),
]) satisfies z.ZodType<RegistryEvent>;

export const registryEventTypeSchema = z.enum(
  registryEventSchema.options.map(({ shape }) => shape.type.value),
);

export const chainedRegistryEventSchema = z.strictObject({
  region: z.string(),
  seq: z.int().min(1),
  event: registryEventSchema,
  previous: sha256Schema,
  hash: sha256Schema,
}) satisfies z.ZodType<ChainedRegistryEvent>;

const pendingGrantSchema = z.strictObject({
  id: z.string(),
  asked: z.strictObject({ at: z.iso.datetime(), by: z.string(), byName: z.string() }),
  after: memberSchema,
}) satisfies z.ZodType<PendingGrant>;

const importShape = {
  id: sha256Schema,
  fileName: z.string(),
  at: z.iso.datetime(),
  byName: z.string(),
};

export const registryStateSchema = z.strictObject({
  administrators: z.array(z.string()),
  grants: z.array(pendingGrantSchema),
  import: z.exactOptional(
    z.strictObject({
      ...importShape,
      done: z.int().min(1),
      parts: z.int().min(1),
      undoes: z.exactOptional(sha256Schema),
    }),
  ),
  lastImport: z.exactOptional(z.strictObject(importShape)),
}) satisfies z.ZodType<RegistryState>;
