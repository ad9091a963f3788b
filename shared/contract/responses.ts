import { z } from "zod";
import { auditEntrySchema } from "../audit/audit-entry-schema.ts";
import { editionDataSchema } from "../editions/edition-data.ts";
import { tableIdSchema } from "../forms/cell-schema.ts";
import {
  chainedRegistryEventSchema,
  orgYearsShape,
  ownEditionSchema,
  reminderRuleSchema,
} from "../registry/registry-schema.ts";
import {
  adjustmentEntrySchema,
  bySectionSchema,
  performanceSchema,
  sectionIdSchema,
  selfEvaluationSchema,
} from "../report/sections.ts";
import { reportActions } from "../workflow/available.ts";
import { reportSummarySchema } from "../workflow/report-summary.ts";
import { worklistRowSchema } from "../workflow/worklist-row.ts";
import { progressStates } from "../progress/progress.ts";
import {
  chainedEventSchema,
  failureStepSchema,
  orgKindSchema,
  remarkLevelSchema,
  reportEventTypeSchema,
  reportStateSchema,
  roleSchema,
  sha256Schema,
  stageSchema,
} from "../workflow/report-state-schema.ts";
import { foundAtPlaceSchema, lastYear, threadAnchorSchema } from "./requests.ts";
import { noticeKindSchema } from "../workflow/notice-schema.ts";

/** What the API answers. */

const page = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().optional() });

/** `failing`: it answers, but work behind it waits for somebody; what, is in the log. */
export const healthResponse = z.object({ status: z.enum(["ok", "failing"]) });

export const meResponse = z.object({
  subject: z.string(),
  name: z.string(),
  regions: z.array(
    z.object({
      region: z.string(),
      regionName: z.string(),
      memberships: z.array(
        z.object({ role: roleSchema, orgCode: z.string(), orgName: z.string() }),
      ),
    }),
  ),
});
export type Me = z.infer<typeof meResponse>;

export const orgResponse = z.object({
  code: z.string(),
  name: z.string(),
  kind: orgKindSchema,
  parent: z.exactOptional(z.string()),
  ...orgYearsShape,
  version: z.number(),
});
export type OrgView = z.infer<typeof orgResponse>;
/** The nodes that an act changed, as stored. */
export const orgActResponse = z.object({ items: z.array(orgResponse) });
/** What an act would change, and what would follow from it. */
export const orgActPreviewResponse = z.object({
  changes: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      isNew: z.boolean(),
      lines: z.array(z.string()),
    }),
  ),
  consequences: z.array(z.string()),
});
/** An import of nodes and people as it was weighed; its parts are applied one after the other. */
export const plannedImportResponse = z.object({
  id: sha256Schema,
  parts: z.number(),
  fileName: z.string(),
  lines: z.array(z.object({ what: z.string(), name: z.string(), text: z.string() })),
});
export type PlannedImportView = z.infer<typeof plannedImportResponse>;
export const appliedPartResponse = z.object({
  done: z.number(),
  parts: z.number(),
  /** Whom this part invited; the codes are shown this once. */
  invited: z.array(
    z.object({ name: z.string(), contact: z.string(), code: z.string(), mailed: z.boolean() }),
  ),
});
export type InvitedView = z.infer<typeof appliedPartResponse>["invited"][number];
const appliedImport = z.object({
  id: sha256Schema,
  fileName: z.string(),
  at: z.string(),
  byName: z.string(),
});
export const importStateResponse = z.object({
  running: appliedImport
    .extend({ done: z.number(), parts: z.number(), undoes: sha256Schema.optional() })
    .optional(),
  last: appliedImport.optional(),
});
export const orgsResponse = page(orgResponse);

export const memberResponse = z.object({
  subject: z.string(),
  name: z.string(),
  email: z.string().optional(),
  memberships: z.array(z.object({ role: roleSchema, orgCode: z.string() })),
  version: z.number(),
});
export const membersResponse = page(memberResponse);

export const handOverResponse = z.object({ from: memberResponse, to: memberResponse });
/** What waits at a node, by the role it waits for. */
export const waitingResponse = z.object({
  items: z.array(
    z.object({ role: roleSchema, reports: z.array(reportSummarySchema), isCut: z.boolean() }),
  ),
});

