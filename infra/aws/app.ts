import { stages } from "../stages.ts";
import { createCloudApp } from "./cloud-app.ts";
import { addStage } from "./stage-stacks.ts";

/** `npm run synth`: every stage's stacks, checked, without a network. */
const app = createCloudApp({ outdir: process.env["CDK_OUTDIR"] ?? "cdk.out" });
for (const stage of Object.values(stages)) addStage(app, stage);
app.synth();
