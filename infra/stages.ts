import type { RegionSettings } from "../functions/platform/regions.ts";

/** A name the public types, with its certificate; CloudFront takes only those of us-east-1. */
interface PublicName {
  readonly name: string;
  readonly certificateArn: string;
}

/** What differs between installations: where it runs, what it is called. Secrets go by name. */
export interface Stage {
  readonly name: string;
  readonly env: { readonly account: string; readonly region: string };
  /** The client's redirect addresses at the issuer: `/callback` and `/silent-renew.html` of the staff app. */
  readonly oidc: {
    readonly issuer: string;
    readonly audience: string;
    readonly clientId: string;
    /** Everywhere the issuer answers from: Cognito's tokens come from another origin than its keys. */
    readonly origins: readonly string[];
  };
  readonly staffDomain: PublicName;
  readonly portalDomain: PublicName;
  /** Regions (行政区划) served. */
  readonly regions: readonly RegionSettings[];
  /** What one person, and one address with an office behind it, may ask of the API. */
  readonly requestsPerMinute: { readonly person: number; readonly address: number };
  /** Whom alarms write to. */
  readonly alarmEmail: string;
  readonly mail: {
    readonly from: string;
    /** Name of the secret that holds `smtps://user:password@host:465`; SES gives such addresses too. */
    readonly smtpSecret: string;
  };
}

export const stages = {
  production: {
    name: "production",
    env: { account: "111122223333", region: "ap-southeast-1" },
    oidc: {
      issuer: "https://sso.example.gov.cn/oidc",
      audience: "juesuan-api",
      clientId: "staff",
      origins: ["https://sso.example.gov.cn"],
    },
    staffDomain: {
      name: "juesuan.example.gov.cn",
      certificateArn:
        "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000001",
    },
    portalDomain: {
      name: "gongkai.example.gov.cn",
      certificateArn:
        "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000002",
    },
    regions: [
      { code: "360200", name: "景德镇市", pathPrefix: "", siteName: "景德镇市部门决算公开" },
    ],
    requestsPerMinute: { person: 600, address: 6_000 },
    alarmEmail: "ops@example.gov.cn",
    mail: { from: "juesuan@example.gov.cn", smtpSecret: "juesuan/production/smtp" },
  },
} as const satisfies Record<string, Stage>;