/** A change of a person's roles that waits for a second administrator (待确认的授权). */
export const grantResponse = z.object({
  id: z.string(),
  asked: z.object({ at: z.string(), by: z.string(), byName: z.string() }),
  /** The person as stored now; absent for one who is still to be entered. */
  before: memberResponse.optional(),
  after: memberResponse,
});
export type GrantView = z.infer<typeof grantResponse>;
export const grantsResponse = z.object({ items: z.array(grantResponse) });
/** Nothing was changed yet. */
export const pendingResponse = z.object({ pending: grantResponse });
/** A person saved, or the change that waits. */
export const savedMemberResponse = z.union([pendingResponse, memberResponse]);
/** What became of a grant. */
export const grantActResponse = z.object({
  grant: z.string(),
  outcome: z.enum(["confirmed", "declined", "withdrawn"]),
});

/** A person invited before their first sign-in (邀请); `expired` is an open one whose time is over. */
export const invitationResponse = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string().optional(),
  mobile: z.string().optional(),
  memberships: z.array(z.object({ role: roleSchema, orgCode: z.string() })),
  invitedBy: z.string(),
  status: z.enum(["unconfirmed", "waiting", "accepted", "withdrawn", "expired"]),
  confirmedBy: z.string().optional(),
  expiresAt: z.string(),
  acceptedBy: z.string().optional(),
  version: z.number(),
});
export type InvitationView = z.infer<typeof invitationResponse>;
export const invitationsResponse = page(invitationResponse);
/** The code appears in this one answer; `mailed`: it is on its way to the person as well. */
export const invitedResponse = z.object({
  invitation: invitationResponse,
  code: z.string(),
  mailed: z.boolean(),
});
/** Codes of the regions that now know who accepted. */
export const acceptedResponse = z.object({ regions: z.array(z.string()) });
export const passwordResetResponse = z.object({ code: z.string(), expiresAt: z.string() });

export const yearResponse = z.object({
  year: z.number(),
  edition: z.string(),
  status: z.enum(["open", "closed"]),
  unitDue: z.string(),
  departmentDue: z.string(),
  bureauDue: z.string(),
  publishDue: z.exactOptional(z.string()),
  reminders: reminderRuleSchema.optional(),
  version: z.number(),
});
export const yearsResponse = z.object({ items: z.array(yearResponse) });

export const sectionPointerSchema = z.object({
  sha256: sha256Schema,
  by: z.string(),
  byName: z.string(),
  at: z.string(),
});

/** What the person may do here; the same table as the server's refusal (shared/workflow/transitions.ts). */
export const reportActionSchema = z.enum(reportActions);
export type ReportAction = z.infer<typeof reportActionSchema>;

export const reportResponse = reportSummarySchema.extend({
  state: reportStateSchema,
  sections: bySectionSchema(sectionPointerSchema),
  /** Hash of the current manifest. */
  editionHash: sha256Schema,
  allowedActions: z.array(reportActionSchema),
});
export type ReportView = z.infer<typeof reportResponse>;

/** Why nothing of the year before rolled forward (结转) into a report, in a sentence; absent where it did. */
const notRolledSchema = z.string();
/** A report that was just opened. */
export const openedResponse = reportResponse.extend({ notRolled: notRolledSchema.optional() });
/** Ids of reports whose stored head cannot be read: they are listed, and verification names the fault. */
const damagedReports = z.array(z.string());
export const reportsResponse = page(reportSummarySchema).extend({ damaged: damagedReports });

/** Who has typed into a report, in which browser, what the server does not hold yet. */
export const unsentResponse = z.object({
  items: z.array(
    z.object({
      subject: z.string(),
      name: z.string(),
      device: z.string(),
      sections: z.array(sectionIdSchema),
      at: z.string(),
    }),
  ),
});
export type UnsentView = z.infer<typeof unsentResponse>["items"][number];

/** A worklist: reports waiting for the person first, then those they can follow. */
export const worklistResponse = z.object({
  mine: z.array(worklistRowSchema),
  /** Reports to open (开始编制): nodes of the person in an open year without a report yet. */
  toOpen: z.array(
    z.object({
      region: z.string(),
      year: z.number(),
      orgCode: z.string(),
      orgName: z.string(),
      due: z.string(),
    }),
  ),
  following: z.array(worklistRowSchema),
  damaged: damagedReports,
  next: z.string().optional(),
});
export type Worklist = z.infer<typeof worklistResponse>;

/** 通知. */
const noticeSchema = z.object({
  id: z.string(),
  at: z.string(),
  kind: noticeKindSchema,
  about: z.string(),
  title: z.string(),
  detail: z.string().optional(),
  byName: z.string().optional(),
  /** Within the staff app. */
  path: z.string(),
  read: z.boolean(),
});
export type NoticeView = z.infer<typeof noticeSchema>;
const pageOnly = z.array(noticeKindSchema);
export const noticesResponse = page(noticeSchema).extend({
  /** Kinds about which no letters go out. */
  pageOnly,
});
export const unreadResponse = z.object({ unread: z.number() });
export const noticePreferencesResponse = z.object({ pageOnly });

