import { Duration, RemovalPolicy, Stack, Validations, type StackProps } from "aws-cdk-lib";
import { AccessLogFormat } from "aws-cdk-lib/aws-apigateway";
import {
  HttpApi,
  HttpMethod,
  HttpNoneAuthorizer,
  HttpStage,
  LogGroupLogDestination,
} from "aws-cdk-lib/aws-apigatewayv2";
import { HttpJwtAuthorizer } from "aws-cdk-lib/aws-apigatewayv2-authorizers";
import { HttpLambdaIntegration } from "aws-cdk-lib/aws-apigatewayv2-integrations";
import { Rule, RuleTargetInput, Schedule } from "aws-cdk-lib/aws-events";
import { LambdaFunction, SqsQueue } from "aws-cdk-lib/aws-events-targets";
import { FilterCriteria, StartingPosition } from "aws-cdk-lib/aws-lambda";
import { DynamoEventSource, SqsDlq, SqsEventSource } from "aws-cdk-lib/aws-lambda-event-sources";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { Topic } from "aws-cdk-lib/aws-sns";
import { EmailSubscription } from "aws-cdk-lib/aws-sns-subscriptions";
import type { Construct } from "constructs";
import { alarmLines } from "../../functions/platform/alarm-lines.ts";
import { outageMs } from "../../shared/workflow/failure.ts";
import type { Stage } from "../stages.ts";
import { alarmOnFirst, alarmOnLine } from "./alarm.ts";
import { ServiceFunction, type ServiceFunctionProps } from "./service-function.ts";
import type { StorageStack } from "./storage-stack.ts";
import { deadLetterTime, DeadLetterQueue, WorkQueue } from "./work-queue.ts";

interface ServiceStackProps extends StackProps {
  readonly stage: Stage;
  readonly storage: StorageStack;
  readonly staffUrl: string;
  readonly portalUrl: string;
}

/** A bureau's busiest hour is a few hundred people; beyond this somebody is trying to break it. */
const apiRequestsPerSecond = { rateLimit: 200, burstLimit: 400 };

/** Groups worked at the same time; `groupOfMessage` defines a group. A mail server takes few at once. */
const sideBySide = { prints: 50, publications: 50, notices: 5 };

/** What one message may take. */
const renderTime = Duration.minutes(2);
const publishTime = Duration.minutes(2);
const notifyTime = Duration.seconds(30);

interface Queues {
  readonly renders: WorkQueue;
  readonly publications: WorkQueue;
  readonly notices: WorkQueue;
}

const outage = Duration.millis(outageMs);
const mailOutage = Duration.hours(1);

/** The functions: the API, and the effects that follow from what was committed through it. */
export class ServiceStack extends Stack {
  readonly api: HttpApi;
  readonly #props: Pick<ServiceStackProps, "stage" | "storage" | "staffUrl" | "portalUrl">;
  readonly #alarms: Topic;
  readonly #queues: Queues;

  constructor(
    scope: Construct,
    id: string,
    { stage, storage, staffUrl, portalUrl, ...props }: ServiceStackProps,
  ) {
    super(scope, id, props);
    this.#props = { stage, storage, staffUrl, portalUrl };
    this.#alarms = new Topic(this, "Alarms", { enforceSSL: true });
    this.#alarms.addSubscription(new EmailSubscription(stage.alarmEmail));
    this.#queues = this.#addQueues();
    const api = this.#addApi();
    this.#addRelay();
    const render = this.#addRender();
    const publish = this.#addPublish();
    this.#addDeadLetters(render, publish);
    this.#planEveryYear();
    this.#addLetters();
    this.api = this.#openHttp(api);
    this.#acknowledgeKeys();
  }

  #door(name: string, function_: Omit<ServiceFunctionProps, "alarms">): ServiceFunction {
    return new ServiceFunction(this, name, { ...function_, alarms: this.#alarms });
  }

  /** Settings that the doors have in common. */
  #environment() {
    const { stage, storage, staffUrl } = this.#props;
    return {
      store: {
        REPORTS_TABLE: storage.reports.tableName,
        VAULT_BUCKET: storage.vault.bucketName,
      },
      regions: { REGIONS: JSON.stringify(stage.regions) },
      mail: {
        STAFF_URL: staffUrl,
        MAIL_FROM: stage.mail.from,
        SMTP_SECRET: stage.mail.smtpSecret,
      },
    };
  }

