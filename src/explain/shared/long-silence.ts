/** In seconds: a shorter silence is a wait for the other end, which the response and the time to ACK say already. */
export const LONG_SILENCE = 1;
