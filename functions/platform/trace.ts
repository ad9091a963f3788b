import { AsyncLocalStorage } from "node:async_hooks";

const traces = new AsyncLocalStorage<string>();

/**
 * Does work under the trace of what caused it: the id of a request, or of what a clock began. Every
 * line logged meanwhile carries it, every event committed is stored with it and every message sent
 * bears it, so that one id finds the request, the print, the publication and the letters
 * (docs/adr/0027). It is passed beside the arguments because nothing may depend on it.
 */
export const inTrace = <T>(trace: string, work: () => T): T => traces.run(trace, work);

export const currentTrace = (): string | undefined => traces.getStore();

/** The message attribute that carries it. */
export const traceAttribute = "trace";

/** What a client may send as the id of its request. */
export const isTrace = (text: string): boolean => /^[\w-]{8,64}$/u.test(text);
