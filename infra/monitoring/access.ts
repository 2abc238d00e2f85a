import * as aws from "@pulumi/aws";
import type { Resource } from "@pulumi/pulumi";
import { PORTS } from "#infra/media/ports.ts";
import type { MetricsSource } from "#infra/media/security-groups.ts";
import { cidrOf, monitoringCidr } from "#infra/names.ts";
import type { Network } from "#infra/network.ts";

export type MonitoringAccess = {
  subnet: aws.ec2.Subnet;
  group: aws.ec2.SecurityGroup;
  /** Created before the service and removed after it: without them the task can start nothing and report nothing. */
  needs: Resource[];
};

/**
 * The monitoring service's place in the primary region's network: a subnet in which nothing else runs, by which the nodes of other
 * regions recognise it. A security group cannot name a group of another region.
 */
export function createMonitoringAccess(primary: Network, networks: readonly Network[]): MonitoringAccess {
  const { region, provider, vpc, routeTables } = primary;
  const name = `Monitoring-${region.code}`;
  const subnet = new aws.ec2.Subnet(
    name,
    {
      vpcId: vpc.id,
      availabilityZone: primary.subnets.public.a.availabilityZone,
      cidrBlock: monitoringCidr(region),
      mapPublicIpOnLaunch: false,
      tags: { Name: name },
    },
    { provider, ignoreChanges: ["availabilityZone"] },
  );
  // The public table also has the routes to the other regions.
  const association = new aws.ec2.RouteTableAssociation(
    name,
    { subnetId: subnet.id, routeTableId: routeTables.public.id },
    { provider },
  );
  const group = new aws.ec2.SecurityGroup(name, { vpcId: vpc.id, description: "Monitoring" }, { provider });
  const rules = createEgress(primary, networks, group);
  return { subnet, group, needs: [...primary.internet, association, ...rules] };
}

/** The metrics of every region's nodes, and AWS's and Docker Hub's HTTPS. There is no inbound rule: operators come through Session Manager. */
function createEgress({ region, provider }: Network, networks: readonly Network[], group: aws.ec2.SecurityGroup) {
  const allow = (name: string, cidrIpv4: string, port: number) => {
    const rule = { securityGroupId: group.id, cidrIpv4, ipProtocol: "tcp", fromPort: port, toPort: port };
    return new aws.vpc.SecurityGroupEgressRule(`Out-${region.code}-monitoring-${name}`, rule, { provider });
  };
  return [
    allow("https", "0.0.0.0/0", 443),
    ...networks.map((network) => allow(network.region.code, cidrOf(network.region), PORTS.gatekeeperMetrics)),
  ];
}

/** @returns what a region's nodes accept scrapes from; undefined without monitoring. */
export function metricsSource(access: MonitoringAccess | undefined, primary: Network, network: Network): MetricsSource {
  if (!access) return undefined;
  if (network === primary) return { referencedSecurityGroupId: access.group.id };
  return { cidrIpv4: monitoringCidr(primary.region) };
}
