import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { region, startService, type Answer, type PersonId, type Service } from "./service.ts";
import { everyMember, everyOrg } from "../enter.ts";

let service: Service;
/** In review at its unit. */
let id: string;
let editionHash: string;
const some = "a".repeat(64);

beforeAll(async () => {
  service = await startService();
  id = await service.bring("137001", "unit");
  editionHash = (
    (await service.call("limin", "GET", `/api/reports/${id}`)).body as {
      editionHash: string;
    }
  ).editionHash;
});
afterAll(() => service.close());

interface Case {
  readonly route: string;
  readonly path: () => string;
  readonly body?: () => unknown;
  /** May know of it, and is refused; absent where all of the place may. */
  readonly wrong?: PersonId;
  readonly right: PersonId;
  /** What the right person gets on a report at its unit's reviewer. */
  readonly status: number;
}

/** Answered to who is not known here: one says nothing of anybody, the other is tried in tests of its own. */
const forStrangers = ["GET /api/health", "POST /api/invitations/accept"];

const report = (path = "") => `/api/reports/${id}${path}`;
const inRegion = (path: string) => `/api/regions/${region}${path}`;
const newUnit = {
  ...{ type: "add", year: 2022, reason: "新设", code: "137009", name: "新单位", kind: "unit" },
  parent: "137",
};
const year = {
  edition: "jiangxi-2022",
  status: "open",
  unitDue: "2023-08-01",
  departmentDue: "2023-08-15",
  bureauDue: "2023-08-31",
  version: 1,
};

