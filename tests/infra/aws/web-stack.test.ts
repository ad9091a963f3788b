import { describe, expect, it } from "vitest";
import { z } from "zod";
import { page } from "../../../web/portal/layout.ts";
import { called, ofType, stage, speaksOf, synthesise } from "./installation.ts";

const { edge, edgeRegion, storage, web, staffSettings } = synthesise();

const behaviorSchema = z.object({
  PathPattern: z.string().optional(),
  AllowedMethods: z.array(z.string()).optional(),
  ResponseHeadersPolicyId: z.object({ Ref: z.string() }).optional(),
  TargetOriginId: z.string(),
  ViewerProtocolPolicy: z.enum(["redirect-to-https", "https-only"]),
  CachePolicyId: z.unknown(),
});
const distributionSchema = z.object({
  Aliases: z.array(z.string()),
  DefaultCacheBehavior: behaviorSchema,
  CacheBehaviors: z.array(behaviorSchema).default([]),
  CustomErrorResponses: z.array(z.unknown()).default([]),
  Logging: z.unknown().refine((logging) => logging !== undefined),
  ViewerCertificate: z.object({ MinimumProtocolVersion: z.literal("TLSv1.2_2021") }),
  WebACLId: z.unknown().refine((webAcl) => webAcl !== undefined),
  Origins: z.array(z.unknown()),
});

const site = (name: string) =>
  distributionSchema.parse(
    called(web, "AWS::CloudFront::Distribution", name).Properties["DistributionConfig"],
  );
const portal = site("PortalSite");
const staff = site("StaffSite");

const headersOf = (behavior: z.infer<typeof behaviorSchema>) => {
  const policy = web.find(({ id }) => id === behavior.ResponseHeadersPolicyId?.Ref);
  return JSON.stringify(policy?.Properties["ResponseHeadersPolicyConfig"] ?? null);
};

describe("both sites", () => {
  it.each([
    ["portal", portal, stage.portalDomain.name],
    ["staff app", staff, stage.staffDomain.name],
  ])("the %s is behind the firewall under its own name", (_, distribution, name) => {
    expect(distribution.Aliases).toEqual([name]);
    expect(JSON.stringify(distribution.WebACLId)).toContain("WebAcl");
  });

  it("the firewall stops floods and known attacks, in the one region CloudFront takes it from", () => {
    expect(edgeRegion).toBe("us-east-1");
    const [webAcl] = ofType(edge, "AWS::WAFv2::WebACL");
    expect(webAcl?.Properties["Scope"]).toBe("CLOUDFRONT");
    const rules = JSON.stringify(webAcl?.Properties["Rules"]);
    expect(rules).toContain("RateBasedStatement");
    expect(rules).toContain("AWSManagedRulesKnownBadInputsRuleSet");
  });

  it("the firewall lets a table of more than 8 KB and a narrative with signs through", () => {
    const [webAcl] = ofType(edge, "AWS::WAFv2::WebACL");
    const rules = z
      .array(
        z.object({
          Name: z.string(),
          Statement: z.object({
            ManagedRuleGroupStatement: z
              .object({
                RuleActionOverrides: z
                  .array(
                    z.object({ Name: z.string(), ActionToUse: z.object({ Count: z.object() }) }),
                  )
                  .default([]),
              })
              .optional(),
          }),
        }),
      )
      .parse(webAcl?.Properties["Rules"]);
    const counted = rules
      .find(({ Name }) => Name === "AWSManagedRulesCommonRuleSet")
      ?.Statement.ManagedRuleGroupStatement?.RuleActionOverrides.map(({ Name }) => Name);
    expect(counted).toEqual(
      expect.arrayContaining(["SizeRestrictions_BODY", "CrossSiteScripting_BODY"]),
    );
  });

  it("keep their own files private", () => {
    for (const { Properties } of ofType(web, "AWS::S3::Bucket")) {
      expect(Properties["PublicAccessBlockConfiguration"]).toEqual({
        BlockPublicAcls: true,
        BlockPublicPolicy: true,
        IgnorePublicAcls: true,
        RestrictPublicBuckets: true,
      });
    }
  });
});

