import { shippedEdition } from "./editions.ts";

/** One shipped edition of each set of tables and parts; the years of a region differ in codes and a title. */
export const variedEditions = [
  ...["national-2025", "jiangxi-2024", "shanghai-2025", "beijing-2024", "guangdong-2024"],
  ...["guizhou-2024", "hunan-2024", "sichuan-2024", "yunnan-2024"],
].map(shippedEdition);