const cases: readonly Case[] = [
  { route: "GET /api/me", path: () => "/api/me", right: "limin", status: 200 },
  { route: "GET /api/editions", path: () => "/api/editions", right: "limin", status: 200 },
  {
    route: "GET /api/editions/{edition}",
    path: () => "/api/editions/jiangxi-2022",
    right: "limin",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/worklist",
    path: () => inRegion("/worklist"),
    right: "limin",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/notices",
    path: () => inRegion("/notices"),
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/notices/unread",
    path: () => inRegion("/notices/unread"),
    right: "shenbo",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/notices/read",
    path: () => inRegion("/notices/read"),
    body: () => ({ all: true }),
    right: "shenbo",
    status: 200,
  },
  {
    route: "PUT /api/regions/{region}/notices/preferences",
    path: () => inRegion("/notices/preferences"),
    body: () => ({ pageOnly: [] }),
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/orgs",
    path: () => inRegion("/orgs"),
    right: "limin",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/org-acts/preview",
    path: () => inRegion("/org-acts/preview"),
    body: () => newUnit,
    wrong: "shenbo",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/orgs/{orgCode}/waiting",
    path: () => inRegion("/orgs/137001/waiting"),
    wrong: "limin",
    right: "shenbo",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/members/{subject}/hand-over",
    path: () => inRegion("/members/limin/hand-over"),
    body: () => ({
      ...{ orgCode: "137001", roles: ["preparer"], to: "nobody", reason: "调动" },
      versions: { from: 1, to: 1 },
    }),
    wrong: "shenbo",
    right: "xuning",
    status: 404,
  },
  {
    route: "GET /api/regions/{region}/invitations",
    path: () => inRegion("/invitations"),
    wrong: "limin",
    right: "shenbo",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/invitations",
    path: () => inRegion("/invitations"),
    body: () => ({
      ...{ name: "新人", mobile: "13800000001" },
      memberships: [{ role: "preparer", orgCode: "137002" }],
    }),
    wrong: "shenbo",
    right: "xuning",
    status: 200,
  },
  ...["renew", "withdraw", "confirm"].map((act): Case => ({
    route: `POST /api/regions/{region}/invitations/{invitation}/${act}`,
    path: () => inRegion(`/invitations/01890000-0000-7000-8000-000000000001/${act}`),
    body: () => ({}),
    wrong: "shenbo",
    right: "xuning",
    status: 404,
  })),
  {
    route: "POST /api/regions/{region}/members/{subject}/password-reset",
    path: () => inRegion("/members/limin/password-reset"),
    body: () => ({}),
    wrong: "shenbo",
    right: "xuning",
    status: 404,
  },
  {
    route: "GET /api/regions/{region}/registry-imports/template",
    path: () => inRegion("/registry-imports/template"),
    wrong: "shenbo",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/registry-imports",
    path: () => inRegion("/registry-imports"),
    wrong: "shenbo",
    right: "xuning",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/registry-imports",
    path: () => inRegion("/registry-imports"),
    body: () => ({ year: 2022, reason: "初次登记", fileName: "名册.xlsx", content: "AA==" }),
    wrong: "shenbo",
    right: "xuning",
    status: 422,
  },
  {
    route: "POST /api/regions/{region}/registry-imports/{import}/parts/{part}",
    path: () => inRegion(`/registry-imports/${"a".repeat(64)}/parts/1`),
    body: () => ({}),
    wrong: "shenbo",
    right: "xuning",
    status: 404,
  },
  {
    route: "POST /api/regions/{region}/registry-imports/undo",
    path: () => inRegion("/registry-imports/undo"),
    body: () => ({}),
    wrong: "shenbo",
    right: "xuning",
    status: 404,
  },
  {
    route: "POST /api/regions/{region}/org-acts",
    path: () => inRegion("/org-acts"),
    body: () => newUnit,
    wrong: "shenbo",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/members",
    path: () => inRegion("/members"),
    wrong: "limin",
    right: "shenbo",
    status: 200,
  },
  {
    route: "PUT /api/regions/{region}/members/{subject}",
    path: () => inRegion("/members/newcomer"),
    body: () => ({
      name: "新人",
      memberships: [{ role: "preparer", orgCode: "137002" }],
      version: 0,
    }),
    wrong: "fengyuan",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/grants",
    path: () => inRegion("/grants"),
    wrong: "limin",
    right: "shenbo",
    status: 200,
  },
  // Nobody asked for it; who may not decide on grants does not learn even that.
  ...(["confirm", "decline", "withdraw"] as const).map((act): Case => ({
    route: `POST /api/regions/{region}/grants/{grant}/${act}`,
    path: () => inRegion(`/grants/00000000-0000-7000-8000-000000000000/${act}`),
    body: () => ({}),
    wrong: "shenbo",
    right: "xuning",
    status: 404,
  })),
  {
    route: "GET /api/regions/{region}/registry/events",
    path: () => inRegion("/registry/events"),
    wrong: "fengyuan",
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/registry/verification",
    path: () => inRegion("/registry/verification"),
    wrong: "fengyuan",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/editions",
    path: () => inRegion("/editions"),
    right: "limin",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/own-editions",
    path: () => inRegion("/own-editions"),
    wrong: "fengyuan",
    right: "shenbo",
    status: 200,
  },
  {
    route: "PUT /api/regions/{region}/own-editions/{key}",
    path: () => inRegion("/own-editions/nanling-2023"),
    body: () => ({ base: "jiangxi-2022", changes: { name: "南岭市2023", year: 2023 }, version: 0 }),
    wrong: "shenbo",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/own-editions/{key}",
    path: () => inRegion("/own-editions/nanling-2023"),
    wrong: "fengyuan",
    right: "shenbo",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/own-editions/{key}/previews",
    path: () => inRegion("/own-editions/nanling-2023/previews"),
    body: () => ({}),
    wrong: "fengyuan",
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/own-editions/{key}/previews/{hash}",
    path: () => inRegion(`/own-editions/nanling-2023/previews/${"0".repeat(64)}`),
    wrong: "fengyuan",
    right: "shenbo",
    status: 404,
  },
  {
    route: "POST /api/regions/{region}/code-lists",
    path: () => inRegion("/code-lists"),
    body: () => ({ classification: "functional", current: {}, content: "AA==" }),
    wrong: "shenbo",
    right: "xuning",
    status: 422,
  },
  ...(["use", "discard"] as const).map((act): Case => ({
    route: `POST /api/regions/{region}/own-editions/{key}/${act}`,
    path: () => inRegion(`/own-editions/nanling-2023/${act}`),
    body: () => ({ ...(act === "use" ? { note: "新年度" } : {}), version: 2 }),
    wrong: "shenbo",
    right: "xuning",
    status: 412,
  })),
  {
    route: "GET /api/regions/{region}/years",
    path: () => inRegion("/years"),
    right: "limin",
    status: 200,
  },
  {
    route: "PUT /api/regions/{region}/years/{year}",
    path: () => inRegion("/years/2022"),
    body: () => year,
    wrong: "suntao",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/years/{year}/progress",
    path: () => inRegion("/years/2022/progress"),
    right: "limin",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/years/{year}/progress/{orgCode}",
    path: () => inRegion("/years/2022/progress/137"),
    right: "suntao",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/events",
    path: () => inRegion("/events?from=2023-07-01&to=2023-08-31"),
    wrong: "fengyuan",
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/years/{year}/approvals",
    path: () => inRegion("/years/2022/approvals"),
    wrong: "xuning",
    right: "fengyuan",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/years/{year}/approvals",
    path: () => inRegion("/years/2022/approvals"),
    body: () => ({
      ...{ documentNumber: "景财决批〔2023〕1号", approvedOn: "2023-08-01" },
      reports: [{ id, editionHash: "a".repeat(64) }],
    }),
    wrong: "xuning",
    right: "fengyuan",
    status: 200,
  },
  {
    route: "POST /api/regions/{region}/years/{year}/reminders",
    path: () => inRegion("/years/2022/reminders"),
    body: () => ({ orgCodes: ["137001"], preview: true }),
    wrong: "fengyuan",
    right: "xuning",
    status: 200,
  },
  {
    route: "GET /api/reports/{id}/review",
    path: () => report("/review"),
    right: "limin",
    status: 200,
  },
  {
    route: "PUT /api/reports/{id}/viewed",
    path: () => report("/viewed"),
    body: () => ({ editionHash: "a".repeat(64), part: "t01", viewed: true }),
    wrong: "xuning",
    right: "wangqiang",
    status: 412,
  },
  {
    route: "POST /api/reports/{id}/seen",
    path: () => report("/seen"),
    body: () => ({ editionHash: "a".repeat(64) }),
    wrong: "xuning",
    right: "wangqiang",
    status: 412,
  },
  {
    route: "GET /api/regions/{region}/years/{year}/rules/{rule}",
    path: () => inRegion("/years/2022/rules/R101"),
    wrong: "suntao",
    right: "fengyuan",
    status: 200,
  },
  ...(["nodes", "days", "rules", "workbook"] as const).map((list): Case => ({
    route: `GET /api/regions/{region}/years/{year}/${list}`,
    path: () => inRegion(`/years/2022/${list}`),
    wrong: "suntao",
    right: "fengyuan",
    status: 200,
  })),
  {
    route: "GET /api/regions/{region}/years/{year}/reports",
    path: () => inRegion("/years/2022/reports"),
    right: "limin",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/years/{year}/audit",
    path: () => inRegion("/years/2022/audit"),
    wrong: "suntao",
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/regions/{region}/years/{year}/orgs/{orgCode}/workbook",
    path: () => inRegion("/years/2022/orgs/137002/workbook"),
    right: "zhouting",
    status: 200,
  },
  {
    route: "POST /api/reports",
    path: () => "/api/reports",
    body: () => ({ region, year: 2022, orgCode: "137001" }),
    wrong: "wangqiang",
    right: "limin",
    status: 409,
  },
  ...(
    [
      "",
      "/findings",
      "/narrative",
      "/editions",
      "/publication",
      "/sections/t01",
      "/threads",
      "/events",
      "/events/verification",
    ] as const
  ).map((path): Case => ({
    route: `GET /api/reports/{id}${path.replace("t01", "{section}")}`,
    path: () => report(path),
    right: "shenbo",
    status: 200,
  })),
  {
    route: "GET /api/reports/{id}/diff",
    path: () => report(`/diff?from=${editionHash}`),
    right: "fengyuan",
    status: 200,
  },
  {
    route: "GET /api/reports/{id}/editions/{hash}/sections/{section}",
    path: () => report(`/editions/${editionHash}/sections/t01`),
    right: "suntao",
    status: 200,
  },
  {
    route: "PUT /api/reports/{id}/sections/{section}",
    path: () => report("/sections/t10"),
    body: () => ({ base: null, value: { rows: [] } }),
    wrong: "wangqiang",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/imports",
    path: () => report("/imports"),
    body: () => ({ format: "json", content: "{}" }),
    wrong: "suntao",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/import-plans",
    path: () => report("/import-plans"),
    body: () => ({ format: "json", content: "{}", fileName: "决算.json" }),
    wrong: "suntao",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/accounts",
    path: () => report("/accounts"),
    body: () => ({ fileName: "决算.xlsx", content: "UEsDBA==" }),
    wrong: "suntao",
    right: "limin",
    status: 409,
  },
  ...(["apply", "undo"] as const).map((act): Case => ({
    route: `POST /api/reports/{id}/accounts/{plan}/${act}`,
    path: () => report(`/accounts/${"0".repeat(64)}/${act}`),
    body: () => ({ tables: ["t01"] }),
    wrong: "suntao",
    right: "limin",
    status: 409,
  })),
  {
    route: "GET /api/reports/{id}/workbook",
    path: () => report("/workbook"),
    right: "wangqiang",
    status: 200,
  },
  {
    route: "GET /api/reports/{id}/evaluations",
    path: () => report("/evaluations"),
    right: "wangqiang",
    status: 200,
  },
  {
    route: "POST /api/reports/{id}/evaluations",
    path: () => report("/evaluations"),
    body: () => ({ content: "UEsDBA==" }),
    wrong: "suntao",
    right: "limin",
    status: 409,
  },
  {
    route: "GET /api/reports/{id}/prior-year",
    path: () => report("/prior-year"),
    right: "shenbo",
    status: 200,
  },
  {
    route: "POST /api/reports/{id}/prior-year",
    path: () => report("/prior-year"),
    body: () => ({}),
    wrong: "wangqiang",
    right: "limin",
    status: 409,
  },
  {
    route: "GET /api/reports/{id}/consolidation",
    path: () => report("/consolidation"),
    right: "limin",
    status: 404,
  },
  {
    route: "GET /api/reports/{id}/consolidation/cells",
    path: () => report("/consolidation/cells?cell=t01/other/final"),
    right: "limin",
    status: 404,
  },
  {
    route: "POST /api/reports/{id}/consolidation",
    path: () => report("/consolidation"),
    body: () => ({ editionHash, confirmed: [], adjustments: [] }),
    right: "limin",
    status: 404,
  },
  {
    route: "POST /api/reports/{id}/explanations",
    path: () => report("/explanations"),
    body: () => ({ finding: "R190", reason: "上年决算批复后收回往来款" }),
    wrong: "wangqiang",
    right: "limin",
    status: 409,
  },
  {
    route: "DELETE /api/reports/{id}/explanations/{explanation}",
    path: () => report("/explanations/00000000-0000"),
    wrong: "shenbo",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/submit",
    path: () => report("/submit"),
    body: () => ({}),
    wrong: "wangqiang",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/approve",
    path: () => report("/approve"),
    body: () => ({ editionHash: some }),
    wrong: "limin",
    right: "wangqiang",
    status: 412,
  },
  {
    route: "POST /api/reports/{id}/return",
    path: () => report("/return"),
    body: () => ({ editionHash: some, reason: "请核对" }),
    wrong: "limin",
    right: "wangqiang",
    status: 412,
  },
  {
    route: "POST /api/reports/{id}/sign-offs",
    path: () => report("/sign-offs"),
    body: () => ({ editionHash: some, kind: "secrecy" }),
    wrong: "suntao",
    right: "qianli",
    status: 412,
  },
  {
    route: "POST /api/reports/{id}/correct",
    path: () => report("/correct"),
    body: () => ({ reason: "更正合计" }),
    wrong: "xuning",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/retry-publication",
    path: () => report("/retry-publication"),
    wrong: "limin",
    right: "xuning",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/undo-approval",
    path: () => report("/undo-approval"),
    body: () => ({ editionHash: some, reason: "退回修改" }),
    wrong: "xuning",
    right: "fengyuan",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/take-down",
    path: () => report("/take-down"),
    body: () => ({ legalBasis: "依法撤下", summary: "附表不宜公开" }),
    wrong: "limin",
    right: "xuning",
    status: 409,
  },
  ...["confirm", "decline"].map((act): Case => ({
    route: `POST /api/reports/{id}/take-down/${act}`,
    path: () => report(`/take-down/${act}`),
    body: () => ({
      askedAt: "2023-08-01T02:00:00.000Z",
      ...(act === "decline" && { reason: "应当更正" }),
    }),
    wrong: "limin",
    right: "fengyuan",
    status: 409,
  })),
  {
    route: "POST /api/reports/{id}/take-down/withdraw",
    path: () => report("/take-down/withdraw"),
    body: () => ({ askedAt: "2023-08-01T02:00:00.000Z" }),
    wrong: "limin",
    right: "xuning",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/threads",
    path: () => report("/threads"),
    body: () => ({ anchor: { kind: "section", section: "t01" }, text: "请核对" }),
    wrong: "shenbo",
    right: "wangqiang",
    status: 201,
  },
  {
    route: "POST /api/reports/{id}/threads/{thread}/entries",
    path: () => report("/threads/00000000-0000/entries"),
    body: () => ({ act: "answer", text: "已核对", version: 1 }),
    right: "limin",
    status: 404,
  },
  {
    route: "GET /api/reports/{id}/unsent",
    path: () => report("/unsent"),
    wrong: "wangqiang",
    right: "limin",
    status: 200,
  },
  {
    route: "PUT /api/reports/{id}/unsent",
    path: () => report("/unsent"),
    body: () => ({ device: "0".repeat(32), sections: ["t01"] }),
    wrong: "shenbo",
    right: "limin",
    status: 200,
  },
  {
    route: "POST /api/reports/{id}/uploads",
    path: () => report("/uploads"),
    body: () => ({ sha256: some, name: "a.pdf", contentType: "application/pdf", sizeBytes: 9 }),
    wrong: "shenbo",
    right: "limin",
    status: 409,
  },
  {
    route: "POST /api/reports/{id}/uploads/{upload}",
    path: () => report("/uploads/01890000-0000-7000-8000-000000000001"),
    body: () => ({ sha256: some, name: "a.pdf", contentType: "application/pdf", sizeBytes: 9 }),
    wrong: "shenbo",
    right: "limin",
    status: 409,
  },
  {
    route: "GET /api/reports/{id}/attachments/{sha256}",
    path: () => report(`/attachments/${some}`),
    right: "limin",
    status: 404,
  },
  {
    route: "POST /api/reports/{id}/previews",
    path: () => report("/previews"),
    body: () => ({}),
    right: "shenbo",
    status: 200,
  },
  {
    route: "GET /api/reports/{id}/previews/{hash}",
    path: () => report(`/previews/${some}`),
    right: "limin",
    status: 404,
  },
  {
    route: "GET /api/reports/{id}/public-notice",
    path: () => report("/public-notice"),
    right: "limin",
    status: 404,
  },
  {
    route: "POST /api/reports/{id}/withdraw",
    path: () => report("/withdraw"),
    body: () => ({ reason: "附件传错" }),
    wrong: "suntao",
    right: "limin",
    status: 200,
  },
  {
    route: "POST /api/reports/{id}/take-edition",
    path: () => report("/take-edition"),
    body: () => ({}),
    wrong: "suntao",
    right: "limin",
    status: 412,
  },
];