const progressStateSchema = z.enum(progressStates);
const progressCounts = z.partialRecord(progressStateSchema, z.number());
const lastActSchema = z.object({
  type: reportEventTypeSchema,
  at: z.string(),
  byName: z.string(),
});
const progressRowSchema = z.object({
  orgCode: z.string(),
  orgName: z.string(),
  kind: orgKindSchema,
  exempt: z.boolean(),
  /** There is a report, and what is stored of it cannot be read. */
  damaged: z.boolean(),
  report: reportSummarySchema.optional(),
  /** Last day for whoever must act. */
  due: z.string().optional(),
  overdue: z.boolean(),
  departmentCode: z.string().optional(),
  returns: z.number().optional(),
  last: lastActSchema.optional(),
  /** The latest check of its content, and when that was. */
  check: z.object({ at: z.string(), errors: z.number(), warnings: z.number() }).optional(),
  openRemarks: z.number().optional(),
  /** 催办: when its people were last written to. */
  reminded: z.object({ at: z.string(), byName: z.string() }).optional(),
});
/** How far a year has come: departments with what adds up over their units. */
export const progressResponse = z.object({
  year: z.number(),
  /** Over all that the person may see, with the first page. */
  counts: progressCounts.optional(),
  overdue: z.number().optional(),
  departments: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
      /** Where the department's own report has come. */
      own: progressStateSchema.optional(),
      counts: progressCounts,
      overdue: z.number(),
      /** Absent until an act after the version that keeps it. */
      season: z
        .object({
          stage: stageSchema.optional(),
          due: z.string().optional(),
          errors: z.number(),
          warnings: z.number(),
          openRemarks: z.number(),
          returns: z.number(),
          last: lastActSchema.optional(),
        })
        .optional(),
    }),
  ),
  /** The person's units in departments that are not theirs. */
  rows: z.array(progressRowSchema),
  next: z.string().optional(),
});
export type Progress = z.infer<typeof progressResponse>;
export const departmentProgressResponse = z.object({ rows: z.array(progressRowSchema) });
/** Reports that wait for the bureau's approval (批复), each with what keeps it from being approved with others. */
export const approvalsWaitingResponse = page(
  reportSummarySchema.extend({
    editionHash: sha256Schema,
    submittedAt: z.string(),
    /** In words; absent where nothing does. */
    obstacle: z.string().optional(),
  }),
);
export type ApprovalWaiting = z.infer<typeof approvalsWaitingResponse>["items"][number];
/** What became of each report that was to be approved: in words where it was not. */
export const approvalsResponse = z.object({
  items: z.array(
    z.object({ id: z.string(), approved: z.boolean(), message: z.string().optional() }),
  ),
});
/** Letters of a reminder by hand, each to one person, and nodes of which nobody is written to. */
export const remindersResponse = z.object({
  letters: z.array(
    z.object({
      name: z.string(),
      /** Whether a mail address is known; the others see it in the staff app alone. */
      reachable: z.boolean(),
      subject: z.string(),
      text: z.string(),
    }),
  ),
  nodes: z.number(),
  skipped: z.array(z.object({ orgCode: z.string(), message: z.string() })),
});
export type Reminders = z.infer<typeof remindersResponse>;
/** Parts that a person has ticked as viewed (已阅). */
export const viewedResponse = z.object({ viewed: z.array(sectionIdSchema) });
export const seenResponse = z.object({ editionHash: sha256Schema });
/** Nodes of a year that match a filter; an empty page with a `next` only says that none were found so far. */
export const seasonRowsResponse = page(progressRowSchema);
/** Rules of a season by how many reports ever broke them, the statement of each in the year's edition. */
export const seasonRulesResponse = z.object({
  items: z.array(
    z.object({
      rule: z.string(),
      title: z.string(),
      /** Reports that break it by their last check, and that ever did. */
      now: z.number(),
      met: z.number(),
      departments: z.number(),
    }),
  ),
});
export const ruleHitsResponse = page(
  z.object({
    orgCode: z.string(),
    orgName: z.string(),
    reportId: z.string().optional(),
    findings: z.number(),
    at: z.string(),
  }),
);
const dayTally = z.object({ day: z.string(), counts: progressCounts, overdue: z.number() });
/** A year day by day as it was kept, and the year before, each from its first day. */
export const seasonDaysResponse = z.object({
  days: z.array(dayTally),
  before: z.array(dayTally),
});
export type SeasonDays = z.infer<typeof seasonDaysResponse>;
export type ProgressRowView = z.infer<typeof progressRowSchema>;

