/** A process that can be told from a later one with the same pid. */
export type ProcessReference = { readonly pid: number; readonly identity: string };

/** Boot id and start time of the process (`ps` start time where there is no /proc); undefined when it is gone or a zombie. */
export function identityOf(pid: number): string | undefined;

/** Who may signal the process with this id; nobody when there is none. */
export function ownerOf(pid: number): "us" | "others" | "nobody";

/** Whether that very process still runs. */
export function isRunning(reference: { pid: number; identity?: string | undefined } | null | undefined): boolean;

/**
 * Whether that process runs or cannot be told not to: by its id alone where it has no identity (neither /proc nor `ps`), and when it is another
 * user's whose identity is hidden.
 */
export function mayRun(reference: { pid: number; identity?: string | undefined } | null | undefined): boolean;