const method = ({ route }: Case) => route.split(" ")[0] ?? "";
const ask = (one: Case, who?: string, headers?: Record<string, string>) =>
  service.call(who, method(one), one.path(), one.body?.(), headers);

/** What two answers have in common when nobody can tell them apart. */
const withoutRequestId = ({ status, headers, body }: Answer) => {
  const answered = structuredClone(body) as { error: { requestId?: string } };
  delete answered.error.requestId;
  const names = [...headers].filter(([name]) => name !== "x-request-id");
  return { status, headers: Object.fromEntries(names), body: answered };
};

async function untouched(): Promise<unknown> {
  const [head, threads, members, orgs, years] = await Promise.all([
    service.head(id),
    service.deps.threads.list(id),
    everyMember(service.deps.registry, region),
    everyOrg(service.deps.registry, region),
    service.deps.registry.years(region),
  ]);
  return { head, threads, members, orgs, years, queued: service.queued.length };
}

it("every route of the API is in this table", async () => {
  const { body } = await service.call(undefined, "GET", "/api/openapi.json");
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  const routes = Object.entries(paths).flatMap(([path, item]) =>
    Object.keys(item).map((name) => `${name.toUpperCase()} ${path}`),
  );
  expect(cases.map(({ route }) => route).sort()).toEqual(
    routes.filter((route) => !forStrangers.includes(route)).sort(),
  );
});

