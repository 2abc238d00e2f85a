import { runVisibly, ask, findOnPath } from "./program.ts";

/** The facts about the system that determine its package manager. */
export type System = {
  platform: NodeJS.Platform;
  isRoot: boolean;
  maySudo: boolean;
  has: (program: string) => boolean;
};
/** A program's package name in each package manager; absent where there is no package. */
export type PackageNames = Partial<Record<Manager, string>>;
type Manager = "apt-get" | "dnf" | "apk" | "pacman" | "brew";

/** Another installation can be under way: a second part of the tests, or the system's own updates. */
const WAIT_FOR_LOCK = ["-o", "DPkg::Lock::Timeout=300"];

const INSTALL: Record<Manager, (name: string) => string[][]> = {
  "apt-get": (name) => [
    ["apt-get", "update", "-q"],
    ["apt-get", ...WAIT_FOR_LOCK, "install", "-y", "-q", "--no-install-recommends", name],
  ],
  dnf: (name) => [["dnf", "install", "-y", name]],
  apk: (name) => [["apk", "add", "--no-cache", name]],
  pacman: (name) => [["pacman", "-Sy", "--noconfirm", "--needed", name]],
  brew: (name) => [["brew", "install", name]],
};

/** The commands that install a package without a prompt, or undefined if none can. */
export function chooseInstall(system: System, names: PackageNames): string[][] | undefined {
  const candidates: Manager[] = system.platform === "darwin" ? ["brew"] : ["apt-get", "dnf", "apk", "pacman"];
  const manager = candidates.find((candidate) => system.has(candidate));
  const name = manager && names[manager];
  if (!manager || !name) return undefined;
  const commands = INSTALL[manager](name);
  // Homebrew refuses to run as root.
  if (manager === "brew" || system.isRoot) return commands;
  return system.maySudo ? commands.map((command) => ["sudo", "-n", ...command]) : undefined;
}

/** Installs a program with the system's package manager if that needs no prompt. @returns whether it succeeded. */
export async function installPackage(title: string, names: PackageNames): Promise<boolean> {
  const commands = chooseInstall(thisSystem(), names);
  if (!commands) return false;
  console.log(`Installing ${title} with ${commands[0]?.find((word) => word !== "sudo" && word !== "-n")} …`);
  for (const [command = "", ...args] of commands) {
    const done = await runVisibly(command, args, { ...process.env, DEBIAN_FRONTEND: "noninteractive" });
    // A failed `update` can be one broken source among many; only the install counts.
    if (!done && !args.includes("update")) return false;
  }
  return true;
}

function thisSystem(): System {
  return {
    platform: process.platform,
    isRoot: process.getuid?.() === 0,
    maySudo: Boolean(findOnPath("sudo")) && ask("sudo", ["-n", "true"]) !== undefined,
    has: (program) => findOnPath(program) !== undefined,
  };
}
