import type { ReactNode } from "react";

/** For a name within a sentence of the catalogue: `t.rich(key, { name, bdi })`. It keeps its own direction. */
export const bdi = (name: ReactNode): ReactNode => <bdi>{name}</bdi>;
