import { Stack, type App } from "aws-cdk-lib";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createCloudApp } from "../../../infra/aws/cloud-app.ts";
import { addStage } from "../../../infra/aws/stage-stacks.ts";
import { stages } from "../../../infra/stages.ts";

let outdir: string;
let app: App;

beforeEach(() => {
  outdir = mkdtempSync(join(tmpdir(), "cdk-"));
  app = createCloudApp({ outdir, context: { "aws:cdk:bundling-stacks": [] } });
});
afterEach(() => {
  rmSync(outdir, { recursive: true, force: true });
});

it("every installation holds to CloudFormation's schemas and the rules of AWS Solutions", () => {
  for (const stage of Object.values(stages)) addStage(app, stage);
  expect(app.synth().stacks).toHaveLength(4 * Object.keys(stages).length);
});

it("an installation that breaks a rule without a reason is not synthesised", () => {
  new Bucket(new Stack(app, "Careless"), "Open");
  expect(() => app.synth()).toThrow("AwsSolutions-S10");
});
