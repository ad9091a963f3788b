import type { App } from "aws-cdk-lib";
import type { Stage } from "../stages.ts";
import { EdgeStack } from "./edge-stack.ts";
import { ServiceStack } from "./service-stack.ts";
import { StorageStack } from "./storage-stack.ts";
import { WebStack } from "./web-stack.ts";

/** The stacks of an installation by lifetime: what is kept, what works on it, what the world sees. */
export function addStage(app: App, stage: Stage) {
  const { env } = stage;
  const staffUrl = `https://${stage.staffDomain.name}`;
  const portalUrl = `https://${stage.portalDomain.name}`;
  const named = (part: string) => `Juesuan-${stage.name}-${part}`;
  const storage = new StorageStack(app, named("storage"), { env, stage });
  const service = new ServiceStack(app, named("service"), {
    env,
    stage,
    storage,
    staffUrl,
    portalUrl,
  });
  const edge = new EdgeStack(app, named("edge"), {
    env: { ...env, region: "us-east-1" },
    crossRegionReferences: true,
  });
  const web = new WebStack(app, named("web"), {
    env,
    crossRegionReferences: true,
    stage,
    storage,
    api: service.api,
    webAclArn: edge.webAclArn,
    portalUrl,
  });
  return { storage, service, edge, web };
}
