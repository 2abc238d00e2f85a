/** A provider's region code, from Pulumi's reference to it: `urn:…::Aws-use1::id`. */
export function platformProvider(reference: string | undefined): { provider?: string } {
  const code = /Aws-([a-z0-9]+)/.exec(reference ?? "")?.[1];
  return code === undefined ? {} : { provider: code };
}
