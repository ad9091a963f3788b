import {
  CfnOutput,
  type CfnElement,
  Duration,
  Fn,
  Stack,
  Validations,
  type StackProps,
} from "aws-cdk-lib";
import type { HttpApi } from "aws-cdk-lib/aws-apigatewayv2";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AllowedMethods,
  CachePolicy,
  Distribution,
  Function as EdgeFunction,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  HeadersFrameOption,
  HeadersReferrerPolicy,
  HttpVersion,
  OriginRequestPolicy,
  ResponseHeadersPolicy,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
  type DistributionProps,
  type FunctionAssociation,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket, ObjectOwnership } from "aws-cdk-lib/aws-s3";
import { BucketDeployment, Source } from "aws-cdk-lib/aws-s3-deployment";
import type { Construct } from "constructs";
import { join } from "node:path";
import type { Stage } from "../stages.ts";
import { PrivateBucket } from "./private-bucket.ts";
import { folderIndex, singlePage } from "./site-paths.ts";
import type { StorageStack } from "./storage-stack.ts";

interface WebStackProps extends StackProps {
  readonly stage: Stage;
  readonly storage: StorageStack;
  readonly api: HttpApi;
  readonly webAclArn: string;
  readonly portalUrl: string;
}

/** Made by `npm run build`. */
const builtStaffApp = join(import.meta.dirname, "../../web/staff/dist");

/** Two faces to the world: the staff app with its API under one origin, and the public portal. */
export class WebStack extends Stack {
  private readonly stage: Stage;
  private readonly webAclArn: string;
  private readonly accessLogs: Bucket;

  constructor(
    scope: Construct,
    id: string,
    { stage, storage, api, webAclArn, portalUrl, ...props }: WebStackProps,
  ) {
    super(scope, id, props);
    this.stage = stage;
    this.webAclArn = webAclArn;
    this.accessLogs = new PrivateBucket(this, "SiteLogs", {
      // CloudFront still writes its logs under an ACL.
      objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
      lifecycleRules: [{ expiration: Duration.days(365) }],
    });
    const portalSite = this.portalSite(storage);
    const staffFiles = new PrivateBucket(this, "StaffFiles", {
      serverAccessLogsBucket: this.accessLogs,
      serverAccessLogsPrefix: "staff-files/",
    });
    const staffSite = this.staffSite({ staffFiles, storage, api });
    this.deployStaffApp({ staffFiles, staffSite, portalUrl });
    for (const one of [portalSite, staffSite]) {
      Validations.of(one).acknowledge({
        id: "AwsSolutions-CFR1",
        reason: "What is published is for everybody, and staff travel; who may act is not a place.",
      });
    }
    new CfnOutput(this, "StaffAddress", { value: staffSite.distributionDomainName });
    new CfnOutput(this, "PortalAddress", { value: portalSite.distributionDomainName });
  }

  private portalSite(storage: StorageStack): Distribution {
    return new Distribution(this, "PortalSite", {
      ...this.site(this.stage.portalDomain, "portal"),
      defaultBehavior: {
        origin: S3BucketOrigin.withOriginAccessControl(
          // By name, as the storage stack itself lets CloudFront read.
          Bucket.fromBucketAttributes(this, "PortalFiles", {
            bucketName: storage.portal.bucketName,
            bucketRegionalDomainName: storage.portal.bucketRegionalDomainName,
          }),
        ),
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        // A correction or a take-down must not wait a day for caches.
        cachePolicy: new CachePolicy(this, "PortalCache", {
          comment: "Public files: fresh within a minute",
          defaultTtl: Duration.minutes(1),
          minTtl: Duration.seconds(0),
          maxTtl: Duration.minutes(1),
          enableAcceptEncodingBrotli: true,
          enableAcceptEncodingGzip: true,
        }),
        responseHeadersPolicy: this.headers("PortalHeaders", {
          // As the pages say themselves, and no foreign page may frame them.
          contentSecurityPolicy:
            "default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
          cacheControl: "public, max-age=60",
        }),
        functionAssociations: [this.onRequest("FolderIndex", folderIndex)],
      },
      errorResponses: [
        // CloudFront may not list the bucket, so S3 calls a missing file forbidden.
        { httpStatus: 403, responseHttpStatus: 404, responsePagePath: "/404.html" },
        { httpStatus: 404, responseHttpStatus: 404, responsePagePath: "/404.html" },
      ],
    });
  }

