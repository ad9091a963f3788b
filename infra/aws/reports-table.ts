import { RemovalPolicy } from "aws-cdk-lib";
import {
  AttributeType,
  Billing,
  ProjectionType,
  StreamViewType,
  TableEncryptionV2,
  TableV2,
  type Attribute,
} from "aws-cdk-lib/aws-dynamodb";
import { Grant, type IGrantable } from "aws-cdk-lib/aws-iam";
import type { Construct } from "constructs";
import { tableDefinition } from "../../functions/storage/table.ts";

const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

/** The one table. Nobody may scan it or delete from it: no code does either; notices expire by themselves. */
export class ReportsTable extends TableV2 {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: text(tableDefinition.partitionKey),
      sortKey: text(tableDefinition.sortKey),
      globalSecondaryIndexes: Object.entries(tableDefinition.indexes).map(([indexName, index]) => ({
        indexName,
        partitionKey: text(index.partitionKey),
        sortKey: {
          name: index.sortKey,
          type: index.sortType === "N" ? AttributeType.NUMBER : AttributeType.STRING,
        },
        projectionType: ProjectionType.KEYS_ONLY,
      })),
      timeToLiveAttribute: tableDefinition.expiry,
      billing: Billing.onDemand(),
      // The relay reads the head itself; the stream only wakes it.
      dynamoStream: StreamViewType.KEYS_ONLY,
      encryption: TableEncryptionV2.awsManagedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  letRead(door: IGrantable): void {
    Grant.addToPrincipal({
      grantee: door,
      actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
      resourceArns: [
        this.tableArn,
        ...Object.keys(tableDefinition.indexes).map((name) => `${this.tableArn}/index/${name}`),
      ],
    });
  }

  letReadAndWrite(door: IGrantable): void {
    this.letRead(door);
    Grant.addToPrincipal({
      grantee: door,
      actions: ["dynamodb:PutItem", "dynamodb:UpdateItem"],
      resourceArns: [this.tableArn],
    });
  }
}
