import { z } from "zod";
import { reportSummarySchema } from "../../shared/workflow/report-summary.ts";
import { foundAtPlaceSchema, threadAnchorSchema } from "../../shared/contract/requests.ts";
import { bySectionSchema, sectionIdSchema } from "../../shared/report/sections.ts";
import {
  chainedEventSchema,
  orgKindSchema,
  remarkLevelSchema,
  reportEventTypeSchema,
  reportStateSchema,
  roleSchema,
  sha256Schema,
  signOffKindSchema,
  stageSchema,
} from "../../shared/workflow/report-state-schema.ts";
import {
  progressStates,
  type DepartmentLine,
  type KeptReport,
  type ReportNotes,
  type RuleLine,
} from "../../shared/progress/progress.ts";
import type { AuditEntry } from "../../shared/audit/audit-entry.ts";
import type { DayTally } from "../../shared/progress/days.ts";
import { DamagedError } from "./damaged-error.ts";
import {
  chainedRegistryEventSchema,
  registryStateSchema,
} from "../../shared/registry/registry-schema.ts";
import { invitationKeys } from "../../shared/registry/invitation.ts";
import type { RegistryRecord } from "../../shared/registry/registry.ts";
import { assertNever } from "../../shared/result.ts";
import type { ChainedEvent } from "../../shared/workflow/report-state.ts";
import type { Thread } from "../../shared/workflow/thread.ts";
import type { UnsentNote } from "../../shared/report/unsent-changes.ts";
import type { Look } from "../../shared/workflow/look.ts";
import { noticeKindSchema } from "../../shared/workflow/notice-schema.ts";
import type { Notice, NoticeBook } from "../../shared/workflow/notices.ts";
import type { SectionPointer } from "../../shared/report/section-pointer.ts";
import type { CheckPosition, Found, RegistryHead, ReportHead, YearOfRegion } from "./ports.ts";
import { omit } from "../../shared/omit.ts";
import { omitUndefined } from "../../shared/omit-undefined.ts";
import { tableDefinition } from "./table.ts";

/** Keys and stored shapes of every item; `table.ts` lists the access patterns. */

export interface ItemKey {
  readonly pk: string;
  readonly sk: string;
}

/** What the keys of a person's notices begin with, beside their book. */
export const noticePrefix = "notice#";

