import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { alarmLines } from "../../../functions/platform/alarm-lines.ts";
import { readEnv } from "../../../functions/platform/read-env.ts";
import { groupOfMessage, publishMessageSchema } from "../../../shared/contract/messages.ts";
import { outageMs } from "../../../shared/workflow/failure.ts";
import { deployed, functionFoldersOf, type FunctionFolder } from "./doors.ts";
import { called, ofType, speaksOf, stage, synthesise, type Resource } from "./installation.ts";

const { storage, service } = synthesise();
const doors = functionFoldersOf(service);
const queues = ofType(service, "AWS::SQS::Queue");
const alarms = ofType(service, "AWS::CloudWatch::Alarm");

const folders = readdirSync(join(import.meta.dirname, "../../../functions"), { recursive: true })
  .map(String)
  .flatMap((path) => /^([a-z-]+)[/\\]main\.ts$/.exec(path)?.[1] ?? []);

/** Read by AWS's extension for secrets. */
const ofExtension = /^(PARAMETERS_SECRETS|SECRETS_MANAGER|SSM_PARAMETER)_.+$/;

const doorCalled = (folder: string): FunctionFolder => {
  const door = doors.find((one) => one.folder === folder);
  if (door === undefined) throw new Error(`functions/${folder} is not deployed`);
  return door;
};

const scheduleOf = ({ resource }: FunctionFolder): unknown =>
  ofType(service, "AWS::Events::Rule").find(({ Properties }) =>
    speaksOf(Properties["Targets"], resource),
  )?.Properties["ScheduleExpression"];

/** Folders of the doors allowed one of these actions on a resource. */
const allowed = (actions: readonly string[], on: Resource): string[] =>
  doors
    .filter(({ grants }) =>
      grants.some((grant) => actions.includes(grant.action) && speaksOf(grant.on, on)),
    )
    .map(({ folder }) => folder)
    .toSorted();

describe("every door", () => {
  it("is deployed, and nothing that is no door", () => {
    expect(doors.map(({ folder }) => folder).toSorted()).toEqual(folders.toSorted());
  });

  it.each(folders)(
    "%s starts with the settings the template gives it, and no others",
    async (folder) => {
      const env: unknown = await import(`../../../functions/${folder}/env.ts`);
      const { envSchema } = z.object({ envSchema: z.instanceof(z.ZodObject) }).parse(env);
      const given = doorCalled(folder).settings.Environment.Variables;
      const variables = Object.fromEntries(
        Object.entries(given).map(([name, value]) => [name, deployed(value, service)]),
      );
      readEnv(envSchema, variables);
      const others = Object.keys(variables).filter((name) => !(name in envSchema.shape));
      expect(others.filter((name) => !ofExtension.test(name))).toEqual([]);
    },
  );

  it("runs on Node.js 22", () => {
    for (const { settings } of doors) expect(settings.Runtime).toBe("nodejs22.x");
  });

  it("has a role of its own", () => {
    expect(new Set(doors.map(({ role }) => role)).size).toBe(doors.length);
  });

  it.each(folders)("%s that fails alarms operators with the harm", (folder) => {
    const { resource } = doorCalled(folder);
    const alarm = alarms.find(
      ({ Properties }) =>
        Properties["MetricName"] === "Errors" && speaksOf(Properties["Dimensions"], resource),
    );
    expectToNameHarm(alarm);
  });
});

/** An alarm of its own waits for this very line in the log of the door. */
function expectLineToAlarm({ resource }: FunctionFolder, message: string, harm: string) {
  const filters = ofType(service, "AWS::Logs::MetricFilter").filter(
    ({ Properties }) =>
      JSON.stringify(resource.Properties["LoggingConfig"]).includes(
        (Properties["LogGroupName"] as { readonly Ref: string }).Ref,
      ) && Properties["FilterPattern"] === `{ $.message = "${message}" }`,
  );
  expect(filters).toHaveLength(1);
  const [metric] = filters[0]?.Properties["MetricTransformations"] as readonly {
    readonly MetricName: string;
  }[];
  const alarm = alarms.find(({ Properties }) => Properties["MetricName"] === metric?.MetricName);
  expectToNameHarm(alarm);
  expect(alarm?.Properties["AlarmDescription"]).toContain(harm);
}

