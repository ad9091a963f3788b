/** Something that may end a wait early; answers with how to stop listening to it. */
export type Interruption = (interrupt: (error: Error) => void) => () => void;

/**
 * The outcome of `work`, or an error once its time is over or it is interrupted; then the work is left
 * to itself. No reference to it remains afterwards, which a race against a promise that never settles would.
 */
export async function bounded<T>(
  work: Promise<T>,
  {
    timeoutMs,
    late,
    interruptions = [],
  }: {
    readonly timeoutMs: number;
    readonly late: () => Error;
    readonly interruptions?: readonly Interruption[];
  },
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const listening: (() => void)[] = [];
  try {
    return await new Promise<T>((resolve, reject) => {
      timer = setTimeout(() => {
        reject(late());
      }, timeoutMs);
      for (const listen of interruptions) listening.push(listen(reject));
      work.then(resolve, reject);
    });
  } finally {
    clearTimeout(timer);
    for (const stop of listening) stop();
  }
}

export const abortOf =
  (signal: AbortSignal, error: () => Error): Interruption =>
  (interrupt) => {
    const listener = () => {
      interrupt(error());
    };
    if (signal.aborted) listener();
    else signal.addEventListener("abort", listener, { once: true });
    return () => {
      signal.removeEventListener("abort", listener);
    };
  };
