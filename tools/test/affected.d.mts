/** What a change can break: everything, or suites by name with the products whose tests run. */
export function affectedBy(
  paths: readonly string[],
  tree: {
    readonly domains: readonly string[];
    readonly importersOf: (domain: string) => readonly string[];
    readonly isFactoryShared: (domain: string) => boolean;
  },
):
  | { readonly isEverything: true; readonly reason: string }
  | { readonly isEverything: false; readonly suites: ReadonlyMap<string, ReadonlySet<string> | "all"> };