function expectToNameHarm(alarm: Resource | undefined, threshold = 1) {
  expect(alarm?.Properties).toMatchObject({
    Threshold: threshold,
    AlarmDescription: expect.stringMatching(
      /^Juesuan-production-service: .*\b(cannot|not|no|miss|error|wait)\b/,
    ) as unknown,
    AlarmActions: [{ Ref: called(service, "AWS::SNS::Topic", "Alarms").id }],
  });
}

describe("what a door may do", () => {
  const table = called(storage, "AWS::DynamoDB::GlobalTable", "Reports");
  const vault = called(storage, "AWS::S3::Bucket", "Vault");
  const portal = called(storage, "AWS::S3::Bucket", "Portal");

  it("only api and those that carry effects on write the table", () => {
    expect(allowed(["dynamodb:PutItem", "dynamodb:UpdateItem"], table)).toEqual([
      "api",
      "dead-letters",
      "notify",
      "publish",
      "relay",
      "remind",
      "render",
    ]);
  });

  it("nobody scans the table, deletes from it or does anything else with it", () => {
    const used = doors
      .flatMap(({ grants }) => grants)
      .map(({ action }) => action)
      .filter((action) => action.startsWith("dynamodb:"));
    expect([...new Set(used)].toSorted()).toEqual([
      "dynamodb:BatchGetItem",
      "dynamodb:DescribeStream",
      "dynamodb:GetItem",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:UpdateItem",
    ]);
  });

  it("only publish writes what the public reads", () => {
    expect(allowed(["s3:PutObject", "s3:DeleteObject"], portal)).toEqual(["publish"]);
  });

  it("nobody deletes a blob or a stored file; what waits to be verified is api's to clear", () => {
    const deletions = doors.flatMap(({ folder, grants }) =>
      grants
        .filter(({ action, on }) => action.startsWith("s3:Delete") && speaksOf(on, vault))
        .map(({ on }) => ({ folder, keys: /\/[^/"]+\/\*(?="\])/.exec(JSON.stringify(on))?.[0] })),
    );
    expect(deletions).toEqual([{ folder: "api", keys: "/incoming/*" }]);
  });

  it("relay reaches nothing of the vault but the anchors, which it adds and reads again", () => {
    const grants = doorCalled("relay").grants.filter(({ on }) => speaksOf(on, vault));
    expect(grants.map(({ action }) => action).toSorted()).toEqual(["s3:GetObject", "s3:PutObject"]);
    for (const { on } of grants) expect(JSON.stringify(on)).toContain("/anchors/*");
  });

  it("api reads what is public, to compare it with its receipts, and writes none of it", () => {
    expect(allowed(["s3:GetObject"], portal)).toEqual(["api", "publish"]);
  });

  it("only those who write letters read a secret, that of their mail server", () => {
    const reading = doors.filter(({ grants }) =>
      grants.some(({ action }) => action.startsWith("secretsmanager:")),
    );
    expect(reading.map(({ folder }) => folder).toSorted()).toEqual(["notify", "remind"]);
    const secrets = reading
      .flatMap(({ grants }) => grants)
      .filter(({ action }) => action.startsWith("secretsmanager:"));
    for (const { on } of secrets) expect(JSON.stringify(on)).toContain(stage.mail.smtpSecret);
  });

  it("nothing is allowed by a pattern of actions, nor on everything there is", () => {
    const grants = doors.flatMap((door) => door.grants);
    expect(grants.filter(({ action }) => action.includes("*"))).toEqual([]);
    expect(grants.filter(({ on }) => on === "*")).toEqual([]);
  });
});