  private staffSite({
    staffFiles,
    storage,
    api,
  }: {
    readonly staffFiles: Bucket;
    readonly storage: StorageStack;
    readonly api: HttpApi;
  }): Distribution {
    const vaultAddress = `https://${storage.vault.bucketRegionalDomainName}`;
    const outside = `${this.stage.oidc.origins.join(" ")} ${vaultAddress}`;
    const contentSecurityPolicy = staffPolicy("'none'", outside);
    const staffOrigin = S3BucketOrigin.withOriginAccessControl(staffFiles);
    return new Distribution(this, "StaffSite", {
      ...this.site(this.stage.staffDomain, "staff"),
      // No error pages here: they would take the place of the API's own refusals as well.
      defaultBehavior: {
        origin: staffOrigin,
        viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
        responseHeadersPolicy: this.headers("StaffHeaders", {
          contentSecurityPolicy,
          cacheControl: "no-cache",
        }),
        functionAssociations: [this.onRequest("SinglePage", singlePage)],
      },
      additionalBehaviors: {
        // Built files carry a hash of their content in their names.
        "/assets/*": {
          origin: staffOrigin,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          responseHeadersPolicy: this.headers("StaffAssetHeaders", {
            contentSecurityPolicy,
            cacheControl: "public, max-age=31536000, immutable",
          }),
        },
        // web/staff/session/session.ts: the one page that may be framed, and only in the app's own.
        "/silent-renew.html": {
          origin: staffOrigin,
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          responseHeadersPolicy: this.headers("StaffRenewalHeaders", {
            contentSecurityPolicy: staffPolicy("'self'", outside),
            cacheControl: "no-cache",
            frameOption: HeadersFrameOption.SAMEORIGIN,
          }),
        },
        "/api/*": {
          origin: new HttpOrigin(Fn.select(2, Fn.split("/", api.apiEndpoint))),
          viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
          allowedMethods: AllowedMethods.ALLOW_ALL,
          cachePolicy: CachePolicy.CACHING_DISABLED,
          originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    });
  }

  private deployStaffApp({
    staffFiles,
    staffSite,
    portalUrl,
  }: {
    readonly staffFiles: Bucket;
    readonly staffSite: Distribution;
    readonly portalUrl: string;
  }): void {
    const { oidc } = this.stage;
    const staffApp = new BucketDeployment(this, "StaffApp", {
      destinationBucket: staffFiles,
      distribution: staffSite,
      sources: [
        Source.asset(builtStaffApp),
        // web/staff/session/session.ts reads it.
        Source.jsonData("config.json", {
          issuer: oidc.issuer,
          clientId: oidc.clientId,
          resource: oidc.audience,
          portalUrl,
        }),
      ],
    });
    // CDK brings the function that copies the files, with its role and its Python.
    for (const id of [
      "L1",
      "IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]",
      "IAM5[Action::s3:GetBucket*]",
      "IAM5[Action::s3:GetObject*]",
      "IAM5[Action::s3:List*]",
      "IAM5[Action::s3:Abort*]",
      "IAM5[Action::s3:DeleteObject*]",
      `IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-${this.account}-${this.region}/*]`,
      `IAM5[Resource::<${this.getLogicalId(staffFiles.node.defaultChild as CfnElement)}.Arn>/*]`,
      "IAM5[Resource::*]",
    ]) {
      Validations.of(staffApp.handlerRole.node.scope ?? staffApp).acknowledge({
        id: `AwsSolutions-${id}`,
        reason: "CDK's own: it reads deployed assets, writes the staff app and clears its caches.",
      });
    }
  }

  private site(
    domain: Stage["staffDomain"],
    name: string,
  ): Omit<DistributionProps, "defaultBehavior"> {
    return {
      comment: `Juesuan ${this.stage.name} ${name}`,
      domainNames: [domain.name],
      certificate: Certificate.fromCertificateArn(this, domain.name, domain.certificateArn),
      minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
      httpVersion: HttpVersion.HTTP2_AND_3,
      webAclId: this.webAclArn,
      logBucket: this.accessLogs,
      logFilePrefix: `${name}/`,
    };
  }

  private onRequest(name: string, code: string): FunctionAssociation {
    return {
      function: new EdgeFunction(this, name, {
        code: FunctionCode.fromInline(code),
        runtime: FunctionRuntime.JS_2_0,
      }),
      eventType: FunctionEventType.VIEWER_REQUEST,
    };
  }

  private headers(
    name: string,
    {
      contentSecurityPolicy,
      cacheControl,
      frameOption = HeadersFrameOption.DENY,
    }: {
      readonly contentSecurityPolicy: string;
      readonly cacheControl: string;
      readonly frameOption?: HeadersFrameOption;
    },
  ): ResponseHeadersPolicy {
    return new ResponseHeadersPolicy(this, name, {
      securityHeadersBehavior: {
        contentSecurityPolicy: { contentSecurityPolicy, override: true },
        contentTypeOptions: { override: true },
        frameOptions: { frameOption, override: true },
        referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
        strictTransportSecurity: {
          accessControlMaxAge: Duration.days(365),
          includeSubdomains: true,
          override: true,
        },
      },
      customHeadersBehavior: {
        customHeaders: [{ header: "cache-control", value: cacheControl, override: true }],
      },
    });
  }
}

/** `outside`: the issuer's addresses and the vault's, which the app calls and frames. */
const staffPolicy = (ancestors: "'none'" | "'self'", outside: string): string =>
  [
    "default-src 'self'",
    // antd writes its styles into the page.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self' ${outside}`,
    // Previews, and the hidden frame in which a sign-in is renewed.
    `frame-src 'self' ${outside}`,
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${ancestors}`,
    "object-src 'none'",
  ].join("; ");
