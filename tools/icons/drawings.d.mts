/** Every picture under `public/`: its path, size in pixels and page to draw. */
export const DRAWINGS: readonly { path: string; width: number; height: number; html: string }[];
