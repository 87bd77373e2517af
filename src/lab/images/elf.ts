/**
 * Programs without a compiler: one ELF64 file of one segment (elf(5)), machine code by hand. Pure.
 */

export type Machine = 'x64' | 'arm64';
export const machines: readonly Machine[] = ['x64', 'arm64'];

/** As docker and Go name it. */
export function architectureOf(machine: Machine): 'amd64' | 'arm64' {
  return machine === 'x64' ? 'amd64' : 'arm64';
}

const headerSize = 64;
const segmentSize = 56;
const codeAt = headerSize + segmentSize;
const loadAt = 0x400000n;
/** The largest page that arm64 kernels use. */
const page = 0x10000n;
/** e_machine */
const machineIds: Readonly<Record<Machine, number>> = { x64: 62, arm64: 183 };

/** Writes a text to its standard output and ends with 0. */
export function printingProgram(machine: Machine, text: string): Buffer {
  const message = Buffer.from(text, 'utf8');
  const code = machine === 'x64' ? x64Code(message.length) : arm64Code(message.length);
  return executable(machine, Buffer.concat([code, message]));
}

/** `code` is run from its first byte; it may not write into itself. */
export function executable(machine: Machine, code: Buffer): Buffer {
  return Buffer.concat([fileHeader(machine), segmentHeader(codeAt + code.length), code]);
}

function fileHeader(machine: Machine): Buffer {
  const header = Buffer.alloc(headerSize);
  header.set([0x7f, 0x45, 0x4c, 0x46, 2, 1, 1]); // ELF, 64 bits, little-endian, version 1
  header.writeUInt16LE(2, 16); // e_type: executable
  header.writeUInt16LE(machineIds[machine], 18);
  header.writeUInt32LE(1, 20); // e_version
  header.writeBigUInt64LE(loadAt + BigInt(codeAt), 24); // e_entry
  header.writeBigUInt64LE(BigInt(headerSize), 32); // e_phoff
  header.writeUInt16LE(headerSize, 52); // e_ehsize
  header.writeUInt16LE(segmentSize, 54); // e_phentsize
  header.writeUInt16LE(1, 56); // e_phnum
  return header;
}

function segmentHeader(size: number): Buffer {
  const header = Buffer.alloc(segmentSize);
  header.writeUInt32LE(1, 0); // p_type: load
  header.writeUInt32LE(5, 4); // p_flags: read and execute
  header.writeBigUInt64LE(loadAt, 16); // p_vaddr; p_offset is 0
  header.writeBigUInt64LE(loadAt, 24); // p_paddr
  header.writeBigUInt64LE(BigInt(size), 32); // p_filesz
  header.writeBigUInt64LE(BigInt(size), 40); // p_memsz
  header.writeBigUInt64LE(page, 48); // p_align
  return header;
}

/** write(1, message, length); exit(0). The message follows the code. */
function x64Code(length: number): Buffer {
  const code = Buffer.from([
    ...[0xb8, 1, 0, 0, 0], // mov eax, 1 (write)
    ...[0xbf, 1, 0, 0, 0], // mov edi, 1
    ...[0x48, 0x8d, 0x35, 0, 0, 0, 0], // lea rsi, [rip + distance to the message]
    ...[0xba, 0, 0, 0, 0], // mov edx, length
    ...[0x0f, 0x05], // syscall
    ...[0xb8, 60, 0, 0, 0], // mov eax, 60 (exit)
    ...[0x31, 0xff], // xor edi, edi
    ...[0x0f, 0x05], // syscall
  ]);
  code.writeInt32LE(code.length - 17, 13); // counted from the end of lea
  code.writeUInt32LE(length, 18);
  return code;
}

function arm64Code(length: number): Buffer {
  if (length > 0xffff) throw new RangeError('A message for arm64 has at most 65535 bytes.');
  const instructions = [
    movz(8, 64), // x8 = 64 (write)
    movz(0, 1),
    adr(1, 6 * 4), // x1 = the message, six instructions on
    movz(2, length),
    0xd4000001, // svc 0
    movz(8, 93), // x8 = 93 (exit)
    movz(0, 0),
    0xd4000001,
  ];
  return arm64Words(instructions);
}

export function arm64Words(instructions: readonly number[]): Buffer {
  const code = Buffer.alloc(instructions.length * 4);
  instructions.forEach((instruction, at) => code.writeUInt32LE(instruction, at * 4));
  return code;
}

export function movz(register: number, value: number): number {
  return (0xd2800000 | (value << 5) | register) >>> 0;
}

/** `distance` in bytes from this instruction, below 1 MB. */
export function adr(register: number, distance: number): number {
  return (0x10000000 | ((distance & 3) << 29) | ((distance >> 2) << 5) | register) >>> 0;
}

/** Whether an ELF64 file runs without a loader and libraries: no segment of type PT_INTERP. */
export function isStaticProgram(file: Buffer): boolean {
  if (file.length < headerSize || file.readUInt32BE(0) !== 0x7f454c46 || file[4] !== 2) return false;
  const first = Number(file.readBigUInt64LE(32));
  const size = file.readUInt16LE(54);
  const count = file.readUInt16LE(56);
  if (size < segmentSize || first + size * count > file.length) return false;
  return !Array.from({ length: count }, (_, at) => file.readUInt32LE(first + at * size)).includes(3);
}
