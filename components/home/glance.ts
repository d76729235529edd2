/** Validators of the home page's glance; the list has them all. */
export const GLANCE_ROWS = 6;
