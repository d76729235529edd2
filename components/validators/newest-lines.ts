/** Lines of a request's story that its page shows; server and browser ask for the same. */
export const NEWEST_LINES = 200;
