/** The files that every domain has, by path from the root. */
export function requiredFiles(domain: string): readonly string[];
