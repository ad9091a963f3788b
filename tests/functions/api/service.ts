import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createApp } from "../../../functions/api/app.ts";
import type { ApiApp } from "../../../functions/api/deps.ts";
import { inPlace } from "../../../functions/use-cases/heavy-work.ts";
import { createWriteProbe } from "../../../functions/use-cases/write-probe.ts";
import { ratesOf } from "../../../functions/api/rate-limit.ts";
import type { ApiDeps } from "../../../functions/api/deps.ts";
import { createTokenVerifier } from "../../../functions/platform/auth/verify-token.ts";
import { createIds, newCode, sha256 } from "../../../functions/platform/ids.ts";
import { createLog } from "../../../functions/platform/log.ts";
import type { Membership } from "../../../shared/registry/registry.ts";
import type { ReportHead, Stores } from "../../../functions/storage/ports.ts";
import { sweep } from "../../../functions/relay/relay.ts";
import { openDataFolder } from "../../../infra/local/data-folder.ts";
import { findingsResponse } from "../../../shared/contract/responses.ts";
import { createEditionLibrary } from "../../../shared/editions/edition-library.ts";
import { loadedSource, shippedEdition } from "../../examples/editions.ts";
import type { Edition } from "../../../shared/forms/form.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import type { Report } from "../../../shared/report/report.ts";
import { sectionIdsOf } from "../../../shared/report/section-ids.ts";
import { seedReason } from "../../../infra/local/seed/reports/reasons.ts";
import { loadExampleUnit } from "../../examples/load-example.ts";
import { enter } from "../enter.ts";

export const region = "360200";
export const start = "2023-08-01T02:00:00.000Z";
export const issuer = "http://issuer.test/oidc";
export const audience = "juesuan-api";

/** People of the test city; every role once, and some who hold two or belong elsewhere. */
const people = {
  limin: [["preparer", "137001"]],
  zhouting: [["preparer", "137002"]],
  wangqiang: [["unit_reviewer", "137001"]],
  zhaolin: [["preparer", "137"]],
  suntao: [["department_reviewer", "137"]],
  qianli: [["secrecy_officer", "137"]],
  zhenghua: [["principal", "137"]],
  fengyuan: [["bureau_reviewer", "000"]],
  xuning: [["bureau_admin", "000"]],
  shenbo: [["auditor", "000"]],
  /** Draws up and reviews the same unit: four eyes must hold for him. */
  heping: [
    ["preparer", "137001"],
    ["unit_reviewer", "137001"],
    ["principal", "137"],
  ],
  /** Of another department of the city. */
  waibu: [["preparer", "200"]],
} as const satisfies Record<string, readonly (readonly [Membership["role"], string])[]>;
export type PersonId = keyof typeof people;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** Any JSON, else the bytes; the test says what it should be. */
  readonly body: unknown;
}
export interface Service {
  readonly app: ApiApp;
  readonly deps: ApiDeps & Pick<Stores, "effects">;
  /** Log lines written so far. */
  readonly lines: string[];
  /** Messages sent to the render queue. */
  readonly queued: { readonly id: string; readonly body: string }[];
  /** Messages sent to the notify queue by the API itself. */
  readonly letters: { readonly id: string; readonly body: string }[];
  /** Sets the clock. */
  readonly at: (instant: string) => void;
  readonly token: (subject: string, claims?: TokenClaims) => Promise<string>;
  readonly call: (
    who: string | undefined,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ) => Promise<Answer>;
  readonly head: (id: string) => Promise<ReportHead | undefined>;
  /** Saves every section of an example as the preparer, and explains what its figures ask. */
  readonly fill: (who: string, id: string, report: Report) => Promise<void>;
  /** Explains every warning that is not, as people of the examples would. */
  readonly explain: (who: string, id: string) => Promise<void>;
  /** Puts a unit's report before a level, by the doors. */
  readonly bring: (
    orgCode: string,
    to: "draft" | "unit" | "department" | "bureau",
  ) => Promise<string>;
  /** Relays what waits, as the functions behind the API do all the time; nothing is printed or sent. */
  readonly relay: () => Promise<void>;
  readonly uploadUrl: (request: Request) => Promise<Response>;
  readonly close: () => Promise<void>;
}

export interface TokenClaims {
  readonly issuer?: string;
  readonly audience?: string;
  readonly expiresInSeconds?: number;
  /** Further claims, as an issuer adds them. */
  readonly claims?: Readonly<Record<string, unknown>>;
  /** Signed by a key the issuer does not publish. */
  readonly forged?: boolean;
}

