/** Address of a page of the member app, for a code that a phone scans off this screen. */
export function phoneLink(page: string, params: Record<string, string> = {}): string {
  const query = Object.entries(params).map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
  return `${window.location.origin}/m/#/${page}${query ? `?${query}` : ''}`
}
