/** A copy without some members. */
export const omit = <T extends object, Key extends keyof T>(
  value: T,
  ...keys: readonly Key[]
): Omit<T, Key> =>
  Object.fromEntries(
    Object.entries(value).filter(([key]) => !keys.some((one) => one === key)),
  ) as Omit<T, Key>;