/**
 * The API over the embedded stores in a folder of its own, or over those given, with real signed tokens. The year is
 * open in `edition`, which the installation then has beside those that are shipped.
 */
export async function startService({
  stores: given,
  edition,
}: { readonly stores?: Stores; readonly edition?: Edition } = {}): Promise<Service> {
  const editions =
    edition === undefined
      ? shippedEditions
      : createEditionLibrary([
          ...shippedEditions.listed.map((one) => ({ ...one, load: () => shippedEdition(one.id) })),
          loadedSource(edition),
        ]);
  const folder = await mkdtemp(join(tmpdir(), "juesuan-api-"));
  let clock = start;
  const now = () => clock;
  const opened = await openDataFolder({
    folder,
    sha256,
    now,
    secret: "test",
    filesUrl: "http://files.test",
  });
  if (!opened.ok) throw new Error(opened.error.message);
  const { vault, portal, transfer, ...kept } = opened.value;
  const { registry, probe, ...stores } = given ?? kept;

  const pair = await generateKeyPair("RS256");
  const unregistered = await generateKeyPair("RS256");
  const jwk = { ...(await exportJWK(pair.publicKey)), kid: "k1", alg: "RS256", use: "sig" };
  const verifyToken = createTokenVerifier({
    issuer,
    audience,
    now,
    fetch: (input) => {
      const address = input instanceof Request ? input.url : input.toString();
      return Promise.resolve(
        Response.json(
          address.endsWith("openid-configuration")
            ? { issuer, jwks_uri: `${issuer}/jwks` }
            : { keys: [jwk] },
        ),
      );
    },
  });

  const lines: string[] = [];
  const queued: { id: string; body: string }[] = [];
  const letters: { id: string; body: string }[] = [];
  const log = createLog({ now, write: (line) => lines.push(line) });
  const deps: Service["deps"] = {
    ...stores,
    registry,
    vault,
    portal,
    tickets: transfer.tickets,
    links: transfer.links,
    renderQueue: {
      send: (message) => {
        queued.push(message);
        return Promise.resolve();
      },
    },
    notifyQueue: {
      send: (message) => {
        letters.push(message);
        return Promise.resolve();
      },
    },
    canMail: true,
    newCode,
    verifyToken,
    sha256,
    now,
    newId: createIds(() => Date.parse(clock)),
    log,
    canWrite: createWriteProbe({ probe, vault, now, log }),
    regionNames: new Map([[region, "景德镇市"]]),
    editions,
    heavyWork: inPlace,
    // The clock of a test does not move, so that nothing is gained back.
    rates: ratesOf({ person: 1_000_000, address: 1_000_000 }),
    portalUrl: "https://portal.test",
  };
  await seed(deps, edition?.id ?? "jiangxi-2022");
  const app = createApp(deps);

  const token: Service["token"] = (subject, claims = {}) => {
    const issuedAt = Math.floor(Date.parse(clock) / 1000);
    return new SignJWT({ ...claims.claims })
      .setProtectedHeader({ alg: "RS256", kid: "k1" })
      .setSubject(subject)
      .setIssuer(claims.issuer ?? issuer)
      .setAudience(claims.audience ?? audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(issuedAt + (claims.expiresInSeconds ?? 600))
      .sign(claims.forged === true ? unregistered.privateKey : pair.privateKey);
  };

  /** By person and time: to sign one takes longer than most requests that bear it. */
  const usual = new Map<string, Promise<string>>();
  const usualToken = (who: string): Promise<string> => {
    const key = `${who} ${clock}`;
    const signed = usual.get(key) ?? token(who);
    usual.set(key, signed);
    return signed;
  };

  const call: Service["call"] = async (who, method, path, body, headers = {}) => {
    const response = await app.request(path, {
      method,
      headers: {
        ...(who === undefined ? {} : { authorization: `Bearer ${await usualToken(who)}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined
        ? {}
        : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const bytes = new Uint8Array(await response.arrayBuffer());
    const isJson = response.headers.get("content-type")?.includes("json") === true;
    const text = isJson ? new TextDecoder().decode(bytes) : "";
    return {
      status: response.status,
      headers: response.headers,
      body: text === "" ? (bytes.length === 0 ? undefined : bytes) : (JSON.parse(text) as unknown),
    };
  };

  const must = async (...request: Parameters<Service["call"]>) => {
    const answer = await call(...request);
    if (answer.status >= 300) {
      throw new Error(`${request[1]} ${request[2]}: ${JSON.stringify(answer.body)}`);
    }
    return answer;
  };

  const explain: Service["explain"] = async (who, id) => {
    const { body } = await must(who, "GET", `/api/reports/${id}/findings`);
    for (const finding of findingsResponse.parse(body).findings) {
      if (finding.severity !== "warning" || finding.explanation !== undefined) continue;
      const request = { finding: finding.id, reason: seedReason(finding) };
      await must(who, "POST", `/api/reports/${id}/explanations`, request);
    }
  };

  const fill: Service["fill"] = async (who, id, report) => {
    const head = await deps.reports.load(id);
    for (const section of sectionIdsOf(report.edition)) {
      if (section === "explanations") continue;
      await must(who, "PUT", `/api/reports/${id}/sections/${section}`, {
        base: head?.sections[section]?.sha256 ?? null,
        value: report.sections[section],
      });
    }
    await explain(who, id);
  };

  const preparers: Record<string, string> = { "137001": "limin", "137002": "zhouting" };
  const bring: Service["bring"] = async (orgCode, to) => {
    const who = preparers[orgCode] ?? "";
    const opened = await must(who, "POST", "/api/reports", { region, year: 2022, orgCode });
    const id = (opened.body as { id: string }).id;
    await fill(who, id, loadExampleUnit(orgCode as "137001"));
    if (to === "draft") return id;
    const { editionHash } = (await must(who, "POST", `/api/reports/${id}/submit`, {})).body as {
      editionHash: string;
    };
    if (to === "unit") return id;
    await must("wangqiang", "POST", `/api/reports/${id}/approve`, { editionHash });
    if (to === "department") return id;
    await must("qianli", "POST", `/api/reports/${id}/sign-offs`, { editionHash, kind: "secrecy" });
    await must("zhenghua", "POST", `/api/reports/${id}/sign-offs`, {
      editionHash,
      kind: "principal",
    });
    await must("suntao", "POST", `/api/reports/${id}/approve`, { editionHash });
    return id;
  };

  return {
    app,
    deps,
    lines,
    queued,
    letters,
    at: (instant) => {
      clock = instant;
    },
    token,
    call,
    head: (id) => deps.reports.load(id),
    fill,
    explain,
    bring,
    relay: async () => {
      const queue = { send: () => Promise.resolve() };
      const queues = { render: queue, publish: queue, notify: queue };
      await sweep({ ...deps, files: vault, queues, regions: [region] });
    },
    uploadUrl: (request) => transfer.handle(request),
    close: async () => {
      await opened.value.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function seed({ registry }: ApiDeps, edition: string): Promise<void> {
  const orgs = [
    { code: "000", name: "景德镇市财政局", kind: "bureau" },
    {
      code: "137",
      name: "景德镇市人民政府行政服务中心管理委员会",
      kind: "department",
      parent: "000",
    },
    {
      code: "137001",
      name: "景德镇市人民政府行政服务中心管理委员会（本级）",
      kind: "unit",
      parent: "137",
    },
    { code: "137002", name: "景德镇市公共资源交易中心", kind: "unit", parent: "137" },
    { code: "200", name: "景德镇市教育局", kind: "department", parent: "000" },
  ] as const;
  await enter(registry, region, {
    orgs: orgs.map((org) => ({ region, ...org, version: 0 })),
    years: [
      {
        region,
        year: 2022,
        edition,
        status: "open",
        unitDue: "2023-07-31",
        departmentDue: "2023-08-15",
        bureauDue: "2023-08-31",
        version: 0,
      },
    ],
    members: Object.entries(people).map(([subject, memberships]) => ({
      region,
      subject,
      name: `${subject}名`,
      memberships: memberships.map(([role, orgCode]) => ({ role, orgCode })),
      version: 0,
    })),
  });
  // A second city, whose people must learn nothing of the first.
  const other = { region: "310107", version: 0 };
  await enter(registry, other.region, {
    orgs: [{ ...other, code: "000", name: "普陀区财政局", kind: "bureau" }],
    members: [
      {
        ...other,
        subject: "panyun",
        name: "潘云",
        memberships: [
          { role: "bureau_reviewer", orgCode: "000" },
          { role: "bureau_admin", orgCode: "000" },
        ],
      },
    ],
  });
}