describe("the portal", () => {
  it("reads the published files and has no way to anything else", () => {
    expect(portal.CacheBehaviors).toEqual([]);
    expect(portal.Origins).toHaveLength(1);
    expect(speaksOf(portal.Origins, called(storage, "AWS::S3::Bucket", "Portal"))).toBe(true);
    expect(JSON.stringify(portal.Origins)).toContain("OriginAccessControlId");
  });

  it("is held to the policy its pages name themselves, and no page may frame it", () => {
    const html = page(
      { baseUrl: "https://example.gov.cn", pathPrefix: "", siteName: "公开", stylesheet: "/s.css" },
      { title: "首页", description: "", column: { name: "", type: "" } },
      [],
      "",
    );
    const named = /Content-Security-Policy" content="([^"]+)"/
      .exec(html)?.[1]
      ?.replaceAll("&#39;", "'");
    const headers = headersOf(portal.DefaultCacheBehavior);
    expect(named).toContain("default-src 'none'");
    expect(headers).toContain(named);
    expect(headers).toContain("frame-ancestors 'none'");
    expect(headers).toContain("StrictTransportSecurity");
  });

  it("shows a correction or a take-down within a minute", () => {
    const cache = called(web, "AWS::CloudFront::CachePolicy", "PortalCache");
    expect(cache.Properties["CachePolicyConfig"]).toMatchObject({ DefaultTTL: 60, MaxTTL: 60 });
    expect(headersOf(portal.DefaultCacheBehavior)).toContain("public, max-age=60");
  });

  it("answers a missing address with its own page and 404", () => {
    const missing = { ResponseCode: 404, ResponsePagePath: "/404.html" };
    expect(portal.CustomErrorResponses).toEqual([
      { ErrorCode: 403, ...missing },
      { ErrorCode: 404, ...missing },
    ]);
  });
});

describe("the staff app", () => {
  const behavior = (pattern: string) => {
    const found = staff.CacheBehaviors.find(({ PathPattern }) => PathPattern === pattern);
    if (found === undefined) throw new Error(`Nothing answers ${pattern}`);
    return found;
  };

  it("reaches its API under its own origin, by every method, never from a cache", () => {
    const api = behavior("/api/*");
    expect(api.AllowedMethods).toEqual(expect.arrayContaining(["GET", "POST", "PUT", "DELETE"]));
    expect(api.CachePolicyId).toBe("4135ea2d-6df8-44a3-9df3-4b5a84be39ad"); // Managed-CachingDisabled
  });

  it("hears the API's refusals unchanged", () => {
    expect(staff.CustomErrorResponses).toEqual([]);
  });

  it("runs own scripts alone and speaks to its API, the issuer and the vault alone", () => {
    for (const one of [staff.DefaultCacheBehavior, behavior("/assets/*")]) {
      const headers = headersOf(one);
      expect(headers).toContain("default-src 'self'; style-src");
      expect(headers).not.toMatch(/script-src|unsafe-eval|https:\/\/\*/);
      expect(headers).toContain(`connect-src 'self' ${stage.oidc.origins.join(" ")} https://`);
      expect(headers).toContain("frame-ancestors 'none'");
      expect(headers).toContain(called(storage, "AWS::S3::Bucket", "Vault").id);
    }
  });

  it("renews a sign-in in a hidden frame of its own: that page alone may be framed, by the app alone", () => {
    const renewal = headersOf(behavior("/silent-renew.html"));
    expect(renewal).toContain("frame-ancestors 'self'");
    expect(renewal).toContain('"SAMEORIGIN"');
    expect(headersOf(staff.DefaultCacheBehavior)).toContain(
      `frame-src 'self' ${stage.oidc.origins.join(" ")}`,
    );
  });

  it("is asked for anew at each start, its hashed files never again", () => {
    expect(headersOf(staff.DefaultCacheBehavior)).toContain('"no-cache"');
    expect(headersOf(behavior("/assets/*"))).toContain("immutable");
  });

  it("learns its issuer, its name there, the API's and the portal's address", () => {
    expect(staffSettings).toEqual([
      {
        issuer: stage.oidc.issuer,
        clientId: stage.oidc.clientId,
        resource: stage.oidc.audience,
        portalUrl: `https://${stage.portalDomain.name}`,
      },
    ]);
  });
});
