/** Says of a value that it is only read, lists and all: what the heart hands out. */
export type ReadOnly<T> = T extends readonly (infer Item)[]
  ? number extends T["length"]
    ? readonly ReadOnly<Item>[]
    : { readonly [Key in keyof T]: ReadOnly<T[Key]> }
  : T extends object
    ? { readonly [Key in keyof T]: ReadOnly<T[Key]> }
    : T;

/** `Array.isArray`, which of a union narrows lists that are only read as well. */
export const isList = <Value>(value: Value): value is Extract<Value, readonly unknown[]> =>
  Array.isArray(value);
