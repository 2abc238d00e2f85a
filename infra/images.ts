import * as aws from "@pulumi/aws";
import * as docker from "@pulumi/docker-build";
import { type Output, interpolate, secret } from "@pulumi/pulumi";
import type { Stage } from "./stage.ts";

/** Images by region code. Each region has its own copy: one that is cut off can still start nodes. */
export type Images = Record<"livekit" | "gatekeeper", Record<string, Output<string>>>;

type Registry = { code: string; provider: aws.Provider };

/** Builds what media nodes run, once, and pushes it to every region. Docker must run where this is deployed from. */
export function createImages(stage: Stage, regions: readonly Registry[]): Images {
  return {
    livekit: createImage(stage, "livekit", "infra/media/Dockerfile", regions),
    gatekeeper: createImage(stage, "gatekeeper", "Dockerfile", regions),
  };
}

function createImage(
  stage: Stage,
  name: keyof Images,
  dockerfile: string,
  regions: readonly Registry[],
): Record<string, Output<string>> {
  const repositories = regions.map(({ code, provider }) => ({
    code,
    ...createRepository(stage, name, code, provider),
  }));
  const image = new docker.Image(`Image-${name}`, {
    context: { location: $cli.paths.root },
    dockerfile: { location: `${$cli.paths.root}/${dockerfile}` },
    ...(name === "gatekeeper" ? { target: "gatekeeper" } : {}),
    // The same files must give the same digest: a new one drains every media node.
    buildArgs: { SOURCE_DATE_EPOCH: "0" },
    platforms: ["linux/arm64"],
    push: true,
    tags: repositories.map(({ url }) => interpolate`${url}:latest`),
    registries: repositories.map(({ login }) => login),
  });
  // By digest: what was tested is what starts, however long from now.
  return Object.fromEntries(repositories.map(({ code, url }) => [code, interpolate`${url}@${image.digest}`]));
}

function createRepository(stage: Stage, name: string, code: string, provider: aws.Provider) {
  const repository = new aws.ecr.Repository(
    `Repository-${name}-${code}`,
    {
      name: `veet-${stage.name}/${name}`,
      forceDelete: !stage.isProduction,
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
