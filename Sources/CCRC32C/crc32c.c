#include "crc32c.h"

#include <string.h>

// Swift has no name for these instructions.
#if defined(__x86_64__)

#include <cpuid.h>
#include <nmmintrin.h>

// Intel Software Developer's Manual, volume 2, CPUID: leaf 1, ECX bit 20 is SSE4.2.
bool crc32c_has_instruction(void) {
  unsigned a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2);
}

#define WITH_INSTRUCTION __attribute__((target("sse4.2")))
#define TAKE_WORD(state, word) (uint32_t) _mm_crc32_u64(state, word)
#define TAKE_BYTE(state, byte) _mm_crc32_u8(state, byte)

#elif defined(__aarch64__)

#include <arm_acle.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>

// Linux, Documentation/arm64/elf_hwcaps.rst.
bool crc32c_has_instruction(void) { return getauxval(AT_HWCAP) & HWCAP_CRC32; }

#define WITH_INSTRUCTION __attribute__((target("crc")))
#define TAKE_WORD(state, word) __crc32cd(state, word)
#define TAKE_BYTE(state, byte) __crc32cb(state, byte)

#endif

#ifdef WITH_INSTRUCTION

WITH_INSTRUCTION uint32_t crc32c_absorb(uint32_t state, const uint8_t *bytes, size_t count) {
  for (; count >= 8; bytes += 8, count -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    state = TAKE_WORD(state, word);
  }
  for (; count > 0; bytes++, count--) state = TAKE_BYTE(state, *bytes);
  return state;
}

#else

bool crc32c_has_instruction(void) { return false; }
uint32_t crc32c_absorb(uint32_t state, const uint8_t *bytes, size_t count) { return state; }

#endif