export const keys = {
  head: (id: string): ItemKey => ({ pk: id, sk: "head" }),
  event: (id: string, seq: number): ItemKey => ({ pk: id, sk: eventSortKey(seq) }),
  thread: (reportId: string, id: string): ItemKey => ({ pk: reportId, sk: `thread#${id}` }),
  unsent: (reportId: string, subject: string): ItemKey => ({
    pk: reportId,
    sk: `unsent#${subject}`,
  }),
  look: (reportId: string, subject: string): ItemKey => ({ pk: reportId, sk: `look#${subject}` }),
  notice: (region: string, subject: string, id: string): ItemKey => ({
    pk: `${region}#notices#${subject}`,
    sk: `${noticePrefix}${id}`,
  }),
  noticeBook: (region: string, subject: string): ItemKey => ({
    pk: `${region}#notices#${subject}`,
    sk: "book",
  }),
  org: (region: string, code: string): ItemKey => ({ pk: `${region}#org`, sk: code }),
  year: (region: string, year: number): ItemKey => ({ pk: `${region}#year`, sk: String(year) }),
  member: (region: string, subject: string): ItemKey => ({ pk: `${region}#member`, sk: subject }),
  invitation: (region: string, id: string): ItemKey => ({ pk: `${region}#invitation`, sk: id }),
  /** From a code or an address to the invitations that it may open, of whatever region. */
  invited: (by: string, region: string, id: string): ItemKey => ({
    pk: `invited#${by}`,
    sk: `${region}#${id}`,
  }),
  registryHead: (region: string): ItemKey => ({ pk: `${region}#registry`, sk: "head" }),
  registryEvent: (region: string, seq: number): ItemKey => ({
    pk: `${region}#registry`,
    sk: eventSortKey(seq),
  }),
  registryWritten: (region: string): ItemKey => ({ pk: `${region}#registry`, sk: "written" }),
  under: (region: string, parent: string, code: string): ItemKey => ({
    pk: `${region}#under#${parent}`,
    sk: code,
  }),
  edition: (region: string, key: string): ItemKey => ({ pk: `${region}#editions`, sk: key }),
  at: (region: string, orgCode: string, subject: string): ItemKey => ({
    pk: `${region}#at#${orgCode}`,
    sk: subject,
  }),
  kept: ({ region, year }: YearOfRegion, department: string, orgCode: string): ItemKey => ({
    pk: `${region}#${String(year)}#kept#${department}`,
    sk: orgCode,
  }),
  line: ({ region, year }: YearOfRegion, department: string): ItemKey => ({
    pk: `${region}#${String(year)}#lines`,
    sk: department,
  }),
  notes: ({ region, year }: YearOfRegion, department: string, orgCode: string): ItemKey => ({
    pk: `${region}#${String(year)}#notes#${department}`,
    sk: orgCode,
  }),
  ruleLine: ({ region, year }: YearOfRegion, department: string): ItemKey => ({
    pk: `${region}#${String(year)}#rules`,
    sk: department,
  }),
  day: ({ region, year }: YearOfRegion, day: string): ItemKey => ({
    pk: `${region}#${String(year)}#days`,
    sk: day,
  }),
  audit: (region: string, month: string, at: string, chain: string): ItemKey => ({
    pk: `${region}#audit#${month}`,
    sk: `${at}#${chain}`,
  }),
  registryListed: (region: string): ItemKey => ({ pk: `${region}#registry`, sk: "listed" }),
  registryFollowed: (region: string): ItemKey => ({ pk: `${region}#registry`, sk: "followed" }),
  progressCheck: (region: string): ItemKey => ({ pk: `${region}#registry`, sk: "check" }),
  effect: (occasion: string, name: string): ItemKey => ({ pk: occasion, sk: `effect#${name}` }),
  probe: { pk: "health", sk: "probe" },
};

/** Padded, so that text order is number order. */
const eventSortKey = (seq: number): string => `event#${String(seq).padStart(9, "0")}`;
/** 0 for a key that this program would not write. */
export const seqOfSortKey = (sk: string): number => Number(/^event#(\d{9})$/.exec(sk)?.[1] ?? 0);

export const yearKey = (region: string, year: number): string => `${region}#${year}`;
export const orgKey = (region: string, orgCode: string): string => `${region}#${orgCode}`;

export const outboxShards = ["outbox#0", "outbox#1", "outbox#2", "outbox#3"] as const;

/** Registries wait in a shard of their own: they are few, and no heads of reports. */
export const registryShard = "outbox#registry";

/** The region of a registry head's key. */
export const registryOf = ({ pk }: ItemKey): string => pk.slice(0, pk.indexOf("#"));

/** Spreads the sweep's index evenly; FNV-1a over the report's id. */
export function outboxShardOf(reportId: string): string {
  let hash = 0x811c9dc5;
  for (const character of reportId) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  }
  return `outbox#${hash % outboxShards.length}`;
}

/** An item that does not hold what this program writes: a bug or a foreign hand, never an answer. */
export class CorruptItemError extends DamagedError {
  override readonly name = "CorruptItemError";
  /** The members that are not what this program writes: `event.at`, `note`. */
  readonly members: string;
  constructor(key: ItemKey, cause: z.ZodError) {
    super(`The item ${key.pk} / ${key.sk} is corrupt: ${z.prettifyError(cause)}`, { cause });
    this.members = membersAtFault(cause);
  }
}

const membersNamed = 5;

function membersAtFault({ issues }: z.ZodError): string {
  const members = issues.flatMap((issue) =>
    (issue.code === "unrecognized_keys" ? issue.keys : [undefined]).map((key) =>
      [...issue.path.map(String), ...(key === undefined ? [] : [key])].join("."),
    ),
  );
  return [...new Set(members)]
    .filter((member) => member !== "")
    .slice(0, membersNamed)
    .join(", ");
}

