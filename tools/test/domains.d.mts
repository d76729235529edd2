/** The domains there are. */
export function listDomains(repoDir: string): readonly string[];
/** Which domains import one, through others too. */
export function importersOf(repoDir: string): (domain: string) => readonly string[];
/** Whether tests beside a domain's own name its factory. */
export function isFactoryShared(repoDir: string): (domain: string) => boolean;
