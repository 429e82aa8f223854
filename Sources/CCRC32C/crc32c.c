#include "crc32c.h"

#include <string.h>

// Swift has no name for these instructions.
#if defined(__x86_64__)

#include <cpuid.h>
#include <nmmintrin.h>

bool rescfg_crc32c_is_in_processor(void) {
  unsigned int a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) && (c & bit_SSE4_2);
}

#define WITH_INSTRUCTION __attribute__((target("sse4.2")))
#define TAKE_WORD(state, word) (uint32_t) _mm_crc32_u64(state, word)
#define TAKE_BYTE(state, byte) _mm_crc32_u8(state, byte)

#elif defined(__aarch64__)

#include <arm_acle.h>
#include <asm/hwcap.h>
#include <sys/auxv.h>

bool rescfg_crc32c_is_in_processor(void) { return getauxval(AT_HWCAP) & HWCAP_CRC32; }

#define WITH_INSTRUCTION __attribute__((target("crc")))
#define TAKE_WORD(state, word) __crc32cd(state, word)
#define TAKE_BYTE(state, byte) __crc32cb(state, byte)

#endif

#ifdef WITH_INSTRUCTION

WITH_INSTRUCTION uint32_t rescfg_crc32c_update(uint32_t state, const uint8_t *bytes, size_t count) {
  for (; count >= 8; bytes += 8, count -= 8) {
    uint64_t word;
    memcpy(&word, bytes, 8);
    state = TAKE_WORD(state, word);
  }
  for (; count > 0; bytes++, count--) state = TAKE_BYTE(state, *bytes);
  return state;
}

#else

bool rescfg_crc32c_is_in_processor(void) { return false; }
uint32_t rescfg_crc32c_update(uint32_t state, const uint8_t *bytes, size_t count) { return state; }

#endif
