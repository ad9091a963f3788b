import { z } from "zod";
import { editionIdSchema } from "../editions/edition-data.ts";
import { cellAddressSchema, tableIdSchema } from "../forms/cell-schema.ts";
import { adjustmentEntrySchema, attachmentSchema, sectionIdSchema } from "../report/sections.ts";
import {
  roleSchema,
  sha256Schema,
  signOffKindSchema,
  stageSchema,
} from "../workflow/report-state-schema.ts";
import { reminderRuleSchema } from "../registry/registry-schema.ts";
import { auditTypeSchema } from "../audit/audit-entry-schema.ts";
import { daysBetween } from "../workflow/deadlines.ts";
import { progressStates } from "../progress/progress.ts";
import { fileNameFault, unixLines } from "../text/characters.ts";
import { noticeKindSchema } from "../workflow/notice-schema.ts";
import { noticeKindIds } from "../workflow/notices.ts";

/** Bodies, path and query parameters of the API. Unknown members are refused. */

/** 行政区划代码, six digits. */
export const regionSchema = z.string().regex(/^\d{6}$/);
export const orgCodeSchema = z.string().regex(/^[0-9A-Z]{3,18}$/);
export const yearSchema = z.coerce.number().int().min(2000).max(2100);
/** `{region}-{year}-{orgCode}`, e.g. 360200-2022-137001. */
export const reportIdSchema = z.string().regex(/^\d{6}-\d{4}-[0-9A-Z]{3,18}$/);
const threadIdSchema = z.string().regex(/^[0-9A-Za-z-]{8,64}$/);
/** Of several lines, kept with our line ends whichever the sender's system writes. */
const prose = z.string().overwrite(unixLines).trim();
const reason = prose.min(2).max(2_000);
const name = z.string().trim().min(1).max(120);

export const regionParams = z.strictObject({ region: regionSchema });
export const orgParams = z.strictObject({ region: regionSchema, orgCode: orgCodeSchema });
export const yearParams = z.strictObject({ region: regionSchema, year: yearSchema });
export const orgYearParams = z.strictObject({
  region: regionSchema,
  year: yearSchema,
  orgCode: orgCodeSchema,
});
export const memberParams = z.strictObject({
  region: regionSchema,
  subject: z.string().min(1).max(200),
});
export const grantParams = z.strictObject({
  region: regionSchema,
  grant: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
});
export const invitationParams = z.strictObject({
  region: regionSchema,
  invitation: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
});
export const editionParams = z.strictObject({ edition: editionIdSchema });
export const reportParams = z.strictObject({ id: reportIdSchema });
export const sectionParams = z.strictObject({ id: reportIdSchema, section: sectionIdSchema });
export const submissionSectionParams = z.strictObject({
  id: reportIdSchema,
  hash: sha256Schema,
  section: sectionIdSchema,
});
export const threadParams = z.strictObject({ id: reportIdSchema, thread: threadIdSchema });
export const explanationParams = z.strictObject({
  id: reportIdSchema,
  explanation: z.string().regex(/^[0-9A-Za-z-]{8,64}$/),
});
export const fileParams = z.strictObject({ id: reportIdSchema, sha256: sha256Schema });
/** How a file is handed out: to be kept, or to be shown in the page where it is a PDF or a picture. */
export const fileQuery = z.strictObject({ view: z.literal("inline").optional() });
export const previewParams = z.strictObject({ id: reportIdSchema, hash: sha256Schema });

