/**
 * What holds the namespaces of a pod open: as process 1 it waits, collects children that ended (those of other
 * processes become its own), and ends with 0 on SIGINT and SIGTERM. Process 1 has no default action for signals,
 * so they are blocked and waited for: a blocked signal is kept, not dropped (signal(7)). Pure.
 */
import type { Machine } from './elf.ts';
import { adr, arm64Words, executable, movz } from './elf.ts';

/** SIGINT 2, SIGTERM 15, SIGCHLD 17, as a set of 64 bits. */
const signals = Buffer.alloc(8);
signals.writeBigUInt64LE((1n << 1n) | (1n << 14n) | (1n << 16n));

export function pausingProgram(machine: Machine): Buffer {
  return executable(machine, Buffer.concat([machine === 'x64' ? x64 : arm64, signals]));
}

const x64 = Buffer.from([
  ...[0xb8, 14, 0, 0, 0], // mov eax, 14 (rt_sigprocmask)
  ...[0x31, 0xff], // xor edi, edi (SIG_BLOCK)
  ...[0x48, 0x8d, 0x35, 75, 0, 0, 0], // lea rsi, [rip + 75] (the set)
  ...[0x31, 0xd2], // xor edx, edx
  ...[0x41, 0xba, 8, 0, 0, 0], // mov r10d, 8
  ...[0x0f, 0x05], // syscall
  // wait, at 24
  ...[0xb8, 128, 0, 0, 0], // mov eax, 128 (rt_sigtimedwait)
  ...[0x48, 0x8d, 0x3d, 53, 0, 0, 0], // lea rdi, [rip + 53] (the set)
  ...[0x31, 0xf6], // xor esi, esi
  ...[0x31, 0xd2], // xor edx, edx
  ...[0x41, 0xba, 8, 0, 0, 0], // mov r10d, 8
  ...[0x0f, 0x05], // syscall
  ...[0x83, 0xf8, 17], // cmp eax, 17 (SIGCHLD)
  ...[0x75, 25], // jne other
  // collect, at 53
  ...[0xb8, 61, 0, 0, 0], // mov eax, 61 (wait4)
  ...[0x48, 0x83, 0xcf, 0xff], // or rdi, -1 (any child)
  ...[0x31, 0xf6], // xor esi, esi
  ...[0x6a, 0x01, 0x5a], // push 1; pop rdx (WNOHANG)
  ...[0x45, 0x31, 0xd2], // xor r10d, r10d
  ...[0x0f, 0x05], // syscall
  ...[0x85, 0xc0], // test eax, eax
  ...[0x7f, 0xe9], // jg collect
  ...[0xeb, 0xca], // jmp wait
  // other, at 78: an error is an interruption; else SIGINT or SIGTERM
  ...[0x85, 0xc0], // test eax, eax
  ...[0x78, 0xc6], // js wait
  ...[0x6a, 0x3c, 0x58], // push 60; pop rax (exit)
  ...[0x31, 0xff], // xor edi, edi
  ...[0x0f, 0x05], // syscall
]);

const svc = 0xd4000001;

const arm64 = arm64Words([
  movz(8, 135), // rt_sigprocmask
  movz(0, 0), // SIG_BLOCK
  adr(1, 25 * 4), // the set
  movz(2, 0),
  movz(3, 8),
  svc,
  // wait, at 6
  movz(8, 137), // rt_sigtimedwait
  adr(0, 20 * 4),
  movz(1, 0),
  movz(2, 0),
  movz(3, 8),
  svc,
  0x7100441f, // cmp w0, 17 (SIGCHLD)
  0x54000141, // b.ne other (10 on)
  // collect, at 14
  movz(8, 260), // wait4
  0x92800000, // mov x0, -1 (any child)
  movz(1, 0),
  movz(2, 1), // WNOHANG
  movz(3, 0),
  svc,
  0x7100001f, // cmp w0, 0
  0x54ffff2c, // b.gt collect (7 back)
  0x17fffff0, // b wait (16 back)
  // other, at 23: an error is an interruption; else SIGINT or SIGTERM
  0x37fffde0, // tbnz w0, 31, wait (17 back)
  movz(8, 93), // exit
  movz(0, 0),
  svc,
]);
