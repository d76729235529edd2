/** The gates of `npm run verify`. */
export const gates: readonly { readonly name: string }[];
