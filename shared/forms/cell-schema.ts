import { z } from "zod";
import type { CellAddress } from "./cell.ts";
import type { TableId } from "./form.ts";

/** The shape of a table's id; whether an edition has the table is checked where the edition is known. */
export const tableIdSchema = z.templateLiteral([
  "t",
  z.string().regex(/^\d{2}$/),
]) as z.ZodTemplateLiteral<TableId>;

export const cellAddressSchema = z.templateLiteral([
  "t",
  z.string().regex(/^\d{2}$/),
  "/",
  z.string().regex(/^[a-z0-9_]+$/),
  "/",
  z.string().regex(/^[a-z0-9_]+$/),
]) as z.ZodTemplateLiteral<CellAddress>;
