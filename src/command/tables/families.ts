/** Every table, family by family. */
import type { CommandRow } from '../table.ts';
import { containerRows } from './container.ts';
import { imageRows } from './image.ts';
import { systemRows } from './system.ts';

export const families: readonly (readonly CommandRow[])[] = [containerRows, imageRows, systemRows];
