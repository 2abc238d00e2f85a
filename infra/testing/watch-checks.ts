import type { Check } from "./check.ts";
import type { Graph } from "./graph.ts";
import { type Container, containersOf, failing, mediaTasks, one, sitesIn } from "./look.ts";

const changeContainers = (graph: Graph, change: (containers: Container[]) => void) => {
  const task = one(graph, "TaskDefinition", "Task-use1a");
  const containers = containersOf(task);
  change(containers);
  task.inputs.containerDefinitions = JSON.stringify(containers);
};
const valueOf = (container: Container | undefined, name: string) =>
  container?.environment?.find((variable) => variable.name === name)?.value ?? "";
/** Memory of a c7g.xlarge, in MiB. */
const MACHINE_MB = 8192;

/** Limits that keep a node from running out of memory, and alarms that reach the operator before a failure. */
export const WATCH_CHECKS: Check[] = [
  {
    says: "[D39] LiveKit and the gatekeeper have a hard memory limit that leaves some to the machine, and LiveKit tries to stay below it",
    find: (graph) =>
      failing(mediaTasks(graph), (task) => {
        const [livekit, gatekeeper] = containersOf(task);
        const [hard = 0, door = 0] = [livekit?.memory, gatekeeper?.memory];
        const soft = Number(/^(\d+)MiB$/.exec(valueOf(livekit, "GOMEMLIMIT"))?.[1]);
        const heap = Number(/--max-old-space-size=(\d+)/.exec(valueOf(gatekeeper, "NODE_OPTIONS"))?.[1]);
        const isBelow = (part: number, whole: number) => part > whole / 2 && part < whole;
        // ECS requires the limit to be above the reservation.
        if (hard <= (livekit?.memoryReservation ?? 0)) return false;
        return hard + door > 0 && hard + door <= MACHINE_MB * 0.9 && isBelow(soft, hard) && isBelow(heap, door);
      }),
    plant: [
      (graph) => changeContainers(graph, ([livekit]) => void delete livekit!.memory),
      (graph) => changeContainers(graph, ([, door]) => void delete door!.memory),
      (graph) => changeContainers(graph, ([livekit]) => void (livekit!.memory = MACHINE_MB)),
      (graph) => changeContainers(graph, ([livekit]) => void (livekit!.memoryReservation = livekit!.memory!)),
      (graph) => changeContainers(graph, ([livekit]) => void (livekit!.environment = [])),
    ],
  },
  {
    says: "[D39] an alarm is raised when a site's fullest node uses most of its memory",
    find: (graph) =>
      sitesIn(graph).filter((site) => {
        const containers = containersOf(one(graph, "TaskDefinition", `Task-${site}`));
        const mostMb = containers.reduce((sum, { memory = 0 }) => sum + memory, 0);
        const { inputs } = one(graph, "MetricAlarm", `Alarm-memory-full-${site}`);
        const isOfSite = inputs.dimensions?.ServiceName?.startsWith("Media-") && inputs.metricName === "MemoryUtilized";
        return (
          !isOfSite ||
          inputs.statistic !== "Maximum" ||
          inputs.threshold < 0.5 * mostMb ||
          inputs.threshold > 0.8 * mostMb
        );
      }),
    plant: [
      (graph) => void (one(graph, "MetricAlarm", "Alarm-memory-full-use1a").inputs.threshold = 60_000),
      (graph) => void (one(graph, "MetricAlarm", "Alarm-memory-full-use1a").inputs.statistic = "Average"),
    ],
  },
  {
    says: "[K17] an alarm is raised when a gatekeeper reports a clock difference",
    find: (graph) =>
      sitesIn(graph).filter((site) => {
        const { inputs: filter } = one(graph, "LogMetricFilter", `ClocksApart-${site}`);
        const { inputs: alarm } = one(graph, "MetricAlarm", `Alarm-clocks-apart-${site}`);
        const isSame = alarm.metricName === filter.metricTransformation.name && alarm.namespace === "Veet";
        return !isSame || !filter.pattern.includes('"gatekeeper.clocks-apart"') || alarm.threshold !== 0;
      }),
    plant: [
      (graph) => void (one(graph, "LogMetricFilter", "ClocksApart-use1a").inputs.pattern = '{ $.event = "x" }'),
      (graph) => void (one(graph, "MetricAlarm", "Alarm-clocks-apart-use1a").inputs.metricName = "Other"),
    ],
  },
];
