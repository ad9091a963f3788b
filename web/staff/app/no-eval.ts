import { config } from "zod";

/**
 * Zod would else try whether the page may evaluate code, which our policy refuses and reports. The build puts this in
 * zod's own chunk (vite.config.ts), so it runs with zod, before any schema is made.
 */
config({ jitless: true });
