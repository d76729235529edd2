/** How many blocks a row of the validator set shows; both server and browser read it. */
export const SET_STRIP_BLOCKS = 40;
