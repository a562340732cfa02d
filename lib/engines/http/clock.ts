/** The service's clock at its first request, ms since 1970; a second passes from one to the next. */
export const FIRST_REQUEST_AT_MS = Date.UTC(2026, 10, 21, 12);
