import { z } from "zod";

const answerSchema = z.object({ SecretString: z.string().min(1) });

/**
 * A secret by its name, from AWS's own extension beside the function, which holds it for five
 * minutes. It answers only once the function runs: ask when it is needed, not at cold start.
 */
export async function readSecret(
  name: string,
  {
    port = process.env["PARAMETERS_SECRETS_EXTENSION_HTTP_PORT"] ?? "2773",
    sessionToken = process.env["AWS_SESSION_TOKEN"] ?? "",
  }: { readonly port?: string; readonly sessionToken?: string } = {},
): Promise<string> {
  const address = `http://localhost:${port}/secretsmanager/get?secretId=${encodeURIComponent(name)}`;
  const response = await fetch(address, {
    headers: { "X-Aws-Parameters-Secrets-Token": sessionToken },
    signal: AbortSignal.timeout(5_000),
  });
  if (!response.ok) {
    throw new Error(`The secret ${name} was not given (status ${String(response.status)}).`);
  }
  return answerSchema.parse(await response.json()).SecretString;
}