export const sectionResponse = z.object({
  section: sectionIdSchema,
  pointer: sectionPointerSchema.optional(),
  /** Empty where what was saved is damaged and the report is a draft: then it can be saved anew. */
  value: z.unknown(),
  /** What became of it, and what to do, in a sentence. */
  damage: z.string().optional(),
});
export const savedSectionResponse = z.object({
  section: sectionIdSchema,
  pointer: sectionPointerSchema,
  version: z.number(),
  editionHash: sha256Schema,
  /** With `follow`: other tables that were computed anew and saved with it. */
  followed: z.array(sectionIdSchema).optional(),
  /** With `follow`: the table as it was stored, its own totals computed. */
  value: z.unknown().optional(),
});

/** Details of a `section_conflict`: what is stored and what was sent, so that nothing typed is lost. */
export const sectionConflictDetails = z.object({
  section: sectionIdSchema,
  current: z.object({ pointer: sectionPointerSchema.optional(), value: z.unknown() }),
  yours: z.unknown(),
});
export type SectionConflictDetails = z.infer<typeof sectionConflictDetails>;

export const importResponse = z.object({
  saved: z.array(savedSectionResponse),
  /** Sheets of a workbook that are none of the report's tables, or hidden: not taken in. */
  ignored: z.array(z.string()).optional(),
});
/** Details of an `import_refused`: every fault at its cell. */
export const importRefusedDetails = z.object({
  faults: z.array(
    z.object({
      where: z.string(),
      message: z.string(),
      /** The file is a workbook of the accounts, to be sent to `POST …/accounts`. */
      isAccounts: z.literal(true).optional(),
    }),
  ),
});
export type ImportRefusedDetails = z.infer<typeof importRefusedDetails>;
const placedLine = z.object({ where: z.string(), message: z.string() });
/** What a file would make of the draft, once it is applied; amounts in 分. */
export const accountsPlanResponse = z.object({
  /** A workbook of the accounts, or tables as they are published. */
  kind: z.enum(["accounts", "tables"]),
  /** By which it is applied. */
  plan: sha256Schema,
  fileName: z.string(),
  /** Name in the sheets that is not the report's office: to be confirmed. */
  otherOffice: z.string().optional(),
  sheets: z.array(z.object({ name: z.string(), what: z.string() })),
  tables: z.array(
    z.object({
      id: tableIdSchema,
      name: z.string(),
      /** Sheets of the accounts that its figures are from (财决03), and those only compared with them. */
      sheets: z.array(z.string()),
      compared: z.array(z.string()),
      /** Sheets that the figures would be from in the first place, and that the workbook does not have. */
      lacking: z.array(z.string()),
      /** Figures that are the draft's already. */
      same: z.number(),
      /** Figures that would be filled in, changed and taken out; `changes` has the first of them. */
      filled: z.number(),
      altered: z.number(),
      emptied: z.number(),
      /** Codes whose rows the table would get and lose; of the accounts none are named. */
      codes: z.object({ added: z.array(z.string()), removed: z.array(z.string()) }),
      changes: z.array(
        z.object({
          cell: z.string(),
          label: z.string(),
          before: z.number().optional(),
          after: z.number().optional(),
          /** 财决03!F12 事业收入/2080501. */
          from: z.string(),
        }),
      ),
    }),
  ),
  /** 相互矛盾, and how many more there are. */
  contradictions: z.array(placedLine),
  furtherContradictions: z.number(),
  /** 未能放入: what asks for a decision, what is to be typed into another part, and what is never published. */
  unplaced: z.array(placedLine.extend({ kind: z.enum(["check", "elsewhere", "aside"]) })),
  furtherUnplaced: z.number(),
  /** Sheets that are none of the tables. */
  ignored: z.array(z.string()),
  /** Tables that stay as they are. */
  untouched: z.array(z.object({ name: z.string(), why: z.string() })),
});
export type AccountsPlanView = z.infer<typeof accountsPlanResponse>;

/** What a workbook holds of 项目支出绩效自评表 and lists of projects; nothing is saved. */
export const evaluationsReadResponse = z.object({
  tables: z.array(selfEvaluationSchema),
  projects: performanceSchema.shape.projects,
  /** Sheets that are neither, hidden, or not filled in. */
  ignored: z.array(z.string()),
});
export type EvaluationsReadView = z.infer<typeof evaluationsReadResponse>;