describe("an effect", () => {
  const queueSchema = z.object({
    VisibilityTimeout: z.number(),
    RedrivePolicy: z.object({
      deadLetterTargetArn: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }),
      maxReceiveCount: z.number(),
    }),
  });
  const scalingSchema = z.object({ MaximumConcurrency: z.number() });
  const dead = queues.filter(({ id }) => /Dead[0-9A-F]{8}$/.test(id));
  const work = queues.filter((queue) => !dead.includes(queue));
  const sources = ofType(service, "AWS::Lambda::EventSourceMapping");

  it.each(work.map(({ id }) => id))("on %s ends in a dead-letter queue, not in nothing", (id) => {
    const queue = queues.find((one) => one.id === id);
    const { RedrivePolicy } = queueSchema.parse(queue?.Properties);
    const [target] = RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"];
    expect(dead.map((one) => one.id)).toContain(target);
  });

  it.each(dead.map(({ id }) => id))("lost in %s alarms operators with the harm", (id) => {
    const alarm = alarms.find(
      ({ Properties }) =>
        Properties["MetricName"] === "ApproximateNumberOfMessagesVisible" &&
        JSON.stringify(Properties["Dimensions"]).includes(`"${id}"`),
    );
    expectToNameHarm(alarm);
  });

  it.each(work.map(({ id }) => id))(
    "that waits on %s for longer than an outage that passes by itself alarms operators with the harm",
    (id) => {
      const late = alarms.filter(
        ({ Properties }) =>
          Properties["MetricName"] === "ApproximateAgeOfOldestMessage" &&
          JSON.stringify(Properties["Dimensions"]).includes(`"${id}"`),
      );
      expect(late).toHaveLength(1);
      const [alarm] = late;
      const { Threshold: thresholdSeconds } = z
        .object({ Threshold: z.number() })
        .parse(alarm?.Properties);
      expect(thresholdSeconds).toBeGreaterThan(outageMs / 1000);
      expectToNameHarm(alarm, thresholdSeconds);
    },
  );

  it.each(["render", "publish", "notify"])("of %s is taken once at a time", (folder) => {
    const door = doorCalled(folder);
    const source = sources.find(({ Properties }) =>
      speaksOf(Properties["FunctionName"], door.resource),
    );
    const queue = work.find((one) => speaksOf(source?.Properties["EventSourceArn"], one));
    const { VisibilityTimeout } = queueSchema.parse(queue?.Properties);
    expect(VisibilityTimeout).toBeGreaterThan(door.settings.Timeout);
    expect(source?.Properties["FunctionResponseTypes"]).toEqual(["ReportBatchItemFailures"]);
  });

  it.each([
    ["render", 10],
    ["publish", 10],
    ["notify", 60],
  ])("of %s outlasts an outage of %d minutes", (folder, minutes) => {
    const door = doorCalled(folder);
    const source = sources.find(({ Properties }) =>
      speaksOf(Properties["FunctionName"], door.resource),
    );
    const queue = work.find((one) => speaksOf(source?.Properties["EventSourceArn"], one));
    const { VisibilityTimeout, RedrivePolicy } = queueSchema.parse(queue?.Properties);
    const lastTryAfter = (RedrivePolicy.maxReceiveCount - 1) * VisibilityTimeout;
    expect(lastTryAfter).toBeGreaterThan(minutes * 60);
  });

  it.each(["render", "publish", "notify"])(
    "of %s is worked one at a time in its group, groups side by side",
    (folder) => {
      const door = doorCalled(folder);
      const source = sources.find(({ Properties }) =>
        speaksOf(Properties["FunctionName"], door.resource),
      );
      const { MaximumConcurrency } = scalingSchema.parse(source?.Properties["ScalingConfig"]);
      expect(MaximumConcurrency).toBeGreaterThan(1);
      const queue = work.find((one) => speaksOf(source?.Properties["EventSourceArn"], one));
      const { RedrivePolicy } = queueSchema.parse(queue?.Properties);
      const [deadId] = RedrivePolicy.deadLetterTargetArn["Fn::GetAtt"];
      for (const one of [queue, dead.find(({ id }) => id === deadId)]) {
        expect(one?.Properties).toMatchObject({
          FifoQueue: true,
          DeduplicationScope: "messageGroup",
          FifoThroughputLimit: "perMessageGroupId",
        });
      }
    },
  );

  it("that print or publish never finished is shown as failed from its dead letter", () => {
    const door = doorCalled("dead-letters");
    const taken = sources
      .filter(({ Properties }) => speaksOf(Properties["FunctionName"], door.resource))
      .map(
        ({ Properties }) => queues.find((one) => speaksOf(Properties["EventSourceArn"], one))?.id,
      )
      .toSorted();
    expect(taken).toEqual(
      dead
        .map(({ id }) => id)
        .filter((id) => /^(Renders|Publications)Dead/.test(id))
        .toSorted(),
    );
    for (const id of taken) {
      const queue = queues.find((one) => one.id === id);
      expect(queue?.Properties["VisibilityTimeout"]).toBeGreaterThanOrEqual(
        6 * door.settings.Timeout,
      );
    }
  });

  it.each(["render", "publish", "dead-letters"])(
    "that %s gave up alarms operators with the harm",
    (folder) => {
      expectLineToAlarm(doorCalled(folder), alarmLines.givenUp, "not public");
    },
  );

  it("that left something public which must not be alarms operators with the harm", () => {
    expectLineToAlarm(doorCalled("dead-letters"), alarmLines.stillPublic, "cannot be removed");
  });

  it("follows from a changed head through the table's stream, and from a sweep when that was lost", () => {
    const relay = doorCalled("relay");
    const source = sources.find(({ Properties }) =>
      speaksOf(Properties["FunctionName"], relay.resource),
    );
    expect(JSON.stringify(source?.Properties["EventSourceArn"])).toContain("StreamArn");
    expect(source?.Properties).toMatchObject({
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
      FilterCriteria: {
        Filters: [{ Pattern: JSON.stringify({ dynamodb: { Keys: { sk: { S: ["head"] } } } }) }],
      },
    });
    expect(dead.some((queue) => speaksOf(source?.Properties["DestinationConfig"], queue))).toBe(
      true,
    );
    expect(scheduleOf(relay)).toBe("rate(5 minutes)");
  });

  it("of a deadline is looked for each morning, Shanghai time", () => {
    expect(scheduleOf(doorCalled("remind"))).toBe("cron(0 0 * * ? *)");
  });

  it("of the day reaches the portal's list of who must publish, region by region", () => {
    const queue = called(service, "AWS::SQS::Queue", "Publications");
    const plans = ofType(service, "AWS::Events::Rule").filter(({ Properties }) =>
      speaksOf(Properties["Targets"], queue),
    );
    expect(plans).toHaveLength(stage.regions.length);
    for (const [index, { Properties }] of plans.entries()) {
      expect(Properties["ScheduleExpression"]).toBe("rate(10 minutes)");
      const [target] = Properties["Targets"] as readonly {
        readonly Input: string;
        readonly SqsParameters: unknown;
      }[];
      const region = stage.regions[index]?.code;
      // The group of the region's publications, which draw the same pages.
      expect(target?.SqsParameters).toEqual({
        MessageGroupId: groupOfMessage(target?.Input ?? ""),
      });
      expect(publishMessageSchema.parse(JSON.parse(target?.Input ?? ""))).toEqual({
        type: "plan",
        region,
      });
    }
  });

  it("that sends a message twice through EventBridge is one message by its content", () => {
    const queue = called(service, "AWS::SQS::Queue", "Publications");
    expect(queue.Properties["ContentBasedDeduplication"]).toBe(true);
  });

  it("that could not be read alarms operators with the harm", () => {
    expectLineToAlarm(doorCalled("dead-letters"), alarmLines.unreadable, "was not done");
  });
});

