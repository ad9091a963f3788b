import { jiangxi2022 } from "./editions/jiangxi-2022.ts";
import { shanghai2024 } from "./editions/shanghai-2024.ts";
import type { Edition } from "./form.ts";

/** Every edition a report may be drawn up in; an old report always keeps its own. */
export const editions: readonly Edition[] = [jiangxi2022, shanghai2024];

export const editionById = (id: string): Edition | undefined =>
  editions.find((edition) => edition.id === id);
