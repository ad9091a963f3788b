import { App, Validations, type AppProps } from "aws-cdk-lib";
import { AwsSolutionsChecks } from "cdk-nag";

/** Behaviours CDK offers since its first release; in code, so that every way to synthesise agrees. */
const cdkBehaviours = {
  "@aws-cdk/aws-iam:minimizePolicies": true,
  "@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy": true,
  "@aws-cdk/core:target-partitions": ["aws"],
};

/** An app whose synthesis fails when a rule of AWS Solutions is broken and nobody gave a reason. */
export function createCloudApp({ context = {}, ...props }: AppProps): App {
  const app = new App({
    ...props,
    analyticsReporting: false,
    context: { ...cdkBehaviours, ...context },
  });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  return app;
}
