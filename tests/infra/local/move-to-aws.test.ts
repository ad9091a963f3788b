import "../../../infra/local/quiet-sdk.ts";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { S3Client } from "@aws-sdk/client-s3";
import { type FauxqsServer, startFauxqs } from "fauxqs";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { sha256 } from "../../../functions/platform/ids.ts";
import { openTable } from "../../../functions/storage/dynamo/table-access.ts";
import { createDynamoStores } from "../../../functions/storage/dynamo/stores.ts";
import { createS3Files } from "../../../functions/storage/s3/files.ts";
import { verifyRegistry } from "../../../functions/use-cases/registry-history.ts";
import { verifyReport } from "../../../functions/use-cases/audit/verify-report.ts";
import { type Dynalite, startDynalite } from "../../contract/dynalite.ts";
import { pointer } from "../../contract/fixtures.ts";
import type { ReportHead } from "../../../functions/storage/ports.ts";
import { shippedEditions } from "../../../shared/editions/shipped-editions.ts";
import { openBureau, region, reportOf, type Bureau } from "../../functions/effects/bureau.ts";
import { runProgram } from "../../programs.ts";
import { corrected, plainUnit, publishedInstallation } from "./verify-audit/installation.ts";

/** A data folder goes to DynamoDB and S3, as their protocols are answered by the engines of `tests/contract`. */
const credentials = { accessKeyId: "AKIACONTRACT", secretAccessKey: "contract" };
let bureau: Bureau;
let table: Dynalite;
let s3: FauxqsServer;
let client: S3Client;

const settings = (issuer: object) =>
  writeFile(
    join(bureau.folder, "installation.json"),
    JSON.stringify({
      region: { code: region.code, name: "某市", siteName: "某市部门决算公开" },
      issuer,
    }),
  );
const government = {
  ...{ kind: "oidc", issuer: "https://sso.example.gov.cn", clientId: "staff" },
  audience: "juesuan-api",
};

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", credentials.accessKeyId);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", credentials.secretAccessKey);
  vi.stubEnv("AWS_REGION", "cn-north-1");
  const published = await publishedInstallation();
  bureau = await openBureau(published.folder);
  await published.close();
  // A correction that somebody has saved in: who saved is a set there and a list here.
  await bureau.act(plainUnit, "zhouting", { type: "correct", reason: "更正办公费" });
  const { reports } = bureau.data;
  const id = reportOf(plainUnit);
  const saving = savedBy("zhouting", await reports.load(id));
  expect((await reports.saveSection(id, ...saving)).ok).toBe(true);
  await bureau.leave();
  table = await startDynalite("moved");
  s3 = await startFauxqs({ port: 0, logger: false, host: "127.0.0.1" });
  s3.createBucket("vault");
  client = new S3Client({
    ...{ region: "cn-north-1", forcePathStyle: true, credentials },
    endpoint: `http://127.0.0.1:${String(s3.port)}`,
  });
}, 120_000);
afterAll(async () => {
  vi.unstubAllEnvs();
  client.destroy();
  await table.close();
  await s3.stop();
  await bureau.close();
});

/** What saves a section over the one of a head. */
const savedBy = (by: string, head: ReportHead | undefined) =>
  ["t10", head?.sections["t10"]?.sha256, pointer(`by ${by}`, by)] as const;

const move = (...more: readonly string[]) =>
  runProgram(
    "infra/local/move-to-aws.ts",
    ...["--data", bureau.folder, "--table", "moved", "--vault", "vault", "--portal", "portal"],
    ...["--dynamodb", table.endpoint, "--s3", `http://127.0.0.1:${String(s3.port)}`],
    ...more,
  );

