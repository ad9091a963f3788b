import type { Role } from "../../../shared/workflow/roles.ts";
import type { Move } from "../../../shared/workflow/transitions.ts";
import { start } from "../../functions/api/service.ts";

/** Who may ask for a route; a move is judged by the table. */
type Gate =
  | "anybody"
  | "sight"
  | "line"
  | { readonly move: Move }
  | { readonly registry: readonly Role[] }
  /** Those who may edit, whatever the state. */
  | "preparer";

export interface Case {
  readonly route: string;
  readonly gate: Gate;
  readonly body?: (hash: string) => unknown;
  readonly query?: (hash: string) => string;
  /** Of a department's report alone: a unit's has no such thing. */
  readonly onlyDepartments?: true;
}

const verdict = (hash: string) => ({ editionHash: hash });
const file = {
  ...{ sha256: "a".repeat(64), name: "a.pdf", contentType: "application/pdf", sizeBytes: 9 },
};
export const cases: readonly Case[] = [
  { route: "GET /api/me", gate: "anybody" },
  { route: "GET /api/editions", gate: "anybody" },
  { route: "GET /api/editions/{edition}", gate: "anybody" },
  { route: "GET /api/regions/{region}/worklist", gate: "sight" },
  { route: "GET /api/regions/{region}/notices", gate: "sight" },
  { route: "GET /api/regions/{region}/notices/unread", gate: "sight" },
  {
    route: "POST /api/regions/{region}/notices/read",
    gate: "sight",
    body: () => ({ all: true }),
  },
  {
    route: "PUT /api/regions/{region}/notices/preferences",
    gate: "sight",
    body: () => ({ pageOnly: ["progress"] }),
  },
  { route: "GET /api/regions/{region}/orgs", gate: "sight" },
  { route: "GET /api/regions/{region}/years", gate: "sight" },
  { route: "GET /api/regions/{region}/editions", gate: "sight" },
  { route: "GET /api/regions/{region}/years/{year}/progress", gate: "sight" },
  {
    route: "GET /api/regions/{region}/years/{year}/progress/{orgCode}",
    gate: "line",
    onlyDepartments: true,
  },
  { route: "GET /api/regions/{region}/years/{year}/reports", gate: "sight" },
  {
    route: "GET /api/regions/{region}/years/{year}/orgs/{orgCode}/workbook",
    gate: "line",
  },
  ...(
    [
      ["GET", "members", ["bureau_admin", "auditor"]],
      ["GET", "grants", ["bureau_admin", "auditor"]],
      ["GET", "own-editions", ["bureau_admin", "auditor"]],
      ["GET", "own-editions/{key}", ["bureau_admin", "auditor"]],
      ["GET", "own-editions/{key}/previews/{hash}", ["bureau_admin", "auditor"]],
      ["GET", "invitations", ["bureau_admin", "auditor"]],
      ["GET", "registry/events", ["bureau_admin", "auditor"]],
      ["GET", "registry/verification", ["bureau_admin", "auditor"]],
      ["GET", "years/{year}/approvals", ["bureau_reviewer"]],
      ["GET", "years/{year}/rules", ["bureau_admin", "bureau_reviewer", "auditor"]],
      ["GET", "years/{year}/rules/{rule}", ["bureau_admin", "bureau_reviewer", "auditor"]],
      ["GET", "years/{year}/workbook", ["bureau_admin", "bureau_reviewer", "auditor"]],
      ["GET", "years/{year}/nodes", ["bureau_admin", "bureau_reviewer", "auditor"]],
      ["GET", "years/{year}/days", ["bureau_admin", "bureau_reviewer", "auditor"]],
      ["GET", "years/{year}/audit", ["bureau_admin", "bureau_reviewer", "auditor"]],
    ] as const
  ).map(([method, path, held]): Case => ({
    route: `${method} /api/regions/{region}/${path}`,
    gate: { registry: held },
  })),
  {
    route: "GET /api/regions/{region}/events",
    gate: { registry: ["bureau_admin", "auditor"] },
    query: () => "?from=2023-07-01&to=2023-08-31",
  },
  ...["org-acts", "org-acts/preview"].map((path): Case => ({
    route: `POST /api/regions/{region}/${path}`,
    gate: { registry: ["bureau_admin"] },
    body: () => ({
      ...{ type: "rename", year: 2022, reason: "机构改革", name: "新名称" },
      org: { code: "137001", version: 1 },
    }),
  })),
  {
    route: "GET /api/regions/{region}/orgs/{orgCode}/waiting",
    gate: { registry: ["bureau_admin", "auditor"] },
  },
  {
    route: "POST /api/regions/{region}/members/{subject}/hand-over",
    gate: { registry: ["bureau_admin"] },
    body: () => ({
      ...{ orgCode: "137001", roles: ["preparer"], to: "nobody", reason: "调动" },
      versions: { from: 1, to: 1 },
    }),
  },
  ...["registry-imports", "registry-imports/template"].map((path): Case => ({
    route: `GET /api/regions/{region}/${path}`,
    gate: { registry: ["bureau_admin"] },
  })),
  {
    route: "POST /api/regions/{region}/registry-imports",
    gate: { registry: ["bureau_admin"] },
    body: () => ({ year: 2022, reason: "初次登记", fileName: "名册.xlsx", content: "AA==" }),
  },
  ...["undo", "{import}/parts/{part}"].map((path): Case => ({
    route: `POST /api/regions/{region}/registry-imports/${path}`,
    gate: { registry: ["bureau_admin"] },
    body: () => ({}),
  })),
  {
    route: "PUT /api/regions/{region}/members/{subject}",
    gate: { registry: ["bureau_admin"] },
    body: () => ({
      name: "新人",
      memberships: [{ role: "preparer", orgCode: "137002" }],
      version: 0,
    }),
  },
  {
    route: "PUT /api/regions/{region}/years/{year}",
    gate: { registry: ["bureau_admin"] },
    body: () => ({
      edition: "jiangxi-2022",
      status: "open",
      unitDue: "2023-08-01",
      departmentDue: "2023-08-15",
      bureauDue: "2023-08-31",
      version: 1,
    }),
  },
  {
    route: "PUT /api/regions/{region}/own-editions/{key}",
    gate: { registry: ["bureau_admin"] },
    body: () => ({
      base: "jiangxi-2022",
      changes: { name: "某市2023年度部门决算公开", year: 2023 },
      version: 0,
    }),
  },
  {
    route: "POST /api/regions/{region}/code-lists",
    gate: { registry: ["bureau_admin"] },
    body: () => ({ classification: "functional", current: {}, content: "AA==" }),
  },
  ...["use", "discard"].map((act): Case => ({
    route: `POST /api/regions/{region}/own-editions/{key}/${act}`,
    gate: { registry: ["bureau_admin"] },
    body: () => ({ ...(act === "use" ? { note: "新年度" } : {}), version: 1 }),
  })),
  {
    route: "POST /api/regions/{region}/own-editions/{key}/previews",
    gate: { registry: ["bureau_admin", "auditor"] },
    body: () => ({}),
  },
  ...["confirm", "decline", "withdraw"].map((act): Case => ({
    route: `POST /api/regions/{region}/grants/{grant}/${act}`,
    gate: { registry: ["bureau_admin"] },
    body: () => ({}),
  })),
  {
    route: "POST /api/regions/{region}/invitations",
    gate: { registry: ["bureau_admin"] },
    body: () => ({
      ...{ name: "新人", mobile: "13800000001" },
      memberships: [{ role: "preparer", orgCode: "137002" }],
    }),
  },
  ...["renew", "withdraw", "confirm"].map((act): Case => ({
    route: `POST /api/regions/{region}/invitations/{invitation}/${act}`,
    gate: { registry: ["bureau_admin"] },
    body: () => ({}),
  })),
  {
    route: "POST /api/regions/{region}/members/{subject}/password-reset",
    gate: { registry: ["bureau_admin"] },
    body: () => ({}),
  },
  {
    route: "POST /api/invitations/accept",
    gate: "anybody",
    body: () => ({ code: "0000-0000-0000-0000" }),
  },
  {
    route: "POST /api/reports",
    gate: { move: "open" },
    body: () => ({}),
  },
  ...[
    "",
    "/findings",
    "/narrative",
    "/editions",
    "/publication",
    "/public-notice",
    "/sections/{section}",
    "/threads",
    "/events",
    "/events/verification",
    "/workbook",
    "/evaluations",
    "/prior-year",
  ].map((path): Case => ({ route: `GET /api/reports/{id}${path}`, gate: "line" })),
  {
    route: "GET /api/reports/{id}/diff",
    gate: "line",
    query: (hash) => `?from=${hash}`,
  },
  { route: "GET /api/reports/{id}/editions/{hash}/sections/{section}", gate: "line" },
  { route: "GET /api/reports/{id}/attachments/{sha256}", gate: "line" },
  { route: "GET /api/reports/{id}/previews/{hash}", gate: "line" },
  { route: "POST /api/reports/{id}/previews", gate: "line", body: () => ({}) },
  { route: "GET /api/reports/{id}/unsent", gate: "preparer" },
  {
    route: "PUT /api/reports/{id}/unsent",
    gate: "preparer",
    body: () => ({ device: "0".repeat(32), sections: ["t01"] }),
  },
  { route: "GET /api/reports/{id}/consolidation", gate: "line", onlyDepartments: true },
  {
    route: "GET /api/reports/{id}/consolidation/cells",
    gate: "line",
    query: () => "?cell=t01/other/final",
    onlyDepartments: true,
  },
  {
    route: "POST /api/reports/{id}/consolidation",
    gate: { move: "edit" },
    body: (hash) => ({ editionHash: hash, confirmed: [], adjustments: [] }),
    onlyDepartments: true,
  },
  {
    route: "PUT /api/reports/{id}/sections/{section}",
    gate: { move: "edit" },
    body: () => ({ base: null, value: { rows: [] } }),
  },
  {
    route: "POST /api/reports/{id}/imports",
    gate: { move: "edit" },
    body: () => ({ format: "json", content: "{}" }),
  },
  {
    route: "POST /api/reports/{id}/import-plans",
    gate: { move: "edit" },
    body: () => ({ format: "json", content: "{}", fileName: "决算.json" }),
  },
  {
    route: "POST /api/reports/{id}/accounts",
    gate: { move: "edit" },
    body: () => ({ fileName: "决算.xlsx", content: "UEsDBA==" }),
  },
  {
    route: "POST /api/reports/{id}/evaluations",
    gate: { move: "edit" },
    body: () => ({ content: "UEsDBA==" }),
  },
  ...["apply", "undo"].map((act): Case => ({
    route: `POST /api/reports/{id}/accounts/{plan}/${act}`,
    gate: { move: "edit" },
    body: () => ({ tables: ["t01"] }),
  })),
  { route: "POST /api/reports/{id}/prior-year", gate: { move: "edit" }, body: () => ({}) },
  {
    route: "POST /api/reports/{id}/explanations",
    gate: { move: "edit" },
    body: () => ({ finding: "R190", reason: "上年决算批复后收回往来款" }),
  },
  { route: "DELETE /api/reports/{id}/explanations/{explanation}", gate: { move: "edit" } },
  { route: "POST /api/reports/{id}/uploads", gate: { move: "edit" }, body: () => file },
  { route: "POST /api/reports/{id}/uploads/{upload}", gate: { move: "edit" }, body: () => file },
  {
    route: "POST /api/reports/{id}/threads",
    gate: { move: "comment" },
    body: () => ({ anchor: { kind: "section", section: "t01" }, text: "请核对" }),
  },
  {
    route: "POST /api/reports/{id}/threads/{thread}/entries",
    gate: { move: "comment" },
    body: () => ({ act: "answer", text: "已核对", version: 1 }),
  },
  { route: "POST /api/reports/{id}/submit", gate: { move: "submit" }, body: () => ({}) },
  {
    route: "POST /api/reports/{id}/withdraw",
    gate: { move: "withdraw" },
    body: () => ({ reason: "附件传错" }),
  },
  {
    route: "POST /api/reports/{id}/approve",
    gate: { move: "approve" },
    body: (hash) => ({ ...verdict(hash), documentNumber: "景财决批〔2023〕1号" }),
  },
  {
    route: "POST /api/reports/{id}/seen",
    gate: { move: "comment" },
    body: (hash) => verdict(hash),
  },
  { route: "GET /api/reports/{id}/review", gate: "line" },
  {
    route: "PUT /api/reports/{id}/viewed",
    gate: { move: "comment" },
    body: (hash) => ({ editionHash: hash, part: "t01", viewed: true }),
  },
  {
    route: "POST /api/regions/{region}/years/{year}/reminders",
    gate: { registry: ["bureau_admin"] },
    body: () => ({ orgCodes: ["137001"], preview: true }),
  },
  {
    route: "POST /api/regions/{region}/years/{year}/approvals",
    gate: { registry: ["bureau_reviewer"] },
    body: (hash) => ({
      ...{ documentNumber: "景财决批〔2023〕1号", approvedOn: "2023-08-01" },
      reports: [{ id: "360200-2022-999999", ...verdict(hash) }],
    }),
  },
  {
    route: "POST /api/reports/{id}/take-edition",
    gate: { move: "take_edition" },
    body: () => ({}),
  },
  {
    route: "POST /api/reports/{id}/return",
    gate: { move: "return" },
    body: (hash) => ({ ...verdict(hash), reason: "请核对" }),
  },
  ...(["secrecy", "principal"] as const).map((kind): Case => ({
    route: "POST /api/reports/{id}/sign-offs",
    gate: { move: `sign_off_${kind}` },
    body: (hash) => ({ ...verdict(hash), kind }),
  })),
  {
    route: "POST /api/reports/{id}/correct",
    gate: { move: "correct" },
    body: () => ({ reason: "更正合计" }),
  },
  {
    route: "POST /api/reports/{id}/take-down",
    gate: { move: "ask_take_down" },
    body: () => ({ legalBasis: "依法撤下", summary: "附表不宜公开" }),
  },
  {
    route: "POST /api/reports/{id}/take-down/confirm",
    gate: { move: "take_down" },
    body: () => ({ askedAt: start }),
  },
  {
    route: "POST /api/reports/{id}/take-down/decline",
    gate: { move: "decline_take_down" },
    body: () => ({ askedAt: start, reason: "应当更正" }),
  },
  {
    route: "POST /api/reports/{id}/take-down/withdraw",
    gate: { move: "withdraw_take_down" },
    body: () => ({ askedAt: start }),
  },
  {
    route: "POST /api/reports/{id}/retry-publication",
    gate: { move: "retry_publication" },
    body: () => ({}),
  },
  {
    route: "POST /api/reports/{id}/undo-approval",
    gate: { move: "undo_approval" },
    body: (hash) => ({ ...verdict(hash), reason: "退回修改" }),
  },
];

/** Where what is named in the address is not there, whoever asks. */
export const isOfNothing = (route: string) =>
  /\{(?:sha256|explanation|grant|key|invitation|part|plan)\}|imports\/undo$|\/hand-over$|\/accept$|\/password-reset$|previews\/\{hash\}|POST .*\/approvals$|editions\/\{hash\}|POST .*\/prior-year$|\/public-notice$/u.test(
    route,
  );

const lists = ["/worklist", "/progress", "/reports"];
export const isList = ({ route }: Case) =>
  route.startsWith("GET") && lists.some((end) => route.endsWith(end));
/** The other requests about a region are the same whatever becomes of one report. */
export const dependsOnReport = (one: Case) =>
  one.route.includes("{id}") || one.route === "POST /api/reports" || isList(one);
