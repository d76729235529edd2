/** Names, by its slug, the organisation that a request acts for. */
export const ORGANIZATION_HEADER = "omniphi-organization";