const keyedSchema = z.looseObject({ pk: z.string(), sk: z.string() });

/** Reads an item's members by its schema, without its keys. */
export function parseItem<Schema extends z.ZodType>(
  schema: Schema,
  item: unknown,
): z.output<Schema> {
  const { pk, sk, ...members } = keyedSchema.parse(item);
  const parsed = schema.safeParse(members);
  if (parsed.success) return parsed.data;
  throw new CorruptItemError({ pk, sk }, parsed.error);
}

/** The same where damage is an answer; named by the sort key. */
export function surveyItem<Schema extends z.ZodType>(
  schema: Schema,
  item: Record<string, unknown>,
): Found<z.output<Schema>> {
  const name = String(item["sk"]);
  try {
    return { name, value: parseItem(schema, item) };
  } catch (error) {
    if (error instanceof CorruptItemError) return { name, corrupt: error.members };
    throw error;
  }
}

const version = z.int().min(0);

/**
 * A pointer as one text, for a head is billed and written by its size and has some twenty of them: a JSON list
 * of the hash in base64url, the moment in milliseconds to the base 36, the subject and the name.
 */
export const pointerText = ({ sha256, by, byName, at }: SectionPointer): string =>
  JSON.stringify([hashText(sha256), Date.parse(at).toString(36), by, byName]);

const hashText = (sha256: string): string => Buffer.from(sha256, "hex").toString("base64url");

/** What every pointer to a blob begins with, whoever saved it. */
export const pointerStart = (sha256: string): string => `["${hashText(sha256)}"`;

export const pointerTexts = (sections: ReportHead["sections"]): Record<string, string> =>
  Object.fromEntries(
    Object.entries(sections).map(([section, pointer]) => [section, pointerText(pointer)]),
  );

const jsonTextSchema = z.string().transform((text, context): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    context.addIssue("no JSON");
    return z.NEVER;
  }
});

const pointerTextSchema = jsonTextSchema
  .pipe(
    z.tuple([
      z.string().regex(/^[\w-]{43}$/u),
      z.string().regex(/^[\da-z]{1,9}$/u),
      z.string(),
      z.string(),
    ]),
  )
  .transform(([hash, at, by, byName]): SectionPointer => ({
    sha256: Buffer.from(hash, "base64url").toString("hex"),
    by,
    byName,
    at: new Date(parseInt(at, 36)).toISOString(),
  }));

/** As heads were stored before: each member under its name. */
const pointerMembersSchema = z.strictObject({
  sha256: sha256Schema,
  by: z.string(),
  byName: z.string(),
  at: z.string(),
});

const sectionPointerSchema = z.union([
  pointerTextSchema,
  pointerMembersSchema,
]) satisfies z.ZodType<SectionPointer>;

/** Events by number: one is taken out by its key, whatever was added or taken out meanwhile. */
const outboxSchema = <Event extends z.ZodType>(event: Event) =>
  z.record(z.string().regex(/^[1-9]\d*$/), event);

const tipSchema = z.strictObject({ seq: z.int().min(0), hash: sha256Schema });

const entrySchema = z.strictObject({
  id: z.string(),
  by: z.string(),
  byName: z.string(),
  at: z.string(),
  text: z.string(),
  act: z.enum(["open", "answer", "resolve", "reopen"]),
  level: z.exactOptional(remarkLevelSchema),
  role: z.exactOptional(roleSchema),
});

export const threadSchema = z.strictObject({
  id: z.string(),
  reportId: z.string(),
  anchor: threadAnchorSchema,
  found: z.exactOptional(foundAtPlaceSchema),
  blocking: z.boolean(),
  status: z.enum(["open", "answered", "resolved"]),
  editionHash: z.exactOptional(sha256Schema),
  version,
  entries: z.array(entrySchema).min(1),
}) satisfies z.ZodType<Thread>;

/** The trace is no part of the event: the chain does not hash it, and the event's own item lacks it. */
const outboxEntrySchema = chainedEventSchema.extend({ trace: z.exactOptional(z.string()) });

