import { join } from "node:path";
import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker-build";
import { type Output, interpolate, secret } from "@pulumi/pulumi";
import { type Bases, DOCKERFILES, type ImageName } from "./base-images.ts";
import type { Region } from "./regions.ts";
import { type Stage, isKept } from "./stage.ts";

/** Images by region code. Each region has its own copy, so that an isolated region can still start nodes. */
export type Images = Record<ImageName, Record<string, Output<string>>>;

type Registry = { region: Region; provider: aws.Provider };

/** Builds the media nodes' images once and pushes them to every region. The deploying machine needs Docker. */
export function createImages(stage: Stage, regions: readonly Registry[], bases: Bases): Images {
  return {
    livekit: createImage(stage, "livekit", regions, bases),
    gatekeeper: createImage(stage, "gatekeeper", regions, bases),
  };
}

function createImage(
  stage: Stage,
  name: ImageName,
  regions: readonly Registry[],
  bases: Bases,
): Record<string, Output<string>> {
  const repositories = regions.map(({ region, provider }) => ({
    code: region.code,
    ...createRepository(stage, name, region, provider),
  }));
  const image = new docker.Image(`Image-${name}`, {
    context: { location: $cli.paths.root, named: bases[name] },
    dockerfile: { location: join($cli.paths.root, DOCKERFILES[name]) },
    ...(name === "gatekeeper" ? { target: "gatekeeper" } : {}),
    // Unchanged files must give the same digest: a new digest drains every media node.
    buildArgs: { SOURCE_DATE_EPOCH: "0" },
    platforms: ["linux/arm64"],
    push: true,
    tags: repositories.map(({ url }) => interpolate`${url}:latest`),
    registries: repositories.map(({ login }) => login),
  });
  // By digest, so that a later start runs exactly what was tested.
  return Object.fromEntries(repositories.map(({ code, url }) => [code, interpolate`${url}@${image.digest}`]));
}

function createRepository(stage: Stage, name: string, region: Region, provider: aws.Provider) {
  const { code } = region;
  const repository = new aws.ecr.Repository(
    `Repository-${name}-${code}`,
    {
      name: `veet-${stage.name}/${name}`,
      forceDelete: !isKept(stage, region),
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfigurations: [{ encryptionType: "AES256" }],
    },
    { provider },
  );
  // Drained nodes may restart on an image that was replaced days ago.
  const keepTen = { tagStatus: "any", countType: "imageCountMoreThan", countNumber: 10 };
  new aws.ecr.LifecyclePolicy(
    `Repository-${name}-${code}`,
    {
      repository: repository.name,
      policy: JSON.stringify({ rules: [{ rulePriority: 1, selection: keepTen, action: { type: "expire" } }] }),
    },
    { provider },
  );
  const login = aws.ecr
    .getAuthorizationTokenOutput({ registryId: repository.registryId }, { provider })
    .apply(({ proxyEndpoint, userName, password }) => ({
      address: proxyEndpoint,
      username: userName,
      password: secret(password),
    }));
  return { url: repository.repositoryUrl, login };
}
