import { ORGANIZATION_HEADER } from "@/lib/organization-header";
import { OrganizationSlug } from "@/server/domains/identity/schemas";

/** What a request says of the organisation that it acts for. */
export type RequestedOrganization = {
  /** As it was sent; null where none is named. */
  readonly named: string | null;
  /** The slug to look up; null also where no organisation can have what was named. */
  readonly slug: string | null;
};

/** The organisation that the request names by its slug; `proxy.ts` sets it from the address of a page. */
export function requestedOrganization(headers: Headers): RequestedOrganization {
  const named = headers.get(ORGANIZATION_HEADER);
  const slug = OrganizationSlug.safeParse(named);
  return { named, slug: slug.success ? slug.data : null };
}