export const headItemSchema = z
  .strictObject({
    id: z.string(),
    region: z.string(),
    year: z.int(),
    orgCode: z.string(),
    orgName: z.string(),
    kind: orgKindSchema,
    departmentCode: z.string(),
    edition: z.string(),
    version,
    state: reportStateSchema,
    sections: bySectionSchema(sectionPointerSchema),
    /** A set where the store has sets, a list where it has JSON. */
    editors: z.exactOptional(
      z.union([z.set(z.string()), z.array(z.string()).transform((list) => new Set(list))]),
    ),
    remarkVersion: z.exactOptional(version),
    /** Remarks on their way to their own item (`threads.ts`), each with its new entry alone. */
    remarks: z.exactOptional(z.record(z.string(), threadSchema)),
    chain: tipSchema,
    outbox: outboxSchema(outboxEntrySchema),
    /** Names the last commit, to distinguish the SDK's own retry of it from another writer's. */
    writeToken: z.exactOptional(z.string()),
    yearKey: z.string(),
    orgKey: z.string(),
    turnQueue: z.exactOptional(z.string()),
    turnDue: z.exactOptional(z.string()),
    outboxShard: z.exactOptional(z.string()),
    outboxSince: z.exactOptional(z.string()),
  })
  .refine((item) => (item.turnQueue === undefined) === (item.turnDue === undefined));
type HeadItem = z.infer<typeof headItemSchema>;

export function headOf(item: HeadItem): ReportHead {
  const { id, region, year, orgCode, orgName, kind, departmentCode, edition } = item;
  const { version, state, sections, chain, turnQueue, turnDue } = item;
  const entries = inOrder(item.outbox);
  const traces = entries.flatMap(({ seq, trace }) => (trace === undefined ? [] : [[seq, trace]]));
  return {
    ...{ id, region, year, orgCode, orgName, kind, departmentCode, edition },
    ...{ version, state, sections, chain },
    ...omitUndefined({ remarkVersion: item.remarkVersion }),
    ...(item.editors === undefined ? {} : { editors: [...item.editors].sort() }),
    outbox: entries.map(eventOf),
    ...(traces.length === 0
      ? {}
      : { traces: Object.fromEntries(traces) as Record<string, string> }),
    ...(turnQueue === undefined || turnDue === undefined
      ? {}
      : { turn: { queue: turnQueue, due: turnDue } }),
  };
}

type Given<Head, Member extends keyof Head> = {
  readonly [Name in Member]?: Head[Name] | undefined;
};
/** A head with no one to act on it, or no one who saved it. */
export type HeadToStore = Omit<ReportHead, "turn" | "editors"> &
  Given<ReportHead, "turn" | "editors">;

/** A head as it is stored, with the members that indexes go by. */
export function headItemOf({
  turn,
  outbox,
  traces = {},
  editors = [],
  sections,
  ...head
}: HeadToStore) {
  const [first] = outbox;
  return {
    ...keys.head(head.id),
    ...head,
    sections: pointerTexts(sections),
    outbox: outboxOf(outbox.map((event) => entryOf(event, traces[event.seq]))),
    ...(editors.length === 0 ? {} : { editors: new Set(editors) }),
    yearKey: yearKey(head.region, head.year),
    orgKey: orgKey(head.region, head.orgCode),
    ...(turn && { turnQueue: turn.queue, turnDue: turn.due }),
    ...(first && { outboxShard: outboxShardOf(head.id), outboxSince: first.event.at }),
  };
}

/** An event as the outbox holds it. */
export const entryOf = (event: ChainedEvent, trace: string | undefined) => ({
  ...event,
  ...omitUndefined({ trace }),
});

const eventOf = ({ reportId, seq, event, previous, hash }: ChainedEvent): ChainedEvent => ({
  reportId,
  seq,
  event,
  previous,
  hash,
});

const inOrder = <Event extends { readonly seq: number }>(
  outbox: Readonly<Record<string, Event>>,
): readonly Event[] => Object.values(outbox).sort((left, right) => left.seq - right.seq);

export const outboxOf = <Event extends { readonly seq: number }>(
  events: readonly Event[],
): Record<string, Event> => Object.fromEntries(events.map((event) => [String(event.seq), event]));

