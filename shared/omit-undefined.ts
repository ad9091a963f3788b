/** The members that have a value: with `exactOptionalPropertyTypes` an optional member is left out, never `undefined`. */
export const omitUndefined = <T extends object>(members: T) =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
