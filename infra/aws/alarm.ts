import { Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type IMetric,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

interface AlarmProps {
  readonly metric: IMetric;
  /** What people suffer; the whole text of the message sent. */
  readonly impact: string;
  readonly alarms: ITopic;
}

/** Tells the operators as soon as something was counted once: none of these may happen unseen. */
export function alarmOnFirst(scope: Construct, id: string, { metric, impact, alarms }: AlarmProps) {
  new Alarm(scope, id, {
    metric,
    threshold: 1,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${Stack.of(scope).stackName}: ${impact}`,
  }).addAlarmAction(new SnsAction(alarms));
}
