import { Duration, RemovalPolicy, Stack, Validations, type StackProps } from "aws-cdk-lib";
import { PolicyStatement, ServicePrincipal } from "aws-cdk-lib/aws-iam";
import { HttpMethods, type BucketProps } from "aws-cdk-lib/aws-s3";
import type { Construct } from "constructs";
import type { Stage } from "../stages.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { ReportsTable } from "./reports-table.ts";

interface StorageStackProps extends StackProps {
  readonly stage: Stage;
}

/** Keys of what was sent and not verified yet (functions/use-cases/upload-key.ts). */
const waitingPlace = "incoming/";
/** What health overwrites again and again (functions/use-cases/write-probe.ts). */
const probeMarker = "health/probe";

/** What must survive everything: the reports, their blobs, and what was published. */
export class StorageStack extends Stack {
  readonly reports: ReportsTable;
  /** Blobs, uploads and renders. */
  readonly vault: PrivateBucket;
  /** What the public reads, through CloudFront only. */
  readonly portal: PrivateBucket;

  constructor(scope: Construct, id: string, { stage, ...props }: StorageStackProps) {
    super(scope, id, { ...props, terminationProtection: true });

    this.reports = new ReportsTable(this, "Reports");

    const kept: BucketProps = { versioned: true, removalPolicy: RemovalPolicy.RETAIN };
    const accessLogs = new PrivateBucket(this, "AccessLogs", {
      ...kept,
      // 网络安全法 asks for six months at least; who read what is not kept longer than a year.
      lifecycleRules: [
        { expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(1) },
      ],
    });
    Validations.of(accessLogs).acknowledge({
      id: "AwsSolutions-S1",
      reason: "It holds the access logs; logging its own access would never end.",
    });
    this.vault = new PrivateBucket(this, "Vault", {
      ...kept,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "vault/",
      // Browsers send uploads here with a presigned form; the form itself is the permission.
      cors: [
        {
          allowedMethods: [HttpMethods.POST],
          allowedOrigins: [`https://${stage.staffDomain.name}`],
          allowedHeaders: ["*"],
        },
      ],
      lifecycleRules: [
        { abortIncompleteMultipartUploadAfter: Duration.days(1) },
        // What was sent and never verified; a version of it is worth nothing to anybody.
        {
          prefix: waitingPlace,
          expiration: Duration.days(1),
          noncurrentVersionExpiration: Duration.days(1),
        },
        { prefix: waitingPlace, expiredObjectDeleteMarker: true },
        { prefix: probeMarker, noncurrentVersionExpiration: Duration.days(1) },
      ],
    });
    this.vault.protectForever("anchors/*");
    this.portal = new PrivateBucket(this, "Portal", {
      ...kept,
      serverAccessLogsBucket: accessLogs,
      serverAccessLogsPrefix: "portal/",
    });
    // Any distribution of this account: naming the one would tie this stack to the web stack.
    this.portal.addToResourcePolicy(
      new PolicyStatement({
        principals: [new ServicePrincipal("cloudfront.amazonaws.com")],
        actions: ["s3:GetObject"],
        resources: [this.portal.arnForObjects("*")],
        conditions: {
          ArnLike: {
            "AWS:SourceArn": `arn:${this.partition}:cloudfront::${this.account}:distribution/*`,
          },
        },
      }),
    );
  }
}
