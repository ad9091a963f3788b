/** Says of a value that it is only read, lists and all: what the heart hands out. */
export type ReadOnly<T> = T extends readonly (infer Item)[]
  ? number extends T["length"]
    ? readonly ReadOnly<Item>[]
    : { readonly [Key in keyof T]: ReadOnly<T[Key]> }
  : T extends object
    ? { readonly [Key in keyof T]: ReadOnly<T[Key]> }
    : T;