export const pageQuery = z.strictObject({
  after: z.string().max(2_000).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
/** Longest time that one list of the audit log spans. */
const maxAuditDays = 400;
const part = z.string().trim().min(1).max(60);
/** The audit log between two days (Asia/Shanghai, both included); all that is given must hold. */
export const auditQuery = pageQuery
  .extend({
    // What is no day is refused before the two are compared.
    from: z.iso.date({ abort: true }),
    to: z.iso.date({ abort: true }),
    person: part.optional(),
    unit: part.optional(),
    type: auditTypeSchema.optional(),
  })
  .superRefine(({ from, to }, context) => {
    const days = daysBetween(from, to);
    if (days < 0)
      context.addIssue({ code: "custom", path: ["to"], message: "截止日期早于起始日期，请改正。" });
    if (days > maxAuditDays) {
      context.addIssue({
        code: "custom",
        path: ["from"],
        message: `一次最多查询${String(maxAuditDays)}天的记录，请缩短起止日期。`,
      });
    }
  });
/** Which nodes of a year are looked for; all that is given must hold. */
export const seasonRowsQuery = pageQuery.extend({
  state: z.enum([...progressStates, "not_public"]).optional(),
  stage: stageSchema.optional(),
  having: z.enum(["overdue", "errors", "warnings", "remarks", "returns"]).optional(),
  text: z.string().trim().min(1).max(60).optional(),
});
export const ruleParams = yearParams.extend({ rule: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/) });
/** A worklist is read head by head, so its pages are small. */
export const worklistQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
/** Notices are read a screen at a time. */
export const noticesQuery = pageQuery.extend({
  limit: z.coerce.number().int().min(1).max(50).default(20),
});
const noticeIdSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z#[\w.#-]{1,160}$/);
export const readNoticesBody = z.union([
  z.strictObject({ ids: z.array(noticeIdSchema).min(1).max(50) }),
  z.strictObject({ all: z.literal(true) }),
]);
export const noticePreferencesBody = z.strictObject({
  pageOnly: z.array(noticeKindSchema).max(noticeKindIds.length),
});
/** One table of the workbook; all of them when left out. */
export const workbookQuery = z.strictObject({
  section: tableIdSchema.optional(),
});
/** Last year's approved report, which a report is compared with by figures alone. */
export const lastYear = "last_year";
/** `from` and `to` name editions by hash; without `to` the current draft is meant. */
export const diffQuery = z.strictObject({
  from: z.union([sha256Schema, z.literal(lastYear)]),
  to: sha256Schema.optional(),
});

const seenOrg = z.strictObject({
  code: orgCodeSchema,
  /** The version read; 0 for a code that is not registered. */
  version: z.int().min(0),
});
const newOrg = { code: orgCodeSchema, name };
const orgAct = <Type extends string, Shape extends z.ZodRawShape>(type: Type, shape: Shape) =>
  z.strictObject({
    type: z.literal(type),
    /** The first year whose report it concerns. */
    year: z.int().min(2000).max(2100),
    reason,
    ...shape,
  });
/** A change of the organisation tree (机构变动); the same body is previewed and done. */
export const orgActBody = z.discriminatedUnion("type", [
  orgAct("add", {
    ...newOrg,
    kind: z.enum(["department", "unit"]),
    parent: z.exactOptional(orgCodeSchema),
  }),
  orgAct("rename", { org: seenOrg, name }),
  orgAct("move", { org: seenOrg, to: orgCodeSchema }),
  orgAct("split", {
    org: seenOrg,
    parts: z.array(z.strictObject(newOrg)).min(1).max(20),
    stays: z.boolean(),
  }),
  orgAct("merge", {
    orgs: z.array(seenOrg).min(1).max(20),
    into: seenOrg.extend({ name: z.exactOptional(name) }),
  }),
  orgAct("dissolve", { org: seenOrg }),
  orgAct("restore", { org: seenOrg }),
  orgAct("exempt", { org: seenOrg }),
  orgAct("require", { org: seenOrg }),
]);
/** A workbook of nodes and people; `content` is the file in base64, at most 4 MB of it. */
export const planImportBody = z.strictObject({
  year: z.int().min(2000).max(2100),
  reason,
  fileName: z.string().trim().min(1).max(200),
  content: z.string().min(1).max(6_000_000),
});
export const importPartParams = z.strictObject({
  region: regionSchema,
  import: sha256Schema,
  part: z.coerce.number().int().min(1).max(10_000),
});
export const handOverBody = z.strictObject({
  orgCode: orgCodeSchema,
  roles: z.array(roleSchema).min(1).max(10),
  /** Subject of who takes over. */
  to: z.string().min(1).max(200),
  reason,
  /** As they were read. */
  versions: z.strictObject({ from: z.int().min(1), to: z.int().min(1) }),
});
export const putMemberBody = z.strictObject({
  name,
  email: z.email().optional(),
  memberships: z.array(z.strictObject({ role: roleSchema, orgCode: orgCodeSchema })).max(50),
  version: z.int().min(0),
});
/** At least one of the two addresses; both are put into one spelling (`shared/registry/contact.ts`). */
export const inviteBody = z.strictObject({
  name,
  email: z.string().trim().min(1).max(254).optional(),
  mobile: z.string().trim().min(1).max(30).optional(),
  memberships: z.array(z.strictObject({ role: roleSchema, orgCode: orgCodeSchema })).max(50),
});
/** Without a code, the addresses that the token verifies are looked for. */
export const acceptBody = z.strictObject({ code: z.string().max(60).optional() });
export const putYearBody = z.strictObject({
  edition: editionIdSchema,
  status: z.enum(["open", "closed"]),
  unitDue: z.iso.date(),
  departmentDue: z.iso.date(),
  bureauDue: z.iso.date(),
  /** The bureau's own last day of publication, at most 20 days after `bureauDue`. */
  publishDue: z.iso.date().optional(),
  reminders: reminderRuleSchema.optional(),
  /** Needed where the year is ended or opened again. */
  reason: reason.optional(),
  version: z.int().min(0),
});

/** What an own edition is called in ids, as `nanling-2025`. */
export const editionKeySchema = z.string().regex(/^[a-z0-9-]{3,40}$/);
export const ownEditionParams = z.strictObject({ region: regionSchema, key: editionKeySchema });
export const editionPreviewParams = ownEditionParams.extend({ hash: sha256Schema });
export const putEditionBody = z.strictObject({
  base: editionIdSchema,
  /** What the edition has otherwise than its base, in the shape of the edition's data. */
  changes: z.looseObject({ name, year: z.int().min(2000).max(2100) }),
  /** The version read; 0 for a new edition. */
  version: z.int().min(0),
});
/** A list of 科目 to be read against the codes of a draft; `content` is the file in base64, at most 4 MB of it. */
export const codeListBody = z.strictObject({
  classification: z.enum(["functional", "economic"]),
  current: z.record(z.string().regex(/^\d{3}(?:\d{2}){0,2}$/), z.string().max(200)),
  content: z.string().min(1).max(6_000_000),
});
export const useEditionBody = z.strictObject({ note: reason, version: z.int().min(1) });
export const discardEditionBody = z.strictObject({ version: z.int().min(1) });

export const openReportBody = z.strictObject({
  region: regionSchema,
  year: z.int().min(2000).max(2100),
  orgCode: orgCodeSchema,
});
/** `base` is the hash the editor started from, null for a section never saved. */
export const saveSectionBody = z.strictObject({
  base: sha256Schema.nullable(),
  value: z.unknown(),
  /** Of a table: computes anew what follows from it in the other tables, and saves them with it. */
  follow: z.boolean().optional(),
});
export const importBody = z.strictObject({
  /**
   * json: tables as printed, one or all · csv: one table as the portal publishes it · xlsx, xls: a
   * workbook of at most 4 MB, in base64.
   */
  format: z.enum(["json", "csv", "xlsx", "xls"]),
  /** What fits into the 6 MB of a request: 4 MB are 5.6 million characters in base64. */
  content: z.string().min(1).max(6_000_000),
  unit: z.enum(["yuan", "wan"]).default("wan"),
});
/** The same, to be weighed against the draft before it is applied. */
export const planTablesBody = importBody.extend({ fileName: z.string().trim().min(1).max(200) });
/** A workbook of the accounts (.xlsx, .xls); `content` is the file in base64, at most 4 MB of it. */
export const planAccountsBody = z.strictObject({
  fileName: z.string().trim().min(1).max(200),
  content: z.string().min(1).max(6_000_000),
});
/** The 自评表 that there are, or the form to fill in. */
export const evaluationsQuery = z.strictObject({ form: z.literal("blank").optional() });
/** A workbook of 项目支出绩效自评表 (.xlsx, .xls) in base64, at most 4 MB of it. */
export const readEvaluationsBody = z.strictObject({ content: z.string().min(1).max(6_000_000) });
export const accountsPlanParams = reportParams.extend({ plan: sha256Schema });
export const applyAccountsBody = z.strictObject({
  /** Tables of the plan that are wanted. */
  tables: z.array(tableIdSchema).min(1).max(100),
  /** The sheets name another office, and whoever applies them says that they are this one's. */
  isOwnOffice: z.boolean().default(false),
});
export const undoAccountsBody = applyAccountsBody.pick({ tables: true });
/** A cell of the department, to be broken down by units. */
export const consolidatedCellQuery = z.strictObject({ cell: cellAddressSchema });
export const consolidateBody = z.strictObject({
  /** The draft as the preparer saw it, whose tables are written over. */
  editionHash: sha256Schema,
  /** Ids of the proposed pairs to take off both sides. */
  confirmed: z.array(z.string().max(120)).max(1_000),
  /** 调整分录 by hand, all of them; those of the last 汇总 left out here are gone. */
  adjustments: z.array(adjustmentEntrySchema.pick({ cells: true, reason: true })).max(500),
});
/** `finding` is the id of the warning from `GET …/findings`; whether the reason is one is judged, not parsed. */
export const explainBody = z.strictObject({
  finding: z.string().min(1).max(20_000),
  reason: prose.max(2_000),
});
/** What a verdict or sign-off is about: the submission and the remarks its author saw. */
const seen = {
  editionHash: sha256Schema,
  /** The version up to which the report's remarks were seen: a later remark refuses the act. */
  seenVersion: z.int().min(0).optional(),
};
const documentNumber = z.string().trim().min(2).max(80);
export const threadAnchorSchema = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("cell"), cell: cellAddressSchema }),
  z.strictObject({ kind: z.literal("row"), section: sectionIdSchema, row: z.string().max(40) }),
  z.strictObject({ kind: z.literal("section"), section: sectionIdSchema }),
  z.strictObject({ kind: z.literal("sentence"), sentence: z.string().max(80) }),
  z.strictObject({ kind: z.literal("attachment"), sha256: sha256Schema }),
]);
export const openThreadBody = z.strictObject({
  anchor: threadAnchorSchema,
  text: prose.min(1).max(4_000),
  blocking: z.boolean().default(true),
});
/** Remarks kept as drafts until the verdict, and sent with it. */
const remarks = z.array(openThreadBody).max(50).default([]);
export const verdictApproveBody = z.strictObject({
  ...seen,
  remarks,
  /** 批复文号; the bureau's approval needs it. */
  documentNumber: documentNumber.optional(),
  /** 批复日期, the day of the document; the day of the act where it is left out. */
  approvedOn: z.iso.date().optional(),
});
/** Nodes whose people are reminded by hand (催办); `preview`: what would be sent, and nothing is. */
export const remindersBody = z.strictObject({
  orgCodes: z.array(orgCodeSchema).min(1).max(50),
  preview: z.boolean(),
});
/** The submission a person has looked at. */
export const seenBody = z.strictObject({ editionHash: sha256Schema });
/** A part of the submission in review, ticked as viewed (已阅) or no longer. */
export const viewedBody = z.strictObject({
  editionHash: sha256Schema,
  part: sectionIdSchema,
  viewed: z.boolean(),
});
/** Reports approved in one request: each is read and hashed as a whole, which may take two seconds. */
const maxApprovals = 10;
/** 批复 of several reports by one document; each has its own outcome. */
export const approvalsBody = z.strictObject({
  documentNumber,
  approvedOn: z.iso.date(),
  reports: z
    .array(z.strictObject({ id: reportIdSchema, ...seen }))
    .min(1)
    .max(maxApprovals),
});
export const verdictReturnBody = z.strictObject({
  ...seen,
  remarks,
  reason,
  to: z.enum(["preparer", "level_below"]).default("preparer"),
});
export const signOffBody = z.strictObject({ ...seen, kind: signOffKindSchema });
export const correctBody = z.strictObject({ reason });
/** `editionHash`: the approved submission, as the reviewer saw it. */
export const undoApprovalBody = z.strictObject({ editionHash: sha256Schema, reason });
/** Why a submission is taken back (撤回原因): those who were to review it read it. */
export const withdrawBody = z.strictObject({ reason });
/** 撤下申请; `summary` is published beside the legal basis. */
export const takeDownBody = z.strictObject({ legalBasis: reason, summary: reason });
/** The request to take down that was seen, by its time. */
const seenRequest = { askedAt: z.iso.datetime() };
export const takeDownSeenBody = z.strictObject(seenRequest);
export const declineTakeDownBody = z.strictObject({ ...seenRequest, reason });

/** What was at the place of a remark when it was made. */
export const foundAtPlaceSchema = z.union([
  z.strictObject({ figure: z.number().nullable() }),
  z.strictObject({ text: z.string() }),
]);
export const threadEntryBody = z.strictObject({
  act: z.enum(["answer", "resolve", "reopen"]),
  text: prose.min(1).max(4_000),
  version: z.int().min(1),
});

/** The sections a browser has not sent; its name is random and its own. */
export const unsentBody = z.strictObject({
  device: z.string().regex(/^[0-9a-f]{32}$/),
  sections: z.array(sectionIdSchema).max(100),
});

export const uploadParams = z.strictObject({
  id: reportIdSchema,
  upload: z.string().regex(/^[0-9a-f-]{36}$/),
});
export const uploadBody = attachmentSchema.omit({ disclosed: true }).extend({
  name: attachmentSchema.shape.name.refine((text) => fileNameFault(text) === undefined, {
    error: ({ input }) => fileNameFault(String(input)) ?? "",
  }),
});