const cellCount = <Cell extends z.ZodType>(cell: Cell) =>
  z.object({ count: z.number(), cells: z.array(cell) });
const namedCell = z.object({ cell: z.string(), label: z.string() });
const flowKind = z.enum(["subsidy", "remittance"]);
const flowEnd = namedCell.extend({ orgCode: z.string(), orgName: z.string() });

/** 汇总: a department's draft against its units. Amounts in 分. */
export const consolidationResponse = z.object({
  /** Hash of the current draft, which a 汇总 request must name. */
  editionHash: sha256Schema,
  /** Whether the draft's tables were added up from units. */
  consolidated: z.boolean(),
  /** 报表类型 of the draft (R305). */
  reportType: z.enum(["single", "entered_sum", "stacked"]),
  units: z.array(
    z.object({
      orgCode: z.string(),
      orgName: z.string(),
      reportId: z.string(),
      status: z.enum(["absent", "draft", "in_review", "approved", "published", "taken_down"]),
      /** The level of review it is at. */
      stage: stageSchema.optional(),
      returned: z.boolean(),
      correcting: z.boolean(),
      /** Printing or publishing was given up. */
      failed: failureStepSchema.optional(),
      /** What the submission approved since has otherwise than the one in the sums: cells, and the titles of their tables. */
      moved: z.object({ count: z.number(), tables: z.array(z.string()) }).optional(),
      /**
       * used: its approved version is in the sums · resubmitted: another submission was approved since · not_used: approved since ·
       * outstanding: not approved · exempt · removed: in the sums and no unit of the department any more.
       */
      standing: z.enum(["used", "resubmitted", "not_used", "outstanding", "exempt", "removed"]),
      /** The approved submission, which alone counts. */
      approved: sha256Schema.optional(),
      /** The submission in the sums. */
      used: sha256Schema.optional(),
    }),
  ),
  pairs: z.array(
    z.object({
      id: z.string(),
      kind: flowKind,
      fen: z.number(),
      match: z.enum(["same_code", "same_amount", "same_sum"]),
      confirmed: z.boolean(),
      payer: flowEnd,
      payee: flowEnd,
    }),
  ),
  unmatched: z.array(
    flowEnd.extend({ kind: flowKind, side: z.enum(["payer", "payee"]), fen: z.number() }),
  ),
  /** 调整分录 in the draft. */
  entries: z.array(adjustmentEntrySchema),
  /** Cells of the draft that are not the sum of the approved submissions and the entries; the first 500. */
  differences: cellCount(
    namedCell.extend({ expected: z.number().optional(), actual: z.number().optional() }),
  ),
  /** Cells whose sum moved since the draft was added up, and by which units; the first 500. */
  moved: cellCount(
    namedCell.extend({
      was: z.number().optional(),
      is: z.number().optional(),
      orgCodes: z.array(z.string()),
    }),
  ),
});
export type ConsolidationView = z.infer<typeof consolidationResponse>;

/** What a cell of the department is made of. */
export const consolidatedCellResponse = namedCell.extend({
  /** In the draft. */
  actual: z.number().optional(),
  /** Σ units + entries. */
  expected: z.number().optional(),
  units: z.array(
    z.object({
      orgCode: z.string(),
      orgName: z.string(),
      reportId: z.string(),
      value: z.number(),
    }),
  ),
  entries: z.array(z.object({ id: z.string(), reason: z.string(), value: z.number() })),
});
export type ConsolidatedCell = z.infer<typeof consolidatedCellResponse>;

