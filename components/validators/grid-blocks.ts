/** Blocks that a validator's grid shows; server and browser ask for the same. */
export const GRID_BLOCKS = 200;
