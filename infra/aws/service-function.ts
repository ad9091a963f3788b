import { Duration, RemovalPolicy, Size, Validations } from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsVersions,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { NodejsFunction, OutputFormat, type BundlingOptions } from "aws-cdk-lib/aws-lambda-nodejs";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { join } from "node:path";
import { alarmOnFirst } from "./alarm.ts";

const root = join(import.meta.dirname, "../..");

export interface ServiceFunctionProps {
  /** The door below `functions/`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What people suffer when this fails; becomes the alarm's text. */
  readonly errorImpact: string;
  readonly alarms: ITopic;
  readonly timeout: Duration;
  readonly memoryMb?: number;
  readonly scratchMb?: number;
  readonly bundling?: BundlingOptions;
  /** Puts AWS's own extension beside the function, which `platform/secret.ts` asks. */
  readonly readsSecrets?: boolean;
}

/** One door as a Lambda function: a role of its own, logs that are kept, an alarm that names the harm. */
export class ServiceFunction extends NodejsFunction {
  constructor(scope: Construct, id: string, props: ServiceFunctionProps) {
    const role = new Role(scope, `${id}Role`, {
      assumedBy: new ServicePrincipal("lambda.amazonaws.com"),
    });
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.TWO_YEARS,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    logGroup.grantWrite(role);
    super(scope, id, {
      description: `functions/${props.folder}`,
      entry: join(root, "functions", props.folder, "main.ts"),
      handler: "handler",
      projectRoot: root,
      depsLockFilePath: join(root, "package-lock.json"),
      runtime: Runtime.NODEJS_22_X,
      memorySize: props.memoryMb ?? 512,
      timeout: props.timeout,
      role,
      logGroup,
      environment: { ...props.environment, NODE_OPTIONS: "--enable-source-maps" },
      ephemeralStorageSize: Size.mebibytes(props.scratchMb ?? 512),
      paramsAndSecrets:
        props.readsSecrets === true
          ? ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103)
          : undefined,
      bundling: {
        format: OutputFormat.ESM,
        target: "node22",
        // What was tested is what runs, not whatever SDK the runtime brings along.
        bundleAwsSDK: true,
        minify: true,
        keepNames: true,
        sourceMap: true,
        sourcesContent: false,
        // CommonJS libraries say `require`, which an ES module has to be given.
        banner:
          "import{createRequire}from'node:module';globalThis.require=createRequire(import.meta.url);",
        ...props.bundling,
      },
    });
    alarmOnFirst(this, "Errors", {
      metric: this.metricErrors({ period: Duration.minutes(5) }),
      impact: props.errorImpact,
      alarms: props.alarms,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-L1",
      reason: "nodejs22.x is the long-term version the pinned libraries are tested with.",
    });
  }
}