/** Why the figures of a warning are right, and who explained it. */
const explanationSchema = z.object({
  id: z.string(),
  reason: z.string(),
  byName: z.string(),
  at: z.string(),
});
export const findingSchema = z.object({
  /** Names a finding of a rule with its figures, to be explained by: another one as soon as a figure changes. */
  id: z.string().optional(),
  rule: z.string(),
  severity: z.enum(["error", "warning", "hint"]),
  cells: z.array(z.string()),
  /** Sentence of the written narrative it is about. */
  sentence: z.string().optional(),
  /** Section it is mended in, where no cell leads there: of a sentence that lacks a figure, the one with the blank. */
  section: sectionIdSchema.optional(),
  /** Dotted path in that section, or the sentence. */
  place: z.string().optional(),
  /** Chinese sentence: what is wrong, where, the right value, how to mend it. */
  message: z.string(),
  /** 分 or counts. */
  expected: z.number().optional(),
  actual: z.number().optional(),
  difference: z.number().optional(),
  /** Nothing is wrong yet: what it is about was not filled in (未填). */
  unfilled: z.literal(true).optional(),
  /** The slot of the narrative's reason that would explain the finding. */
  slot: z.string().optional(),
  /** The figure that was typed instead of bound to the report (R223). */
  figure: z.string().optional(),
  /** The words of the sentence that are at fault. */
  quoted: z.string().optional(),
  /** The figure that belongs in their place, where they are a wrong one. */
  instead: z.string().optional(),
  /** A warning that was explained, its figures being what they were. */
  explanation: explanationSchema.optional(),
  /** The explanation given before a figure changed; a new one is needed. */
  voided: explanationSchema.optional(),
  /** The reason typed in the narrative at its slot, where it would explain. */
  suggested: z.string().optional(),
});
export type FindingView = z.infer<typeof findingSchema>;
export const findingsResponse = z.object({
  editionHash: sha256Schema,
  /** All findings that block submitting, listed below or not. */
  blocking: z.number(),
  /** How many there are of each severity, those aside that are about what is not filled in. */
  counts: z.object({
    error: z.number(),
    warning: z.number(),
    hint: z.number(),
    unfilled: z.number(),
  }),
  /** Worst first: at most 500, and no more than an answer holds. */
  findings: z.array(findingSchema),
  /** How many are not listed; they show when those listed are mended. */
  unlisted: z.number(),
  ledger: z.array(
    z.object({
      rule: z.string(),
      title: z.string(),
      /** Law or 文号 the rule rests on. */
      basis: z.string().optional(),
      severity: z.enum(["error", "warning", "hint"]),
      outcome: z.enum(["passed", "failed", "explained", "not_applicable", "could_not_run"]),
      reason: z.string().optional(),
    }),
  ),
});
export type FindingsView = z.infer<typeof findingsResponse>;

/** A piece of a sentence: text, a figure with what it is computed from, or a reason by its slot. */
const narrativePart = z.object({
  text: z.string(),
  /** A `FigureSource`. */
  source: z.unknown().optional(),
  reason: z.string().optional(),
  purpose: z.string().optional(),
  /** Nobody gave it; `text` is the mark of it. */
  missing: z.literal(true).optional(),
});

/** What the approved report of the year before offers to this one (上年数). */
export const priorYearResponse = z.object({
  year: z.number(),
  /** Absent where no report of that year was approved here. */
  stored: z
    .object({
      editionHash: sha256Schema,
      /** 分 by cell address. */
      figures: z.record(z.string(), z.number()),
      /** 机关运行经费, 分. */
      operatingCost: z.number().optional(),
      /** People, budgets and purchases by path in the facts: `people.active`, 分 or persons. */
      facts: z.record(z.string(), z.number()),
      /** Names of the nodes whose figures were added up, where others became part of this one. */
      addedFrom: z.array(z.string()).optional(),
      /** Rows by code that last year's tables have, by table; a name only where this year's list has none. */
      codes: z.record(
        z.string(),
        z.array(z.object({ code: z.string(), name: z.string().optional() })),
      ),
    })
    .optional(),
  notRolled: notRolledSchema.optional(),
});
export type PriorYearView = z.infer<typeof priorYearResponse>;

/** The narrative as written from the cells, sentence by sentence. */
export const narrativeResponse = z.object({
  editionHash: sha256Schema,
  chapters: z.array(
    z.object({
      id: z.string(),
      heading: z.string(),
      paragraphs: z.array(
        z.object({
          kind: z.enum(["plain", "item", "subheading"]),
          label: z.string().optional(),
          sentences: z.array(
            z.object({
              id: z.string(),
              text: z.string(),
              /** In whose words: those of the form, or of people where theirs hold. */
              wording: z.enum(["statutory", "reworded", "own"]),
              parts: z.array(narrativePart),
            }),
          ),
        }),
      ),
    }),
  ),
  /** Reason slots of the report with its current figures. */
  slots: z.array(
    z.object({
      slot: z.string(),
      sentence: z.string(),
      about: z.string(),
      required: z.boolean(),
      given: z.string().optional(),
    }),
  ),
});