export const registryHeadItemSchema = z.strictObject({
  region: z.string(),
  version,
  state: registryStateSchema,
  chain: tipSchema,
  outbox: outboxSchema(chainedRegistryEventSchema),
  adoptedTo: z.exactOptional(z.string()),
  /** Names the last commit, as that of a report's head does. */
  writeToken: z.exactOptional(z.string()),
  outboxShard: z.exactOptional(z.literal(registryShard)),
  outboxSince: z.exactOptional(z.string()),
});

/** A registry's head as it is stored. */
export function registryHeadItemOf({ outbox, ...head }: RegistryHead) {
  const [first] = outbox;
  return {
    ...keys.registryHead(head.region),
    ...head,
    outbox: outboxOf(outbox),
    ...(first && { outboxShard: registryShard, outboxSince: first.event.at }),
  };
}

export function registryHeadOf(item: z.infer<typeof registryHeadItemSchema>): RegistryHead {
  const { region, version: read, state, chain, outbox, adoptedTo } = item;
  return {
    ...{ region, version: read, state, chain },
    outbox: inOrder(outbox),
    ...omitUndefined({ adoptedTo }),
  };
}

/** How far something has come along a registry's events. */
export const markerSchema = z.strictObject({ seq: z.int().min(0) });

/**
 * Leads from a node to what is, or once was, there: the rest of the key of an office or a person. From what
 * an invitation is found by it leads to `region#id`.
 */
export const pointerSchema = z.strictObject({ to: z.string() });

/** Above the bureau there is nothing. */
const root = "";
export const parentOf = (parent: string | undefined): string => parent ?? root;

/** The pointers that a record is found by. They are only ever added: whoever follows one checks that it is still valid. */
export const pointersOf = (record: RegistryRecord) =>
  pointerKeysOf(record).map(({ pk, sk }) => ({ pk, sk, to: sk }));

function pointerKeysOf({ kind, value }: RegistryRecord): readonly ItemKey[] {
  switch (kind) {
    case "org": {
      const parents = [parentOf(value.parent), ...(value.formerParents ?? [])];
      return parents.map((parent) => keys.under(value.region, parent, value.code));
    }
    case "member": {
      const nodes = new Set(value.memberships.map(({ orgCode }) => orgCode));
      return [...nodes].map((orgCode) => keys.at(value.region, orgCode, value.subject));
    }
    case "invitation":
      return invitationKeys(value).map((by) => keys.invited(by, value.region, value.id));
    case "year":
    case "edition":
      return [];
    default:
      return assertNever(kind);
  }
}

/** Where a pointer of `keys.invited` leads. */
export function invitedAt({ to }: { readonly to: string }): ItemKey {
  const split = to.indexOf("#");
  return keys.invitation(to.slice(0, split), to.slice(split + 1));
}

/** Marks that something was done on an occasion, for `name`. */
export const effectSchema = z.strictObject({ name: z.string(), at: z.string() });

export const checkPositionSchema = z.strictObject({
  year: z.int(),
  after: z.exactOptional(z.string()),
}) satisfies z.ZodType<CheckPosition>;

const lastActSchema = z.strictObject({
  type: reportEventTypeSchema,
  at: z.string(),
  byName: z.string(),
});

export const keptReportSchema = z.strictObject({
  orgCode: z.string(),
  version,
  summary: z.exactOptional(reportSummarySchema),
  unsigned: z.array(signOffKindSchema),
  isGone: z.boolean(),
  course: z.exactOptional(
    z.strictObject({ seq: z.int().min(1), returns: z.int().min(0), last: lastActSchema }),
  ),
}) satisfies z.ZodType<KeptReport>;

const progressStateSchema = z.enum(progressStates);
const countSchema = z.int().min(0);

