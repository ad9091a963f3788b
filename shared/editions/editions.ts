import { jiangxi2022 } from "./jiangxi-2022/edition.ts";
import { shanghai2024 } from "./shanghai-2024/edition.ts";
import type { Edition } from "../forms/form.ts";

/** Every edition a report may be drawn up in; an old report always keeps its own. */
export const editions: readonly Edition[] = [jiangxi2022, shanghai2024];

export const editionById = (id: string): Edition | undefined =>
  editions.find((edition) => edition.id === id);
