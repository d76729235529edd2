/** An act a page offers to the palette while it is shown; named by act and object ("Stop node eu-1"). */
export type PaletteCommand = { id: string; label: string; keywords?: readonly string[]; onSelect: () => void };
