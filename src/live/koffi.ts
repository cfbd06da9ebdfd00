/** koffi, which calls functions of C libraries: optional, and loaded only where something is to be called. */
import { StartFailure } from './control.js';

export type Koffi = typeof import('koffi');

/** @throws StartFailure `unavailable` where it is not installed or has no build for this machine. */
export async function loadKoffi(): Promise<Koffi> {
  try {
    return await import('koffi');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const kind = code === 'ERR_MODULE_NOT_FOUND' ? 'package-missing' : 'package-no-build';
    throw new StartFailure('unavailable', { kind, name: 'koffi' });
  }
}
