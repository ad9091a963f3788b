import { z } from "zod";
import { ofType, type Resource } from "./installation.ts";

const oneOrMany = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => (typeof value === "string" ? [value] : value));

const policySchema = z.object({
  Roles: z.array(z.object({ Ref: z.string() })),
  PolicyDocument: z.object({
    Statement: z.array(
      z.object({ Effect: z.literal("Allow"), Action: oneOrMany, Resource: z.unknown() }),
    ),
  }),
});

const functionSchema = z.object({
  Description: z.templateLiteral(["functions/", z.string()]),
  Role: z.object({ "Fn::GetAtt": z.tuple([z.string(), z.literal("Arn")]) }),
  Runtime: z.string(),
  Timeout: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

export interface FunctionFolder {
  readonly folder: string;
  readonly resource: Resource;
  readonly role: string;
  readonly settings: z.infer<typeof functionSchema>;
  /** What it is allowed, one action on one resource at a time. */
  readonly grants: readonly { readonly action: string; readonly on: unknown }[];
}

/** The functions of the service stack, with what their roles allow. */
export function functionFoldersOf(service: readonly Resource[]): FunctionFolder[] {
  const policies = ofType(service, "AWS::IAM::Policy").map(({ Properties }) =>
    policySchema.parse(Properties),
  );
  return ofType(service, "AWS::Lambda::Function").map((resource) => {
    const settings = functionSchema.parse(resource.Properties);
    const [role] = settings.Role["Fn::GetAtt"];
    const statements = policies
      .filter(({ Roles }) => Roles.some(({ Ref }) => Ref === role))
      .flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    return {
      folder: settings.Description.slice("functions/".length),
      resource,
      role,
      settings,
      grants: statements.flatMap(({ Action, Resource: on }) =>
        Action.flatMap((action) =>
          (Array.isArray(on) ? on : [on]).map((one: unknown) => ({ action, on: one })),
        ),
      ),
    };
  });
}

/** A value of a template as it might read once deployed: queues by address, all else by name. */
export function deployed(value: unknown, service: readonly Resource[]): string {
  if (typeof value === "string") return value;
  const ref = z.object({ Ref: z.string() }).safeParse(value);
  const isQueue = ofType(service, "AWS::SQS::Queue").some(({ id }) => id === ref.data?.Ref);
  return isQueue
    ? `https://sqs.ap-southeast-1.amazonaws.com/111122223333/${String(ref.data?.Ref)}`
    : JSON.stringify(value);
}
