/** What `synfin formats`, `synfin interfaces` and `--columns help` list, by its English text. */

/** What a field, format, layer or limit is. */
export function listingText(english: string): string {
  return english;
}

/** State and use of an interface: `up, loopback` and `can capture (libpcap)`. `backend`: null where nothing captures. */
export function interfaceStateText(up: boolean, loopback: boolean): string {
  return `${up ? 'up' : 'down'}${loopback ? ', loopback' : ''}`;
}

export function canCaptureText(backend: string | null): string {
  return backend === null ? 'cannot capture' : `can capture (${backend})`;
}

/** Several interfaces with the same trouble. */
export function interfacesDown(names: string): string {
  return `${names}: down.`;
}

export function interfacesNotPermitted(names: string, reason: string | null): string {
  return `${names}: not permitted for this user${reason === null ? '' : ` (${reason})`}.`;
}
