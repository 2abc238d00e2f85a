/** The folder with the node's public address, which LiveKit's container reads. */
export const NODE_IP_DIRECTORY = "/etc/livekit";
export const NODE_IP_FILE = `${NODE_IP_DIRECTORY}/node-ip`;

/** The user of both containers (USER in their Dockerfiles). They use the host's network. */
export const CONTAINER_USER = 65534;

/** The longest a node may take to drain: the longest meeting. ECS's limit of two minutes applies to Fargate only. */
export const STOP_TIMEOUT = "6h";

/**
 * The script that a media node runs once, at its first boot.
 *
 * `ROOT` and `METADATA` exist for the test, which runs it in a sandbox.
 */
export function userData(clusterName: string): string {
  return `#!/bin/bash
set -euo pipefail
root="\${ROOT:-}"
metadata="\${METADATA:-http://169.254.169.254}"

# LiveKit asks for 16 MB; with less, bursts of video are lost in the kernel.
mkdir -p "$root/etc/sysctl.d"
cat > "$root/etc/sysctl.d/90-livekit.conf" <<'CONFIG'
net.core.rmem_max=16777216
net.core.wmem_max=16777216
net.core.netdev_max_backlog=10000
CONFIG
# Only this file: one bad line among the image's own would keep the node from ever joining its cluster.
sysctl --load "$root/etc/sysctl.d/90-livekit.conf" > /dev/null

# The containers share the machine's network, and its rights are one request away. They need none: not now, nor after a restart.
mkdir -p "$root/var/lib/cloud/scripts/per-boot"
cat > "$root/var/lib/cloud/scripts/per-boot/veet-metadata" <<'SCRIPT'
#!/bin/bash
iptables --wait --insert OUTPUT --destination 169.254.169.254 --match owner --uid-owner ${CONTAINER_USER} --jump REJECT
SCRIPT
chmod 0755 "$root/var/lib/cloud/scripts/per-boot/veet-metadata"
"$root/var/lib/cloud/scripts/per-boot/veet-metadata"

# Browsers are told this address. Without one the node is of no use: better that it never joins the cluster.
ask() {
  curl --silent --show-error --fail --retry 10 --retry-connrefused --retry-delay 1 --max-time 5 "$@"
}
token="$(ask --request PUT --header 'X-aws-ec2-metadata-token-ttl-seconds: 300' "$metadata/latest/api/token")"
address="$(ask --header "X-aws-ec2-metadata-token: $token" "$metadata/latest/meta-data/public-ipv4")"
if [[ ! "$address" =~ ^[0-9]+\\.[0-9]+\\.[0-9]+\\.[0-9]+$ ]]; then
  echo "The metadata service gave no public address" >&2
  exit 1
fi
mkdir -p "$root${NODE_IP_DIRECTORY}"
printf '%s' "$address" > "$root${NODE_IP_FILE}"
chmod 0444 "$root${NODE_IP_FILE}"

# Last, because with it the node joins its cluster. ECS waits this long between SIGTERM and SIGKILL, so that a drained node's meetings can end by themselves.
mkdir -p "$root/etc/ecs"
cat > "$root/etc/ecs/ecs.config" <<'CONFIG'
ECS_CLUSTER=${clusterName}
ECS_CONTAINER_STOP_TIMEOUT=${STOP_TIMEOUT}
ECS_ENABLE_TASK_IAM_ROLE=true
ECS_AVAILABLE_LOGGING_DRIVERS=["awslogs"]
ECS_IMAGE_PULL_BEHAVIOR=once
CONFIG
`;
}
