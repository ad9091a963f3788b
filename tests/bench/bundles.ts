import { build } from "esbuild";
import { execFileSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { bundleFunction, writeBundle } from "../../infra/aws/function-bundle.ts";
import { bundleLimits, sizeOf } from "../infra/aws/bundle-limits.ts";
import { nodeOf } from "../node-version.ts";
import type { Line } from "./line.ts";
import { median } from "./quantile.ts";

const rounds = 9;

/** Every setting that some function asks for. */
const settings = {
  AWS_REGION: "ap-southeast-1",
  REPORTS_TABLE: "reports",
  VAULT_BUCKET: "vault",
  PORTAL_BUCKET: "portal",
  RENDER_QUEUE_URL: "https://queues.invalid/render",
  PUBLISH_QUEUE_URL: "https://queues.invalid/publish",
  NOTIFY_QUEUE_URL: "https://queues.invalid/notify",
  OIDC_ISSUER: "https://issuer.invalid",
  OIDC_AUDIENCE: "api",
  PORTAL_URL: "https://portal.invalid",
  STAFF_URL: "https://staff.invalid",
  MAIL_FROM: "juesuan@example.gov.cn",
  SMTP_SECRET: "smtp",
  PERSON_REQUESTS_PER_MINUTE: "600",
  ADDRESS_REQUESTS_PER_MINUTE: "6000",
  REGIONS: JSON.stringify([
    { code: "360200", name: "景德镇市", pathPrefix: "", siteName: "景德镇市部门决算公开" },
  ]),
};

/** The clients that every function has, made and nothing else. */
async function bundleClients(folder: string): Promise<string> {
  const outfile = join(folder, "clients.mjs");
  await build({
    stdin: {
      resolveDir: import.meta.dirname,
      contents: `
        import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
        import { S3Client } from "@aws-sdk/client-s3";
        import { SQSClient } from "@aws-sdk/client-sqs";
        globalThis.clients = [new DynamoDBClient(), new S3Client(), new SQSClient()];`,
    },
    outfile,
    ...{ bundle: true, minify: true, platform: "node", format: "esm", target: "node22" },
    mainFields: ["module", "main"],
    banner: {
      js: "import{createRequire}from'node:module';globalThis.require=createRequire(import.meta.url);",
    },
  });
  return outfile;
}

/** What each function weighs, and how long its code takes to load on the Node that AWS runs, in new processes. */
export async function measureBundles(): Promise<readonly Line[]> {
  const node = nodeOf("22");
  if (node === undefined) throw new Error("Node 22 cannot be had here.");
  const folder = await mkdtemp(join(tmpdir(), "juesuan-bench-bundles-"));
  const startOf = (file: string): number => {
    const url = JSON.stringify(pathToFileURL(file).href);
    const script = `const began = performance.now(); await import(${url}); console.log(performance.now() - began); process.exit()`;
    const answer = execFileSync(node, ["--input-type=module", "-e", script], {
      env: settings,
      encoding: "utf8",
    });
    return Number(answer);
  };
  try {
    const clients = await bundleClients(folder);
    const lines: Line[] = [];
    for (const [name, limits] of Object.entries(bundleLimits)) {
      const bundle = await bundleFunction(name);
      await writeBundle(bundle, join(folder, name));
      const { rawKb, gzipKb } = sizeOf(bundle);
      const file = join(folder, name, "index.mjs");
      const times = Array.from(
        { length: rounds },
        () => [startOf(file), startOf(clients)] as const,
      );
      lines.push(
        { name: `The code of ${name}`, value: rawKb, unit: "KB", limit: limits.rawKb },
        { name: `The same, gzipped`, value: gzipKb, unit: "KB", limit: limits.gzipKb },
        {
          name: `Its start on Node 22 ÷ that of AWS's clients alone`,
          value: median(times.map(([own, alone]) => own / alone)),
          ...{ unit: "×", limit: limits.starts },
        },
      );
    }
    return lines;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
