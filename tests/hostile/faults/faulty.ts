/** What may happen to one call of a port. */
export const kinds = ["before", "after", "doubled", "slow"] as const;
export type Kind = (typeof kinds)[number];

/** Counts the calls of a run and disturbs one of them. */
export interface Disturbance {
  readonly kind: Kind;
  /** The call it happens to, from 1; 0 for none. */
  readonly at: number;
  calls: number;
  /** The call that was disturbed, by port and method. */
  where?: string;
}

export const injected = "It was made to fail";

/**
 * The same port for a run in which one call fails before it is done, is done and then fails, is done
 * twice, as a driver does that has lost the answer, or is late.
 */
export function faulty<Port extends object>(
  name: string,
  port: Port,
  disturbance: Disturbance,
): Port {
  return new Proxy(port, {
    get(target, method, receiver) {
      const member: unknown = Reflect.get(target, method, receiver);
      if (typeof member !== "function") return member;
      return async (...given: unknown[]): Promise<unknown> => {
        const call = () => Promise.resolve(Reflect.apply(member, target, given) as unknown);
        disturbance.calls += 1;
        if (disturbance.calls !== disturbance.at) return call();
        disturbance.where = `${name}.${String(method)}`;
        switch (disturbance.kind) {
          case "before":
            throw new Error(`${injected}: ${disturbance.where}.`);
          case "after":
            await call();
            throw new Error(`${injected}: ${disturbance.where}.`);
          case "doubled":
            await call();
            return call();
          case "slow":
            await new Promise((resolve) => setTimeout(resolve, 25));
            return call();
        }
      };
    },
  });
}
