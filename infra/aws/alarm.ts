import { Duration, Names, Stack } from "aws-cdk-lib";
import {
  Alarm,
  ComparisonOperator,
  TreatMissingData,
  type IMetric,
} from "aws-cdk-lib/aws-cloudwatch";
import { SnsAction } from "aws-cdk-lib/aws-cloudwatch-actions";
import { FilterPattern, type ILogGroup } from "aws-cdk-lib/aws-logs";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import type { Construct } from "constructs";

interface AlarmProps {
  readonly metric: IMetric;
  /** What people suffer; the whole text of the message sent. */
  readonly impact: string;
  readonly alarms: ITopic;
}

/** Tells the operators whenever a function has written a log line (`platform/log.ts`) with this message. */
export function alarmOnLine(
  scope: Construct,
  id: string,
  {
    log,
    message,
    ...alarm
  }: Omit<AlarmProps, "metric"> & { readonly log: ILogGroup; readonly message: string },
) {
  const filter = log.addMetricFilter(`${id}Lines`, {
    filterPattern: FilterPattern.stringValue("$.message", "=", message),
    metricNamespace: Stack.of(scope).stackName,
    metricName: `${Names.uniqueId(log)}${id}`,
  });
  const metric = filter.metric({ period: Duration.minutes(5), statistic: "Sum" });
  alarmOnFirst(scope, id, { ...alarm, metric });
}

/** Tells the operators as soon as something was counted once: none of these may happen unseen. */
export function alarmOnFirst(scope: Construct, id: string, props: AlarmProps) {
  alarmFrom(scope, id, { ...props, threshold: 1 });
}

/** Tells the operators once a metric has come to a threshold. */
export function alarmFrom(
  scope: Construct,
  id: string,
  { metric, threshold, impact, alarms }: AlarmProps & { readonly threshold: number },
) {
  new Alarm(scope, id, {
    metric,
    threshold,
    evaluationPeriods: 1,
    comparisonOperator: ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: TreatMissingData.NOT_BREACHING,
    alarmDescription: `${Stack.of(scope).stackName}: ${impact}`,
  }).addAlarmAction(new SnsAction(alarms));
}