export const lineSchema = z.strictObject({
  code: z.string(),
  name: z.string(),
  own: z.exactOptional(progressStateSchema),
  tally: z.strictObject({
    counts: z.partialRecord(progressStateSchema, countSchema),
    dues: z.record(z.string(), countSchema),
  }),
  season: z.exactOptional(
    z.strictObject({
      stage: z.exactOptional(stageSchema),
      due: z.exactOptional(z.string()),
      errors: countSchema,
      warnings: countSchema,
      openRemarks: countSchema,
      returns: countSchema,
      last: z.exactOptional(lastActSchema),
    }),
  ),
  version,
}) satisfies z.ZodType<DepartmentLine>;

export const notesSchema = z.strictObject({
  orgCode: z.string(),
  check: z.exactOptional(
    z.strictObject({
      editionHash: sha256Schema,
      at: z.string(),
      errors: countSchema,
      warnings: countSchema,
      rules: z.record(z.string(), countSchema),
      met: z.array(z.string()),
    }),
  ),
  openRemarks: z.exactOptional(countSchema),
  reminded: z.exactOptional(z.strictObject({ at: z.string(), byName: z.string() })),
  version,
}) satisfies z.ZodType<ReportNotes>;

/** An entry as it is stored: under the month of its instant, by time and then by its place in its chain. */
export const auditItemOf = (region: string, entry: AuditEntry) => {
  const { at, reportId = "registry", seq } = entry;
  return {
    ...keys.audit(region, at.slice(0, 7), at, `${reportId}#${eventSortKey(seq)}`),
    ...entry,
  };
};

export const ruleLineSchema = z.strictObject({
  code: z.string(),
  rules: z.record(z.string(), z.strictObject({ now: countSchema, met: countSchema })),
  version,
}) satisfies z.ZodType<RuleLine>;

export const daySchema = z.strictObject({
  day: z.iso.date(),
  counts: z.partialRecord(progressStateSchema, countSchema),
  overdue: countSchema,
}) satisfies z.ZodType<DayTally>;

export const unsentSchema = z.strictObject({
  reportId: z.string(),
  subject: z.string(),
  name: z.string(),
  devices: z.array(
    z.strictObject({ device: z.string(), sections: z.array(sectionIdSchema), at: z.string() }),
  ),
  version,
}) satisfies z.ZodType<UnsentNote>;

const seenSubmissionSchema = z.strictObject({ editionHash: sha256Schema, at: z.string() });
const sectionMarksSchema = z.record(z.string(), z.string());
export const lookSchema = z.strictObject({
  reportId: z.string(),
  subject: z.string(),
  latest: seenSubmissionSchema.extend({ sections: sectionMarksSchema }),
  before: z.exactOptional(seenSubmissionSchema),
  viewed: sectionMarksSchema,
  version,
}) satisfies z.ZodType<Look>;

/** Days after which a notice is forgotten: a year's work and the next one's beginning. */
const noticeDays = 400;

/** Region and person are in the key alone: an item with both as members would be listed as somebody's membership. */
export const noticeItemOf = (region: string, subject: string, notice: Notice) => ({
  ...keys.notice(region, subject, notice.id),
  ...notice,
  [tableDefinition.expiry]: Math.floor(Date.parse(notice.at) / 1000) + noticeDays * 86_400,
});

export const noticeSchema = z
  .strictObject({
    id: z.string(),
    at: z.iso.datetime(),
    kind: noticeKindSchema,
    about: z.string(),
    title: z.string(),
    detail: z.exactOptional(z.string()),
    byName: z.exactOptional(z.string()),
    path: z.string(),
    [tableDefinition.expiry]: z.int(),
  })
  .transform((item): Notice => omit(item, tableDefinition.expiry));

export const noticeBookSchema = z.strictObject({
  readTo: z.string(),
  readIds: z.array(z.string()),
  pageOnly: z.array(noticeKindSchema),
  version,
}) satisfies z.ZodType<NoticeBook>;

/** The key of a registry record. */
export function recordKey({ kind, value }: RegistryRecord): ItemKey {
  switch (kind) {
    case "org":
      return keys.org(value.region, value.code);
    case "year":
      return keys.year(value.region, value.year);
    case "member":
      return keys.member(value.region, value.subject);
    case "edition":
      return keys.edition(value.region, value.key);
    case "invitation":
      return keys.invitation(value.region, value.id);
    default:
      return assertNever(kind);
  }
}
