import { describe, expect, it } from "vitest";
import { z } from "zod";
import { tableDefinition } from "../../../functions/storage/table.ts";
import { called, ofType, stage, synthesise } from "./installation.ts";

const { storage, isStorageProtected } = synthesise();
const buckets = ofType(storage, "AWS::S3::Bucket");

describe("the reports table", () => {
  const table = called(storage, "AWS::DynamoDB::GlobalTable", "Reports");

  it("outlives its stack, cannot be deleted by mistake and can be wound back to any second", () => {
    expect(isStorageProtected).toBe(true);
    expect(table).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        Replicas: [
          {
            DeletionProtectionEnabled: true,
            PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          },
        ],
        SSESpecification: { SSEEnabled: true },
      },
    });
  });

  it("names to the relay the item that changed", () => {
    expect(table.Properties["StreamSpecification"]).toEqual({ StreamViewType: "KEYS_ONLY" });
  });

  it("has the keys and indexes the adapter asks for", () => {
    expect(table.Properties["KeySchema"]).toEqual([
      { AttributeName: tableDefinition.partitionKey, KeyType: "HASH" },
      { AttributeName: tableDefinition.sortKey, KeyType: "RANGE" },
    ]);
    expect(table.Properties["GlobalSecondaryIndexes"]).toEqual(
      Object.entries(tableDefinition.indexes).map(([name, index]) => ({
        IndexName: name,
        KeySchema: [
          { AttributeName: index.partitionKey, KeyType: "HASH" },
          { AttributeName: index.sortKey, KeyType: "RANGE" },
        ],
        Projection: { ProjectionType: "KEYS_ONLY" },
      })),
    );
    const sortTypes = Object.values(tableDefinition.indexes).map(({ sortKey, sortType }) => ({
      AttributeName: sortKey,
      AttributeType: sortType,
    }));
    expect(table.Properties["AttributeDefinitions"]).toEqual(expect.arrayContaining(sortTypes));
  });
});

describe("every bucket of what must survive", () => {
  it.each(buckets.map(({ id }) => id))("%s is private, versioned and kept", (id) => {
    expect(buckets.find((bucket) => bucket.id === id)).toMatchObject({
      DeletionPolicy: "Retain",
      UpdateReplacePolicy: "Retain",
      Properties: {
        PublicAccessBlockConfiguration: {
          BlockPublicAcls: true,
          BlockPublicPolicy: true,
          IgnorePublicAcls: true,
          RestrictPublicBuckets: true,
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: "BucketOwnerEnforced" }] },
        VersioningConfiguration: { Status: "Enabled" },
        BucketEncryption: expect.anything() as unknown,
      },
    });
  });

  it.each(buckets.map(({ id }) => id))("%s refuses everything but TLS 1.2", (id) => {
    const policy = ofType(storage, "AWS::S3::BucketPolicy").find(
      ({ Properties }) => JSON.stringify(Properties["Bucket"]) === JSON.stringify({ Ref: id }),
    );
    for (const Condition of [
      { Bool: { "aws:SecureTransport": "false" } },
      { NumericLessThan: { "s3:TlsVersion": 1.2 } },
    ]) {
      expect(policy?.Properties["PolicyDocument"]).toMatchObject({
        Statement: expect.arrayContaining([
          expect.objectContaining({
            Effect: "Deny",
            Action: "s3:*",
            Principal: { AWS: "*" },
            Condition,
          }),
        ]) as unknown,
      });
    }
  });

  it("takes uploads from the staff app's pages alone", () => {
    expect(called(storage, "AWS::S3::Bucket", "Vault").Properties["CorsConfiguration"]).toEqual({
      CorsRules: [
        {
          AllowedHeaders: ["*"],
          AllowedMethods: ["POST"],
          AllowedOrigins: [`https://${stage.staffDomain.name}`],
        },
      ],
    });
    expect(
      called(storage, "AWS::S3::Bucket", "Portal").Properties["CorsConfiguration"],
    ).toBeUndefined();
  });

  it("keeps every anchor as it was written: nobody replaces or deletes one, and none expires", () => {
    const vault = called(storage, "AWS::S3::Bucket", "Vault");
    const policy = ofType(storage, "AWS::S3::BucketPolicy").find(
      ({ Properties }) =>
        JSON.stringify(Properties["Bucket"]) === JSON.stringify({ Ref: vault.id }),
    );
    const anchors = { "Fn::Join": ["", [{ "Fn::GetAtt": [vault.id, "Arn"] }, "/anchors/*"]] };
    const everybody = { Effect: "Deny", Principal: { AWS: "*" }, Resource: anchors };
    expect(policy?.Properties["PolicyDocument"]).toMatchObject({
      Statement: expect.arrayContaining([
        {
          ...everybody,
          Action: "s3:PutObject",
          Condition: { Null: { "s3:if-none-match": "true" } },
        },
        { ...everybody, Action: ["s3:DeleteObject", "s3:DeleteObjectVersion"] },
      ]) as unknown,
    });
    const { Rules } = z
      .object({ Rules: z.array(z.looseObject({ Prefix: z.string().optional() })) })
      .parse(vault.Properties["LifecycleConfiguration"]);
    const removing = Rules.filter((rule) =>
      Object.keys(rule).some((key) => /Expiration/.test(key)),
    );
    for (const { Prefix } of removing) expect(Prefix).toMatch(/^(?!anchors)[a-z]+\//);
  });

  it("throws away within a day what was sent and never verified, and earlier versions of what health writes", () => {
    const vault = called(storage, "AWS::S3::Bucket", "Vault").Properties["LifecycleConfiguration"];
    expect(vault).toEqual({
      Rules: [
        { AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 }, Status: "Enabled" },
        {
          Prefix: "incoming/",
          ExpirationInDays: 1,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          Status: "Enabled",
        },
        { Prefix: "incoming/", ExpiredObjectDeleteMarker: true, Status: "Enabled" },
        {
          Prefix: "health/probe",
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
          Status: "Enabled",
        },
      ],
    });
  });

  it("lets the outside read published files through this account's CloudFront, and nothing else", () => {
    const allowed = ofType(storage, "AWS::S3::BucketPolicy")
      .map(({ Properties }) => JSON.stringify(Properties))
      .filter((policy) => policy.includes("cloudfront.amazonaws.com"));
    const portal = called(storage, "AWS::S3::Bucket", "Portal");
    expect(allowed).toHaveLength(1);
    expect(allowed[0]).toContain(portal.id);
    expect(allowed[0]).toContain(`cloudfront::${stage.env.account}:distribution/*`);
  });
});