describe.each(cases)("$route", (one) => {
  it("is closed without a token, and with any that is forged, expired or of another issuer", async () => {
    const before = await untouched();
    const bearer = async (...args: Parameters<Service["token"]>) => ({
      authorization: `Bearer ${await service.token(...args)}`,
    });
    const closed = [
      {},
      { authorization: "Basic bGltaW46anVlc3Vhbg==" },
      { authorization: "Bearer not.a.token" },
      await bearer(one.right, { forged: true }),
      await bearer(one.right, { expiresInSeconds: -60 }),
      await bearer(one.right, { issuer: "http://other.test/oidc" }),
      await bearer(one.right, { audience: "another-api" }),
    ];
    for (const headers of closed) {
      const answer = await ask(one, undefined, headers);
      expect(answer.status).toBe(401);
      expect(answer.body).toMatchObject({ error: { code: "unauthenticated" } });
      expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    }
    expect(await untouched()).toEqual(before);
  });

  it("does not exist for a person nobody knows", async () => {
    const before = await untouched();
    const answer = await ask(one, "stranger");
    expect(withoutRequestId(answer)).toEqual(
      withoutRequestId(await service.call("stranger", "GET", "/api/reports/000000-2022-999")),
    );
    expect(answer.status).toBe(404);
    expect(await untouched()).toEqual(before);
  });
});

