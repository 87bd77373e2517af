/** `linux/arm/v7` as newer parts of the API take it: an OCI platform object. */
export function platformJson(platform: string | undefined): string | undefined {
  if (platform === undefined || platform === '') return undefined;
  const [os = '', architecture, variant] = platform.split('/');
  return JSON.stringify({
    ...(architecture !== undefined && { architecture }),
    os,
    ...(variant !== undefined && { variant }),
  });
}
