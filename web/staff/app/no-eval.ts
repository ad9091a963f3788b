import { config } from "zod";

/** Imported first: zod would else try whether the page may evaluate code, which our policy refuses and reports. */
config({ jitless: true });
