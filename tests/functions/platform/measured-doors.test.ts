import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { city } from "../../../infra/local/seed/city.ts";

/** What the template sets, with addresses that nobody answers: nothing is called here. */
const settings = {
  AWS_REGION: "cn-north-1",
  AWS_LAMBDA_FUNCTION_NAME: "stage-function",
  REPORTS_TABLE: "reports",
  VAULT_BUCKET: "vault",
  PORTAL_BUCKET: "portal",
  RENDER_QUEUE_URL: "https://sqs.invalid/render.fifo",
  PUBLISH_QUEUE_URL: "https://sqs.invalid/publish.fifo",
  NOTIFY_QUEUE_URL: "https://sqs.invalid/notify.fifo",
  OIDC_ISSUER: "https://issuer.invalid",
  OIDC_AUDIENCE: "api",
  STAFF_URL: "https://staff.invalid",
  PORTAL_URL: "https://portal.invalid",
  MAIL_FROM: "juesuan@example.org",
  SMTP_SECRET: "smtp",
  REGIONS: JSON.stringify(city.map((one) => one.settings)),
  PERSON_REQUESTS_PER_MINUTE: "600",
  ADDRESS_REQUESTS_PER_MINUTE: "6000",
};

const lines: string[] = [];
beforeEach(() => {
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    lines.push(String(text));
    return true;
  });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
  lines.length = 0;
});

const nothing = { Records: [] };
const request = {
  version: "2.0",
  rawPath: "/api/openapi.json",
  rawQueryString: "",
  headers: { host: "api.test" },
  requestContext: {
    http: { method: "GET", path: "/api/openapi.json", sourceIp: "203.0.113.9" },
    requestId: "gateway-request-1",
  },
  isBase64Encoded: false,
};

describe("a function on AWS", () => {
  it.each([
    ["api", "requestTime", request],
    ["relay", "relayTime", nothing],
    ["render", "printTime", nothing],
    ["publish", "publishTime", nothing],
    ["notify", "letterTime", nothing],
    ["dead-letters", "deadLetterTime", nothing],
  ])(
    "%s writes its time and memory as metrics at the end of an invocation",
    async (folder, measure, event) => {
      const { handler } = (await import(`../../../functions/${folder}/main.ts`)) as {
        readonly handler: (event: unknown, context: unknown) => Promise<unknown>;
      };
      await handler(event, {});
      const written = lines.filter((line) => line.includes('"_aws"'));
      expect(written).toHaveLength(1);
      expect(JSON.parse(written[0] ?? "")).toMatchObject({
        FunctionName: "stage-function",
        [measure]: [expect.any(Number)],
        residentMemory: [expect.any(Number)],
      });
    },
  );
});