const ofReport = cases.filter(({ route }) => route.includes("{id}"));
const ofRegion = cases.filter(({ route }) => route.includes("{region}"));

describe.each(ofReport)("$route", (one) => {
  it.each(["waibu", "zhouting", "panyun"])("is to %s what does not exist", async (who) => {
    const before = await untouched();
    const answer = await ask(one, who);
    const nowhere = one.path().replace(id, "360200-2022-999999");
    expect(withoutRequestId(answer)).toEqual(
      withoutRequestId(await service.call(who, method(one), nowhere, one.body?.())),
    );
    expect(answer.status).toBe(404);
    expect(await untouched()).toEqual(before);
  });
});

describe.each(ofRegion)("$route", (one) => {
  it("of another city is not found, its administrator or not", async () => {
    const before = await untouched();
    expect((await ask(one, "panyun")).status).toBe(404);
    expect(await untouched()).toEqual(before);
  });
});

describe.each(cases.filter(({ wrong }) => wrong !== undefined))("$route", (one) => {
  it(`refuses ${one.wrong ?? ""}, who may know of it but not do it`, async () => {
    const before = await untouched();
    const answer = await ask(one, one.wrong);
    expect(answer.status).toBe(403);
    expect(answer.body).toMatchObject({ error: { code: "wrong_role" } });
    expect(await untouched()).toEqual(before);
  });
});

describe.each(cases)("$route", (one) => {
  it(`lets ${one.right} in`, async () => {
    const answer = await ask(one, one.right);
    expect(answer.status, JSON.stringify(answer.body)).toBe(one.status);
  });
});

it("a department's preparer reads its units' reports and changes none", async () => {
  expect((await service.call("zhaolin", "GET", report())).body).toMatchObject({
    allowedActions: [],
  });
  expect((await service.call("zhaolin", "POST", report("/submit"), {})).status).toBe(403);
});

it("a unit's people do not see the department's report", async () => {
  await service.call("zhaolin", "POST", "/api/reports", { region, year: 2022, orgCode: "137" });
  expect((await service.call("zhaolin", "GET", `/api/reports/${region}-2022-137`)).status).toBe(
    200,
  );
  expect((await service.call("limin", "GET", `/api/reports/${region}-2022-137`)).status).toBe(404);
});
