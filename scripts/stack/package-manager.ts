import { runVisibly, ask, findOnPath } from "./program.ts";

/** What the system is, as far as choosing a package manager goes. */
export type System = {
  platform: NodeJS.Platform;
  isRoot: boolean;
  maySudo: boolean;
  has: (program: string) => boolean;
};
/** The name a program's package has with each package manager; left out where there is none. */
export type PackageNames = Partial<Record<Manager, string>>;
type Manager = "apt-get" | "dnf" | "apk" | "pacman" | "brew";

const INSTALL: Record<Manager, (name: string) => string[][]> = {
  "apt-get": (name) => [
    ["apt-get", "update", "-q"],
    ["apt-get", "install", "-y", "-q", "--no-install-recommends", name],
  ],
  dnf: (name) => [["dnf", "install", "-y", name]],
  apk: (name) => [["apk", "add", "--no-cache", name]],
  pacman: (name) => [["pacman", "-Sy", "--noconfirm", "--needed", name]],
  brew: (name) => [["brew", "install", name]],
};

/** Gives the commands that install a package without asking anything, or undefined where none can. */
export function chooseInstall(system: System, names: PackageNames): string[][] | undefined {
  const candidates: Manager[] = system.platform === "darwin" ? ["brew"] : ["apt-get", "dnf", "apk", "pacman"];
  const manager = candidates.find((candidate) => system.has(candidate));
  const name = manager && names[manager];
  if (!manager || !name) return undefined;
  const commands = INSTALL[manager](name);
  // Homebrew refuses to run as root and needs no rights.
  if (manager === "brew" || system.isRoot) return commands;
  return system.maySudo ? commands.map((command) => ["sudo", "-n", ...command]) : undefined;
}

/** Installs a program with the system's package manager where that works without asking. @returns whether it did. */
export async function installPackage(title: string, names: PackageNames): Promise<boolean> {
  const commands = chooseInstall(thisSystem(), names);
  if (!commands) return false;
  console.log(`Installing ${title} with ${commands[0]?.find((word) => word !== "sudo" && word !== "-n")} …`);
  for (const [command = "", ...args] of commands) {
    const done = await runVisibly(command, args, { ...process.env, DEBIAN_FRONTEND: "noninteractive" });
    // A failed `update` may be one broken source among many; the install tells.
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