export const diffResponse = z.object({
  from: z.union([sha256Schema, z.literal(lastYear)]),
  to: sha256Schema,
  cells: z.array(
    z.object({
      cell: z.string(),
      label: z.string(),
      old: z.number().optional(),
      new: z.number().optional(),
    }),
  ),
  sentences: z.array(
    z.object({ sentence: z.string(), old: z.string().optional(), new: z.string().optional() }),
  ),
  attachments: z.array(
    z.object({ sha256: sha256Schema, name: z.string(), change: z.enum(["added", "removed"]) }),
  ),
  /** Explanations of warnings: new, changed, withdrawn. */
  explanations: z.array(
    z.object({
      rule: z.string(),
      /** What was explained, by the name of its place. */
      place: z.string(),
      cell: z.string().optional(),
      old: z.string().optional(),
      new: z.string().optional(),
    }),
  ),
  /** Sections of facts and performance that changed, by dotted path. */
  facts: z.array(
    z.object({
      ...{ path: z.string(), label: z.string() },
      // A side that is not there is left out.
      ...{ old: z.unknown().optional(), new: z.unknown().optional() },
    }),
  ),
});

/** What a report is reviewed by: what it is compared with, what this person has seen of it, why it was returned. */
export const reviewResponse = z.object({
  /** The first one by itself. */
  bases: z.array(
    z.discriminatedUnion("kind", [
      z.object({
        kind: z.enum(["looked", "public", "submission"]),
        editionHash: sha256Schema,
        at: z.string(),
        byName: z.string(),
      }),
      z.object({ kind: z.literal(lastYear) }),
    ]),
  ),
  /** Parts this person has ticked as viewed (已阅), their content being what it was. */
  viewed: z.array(sectionIdSchema),
  /** The last return since nothing of it was approved: its reason is shown until then. */
  returned: z
    .object({
      reason: z.string(),
      byName: z.string(),
      at: z.string(),
      stage: stageSchema,
      undone: z.boolean(),
    })
    .optional(),
  /** The submission in review is the one that was returned. */
  isUnchanged: z.boolean(),
});
export type ReviewView = z.infer<typeof reviewResponse>;

/** Editions (报表版式) a bureau may open a year with. */
export const editionListResponse = z.object({
  items: z.array(z.object({ id: z.string(), name: z.string(), year: z.int() })),
});
/** One of the bureau's own editions (本地版式). */
export const ownEditionResponse = z.object(ownEditionSchema.omit({ region: true }).shape);
export type OwnEditionView = z.infer<typeof ownEditionResponse>;
export const ownEditionsResponse = z.object({ items: z.array(ownEditionResponse) });
/** What a list of 科目 changes in a draft's codes. */
export const codeListResponse = z.object({
  /** New codes, and codes with another name. */
  codes: z.record(z.string(), z.string()),
  added: z.array(z.string()),
  renamed: z.array(z.object({ code: z.string(), before: z.string(), after: z.string() })),
  notListed: z.array(z.string()),
});
export type CodeListView = z.infer<typeof codeListResponse>;
/** With what its draft has otherwise than its base. */
export const editionDraftResponse = ownEditionResponse.extend({
  changes: z.looseObject({ id: z.string(), name: z.string(), year: z.int() }),
});

/** One edition as data; `loadEdition` reads it. */
export const editionDataResponse = editionDataSchema;

export const submissionsResponse = z.object({
  items: z.array(
    z.object({
      editionHash: sha256Schema,
      submittedAt: z.string(),
      byName: z.string(),
      published: z.boolean(),
    }),
  ),
});

export const threadResponse = z.object({
  id: z.string(),
  anchor: threadAnchorSchema,
  /** What was at that place then: it shows whether the place was changed since. */
  found: foundAtPlaceSchema.optional(),
  blocking: z.boolean(),
  status: z.enum(["open", "answered", "resolved"]),
  editionHash: sha256Schema.optional(),
  version: z.number(),
  entries: z.array(
    z.object({
      id: z.string(),
      by: z.string(),
      byName: z.string(),
      at: z.string(),
      text: z.string(),
      act: z.enum(["open", "answer", "resolve", "reopen"]),
      /** Level of its author; entries written before this was kept have neither. */
      level: remarkLevelSchema.optional(),
      role: roleSchema.optional(),
    }),
  ),
  /** What the person asking may do with it now. */
  allowedActs: z.array(z.enum(["answer", "resolve", "reopen"])),
});
export type ThreadView = z.infer<typeof threadResponse>;
export const threadsResponse = z.object({
  items: z.array(threadResponse),
  /** The version of the report whose remarks these are; a verdict names it as seen. */
  reportVersion: z.number(),
});

