import { z } from "zod";
import { noticeKindIds } from "./notices.ts";

export const noticeKindSchema = z.enum(noticeKindIds);
