import { Stack, type StackProps } from "aws-cdk-lib";
import { CfnWebACL } from "aws-cdk-lib/aws-wafv2";
import type { Construct } from "constructs";

/** A gateway of an office hides hundreds of people behind one address; a flood is well above this. */
const requestsPerAddressIn5Minutes = 6_000;

/**
 * The firewall before both sites. AWS keeps web ACLs for CloudFront in us-east-1 alone
 * (docs/adr/0007), so this is a stack of its own.
 */
export class EdgeStack extends Stack {
  readonly webAclArn: string;

  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const visibility = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
      metricName,
      cloudWatchMetricsEnabled: true,
      sampledRequestsEnabled: true,
    });
    const managed = (
      name: string,
      priority: number,
      onlyCounted: readonly string[] = [],
    ): CfnWebACL.RuleProperty => ({
      name,
      priority,
      overrideAction: { none: {} },
      statement: {
        managedRuleGroupStatement: {
          vendorName: "AWS",
          name,
          ruleActionOverrides: onlyCounted.map((rule) => ({
            name: rule,
            actionToUse: { count: {} },
          })),
        },
      },
      visibilityConfig: visibility(name),
    });
    this.webAclArn = new CfnWebACL(this, "WebAcl", {
      scope: "CLOUDFRONT",
      defaultAction: { allow: {} },
      rules: [
        {
          name: "Flood",
          priority: 0,
          action: { block: {} },
          statement: {
            rateBasedStatement: { aggregateKeyType: "IP", limit: requestsPerAddressIn5Minutes },
          },
          visibilityConfig: visibility("Flood"),
        },
        managed("AWSManagedRulesAmazonIpReputationList", 1),
        managed("AWSManagedRulesKnownBadInputsRuleSet", 2),
        // A table or a narrative is a body of more than 8 KB with any sign or address in it.
        managed("AWSManagedRulesCommonRuleSet", 3, [
          "SizeRestrictions_BODY",
          "CrossSiteScripting_BODY",
          "GenericRFI_BODY",
        ]),
      ],
      visibilityConfig: visibility("WebAcl"),
    }).attrArn;
  }
}