export const uploadResponse = z.object({
  /** False when these very bytes are stored and verified already: nothing needs sending. */
  needed: z.boolean(),
  /** Names the upload when what was sent is to be verified. */
  uploadId: z.string().optional(),
  ticket: z
    .object({
      url: z.string(),
      method: z.literal("POST"),
      fields: z.record(z.string(), z.string()),
      expiresAt: z.string(),
    })
    .optional(),
});
/** The file is stored: a section may name it. */
export const uploadedResponse = z.object({ sha256: sha256Schema, sizeBytes: z.int() });
export const downloadResponse = z.object({ url: z.string() });

export const previewResponse = z.object({
  hash: sha256Schema,
  status: z.enum(["rendering", "ready", "failed"]),
  url: z.string().optional(),
  message: z.string().optional(),
});
export type PreviewView = z.infer<typeof previewResponse>;

export const publicationResponse = z.object({
  status: z.enum(["not_approved", "rendering", "publishing", "failed", "published", "taken_down"]),
  /** Why it is not public, of one that failed, and what can be done about it. */
  failure: z
    .object({
      step: failureStepSchema,
      cause: z.string(),
      remedy: z.string(),
      since: z.string(),
      attempts: z.number(),
    })
    .optional(),
  /** What the person may do about it now. */
  allowedActions: z.array(reportActionSchema),
  path: z.string().optional(),
  /** Address on the public portal. */
  url: z.string().optional(),
  number: z.number().optional(),
  at: z.string().optional(),
  publishBy: z.string().optional(),
  overdue: z.boolean(),
});
export type PublicationView = z.infer<typeof publicationResponse>;

/** What the public will read of the correction under way, as far as its content has come. */
export const publicNoticeResponse = z.object({
  notice: z.object({
    title: z.string(),
    lines: z.array(z.object({ text: z.string(), at: z.string().optional() })),
  }),
  /** All that changed against what is public: how many places, and the first of them. */
  changes: z.object({
    count: z.number(),
    items: z.array(
      z.object({
        place: z.string(),
        before: z.string().optional(),
        after: z.string().optional(),
      }),
    ),
  }),
});
export type PublicNoticeView = z.infer<typeof publicNoticeResponse>;

/** An event item that holds something else than an event; `unreadable` names the members at fault. */
const unreadableEvent = z.object({ seq: z.number(), unreadable: z.string() });
export const eventsResponse = page(z.union([chainedEventSchema, unreadableEvent])).extend({
  /** The department that the node is of by now. */
  currentDepartment: z.string().optional(),
  /** Names of the departments that the report or an event names, by code. */
  departmentNames: z.record(z.string(), z.string()),
});

/** Changes of the registry, latest first, each chained to the one before. */
export const registryEventsResponse = page(chainedRegistryEventSchema);
export const registryVerificationResponse = z.object({
  /** Whether the region has a chain yet; one of an older version begins it with the next change. */
  begun: z.boolean(),
  intact: z.boolean(),
  events: z.number(),
  tip: sha256Schema,
  /** First link that does not hold. */
  brokenAt: z.number().optional(),
  /** What is wrong, place by place, in words; the first 100 of `faultCount`. */
  faults: z.array(z.object({ where: z.string(), what: z.string() })),
  faultCount: z.number(),
});

const faultSchema = z.object({
  /** What kind of fault, for programs. */
  kind: z.string(),
  /** Where, and what: Chinese words for people. */
  place: z.string(),
  message: z.string(),
});
const verified = {
  intact: z.boolean(),
  /** Events stored, the outbox included. */
  events: z.number(),
  /** The head's last link; absent when the head cannot be read. */
  tip: sha256Schema.optional(),
  /** First event that does not hold, when one does not. */
  brokenAt: z.number().optional(),
  faultCount: z.number(),
  /** The first 50. */
  faults: z.array(faultSchema),
  /** What could not be verified because an earlier version did not record what it takes. */
  unchecked: z.array(faultSchema.omit({ kind: true })),
  /** Stored files that were read and hashed. */
  files: z.number(),
};
export const verificationResponse = z.object(verified);
export type VerificationView = z.infer<typeof verificationResponse>;

/**
 * Every report of a year with its last act, and whether its events, its state and its latest anchor
 * agree. Files and threads are verified report by report.
 */
/** The audit log, latest first; an empty page with a `next` only says that nothing was found so far. */
export const auditEntriesResponse = page(auditEntrySchema).extend({
  /** Down to which instant it was looked through, where there is more. */
  readTo: z.string().optional(),
});
export const auditResponse = page(
  z.object({
    reportId: z.string(),
    orgCode: z.string(),
    orgName: z.string(),
    ...verified,
    last: z.object({ type: z.string(), at: z.string(), byName: z.string() }).optional(),
  }),
);
export type AuditRow = z.infer<typeof auditResponse>["items"][number];