  /** One queue an effect. */
  #addQueues(): Queues {
    const alarms = this.#alarms;
    const renders = new WorkQueue(this, "Renders", {
      handledWithin: renderTime,
      outlasts: outage,
      lostImpact: "an approved report has no PDF and will miss its publication deadline",
      lateImpact: "approved reports and previews wait to be printed, and are not printed in time",
      alarms,
    });
    const publications = new WorkQueue(this, "Publications", {
      handledWithin: publishTime,
      outlasts: outage,
      lostImpact: "an approved report is not public although its PDF is ready",
      lateImpact: "printed reports, corrections and take-downs wait and are not public in time",
      alarms,
    });
    const notices = new WorkQueue(this, "Notices", {
      handledWithin: notifyTime,
      outlasts: mailOutage,
      lostImpact: "people are not notified that it is their turn",
      lateImpact: "letters wait, and people do not hear in time that it is their turn",
      alarms,
    });
    return { renders, publications, notices };
  }

  /** What people work with. */
  #addApi(): ServiceFunction {
    const { stage, storage, portalUrl } = this.#props;
    const { reports, vault, portal } = storage;
    const { renders, notices } = this.#queues;
    const { store, regions } = this.#environment();
    const api = this.#door("Api", {
      folder: "api",
      environment: {
        ...store,
        PORTAL_BUCKET: portal.bucketName,
        RENDER_QUEUE_URL: renders.queueUrl,
        NOTIFY_QUEUE_URL: notices.queueUrl,
        OIDC_ISSUER: stage.oidc.issuer,
        OIDC_AUDIENCE: stage.oidc.audience,
        PORTAL_URL: portalUrl,
        PERSON_REQUESTS_PER_MINUTE: String(stage.requestsPerMinute.person),
        ADDRESS_REQUESTS_PER_MINUTE: String(stage.requestsPerMinute.address),
        ...regions,
      },
      errorImpact: "preparers and reviewers cannot work",
      // 29 s is what API Gateway waits; the function ends a second before it.
      timeout: Duration.seconds(28),
      memoryMb: 1024,
    });
    reports.letReadAndWrite(api);
    vault.letReadAndWrite(api);
    // Verification compares what is public with its receipts.
    portal.letRead(api);
    // What was sent leaves the waiting place once it is verified or refused; stored files stay.
    vault.letDelete(api, "incoming/*");
    renders.grantSendMessages(api);
    notices.grantSendMessages(api);
    return api;
  }

  /** What wakes the effects of a commit. */
  #addRelay(): void {
    const { reports, vault } = this.#props.storage;
    const { renders, publications, notices } = this.#queues;
    const { store, regions } = this.#environment();
    const relay = this.#door("Relay", {
      folder: "relay",
      environment: {
        ...store,
        ...regions,
        RENDER_QUEUE_URL: renders.queueUrl,
        PUBLISH_QUEUE_URL: publications.queueUrl,
        NOTIFY_QUEUE_URL: notices.queueUrl,
      },
      errorImpact: "approved reports are not printed and nobody is notified",
      timeout: Duration.seconds(30),
    });
    reports.letReadAndWrite(relay);
    vault.letAdd(relay, "anchors/*");
    for (const queue of [renders, publications, notices]) queue.grantSendMessages(relay);
    relay.addEventSource(
      new DynamoEventSource(reports, {
        startingPosition: StartingPosition.TRIM_HORIZON,
        filters: [FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: ["head"] } } } })],
        bisectBatchOnError: true,
        reportBatchItemFailures: true,
        retryAttempts: 5,
        onFailure: new SqsDlq(
          new DeadLetterQueue(this, "RelayDead", {
            lostImpact: "a change woke nobody: prints and notices wait for the next sweep",
            alarms: this.#alarms,
          }),
        ),
      }),
    );
    // Whatever a lost wake-up left behind is found by the sweep.
    new Rule(this, "RelaySweep", {
      schedule: Schedule.rate(Duration.minutes(5)),
      targets: [new LambdaFunction(relay)],
    });
  }

  /** What prints. */
  #addRender(): ServiceFunction {
    const { reports, vault } = this.#props.storage;
    const { renders, publications } = this.#queues;
    const { store } = this.#environment();
    const render = this.#door("Render", {
      folder: "render",
      environment: { ...store, PUBLISH_QUEUE_URL: publications.queueUrl },
      errorImpact: "approved reports have no PDF and will miss their publication deadline",
      timeout: renderTime,
      memoryMb: 2048,
      // Chromium unpacked is about 190 MB; its profile and the fonts' cache come on top.
      scratchMb: 1024,
    });
    reports.letReadAndWrite(render);
    vault.letReadAndWrite(render);
    publications.grantSendMessages(render);
    render.addEventSource(
      new SqsEventSource(renders, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: sideBySide.prints,
      }),
    );
    return render;
  }

  /** What alone writes the portal. */
  #addPublish(): ServiceFunction {
    const { storage, portalUrl } = this.#props;
    const { reports, vault, portal } = storage;
    const { store, regions } = this.#environment();
    const publish = this.#door("Publish", {
      folder: "publish",
      environment: {
        ...store,
        PORTAL_BUCKET: portal.bucketName,
        PORTAL_URL: portalUrl,
        ...regions,
      },
      errorImpact: "approved reports are not public",
      timeout: publishTime,
      memoryMb: 1024,
    });
    reports.letReadAndWrite(publish);
    vault.letRead(publish);
    portal.letReadAndWrite(publish);
    portal.letDelete(publish, "*");
    publish.addEventSource(
      new SqsEventSource(this.#queues.publications, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: sideBySide.publications,
      }),
    );
    return publish;
  }

  /** What shows as failed whatever was tried in vain. */
  #addDeadLetters(render: ServiceFunction, publish: ServiceFunction): void {
    const { reports, vault } = this.#props.storage;
    const { renders, publications } = this.#queues;
    const alarms = this.#alarms;
    const { store } = this.#environment();
    const deadLetters = this.#door("DeadLetters", {
      folder: "dead-letters",
      environment: { ...store, PUBLISH_QUEUE_URL: publications.queueUrl },
      errorImpact: "nobody is notified that an approved report cannot be printed or published",
      timeout: deadLetterTime,
    });
    reports.letReadAndWrite(deadLetters);
    vault.letReadAndWrite(deadLetters);
    publications.grantSendMessages(deadLetters);
    for (const { dead } of [renders, publications]) {
      deadLetters.addEventSource(
        new SqsEventSource(dead, { batchSize: 1, reportBatchItemFailures: true }),
      );
    }
    for (const one of [render, publish, deadLetters]) {
      alarmOnLine(one, "GivenUp", {
        log: one.logGroup,
        message: alarmLines.givenUp,
        impact:
          "an approved report is not public and will miss its deadline: the bureau must retry or undo its approval",
        alarms,
      });
    }
    alarmOnLine(deadLetters, "StillPublic", {
      log: deadLetters.logGroup,
      message: alarmLines.stillPublic,
      impact: "a report taken down, or no longer approved, cannot be removed from the portal",
      alarms,
    });
    alarmOnLine(deadLetters, "Unreadable", {
      log: deadLetters.logGroup,
      message: alarmLines.unreadable,
      impact: "work was requested by a message that no program understands, and was not done",
      alarms,
    });
  }

  /** The portal shows who must publish by when, and who is late. */
  #planEveryYear(): void {
    for (const { code } of this.#props.stage.regions) {
      new Rule(this, `YearPlan${code}`, {
        schedule: Schedule.rate(Duration.minutes(10)),
        targets: [
          new SqsQueue(this.#queues.publications, {
            message: RuleTargetInput.fromObject({ type: "plan", region: code }),
            messageGroupId: code,
          }),
        ],
      });
    }
  }

  /** What writes to people: at once, and before their last days. */
  #addLetters(): void {
    const { stage, storage, portalUrl } = this.#props;
    const { reports } = storage;
    const { mail, regions } = this.#environment();
    const smtpAddress = Secret.fromSecretNameV2(this, "Smtp", stage.mail.smtpSecret);
    const notify = this.#door("Notify", {
      folder: "notify",
      environment: { ...mail, REPORTS_TABLE: reports.tableName, PORTAL_URL: portalUrl },
      errorImpact: "people are not notified that it is their turn",
      timeout: notifyTime,
      readsSecrets: true,
    });
    reports.letReadAndWrite(notify);
    smtpAddress.grantRead(notify);
    notify.addEventSource(
      new SqsEventSource(this.#queues.notices, {
        batchSize: 1,
        reportBatchItemFailures: true,
        maxConcurrency: sideBySide.notices,
      }),
    );

    const remind = this.#door("Remind", {
      folder: "remind",
      environment: { ...mail, ...regions, REPORTS_TABLE: reports.tableName },
      errorImpact: "people miss deadlines because nobody reminded them",
      timeout: Duration.minutes(5),
      readsSecrets: true,
    });
    reports.letReadAndWrite(remind);
    smtpAddress.grantRead(remind);
    new Rule(this, "RemindDaily", {
      description: "08:00 in Shanghai",
      schedule: Schedule.cron({ hour: "0", minute: "0" }),
      targets: [new LambdaFunction(remind)],
    });
  }

  /** The address of the API, which lets in whom the issuer knows. */
  #openHttp(api: ServiceFunction): HttpApi {
    const { stage } = this.#props;
    const http = new HttpApi(this, "HttpApi", {
      createDefaultStage: false,
      defaultAuthorizer: new HttpJwtAuthorizer("Staff", stage.oidc.issuer, {
        jwtAudience: [stage.oidc.audience],
      }),
    });
    const accessLog = new LogGroup(this, "HttpApiLog", {
      retention: RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const gate = new HttpStage(this, "HttpApiStage", {
      httpApi: http,
      autoDeploy: true,
      throttle: apiRequestsPerSecond,
      accessLogSettings: {
        destination: new LogGroupLogDestination(accessLog),
        format: accessLogFormat,
      },
    });
    alarmOnFirst(this, "HttpApiFailures", {
      metric: gate.metricServerError({ period: Duration.minutes(5), statistic: "Sum" }),
      impact: "preparers and reviewers get an error instead of an answer",
      alarms: this.#alarms,
    });
    const integration = new HttpLambdaIntegration("ApiIntegration", api);
    http.addRoutes({ path: "/api/{proxy+}", methods: [HttpMethod.ANY], integration });
    for (const path of ["/api/health", "/api/openapi.json"]) {
      const routes = http.addRoutes({
        path,
        methods: [HttpMethod.GET],
        integration,
        authorizer: new HttpNoneAuthorizer(),
      });
      for (const route of routes) {
        Validations.of(route).acknowledge({
          id: "AwsSolutions-APIG4",
          reason: "Says whether the service lives and how it is spoken to; nothing of a report.",
        });
      }
    }
    return http;
  }

  /** Keys of files that a policy can only name by their beginning. */
  #acknowledgeKeys(): void {
    const { storage } = this.#props;
    const { vault, portal } = storage;
    for (const [bucket, keys] of [
      [vault, "*"],
      [vault, "incoming/*"],
      [vault, "anchors/*"],
      [portal, "*"],
    ] as const) {
      Validations.of(this).acknowledge({
        id: `AwsSolutions-IAM5[Resource::${exportName(storage, bucket.bucketArn)}/${keys}]`,
        reason: "Files are named by their content or their report, which no template can know.",
      });
    }
  }
}

/** How cdk-nag names what comes from another stack: by its export. */
function exportName(from: Stack, value: string): string {
  const imported = from.resolve(from.exportValue(value)) as { readonly "Fn::ImportValue": string };
  return imported["Fn::ImportValue"];
}

const accessLogFormat = AccessLogFormat.custom(
  JSON.stringify({
    at: "$context.requestTime",
    requestId: "$context.requestId",
    address: "$context.identity.sourceIp",
    person: "$context.authorizer.claims.sub",
    method: "$context.httpMethod",
    path: "$context.path",
    status: "$context.status",
    durationMs: "$context.responseLatency",
    sizeBytes: "$context.responseLength",
    refusal: "$context.authorizer.error",
    fault: "$context.integrationErrorMessage",
  }),
);
