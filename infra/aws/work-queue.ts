import { Duration, Validations } from "aws-cdk-lib";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import { Queue, QueueEncryption } from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { alarmOnFirst } from "./alarm.ts";

/** How long the function may take that shows as failed what ended in a dead-letter queue. */
export const deadLetterTime = Duration.seconds(30);

interface DeadLetterProps {
  /** What people suffer when a message ends here; becomes the alarm's text. */
  readonly lostImpact: string;
  readonly alarms: ITopic;
}

/** Where work ends that could not be done; kept as long as SQS can, and never unseen. */
export class DeadLetterQueue extends Queue {
  constructor(scope: Construct, id: string, { lostImpact, alarms }: DeadLetterProps) {
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // Where somebody takes what ends here: six times as long as that may take.
      visibilityTimeout: Duration.seconds(deadLetterTime.toSeconds() * 6),
    });
    alarmOnFirst(this, "Lost", {
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(5) }),
      impact: lostImpact,
      alarms,
    });
    Validations.of(this).acknowledge({
      id: "AwsSolutions-SQS3",
      reason: "This is a dead-letter queue itself; its alarm calls an operator.",
    });
  }
}

interface WorkQueueProps extends DeadLetterProps {
  /** The consumer's own time limit. */
  readonly handledWithin: Duration;
  readonly maxReceiveCount: number;
}

/** One message an effect; what fails too often goes to a dead-letter queue of its own. */
export class WorkQueue extends Queue {
  readonly dead: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    { handledWithin, maxReceiveCount, ...deadLetter }: WorkQueueProps,
  ) {
    const dead = new DeadLetterQueue(scope, `${id}Dead`, deadLetter);
    super(scope, id, {
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      // SQS shows a message again after this; AWS advises six times the consumer's limit.
      visibilityTimeout: Duration.seconds(handledWithin.toSeconds() * 6),
      deadLetterQueue: {
        queue: dead,
        maxReceiveCount,
      },
    });
    this.dead = dead;
  }
}
