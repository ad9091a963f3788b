import { Duration, Validations } from "aws-cdk-lib";
import type { ITopic } from "aws-cdk-lib/aws-sns";
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
} from "aws-cdk-lib/aws-sqs";
import type { Construct } from "constructs";
import { alarmFrom, alarmOnFirst } from "./alarm.ts";

/** How long the function may take that shows as failed what ended in a dead-letter queue. */
export const deadLetterTime = Duration.seconds(30);

/** Where messages of a group go out one at a time; without the limit of 300 a second over all groups. */
const oneOfAGroupAtATime = {
  fifo: true,
  deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
  fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
};

interface DeadLetterProps {
  /** Of a work queue, whose groups it keeps. */
  readonly isGrouped?: boolean;
  /** What people suffer when a message ends here; becomes the alarm's text. */
  readonly lostImpact: string;
  readonly alarms: ITopic;
}

/** Where work ends that could not be done; kept as long as SQS can, and never unseen. */
export class DeadLetterQueue extends Queue {
  constructor(
    scope: Construct,
    id: string,
    { isGrouped = false, lostImpact, alarms }: DeadLetterProps,
  ) {
    super(scope, id, {
      ...(isGrouped ? oneOfAGroupAtATime : {}),
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

interface WorkQueueProps extends Omit<DeadLetterProps, "isGrouped"> {
  /** The consumer's own time limit. */
  readonly handledWithin: Duration;
  /** An outage this long passes by itself. */
  readonly outlasts: Duration;
  /** What people suffer while messages wait for longer than that; becomes the alarm's text. */
  readonly lateImpact: string;
}

/**
 * One message an effect; what fails for too long goes to a dead-letter queue of its own. A message that
 * fails keeps its group waiting until it comes again, so that is not the sixfold of the consumer's limit
 * that AWS advises for queues whose consumers may be throttled: these are polled by as many as may run.
 */
export class WorkQueue extends Queue {
  readonly dead: DeadLetterQueue;

  constructor(
    scope: Construct,
    id: string,
    { handledWithin, outlasts, lateImpact, ...deadLetter }: WorkQueueProps,
  ) {
    const dead = new DeadLetterQueue(scope, `${id}Dead`, { ...deadLetter, isGrouped: true });
    const comesAgainAfter = Duration.seconds(handledWithin.toSeconds() + 60);
    super(scope, id, {
      ...oneOfAGroupAtATime,
      // Only for what EventBridge sends, which cannot name its messages.
      contentBasedDeduplication: true,
      encryption: QueueEncryption.SQS_MANAGED,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      visibilityTimeout: comesAgainAfter,
      deadLetterQueue: {
        queue: dead,
        // Twice as often as needed: the functions themselves give up first, and say why.
        maxReceiveCount: Math.ceil((2 * outlasts.toSeconds()) / comesAgainAfter.toSeconds()),
      },
    });
    this.dead = dead;
    alarmFrom(this, "Late", {
      metric: this.metricApproximateAgeOfOldestMessage({ period: Duration.minutes(5) }),
      // Seconds; later than what passes by itself, sooner than the end among the dead letters.
      threshold: 1.5 * outlasts.toSeconds(),
      impact: lateImpact,
      alarms: deadLetter.alarms,
    });
  }
}
