export const ORGANIZATION_ROLES = ["owner", "admin", "developer", "viewer"] as const;
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

export const PLATFORM_ROLES = ["user", "operator", "admin"] as const;
export type PlatformRole = (typeof PLATFORM_ROLES)[number];
