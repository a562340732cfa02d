/** Stands in for parts of the framework that no browser runs here (next.config.mjs). */
export {};