it("leaves alone what cannot go: a demonstration, accounts of its own, queues with messages", async () => {
  expect(await move()).toMatchObject({
    code: 1,
    error: expect.stringContaining("is a demonstration") as string,
  });
  await settings({ kind: "embedded" });
  expect((await move()).error).toContain("accounts of its own, which do not exist on AWS");
  await settings(government);
  const queue = join(bureau.folder, "queues", "render");
  await mkdir(queue, { recursive: true });
  expect((await move()).error).toContain("restore that into a new folder with npm run restore");
  await rm(join(bureau.folder, "queues"), { recursive: true });
  expect(await createS3Files({ client, bucket: "vault" }).list("")).toEqual([]);
  const misread = await runProgram("infra/local/move-to-aws.ts", "--data", bureau.folder);
  expect(misread.error).toMatch(/^Usage: [^\n]+\n$/u);
}, 60_000);

it("goes on where it was cut off, and ends with everything there", async () => {
  const cut = await move();
  expect(cut.code).toBe(1);
  expect(cut.error).toMatch(
    /^AWS answered NoSuchBucket: .+ run it again once that is mended\.\n$/u,
  );
  expect(cut.out).toMatch(/^vault: [1-9]\d* written, 0 there already, 0 faults\.\n$/u);

  s3.createBucket("portal");
  const moved = await move();
  expect([moved.code, moved.error]).toEqual([0, ""]);
  expect(moved.out).toMatch(/vault: 0 written, [1-9]\d* there already/u);
  expect(moved.out).toMatch(/moved: [1-9]\d* written, 0 there already, 0 faults/u);
  expect(moved.out).toContain("is there, read again and the same.");

  const again = await move("--check");
  expect([again.code, again.error]).toEqual([0, ""]);
  expect(again.out).toMatch(/moved: 0 written, [1-9]\d* there already/u);
}, 120_000);

it("is the same installation there: read, verified and written on", async () => {
  const stores = createDynamoStores({ client: table.client, table: "moved", sha256 });
  const files = createS3Files({ client, bucket: "vault" });
  const portal = createS3Files({ client, bucket: "portal" });
  const here = await openBureau(bureau.folder);
  try {
    for (const unit of [corrected, plainUnit]) {
      const id = reportOf(unit);
      expect(await stores.reports.load(id)).toEqual(await here.data.reports.load(id));
    }
    const orgs = (data: Pick<typeof stores, "registry">) =>
      data.registry.orgs(region.code, { limit: 50 });
    expect(await orgs(stores)).toEqual(await orgs(here.data));
    expect(await verifyRegistry({ ...stores, sha256 }, region.code)).toMatchObject({
      intact: true,
    });
    const audit = { ...stores, files, portal, sha256, editions: shippedEditions };
    const verified = await verifyReport(audit, reportOf(corrected), "full");
    expect(verified).toMatchObject({ intact: true, faults: [] });
  } finally {
    await here.close();
  }
  // A second person saves in the correction.
  const head = await stores.reports.load(reportOf(plainUnit));
  const saved = await stores.reports.saveSection(reportOf(plainUnit), ...savedBy("wugang", head));
  expect(saved.ok && saved.value.editors).toEqual(["wugang", "zhouting"]);
  const page = await portal.get(`2022/${corrected}/index.html`);
  expect(new TextDecoder().decode(page)).toContain("<html");
}, 60_000);

it("overwrites nothing that is other than here, and names it", async () => {
  const access = openTable(table.client, "moved");
  const foreign = { pk: `${region.code}#org`, sk: "137", name: "别的机构" };
  await access.db.send(new PutCommand({ TableName: "moved", Item: foreign }));
  const portal = createS3Files({ client, bucket: "portal" });
  await portal.put("index.html", new TextEncoder().encode("别的首页"), "text/html");
  const refused = await move();
  expect(refused.code).toBe(1);
  expect(refused.error.trim().split("\n")).toEqual([
    "portal/index.html is other than here.",
    `item ${region.code}#org / 137 is other than here.`,
    // What was saved there meanwhile.
    `item ${reportOf(plainUnit)} / head is other than here.`,
  ]);
  expect(new TextDecoder().decode(await portal.get("index.html"))).toBe("别的首页");
}, 60_000);
