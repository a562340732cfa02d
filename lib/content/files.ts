/**
 * Files that one process writes while another reads them: the development server answers with what
 * a pass of `npm run generate` is just writing.
 */
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';

/**
 * Writes a file in one step: who reads it meanwhile gets all of the old text or all of the new. A
 * folder that is missing is made.
 */
export function writeWhole(file: string, content: string | Uint8Array): void {
  replaceWhole(file, (temporary) => writeFileSync(temporary, content));
}

/** Copies a file in one step, as `writeWhole` writes one. */
export function copyWhole(from: string, to: string): void {
  replaceWhole(to, (temporary) => copyFileSync(from, temporary));
}

/** Writes only what differs, in one step: the development server watches these files. */
export function writeChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  writeWhole(file, text);
}

/** A rename within a folder replaces what has the name at once. */
function replaceWhole(file: string, write: (temporary: string) => void): void {
  mkdirSync(dirname(file), { recursive: true });
  const temporary = `${file}.${process.pid}`;
  write(temporary);
  renameSync(temporary, file);
}
