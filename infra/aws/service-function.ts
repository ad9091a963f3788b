import {
  AssetHashType,
  DockerImage,
  Duration,
  RemovalPolicy,
  Size,
  Validations,
} from "aws-cdk-lib";
import { Role, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import {
  Code,
  Function,
  ParamsAndSecretsLayerVersion,
  ParamsAndSecretsVersions,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { LogGroup, RetentionDays } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";
import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { alarmOnFirst } from "./alarm.ts";

const root = join(import.meta.dirname, "../..");

function bundleHere(folder: string, outDir: string): true {
  const program = join(import.meta.dirname, "bundle.ts");
  execFileSync(process.execPath, ["--import", "tsx", program, folder, outDir], {
    cwd: root,
    stdio: ["ignore", "inherit", "inherit"],
  });
  return true;
}

export interface ServiceFunctionProps {
  /** The function's folder below `functions/`. */
  readonly folder: string;
  readonly environment: Readonly<Record<string, string>>;
  /** What people suffer when this fails; becomes the alarm's text. */
  readonly errorImpact: string;
  readonly alarms: ITopic;
  readonly timeout: Duration;
  readonly memoryMb?: number;
  readonly scratchMb?: number;
  /** Puts AWS's own extension beside the function, which `platform/secret.ts` reads from. */
  readonly readsSecrets?: boolean;
}

/** One of `functions/` as a Lambda function: a role of its own, logs that are kept, an alarm that names the harm. */
export class ServiceFunction extends Function {
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
      code: Code.fromAsset(root, {
        // The same bundle is the same asset, whatever else changed in the project.
        assetHashType: AssetHashType.OUTPUT,
        bundling: {
          image: DockerImage.fromRegistry("none"),
          // Not run: CDK takes assets of the same folder for one unless their commands differ.
          command: [props.folder],
          local: { tryBundle: (outDir) => bundleHere(props.folder, outDir) },
        },
      }),
      handler: "index.handler",
      runtime: Runtime.NODEJS_22_X,
      memorySize: props.memoryMb ?? 512,
      timeout: props.timeout,
      role,
      logGroup,
      environment: props.environment,
      ephemeralStorageSize: Size.mebibytes(props.scratchMb ?? 512),
      paramsAndSecrets:
        props.readsSecrets === true
          ? ParamsAndSecretsLayerVersion.fromVersion(ParamsAndSecretsVersions.V1_0_103)
          : undefined,
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
