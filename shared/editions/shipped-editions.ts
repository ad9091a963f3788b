import { createEditionLibrary, type EditionLibrary } from "./edition-library.ts";
import { jiangxi2022 } from "./jiangxi-2022/edition.ts";
import { shanghai2024 } from "./shanghai-2024/edition.ts";

/** The editions this project ships. Programs hand the library on; nothing below them names one. */
export const shippedEditions: EditionLibrary = createEditionLibrary([jiangxi2022, shanghai2024]);
