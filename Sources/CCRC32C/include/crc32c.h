#ifndef RESCFG_CRC32C_H
#define RESCFG_CRC32C_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Whether this processor computes CRC-32C by itself: x86 since 2008, ARM since version 8.1.
bool rescfg_crc32c_is_in_processor(void);

/// Takes bytes into the state of a CRC-32C, which is the complement of its value. Only where the processor can.
uint32_t rescfg_crc32c_update(uint32_t state, const uint8_t *bytes, size_t count);

#endif
