/** The process ends here: what was done is done, nothing after it happens. */
export class Killed extends Error {
  override readonly name = "Killed";
}

/** Counts the calls a run makes on its ports and ends the run at one of them. */
export interface Death {
  /** The call at which it ends, from 1; 0 for never. */
  readonly at: number;
  /** Whether that call still took effect. */
  readonly when: "before" | "after";
  calls: number;
}

export const immortal = (): Death => ({ at: 0, when: "before", calls: 0 });

/** The same port for a process that dies at a call; methods not named are free, as reading is. */
export function mortal<Port extends object>(
  port: Port,
  writes: readonly (keyof Port)[],
  death: Death,
): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver);
      if (typeof member !== "function" || !writes.includes(name as keyof Port)) return member;
      return async (...given: unknown[]): Promise<unknown> => {
        death.calls += 1;
        // A dead process does nothing more, whatever it had begun side by side.
        const dies = death.at > 0 && death.calls >= death.at;
        if (dies && (death.when === "before" || death.calls > death.at)) throw new Killed();
        const answer: unknown = await Reflect.apply(member, target, given);
        if (dies) throw new Killed();
        return answer;
      };
    },
  });
}
