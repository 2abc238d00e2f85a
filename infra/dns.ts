import * as aws from "@pulumi/aws";
import type { Output } from "@pulumi/pulumi";
import { type Names, certificateNames } from "./names.ts";
import type { Region, Site } from "./regions.ts";

/** The zone of the operator's domain. It must exist before the first deployment. */
export function findZone(zone: string): Output<string> {
  return aws.route53.getZoneOutput({ name: zone, privateZone: false }).zoneId;
}

/** A regional certificate, validated by DNS. @returns its ARN once it is issued. */
export function createCertificate(
  names: Names,
  region: Region,
  sites: readonly Site[],
  zoneId: Output<string>,
  provider: aws.Provider,
): Output<string> {
  const hosts = certificateNames(names, region, sites);
  const certificate = new aws.acm.Certificate(
    `Certificate-${region.code}`,
    { domainName: hosts[0] ?? "", subjectAlternativeNames: hosts.slice(1), validationMethod: "DNS" },
    { provider },
  );
  const records = hosts.map((host) => {
    const proof = certificate.domainValidationOptions.apply((options) => {
      const found = options.find(({ domainName }) => domainName === host);
      if (!found) throw new Error(`The certificate asks for no proof of ${host}`);
      return found;
    });
    return new aws.route53.Record(`Proof-${host}`, {
      zoneId,
      name: proof.resourceRecordName,
      type: proof.resourceRecordType,
      records: [proof.resourceRecordValue],
      ttl: 60,
      allowOverwrite: true,
    });
  });
  return new aws.acm.CertificateValidation(
    `Certificate-${region.code}`,
    { certificateArn: certificate.arn, validationRecordFqdns: records.map(({ fqdn }) => fqdn) },
    { provider },
  ).certificateArn;
}

/** Points a host name at a load balancer. */
export function pointTo(host: string, balancer: aws.lb.LoadBalancer, zoneId: Output<string>): void {
  new aws.route53.Record(`Host-${host}`, {
    zoneId,
    name: host,
    type: "A",
    aliases: [{ name: balancer.dnsName, zoneId: balancer.zoneId, evaluateTargetHealth: false }],
  });
}

/** Checks from several places in the world whether a site's LiveKit accepts participants. It answers 406 without its Valkey. */
export function createHealthCheck(site: Site, host: string): aws.route53.HealthCheck {
  return new aws.route53.HealthCheck(`Health-${site.name}`, {
    fqdn: host,
    port: 443,
    type: "HTTPS",
    resourcePath: "/",
    requestInterval: 30,
    failureThreshold: 3,
    enableSni: true,
    tags: { Name: `veet ${site.name}` },
  });
}