describe("the HTTP API", () => {
  const routes = ofType(service, "AWS::ApiGatewayV2::Route").map(({ Properties }) => Properties);

  it("asks for a token of our issuer on every route but health and its own description", () => {
    const open = routes.filter((route) => route["AuthorizationType"] !== "JWT");
    expect(open.map((route) => route["RouteKey"]).toSorted()).toEqual([
      "GET /api/health",
      "GET /api/openapi.json",
    ]);
    expect(routes.map((route) => route["RouteKey"])).toContain("ANY /api/{proxy+}");
    const [authorizer] = ofType(service, "AWS::ApiGatewayV2::Authorizer");
    expect(authorizer?.Properties).toMatchObject({
      AuthorizerType: "JWT",
      IdentitySource: ["$request.header.Authorization"],
      JwtConfiguration: { Audience: [stage.oidc.audience], Issuer: stage.oidc.issuer },
    });
  });

  it("is throttled, and notes who asked for what", () => {
    const [gate] = ofType(service, "AWS::ApiGatewayV2::Stage");
    expect(gate?.Properties).toMatchObject({
      DefaultRouteSettings: {
        ThrottlingRateLimit: expect.any(Number) as unknown,
        ThrottlingBurstLimit: expect.any(Number) as unknown,
      },
      AccessLogSettings: { Format: expect.stringContaining("$context.authorizer") as unknown },
    });
  });

  it("answers before the gateway gives up", () => {
    expect(doorCalled("api").settings.Timeout).toBeLessThan(29);
  });

  it("that answers with an error alarms operators with the harm", () => {
    expectToNameHarm(alarms.find(({ Properties }) => Properties["MetricName"] === "5xx"));
  });
});

it("keeps the logs of every door and of the gateway", () => {
  const logs = ofType(service, "AWS::Logs::LogGroup");
  expect(logs).toHaveLength(doors.length + 1);
  for (const log of logs) {
    expect(log).toMatchObject({ DeletionPolicy: "Retain", Properties: { RetentionInDays: 731 } });
  }
});
