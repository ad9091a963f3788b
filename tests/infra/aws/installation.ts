import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createCloudApp } from "../../../infra/aws/cloud-app.ts";
import { addStage } from "../../../infra/aws/stage-stacks.ts";
import { stages } from "../../../infra/stages.ts";

export const stage = stages.production;

const resourceSchema = z.object({
  Type: z.string(),
  Properties: z.record(z.string(), z.unknown()).default({}),
  DeletionPolicy: z.string().optional(),
  UpdateReplacePolicy: z.string().optional(),
});
const templateSchema = z.object({ Resources: z.record(z.string(), resourceSchema) });

export type Resource = z.infer<typeof resourceSchema> & { readonly id: string };

/**
 * An installation's templates as CloudFormation would get them. No code is bundled for it, and
 * CDK's own check of the templates, four seconds of it, is left to `cloud-app.test.ts`.
 */
export function synthesise() {
  const outdir = mkdtempSync(join(tmpdir(), "cdk-"));
  try {
    const app = createCloudApp({
      outdir,
      builtinCloudFormationValidation: false,
      context: { "aws:cdk:bundling-stacks": [] },
    });
    const stacks = addStage(app, stage);
    const assembly = app.synth();
    const resourcesOf = (stack: (typeof stacks)[keyof typeof stacks]): Resource[] => {
      const template: unknown = assembly.getStackArtifact(stack.artifactId).template;
      const { Resources } = templateSchema.parse(template);
      return Object.entries(Resources).map(([id, resource]) => ({ id, ...resource }));
    };
    return {
      storage: resourcesOf(stacks.storage),
      service: resourcesOf(stacks.service),
      edge: resourcesOf(stacks.edge),
      web: resourcesOf(stacks.web),
      isStorageProtected: stacks.storage.terminationProtection,
      edgeRegion: stacks.edge.region,
      /** The files from which the staff app learns its surroundings. */
      staffSettings: readdirSync(outdir, { recursive: true, encoding: "utf8" })
        .filter((path) => path.endsWith("config.json"))
        .map((path): unknown => JSON.parse(readFileSync(join(outdir, path), "utf8"))),
    };
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

export const ofType = (resources: readonly Resource[], type: string): Resource[] =>
  resources.filter((resource) => resource.Type === type);

/** The one resource of a type whose construct was named so. */
export function called(resources: readonly Resource[], type: string, name: string): Resource {
  const found = ofType(resources, type).filter(({ id }) =>
    new RegExp(`^${name}[0-9A-F]{8}$`).test(id),
  );
  if (found.length !== 1 || found[0] === undefined) {
    throw new Error(`${String(found.length)} resources of ${type} are called ${name}`);
  }
  return found[0];
}

/** Whether a value of a template speaks of a resource, of its own stack or by another's export. */
export const speaksOf = (value: unknown, { id }: Resource): boolean =>
  JSON.stringify(value ?? null).includes(id);
