import * as aws from "@pulumi/aws";
import type { Output, Resource } from "@pulumi/pulumi";
import { HOME_REGION } from "./app.ts";
import { cidrOf, subnetCidr } from "./names.ts";
import { type Region, type Zone, ZONES } from "./regions.ts";
import { removable } from "./stage.ts";
import { findZones } from "./zones.ts";

/** A region's network: public subnets for media nodes and load balancers, private ones for Valkey. Nothing needs a NAT. */
export type Network = {
  region: Region;
  provider: aws.Provider;
  vpc: aws.ec2.Vpc;
  subnets: Record<"public" | "private", Record<Zone, aws.ec2.Subnet>>;
  routeTables: Record<"public" | "private", aws.ec2.RouteTable>;
  /** The internet gateway and its routes: every resource with a public address is created after them and removed before them. */
  internet: Resource[];
};

const KINDS = ["public", "private"] as const;

/** The provider for a region's resources. A resource without one is created in the home region. */
export function createProvider(region: Region, tags: Record<string, string>): aws.Provider {
  return new aws.Provider(`Aws-${region.code}`, {
    region: region.awsRegion as aws.Region,
    defaultTags: { tags: { ...tags, "veet:region": region.code } },
  });
}

/** CloudFront, its firewall and Route 53's metrics are in us-east-1, whatever the primary region is. */
export function createGlobalProvider(tags: Record<string, string>): aws.Provider {
  return new aws.Provider("Aws-global", { region: HOME_REGION, defaultTags: { tags } });
}

/** @param instanceType - The zones must offer it. */
export function createNetwork(region: Region, instanceType: string, provider: aws.Provider): Network {
  const options = { provider };
  const { code } = region;
  const vpc = new aws.ec2.Vpc(
    `Vpc-${code}`,
    { cidrBlock: cidrOf(region), enableDnsHostnames: true, enableDnsSupport: true },
    { provider, ...removable(region) },
  );
  // The default group of instances without a group allows no traffic.
  new aws.ec2.DefaultSecurityGroup(
    `VpcDefault-${code}`,
    { vpcId: vpc.id, ingress: [], egress: [] },
    { provider, ...removable(region) },
  );
  const gateway = new aws.ec2.InternetGateway(`Gateway-${code}`, { vpcId: vpc.id }, options);
  const routeTables = {
    public: new aws.ec2.RouteTable(`Public-${code}`, { vpcId: vpc.id }, options),
    private: new aws.ec2.RouteTable(`Private-${code}`, { vpcId: vpc.id }, options),
  };
  const route = new aws.ec2.Route(
    `Internet-${code}`,
    { routeTableId: routeTables.public.id, destinationCidrBlock: "0.0.0.0/0", gatewayId: gateway.id },
    options,
  );
  const zones = findZones(region, instanceType, provider);
  const place = { region, provider, vpc, routeTables, zones };
  const create = (kind: "public" | "private") => ({
    a: createSubnet(place, kind, "a"),
    b: createSubnet(place, kind, "b"),
  });
  const [open, closed] = [create("public"), create("private")];
  return {
    region,
    provider,
    vpc,
    routeTables,
    subnets: {
      public: { a: open.a.subnet, b: open.b.subnet },
      private: { a: closed.a.subnet, b: closed.b.subnet },
    },
    internet: [route, open.a.association, open.b.association],
  };
}

type Place = Pick<Network, "region" | "provider" | "vpc" | "routeTables"> & { zones: Output<Record<Zone, string>> };

function createSubnet({ region, provider, vpc, routeTables, zones }: Place, kind: "public" | "private", zone: Zone) {
  const name = `${kind === "public" ? "Public" : "Private"}-${region.code}${zone}`;
  const subnet = new aws.ec2.Subnet(
    name,
    {
      vpcId: vpc.id,
      availabilityZone: zones.apply((found) => found[zone]),
      cidrBlock: subnetCidr(region, kind, zone),
      // Only the media nodes' launch template requests an address.
      mapPublicIpOnLaunch: false,
      tags: { Name: name },
    },
    // A zone that AWS adds later must not move existing subnets.
    { provider, ignoreChanges: ["availabilityZone"], ...removable(region) },
  );
  const association = new aws.ec2.RouteTableAssociation(
    name,
    { subnetId: subnet.id, routeTableId: routeTables[kind].id },
    { provider },
  );
  return { subnet, association };
}

/** Connects a region with the primary, both ways. Prometheus in the primary scrapes across it; no meeting depends on it. */
export function peerWithPrimary(primary: Network, other: Network): void {
  const name = `Peering-${primary.region.code}-${other.region.code}`;
  const connection = new aws.ec2.VpcPeeringConnection(
    name,
    { vpcId: primary.vpc.id, peerVpcId: other.vpc.id, peerRegion: other.region.awsRegion, autoAccept: false },
    { provider: primary.provider },
  );
  const accepted = new aws.ec2.VpcPeeringConnectionAccepter(
    `${name}-accepter`,
    { vpcPeeringConnectionId: connection.id, autoAccept: true },
    { provider: other.provider },
  );
  const ways = [
    [primary, other],
    [other, primary],
  ] as const;
  for (const [from, to] of ways) {
    for (const kind of KINDS) {
      new aws.ec2.Route(
        `${name}-${kind}-from-${from.region.code}`,
        {
          routeTableId: from.routeTables[kind].id,
          destinationCidrBlock: cidrOf(to.region),
          vpcPeeringConnectionId: connection.id,
        },
        { provider: from.provider, dependsOn: accepted },
      );
    }
  }
  const dns = { allowRemoteVpcDnsResolution: true };
  new aws.ec2.PeeringConnectionOptions(
    `${name}-requester`,
    { vpcPeeringConnectionId: connection.id, requester: dns },
    { provider: primary.provider, dependsOn: accepted },
  );
  new aws.ec2.PeeringConnectionOptions(
    `${name}-accepter`,
    { vpcPeeringConnectionId: connection.id, accepter: dns },
    { provider: other.provider, dependsOn: accepted },
  );
}

/** In the same order as the zones. */
export function subnetIds(network: Network, kind: "public" | "private", zones: readonly Zone[] = ZONES) {
  return zones.map((zone) => network.subnets[kind][zone].id);
}
