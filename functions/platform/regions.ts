import { z } from "zod";

/** A region (行政区划) this installation serves, with what its portal pages must name. */
export const regionSettingsSchema = z.strictObject({
  /** Six digits. */
  code: z.string().regex(/^\d{6}$/),
  name: z.string().min(1),
  /** Folder of its pages on the portal, e.g. `/360200`; empty for the region at the root. */
  pathPrefix: z.string().regex(/^(\/[a-z0-9-]+)?$/),
  siteName: z.string().min(1),
  /** 主办单位, 政府网站标识码, ICP备案编号, 公安备案号, 联系方式, 找错 address. */
  organiser: z.exactOptional(z.string()),
  siteIdCode: z.exactOptional(z.string()),
  icpNumber: z.exactOptional(z.string()),
  policeNumber: z.exactOptional(z.string()),
  contact: z.exactOptional(z.string()),
  faultReportUrl: z.exactOptional(z.url()),
});
export type RegionSettings = z.infer<typeof regionSettingsSchema>;

/** The setting REGIONS: a JSON list. */
export const regionsEnv = z
  .string()
  .transform((text, context): unknown => {
    try {
      return JSON.parse(text);
    } catch {
      context.addIssue("is not JSON");
      return z.NEVER;
    }
  })
  .pipe(z.array(regionSettingsSchema).min(1));
