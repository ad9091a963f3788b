import { beijing2024 } from "./beijing-2024/edition.ts";
import { createEditionLibrary, type EditionLibrary } from "./edition-library.ts";
import { guangdong2023 } from "./guangdong-2023/edition.ts";
import { guangdong2024 } from "./guangdong-2024/edition.ts";
import { guizhou2024 } from "./guizhou-2024/edition.ts";
import { hunan2024 } from "./hunan-2024/edition.ts";
import { jiangxi2022 } from "./jiangxi-2022/edition.ts";
import { jiangxi2023 } from "./jiangxi-2023/edition.ts";
import { jiangxi2024 } from "./jiangxi-2024/edition.ts";
import { jiangxi2025 } from "./jiangxi-2025/edition.ts";
import { national2022 } from "./national/edition.ts";
import { national2023 } from "./national-2023/edition.ts";
import { national2024 } from "./national-2024/edition.ts";
import { national2025 } from "./national-2025/edition.ts";
import { shanghai2024 } from "./shanghai-2024/edition.ts";
import { shanghai2025 } from "./shanghai-2025/edition.ts";
import { sichuan2024 } from "./sichuan-2024/edition.ts";
import { yunnan2024 } from "./yunnan-2024/edition.ts";

/** The editions this project ships, the national ones first. Programs hand the library on; nothing below them names one. */
export const shippedEditions: EditionLibrary = createEditionLibrary([
  ...[national2022, national2023, national2024, national2025],
  ...[jiangxi2022, jiangxi2023, jiangxi2024, jiangxi2025],
  ...[shanghai2024, shanghai2025],
  ...[beijing2024, guangdong2023, guangdong2024, guizhou2024, hunan2024, sichuan2024, yunnan2024],
]);
