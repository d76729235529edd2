/** Runs the lanes at the same time and each lane's stages in its order, each stage once. */
export function runLanes(
  lanes: Readonly<Record<string, readonly string[]>>,
  how: {
    readonly afterOf: (name: string) => readonly string[];
    readonly run: (name: string, lane: string) => Promise<void>;
    readonly onFailure: (error: unknown) => void;
  },
): Promise<void>;
