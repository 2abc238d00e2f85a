import type * as aws from "@pulumi/aws";
import type { Unwrap } from "@pulumi/pulumi";
import type * as upstash from "@upstash/pulumi";

/**
 * The inputs of each kind of resource that checks read, by the end of its type's name, with Pulumi's outputs resolved. Fields are
 * declared as present, because a check fails when one is missing; fields that may be missing in a correct graph use `Maybe`.
 */
export type Kinds = {
  Vpc: Known<aws.ec2.VpcArgs>;
  Subnet: Known<aws.ec2.SubnetArgs>;
  Route: Known<aws.ec2.RouteArgs>;
  RouteTableAssociation: Known<aws.ec2.RouteTableAssociationArgs>;
  DefaultSecurityGroup: Known<aws.ec2.DefaultSecurityGroupArgs>;
  SecurityGroup: Maybe<aws.ec2.SecurityGroupArgs>;
  SecurityGroupIngressRule: Maybe<aws.vpc.SecurityGroupIngressRuleArgs, "securityGroupId" | "fromPort" | "toPort">;
  SecurityGroupEgressRule: Known<aws.vpc.SecurityGroupEgressRuleArgs>;
  VpcPeeringConnection: Known<aws.ec2.VpcPeeringConnectionArgs>;
  LaunchTemplate: Maybe<aws.ec2.LaunchTemplateArgs, "userData" | "metadataOptions" | "blockDeviceMappings">;
  LoadBalancer: Maybe<aws.lb.LoadBalancerArgs>;
  Listener: Known<aws.lb.ListenerArgs>;
  ListenerRule: Known<aws.lb.ListenerRuleArgs>;
  TargetGroup: Known<aws.lb.TargetGroupArgs>;
  Attachment: Known<aws.autoscaling.AttachmentArgs>;
  "autoscaling/group:Group": Known<aws.autoscaling.GroupArgs>;
  "appautoscaling/target:Target": Known<aws.appautoscaling.TargetArgs>;
  Cluster: Known<aws.ecs.ClusterArgs>;
  CapacityProvider: Known<aws.ecs.CapacityProviderArgs>;
  "ecs/service:Service": Known<aws.ecs.ServiceArgs>;
  Service: Known<aws.ecs.ServiceArgs>;
  TaskDefinition: Known<aws.ecs.TaskDefinitionArgs>;
  ReplicationGroup: Maybe<aws.elasticache.ReplicationGroupArgs, "authToken" | "preferredCacheClusterAzs">;
  Certificate: Known<aws.acm.CertificateArgs>;
  Record: Known<aws.route53.RecordArgs>;
  HealthCheck: Known<aws.route53.HealthCheckArgs>;
  LogMetricFilter: Known<aws.cloudwatch.LogMetricFilterArgs>;
  MetricAlarm: Known<aws.cloudwatch.MetricAlarmArgs>;
  LogGroup: Known<aws.cloudwatch.LogGroupArgs>;
  Topic: Maybe<aws.sns.TopicArgs>;
  TopicSubscription: Known<aws.sns.TopicSubscriptionArgs> & { topic: string };
  Image: { context: { named: Record<string, { location: string }> } };
  Repository: Known<aws.ecr.RepositoryArgs>;
  LogDelivery: Known<aws.cloudwatch.LogDeliveryArgs>;
  "iam/role:Role": Maybe<aws.iam.RoleArgs, "namePrefix">;
  RolePolicy: Known<aws.iam.RolePolicyArgs> & { role: string; policy: string };
  RolePolicyAttachment: Known<aws.iam.RolePolicyAttachmentArgs>;
  "s3/bucket:Bucket": Known<aws.s3.BucketArgs>;
  Secret: Known<aws.secretsmanager.SecretArgs>;
  "secretsmanager/secret:Secret": Known<aws.secretsmanager.SecretArgs>;
  SecretVersion: Known<aws.secretsmanager.SecretVersionArgs>;
  WebAcl: Known<aws.wafv2.WebAclArgs>;
  WebAclAssociation: Known<aws.wafv2.WebAclAssociationArgs>;
  WebAclLoggingConfiguration: Known<aws.wafv2.WebAclLoggingConfigurationArgs>;
  RedisDatabase: Known<upstash.RedisDatabaseArgs>;
  CronV2: { job: { environment: Record<"PROBE_APP" | "PROBE_SECRET", string> } };
  "aws:CronV2": Kinds["CronV2"];
  Nextjs: Web;
};
export type Kind = keyof Kinds;

/** The inputs of SST's component, as its stand-in recorded them. */
export type Web = {
  domain?: string;
  regions: string[];
  protection: string;
  edge: { viewerRequest: { injection: string } };
  environment: Record<string, string>;
  transform: { cdn?: { webAclArn?: string } };
};

type Known<T> = Required<Unwrap<T>>;
/** All fields are optional except the named ones. */
type Maybe<T, Needed extends keyof Unwrap<T> = never> = Partial<Known<T>> & Pick<Known<T>, Needed>;
