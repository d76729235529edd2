/** Address of a page of one organisation; `path` begins with a slash, and is empty for the organisation's home. */
export const organizationHref = (slug: string, path = ""): string => `/o/${slug}${path === "/" ? "" : path}`;
