import { AnyPrincipal, Effect, Grant, PolicyStatement, type IGrantable } from "aws-cdk-lib/aws-iam";
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  ObjectOwnership,
  type BucketProps,
} from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";

/** Files nobody reaches but by a grant, and never in the clear. */
export class PrivateBucket extends Bucket {
  constructor(scope: Construct, id: string, props: BucketProps) {
    super(scope, id, {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      ...props,
    });
  }

  letRead(door: IGrantable): void {
    this.let(door, "s3:GetObject", "*");
    // Without it S3 answers 403 instead of 404 for a key that is not there.
    Grant.addToPrincipal({
      grantee: door,
      actions: ["s3:ListBucket"],
      resourceArns: [this.bucketArn],
    });
  }

  letReadAndWrite(door: IGrantable): void {
    this.letRead(door);
    this.let(door, "s3:PutObject", "*");
  }

  /** Keys that are written once: read and added to. `protectForever` keeps them as they are. */
  letAdd(door: IGrantable, keys: string): void {
    this.let(door, "s3:GetObject", keys);
    this.let(door, "s3:PutObject", keys);
  }

  /**
   * Refuses everybody, this account's administrators included, to replace or delete what has one of
   * these keys. Versioning would keep a copy; this keeps the key itself true.
   */
  protectForever(keys: string): void {
    const resources = [this.arnForObjects(keys)];
    const everybody = { effect: Effect.DENY, principals: [new AnyPrincipal()], resources };
    this.addToResourcePolicy(
      new PolicyStatement({
        ...everybody,
        actions: ["s3:PutObject"],
        conditions: { Null: { "s3:if-none-match": "true" } },
      }),
    );
    this.addToResourcePolicy(
      new PolicyStatement({
        ...everybody,
        actions: ["s3:DeleteObject", "s3:DeleteObjectVersion"],
      }),
    );
  }

  /** `keys` may end in a star. */
  letDelete(door: IGrantable, keys: string): void {
    this.let(door, "s3:DeleteObject", keys);
  }

  private let(door: IGrantable, action: string, keys: string): void {
    Grant.addToPrincipal({
      grantee: door,
      actions: [action],
      resourceArns: [this.arnForObjects(keys)],
    });
  }
}
